// SPDX-License-Identifier: MIT
//
// speed.c: see speed.h.

#include "speed.h"
#include <stdio.h>

// Noise below which a machine counts as calm; the share of its cores that others may use.
#define CALM 0.08
#define OTHERS 0.10
#define BOX 0.25 // s that starting in a box may take longer than without
enum { PAIRS_TO_PASS = 2, PAIRS_TO_GIVE_UP = 2, PAIRS_TO_LOSE = 5 };

double curve_share(const struct curve *curve, double ratio) {
    if (ratio >= curve->full)
        return 1;
    if (ratio <= curve->none)
        return 0;
    return (ratio - curve->none) / (curve->full - curve->none);
}

// The shortest time, and how much longer the second shortest is, as a share.
struct shortest {
    double time, noise;
};

static struct shortest shortest(const double *times, int count) {
    double first = 1e300, second = 1e300;
    for (int i = 0; i < count; i++)
        if (times[i] < first) {
            second = first;
            first = times[i];
        } else if (times[i] < second) {
            second = times[i];
        }
    return (struct shortest){first, count > 1 ? second / first - 1 : 1};
}

// What a launch takes beyond its kernel, at least.
static double overhead(const struct timing *runs, int count) {
    double least = 1e300;
    for (int i = 0; i < count; i++)
        if (runs[i].outer - runs[i].inner < least)
            least = runs[i].outer - runs[i].inner;
    return least > 0 ? least : 0;
}

static double busy_others(const struct timing *ours, const struct timing *reference, int pairs) {
    double sum = 0;
    for (int i = 0; i < pairs; i++)
        sum += ours[i].others + reference[i].others;
    return sum / (2 * pairs);
}

struct speed speed_decide(const struct timing *ours, const struct timing *reference, int pairs,
                          const struct curve *curve) {
    struct speed s = {.state = SPEED_MORE, .pairs = pairs};
    double mine[SPEED_PAIRS_MAX], theirs[SPEED_PAIRS_MAX];
    if (pairs < PAIRS_TO_PASS || pairs > SPEED_PAIRS_MAX)
        return s;
    const double allowed = overhead(reference, pairs);
    s.disbelieved = overhead(ours, pairs) > 1.5 * allowed + BOX;
    for (int i = 0; i < pairs; i++) {
        const double bound = ours[i].outer - allowed;
        mine[i] = s.disbelieved && bound > ours[i].inner ? bound : ours[i].inner;
        theirs[i] = reference[i].inner;
    }
    const struct shortest a = shortest(mine, pairs), b = shortest(theirs, pairs);
    const double others = busy_others(ours, reference, pairs);
    const double worse = a.noise > b.noise ? a.noise : b.noise;
    s.ours = a.time;
    s.reference = b.time;
    s.noise = b.noise;
    s.ratio = b.time / a.time;
    if (s.ratio / (1 + b.noise) >= curve->full) {
        s.state = SPEED_GRADED;
        s.share = 1;
    } else if (pairs >= PAIRS_TO_LOSE && worse <= CALM && others <= OTHERS) {
        s.state = SPEED_GRADED;
        s.share = curve_share(curve, s.ratio * (1 + a.noise + b.noise));
    } else if (pairs == SPEED_PAIRS_MAX || (pairs >= PAIRS_TO_GIVE_UP && others > 3 * OTHERS)) {
        s.state = SPEED_UNGRADED;
        if (others > OTHERS)
            snprintf(s.why, sizeof s.why,
                     "Other programs used %.0f %% of this machine meanwhile, so its clock says "
                     "nothing about yours: close them and check again.",
                     100 * others);
        else
            snprintf(s.why, sizeof s.why,
                     "The same program takes times here that differ by %.0f %%, so the clock says "
                     "nothing: check again when the machine is calm.",
                     100 * worse);
    }
    return s;
}

struct speed speed_over_serial(const struct timing *ours, const struct timing *serial, int pairs,
                               int workers) {
    struct speed s = {.state = SPEED_UNGRADED, .pairs = pairs};
    double mine[SPEED_PAIRS_MAX], theirs[SPEED_PAIRS_MAX];
    for (int i = 0; i < pairs; i++) {
        mine[i] = ours[i].inner;
        theirs[i] = serial[i].inner;
    }
    s.ours = shortest(mine, pairs).time;
    s.reference = shortest(theirs, pairs).time;
    s.noise = shortest(theirs, pairs).noise;
    s.ratio = s.ours > 0 ? s.reference / s.ours : 1;
    snprintf(s.why, sizeof s.why,
             "%.3g s against serial.c's %.3g s: speed-up %.2f, which is an efficiency of %.0f %% "
             "for %d workers (the shortest of %d runs each). Your instructor grades it against "
             "the reference solution.",
             s.ours, s.reference, s.ratio, 100 * s.ratio / workers, workers, pairs);
    return s;
}

void speed_words(const struct speed *s, const struct curve *curve, char *text, size_t cap) {
    snprintf(text, cap,
             "%.3g s against the reference's %.3g s: %.2f of its speed (the shortest of %d runs "
             "each; the reference against itself: %.0f %%). All points from %.2f on, none at %.2f "
             "or less, evenly between.%s",
             s->ours, s->reference, s->ratio, s->pairs, 100 * s->noise, curve->full, curve->none,
             s->disbelieved ? " (Your program says that it takes less than the judge's clock saw "
                              "from outside; the clock counts.)"
                            : "");
}
