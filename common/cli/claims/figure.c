// SPDX-License-Identifier: MIT
//
// figure.c: see figure.h.

#include "figure.h"

#include "claims.h"
#include "show.h"
#include "stats.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

// A version that computes and has less than that of the cores it can use was kept from them.
static const double quiet = 0.8;

static double per_unit(const struct sample *sample) {
    return sample->work > 0 ? sample->wall / sample->work : sample->wall;
}

static struct spread figure_of(const struct experiment *e) {
    double values[SAMPLES_MAX];
    for (int i = 0; i < e->rounds; i++) {
        const struct sample *const a = &e->a[i], *const b = &e->b[i];
        values[i] = e->kind == KIND_EACH     ? per_unit(a)
                    : e->kind == KIND_LAUNCH ? a->outer
                    : e->kind == KIND_DEARER ? per_unit(b) / per_unit(a)
                    : e->kind == KIND_MEMORY
                        ? (b->peak - a->peak) / (e->second.workers - e->first.workers)
                        : a->wall / b->wall;
    }
    return spread_of(values, e->rounds);
}

// The largest number of cores that a case had in any round.
static double best_cores(const struct sample *sample, int rounds) {
    double best = 0;
    for (int i = 0; i < rounds; i++)
        best = fmax(best, sample[i].wall > 0 ? sample[i].cpu / sample[i].wall : 0);
    return best;
}

// Was this case kept from the cores that its workers can use? Then text says so.
static bool starved(const struct experiment *e, const struct case_spec *spec,
                    const struct sample *sample, char *text, size_t cap) {
    char number[SHOW_CAP];
    const int cores = spec->workers < e->cores ? spec->workers : e->cores;
    const double best = best_cores(sample, e->rounds);
    const size_t used = strlen(text);
    if (best >= quiet * cores)
        return false;
    snprintf(text + used, cap - used,
             "; but the machine had other work to do, and left %s of %d core%s to it",
             show_factor(best, number), cores, cores == 1 ? "" : "s");
    return true;
}

// Both cases compute. The second one must have had its cores only where it should gain from them:
// of threads that wait for a lock nobody can tell what they were kept from.
static bool busy(const struct experiment *e, char *text, size_t cap) {
    return starved(e, &e->first, e->a, text, cap) ||
           (e->from > 1 && starved(e, &e->second, e->b, text, cap));
}

// The figure with its unit.
static const char *show(const struct experiment *e, double figure, char text[SHOW_CAP + 16]) {
    char number[SHOW_CAP];
    switch (e->kind) {
    case KIND_EACH:
    case KIND_LAUNCH:
        return show_time(figure, text);
    case KIND_MEMORY:
        return show_bytes(1024 * figure, text);
    default:
        snprintf(text, SHOW_CAP + 16, "%s times as %s", show_factor(figure, number),
                 e->kind == KIND_DEARER ? "dear" : "fast");
        return text;
    }
}

// It seems not to hold; but other work took what decides it.
static bool crowded(const struct experiment *e, char *text, size_t cap) {
    enum { LEAST_PERCENT = 20 };
    char number[SHOW_CAP];
    const size_t used = strlen(text);
    if (100 * e->others < LEAST_PERCENT)
        return false;
    snprintf(text + used, cap - used, "; but %s cores were busy with other work meanwhile",
             show_factor(e->others, number));
    return true;
}

enum holds figure_say(const struct experiment *e, char *text, size_t cap) {
    char number[SHOW_CAP + 16], around[SHOW_CAP];
    if (*e->why) {
        snprintf(text, cap, "not measurable here: %s", e->why);
        return HOLDS_UNKNOWN;
    }
    if (e->kind == KIND_SAYS) {
        const bool said = strstr(e->note, e->words);
        snprintf(text, cap, "%s%s%s", *e->note ? "\"" : "",
                 *e->note ? e->note : "nothing was noted", *e->note ? "\"" : "");
        if (!said && e->cores > 1 && starved(e, &e->first, e->a, text, cap))
            return HOLDS_UNKNOWN;
        return said ? HOLDS : HOLDS_NOT;
    }
    if (e->kind == KIND_DIES) {
        snprintf(text, cap, "%s", *e->note ? e->note : "it lives");
        return *e->note ? HOLDS : HOLDS_NOT;
    }
    const struct spread figure = figure_of(e);
    const char *why;
    const enum holds holds = claim_holds(&figure, e->from, e->to, &why);
    snprintf(text, cap, "%s%s%s", show(e, figure.median, number), e->rounds > 1 ? ", ±" : "",
             e->rounds > 1 ? show_percent(spread_share(&figure), around) : "");
    if (!e->judged)
        return HOLDS_UNKNOWN;
    if (holds != HOLDS && ((e->kind == KIND_FASTER && busy(e, text, cap)) || crowded(e, text, cap)))
        return HOLDS_UNKNOWN;
    if (*why)
        snprintf(text + strlen(text), cap - strlen(text), "; but %s", why);
    return holds;
}

bool figure_is_settled(const struct experiment *e) {
    enum { LEAST = 3 };
    static const double steady = 0.05;
    char text[400];
    if (e->rounds < LEAST)
        return false;
    if (e->kind == KIND_SAYS || e->kind == KIND_DIES)
        return figure_say(e, text, sizeof text) == HOLDS;
    const struct spread figure = figure_of(e);
    if (!e->judged)
        return spread_share(&figure) <= steady;
    // No round lies beyond a bound, nor nearer to one than the quartiles lie to each other.
    const double apart = figure.high - figure.low;
    return figure.median - 2 * apart >= e->from && figure.median + 2 * apart <= e->to;
}
