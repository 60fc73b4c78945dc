// SPDX-License-Identifier: MIT
//
// sweep_say.c: a sweep in sentences. At each value of x the fastest version is looked for, each with
// the value of `by` that is best for it. Versions whose medians are hardly apart, or whose quartiles
// overlap, are equally fast. Neighbouring values with the same fastest versions share a sentence.

#include "sweep.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

static const double hardly = 1.1; // times the best: nobody would choose by that

static const double crowd = 0.2; // cores busy with other work that spoil a figure

// The fastest versions at the values from .. to of x.
struct stretch {
    int from, to;
    int count;
    bool fastest[SERIES_MAX];
    int first; // of them at `from`, -1: nothing was measured
};

static struct spread at_best(const struct sweep *sweep, int v, int p) {
    const int b = sweep_best_by(sweep, v, p);
    return spot_spread(b < 0 ? NULL : &sweep->at[v][b][p]);
}

// How many times as good `best` is.
static double times(const struct sweep *sweep, double best, double other) {
    return sweep->show == SWEEP_RATE ? best / other : other / best;
}

static struct stretch look(const struct sweep *sweep, int p) {
    struct stretch here = {.from = p, .to = p, .first = -1};
    struct spread best = {0, NAN, NAN, NAN};
    for (int v = 0; v < sweep->versions; v++) {
        const struct spread spread = at_best(sweep, v, p);
        if (spread.times && (here.first < 0 || times(sweep, best.median, spread.median) < 1)) {
            here.first = v;
            best = spread;
        }
    }
    for (int v = 0; here.first >= 0 && v < sweep->versions; v++) {
        const struct spread spread = at_best(sweep, v, p);
        here.fastest[v] = spread.times && (times(sweep, best.median, spread.median) <= hardly ||
                                           (spread.low <= best.high && spread.high >= best.low));
        here.count += here.fastest[v];
    }
    return here;
}

__attribute__((format(printf, 3, 4))) static void add(char *text, size_t cap, const char *format,
                                                      ...) {
    const size_t used = strlen(text);
    va_list list;
    va_start(list, format);
    vsnprintf(text + used, cap - used, format, list);
    va_end(list);
}

// "loop (workers=16 to 64)"; without a second axis "loop".
static void name(const struct sweep *sweep, const struct stretch *on, int v, char *text,
                 size_t cap) {
    int least = SERIES_MAX, most = -1;
    for (int p = on->from; p <= on->to; p++) {
        const int b = sweep_best_by(sweep, v, p);
        least = b < least ? b : least;
        most = b > most ? b : most;
    }
    *text = '\0';
    add(text, cap, "%s", sweep->version[v]);
    if (!*sweep->by.name || most < 0)
        return;
    if (least == most)
        add(text, cap, " (%s=%s)", sweep->by.name, sweep->by.text[most]);
    else
        add(text, cap, " (%s=%s to %s)", sweep->by.name, sweep->by.text[least],
            sweep->by.text[most]);
}

// The most memory that a version takes on this stretch, bytes; 0: it was not measured.
static double memory(const struct sweep *sweep, const struct stretch *on, int v) {
    double most = 0;
    for (int p = on->from; p <= on->to; p++) {
        const int b = sweep_best_by(sweep, v, p);
        most = fmax(most, b < 0 ? 0 : sweep->at[v][b][p].memory);
    }
    return most;
}

// Among the fastest, or among all: who takes the least memory? -1: it was not measured.
static int thrifty(const struct sweep *sweep, const struct stretch *on, bool all) {
    int best = -1;
    for (int v = 0; v < sweep->versions; v++) {
        const double mine = memory(sweep, on, v);
        if ((all || on->fastest[v]) && mine > 0 && (best < 0 || mine < memory(sweep, on, best)))
            best = v;
    }
    return best;
}

// "omp, free (workers=2) and mpi"
static void name_fastest(const struct sweep *sweep, const struct stretch *on, char *text,
                         size_t cap) {
    char one[128];
    int done = 0;
    *text = '\0';
    for (int v = 0; v < sweep->versions; v++) {
        if (!on->fastest[v])
            continue;
        name(sweep, on, v, one, sizeof one);
        add(text, cap, "%s%s", done == 0 ? "" : done == on->count - 1 ? " and " : ", ", one);
        done++;
    }
}

// How many times as long another version takes, at most, on this stretch.
static double slower(const struct sweep *sweep, const struct stretch *on, int v) {
    double most = 1;
    for (int p = on->from; p <= on->to; p++)
        for (int w = 0; w < sweep->versions; w++)
            if (on->fastest[w])
                most = fmax(most,
                            times(sweep, at_best(sweep, w, p).median, at_best(sweep, v, p).median));
    return most;
}

static void say_memory(const struct sweep *sweep, const struct stretch *on, char *text,
                       size_t cap) {
    char mine[SHOW_CAP], least[SHOW_CAP], factor[SHOW_CAP], other[128];
    const int among = thrifty(sweep, on, false), all = thrifty(sweep, on, true);
    if (among < 0)
        return;
    show_bytes(memory(sweep, on, among), mine);
    if (on->count > 1)
        add(text, cap, " Of these %s takes the least memory, %s.", sweep->version[among], mine);
    else
        add(text, cap, " It takes %s of memory.", mine);
    if (on->fastest[all] || hardly * memory(sweep, on, all) > memory(sweep, on, among))
        return;
    name(sweep, on, all, other, sizeof other);
    add(text, cap, " With the least, %s, %s takes up to %s times as long.",
        show_bytes(memory(sweep, on, all), least), other,
        show_factor(slower(sweep, on, all), factor));
}

static void say(const struct sweep *sweep, const struct stretch *on, char text[SAID_CAP]) {
    char where[96], who[400];
    snprintf(where, sizeof where, on->from == on->to ? "%s=%s" : "%s=%s to %s", sweep->x.name,
             sweep->x.text[on->from], sweep->x.text[on->to]);
    name_fastest(sweep, on, who, sizeof who);
    snprintf(text, SAID_CAP,
             on->count == 1 ? "%s: %s is the fastest." : "%s: %s are about equally fast.", where,
             who);
    say_memory(sweep, on, text, SAID_CAP);
}

int sweep_say(const struct sweep *sweep, char text[][SAID_CAP], int most) {
    int count = 0;
    struct stretch now = look(sweep, 0);
    for (int p = 1; p <= sweep->x.count && count < most && sweep->versions > 1; p++) {
        struct stretch next = {.first = -1};
        if (p < sweep->x.count)
            next = look(sweep, p);
        if (p < sweep->x.count && memcmp(now.fastest, next.fastest, sizeof now.fastest) == 0) {
            now.to = p;
            continue;
        }
        if (now.first >= 0)
            say(sweep, &now, text[count++]);
        now = next;
    }
    if (sweep->others >= crowd && count < most) {
        char cores[SHOW_CAP];
        snprintf(text[count++], SAID_CAP,
                 "But %s cores were busy with other work meanwhile: measure again when the machine "
                 "is idle, before you believe this.",
                 show_factor(sweep->others, cores));
    }
    return count;
}
