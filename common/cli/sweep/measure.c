// SPDX-License-Identifier: MIT
//
// measure.c: see measure.h.

#include "measure.h"

#include "lone.h"
#include "others.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SECONDS = 60, LONG = 10 }; // s: the most a run may take; one that is not repeated

// Version v at the values b and p of the axes.
struct place {
    int v, b, p;
};

static struct spot *spot_at(struct sweep *sweep, struct place at) {
    return &sweep->at[at.v][at.b][at.p];
}

// The case of a place; the same problem for all versions. False: the spot says why there is none.
static bool spot_case(struct sweep *sweep, const struct subject *subject, struct place at,
                      struct case_spec *spec) {
    struct case_specs specs = {0};
    struct spot *const spot = spot_at(sweep, at);
    char text[480];
    snprintf(text, sizeof text, "%s %s %s=%s %s%s%s", sweep->version[at.v], sweep->fixed,
             sweep->x.name, sweep->x.text[at.p], sweep->by.name, *sweep->by.name ? "=" : "",
             *sweep->by.name ? sweep->by.text[at.b] : "");
    const bool good =
        expand(text, 1, "", 0, &specs, spot->why, sizeof spot->why) && specs.count == 1;
    if (good) {
        *spec = specs.at[0];
        spec->seed = 1;
        const int version = lab_version_index(&subject->about, sweep->version[at.v]);
        if (strcmp(subject->about.version[version].run, "serial") == 0)
            spec->workers = spec->threads = 1; // whatever the others have
    }
    case_specs_free(&specs);
    return good;
}

// Runs it once: for its time, or for its memory. The seconds that it took, with its launch.
static double run_spot(struct sweep *sweep, const struct subject *subject, struct place at,
                       bool memory) {
    static const char *const more[] = {"--memory", NULL};
    struct spot *const spot = spot_at(sweep, at);
    struct case_spec spec;
    struct outcome o;
    struct record record;
    if (!spot_case(sweep, subject, at, &spec))
        return 0;
    if (!case_measure(subject, &spec, memory ? more : NULL, SECONDS, &record, &o)) {
        snprintf(spot->why, sizeof spot->why, "%.250s", o.text);
    } else if (memory) {
        spot->memory = record.peak_kb * 1024;
    } else {
        const double wall = record.wall_ms / 1e3, times = sweep->times ? sweep->x.at[at.p] : 1;
        spot->figure[spot->runs++] = sweep->show == SWEEP_TIME   ? wall
                                     : sweep->show == SWEEP_EACH ? wall / record.work
                                                                 : times * record.work / wall;
    }
    const double took = o.wall;
    outcome_free(&o);
    return took;
}

static void measure_round(struct sweep *sweep, const struct subject *subject, const char *what,
                          bool memory) {
    static bool slow[SERIES_MAX][SERIES_MAX][POINTS_MAX];
    const bool talk = isatty(STDERR_FILENO);
    for (int p = 0; p < sweep->x.count; p++)
        for (int b = 0; b < sweep->by.count; b++)
            for (int v = 0; v < sweep->versions && !process_interrupted(); v++) {
                const struct place at = {v, b, p};
                if (*spot_at(sweep, at)->why || (slow[v][b][p] && !memory))
                    continue;
                if (talk)
                    fprintf(stderr, "\r\033[KMeasuring: %s, %s=%s %s %s, %s", what, sweep->x.name,
                            sweep->x.text[p], sweep->by.name, sweep->by.text[b], sweep->version[v]);
                slow[v][b][p] = run_spot(sweep, subject, at, memory) > LONG;
            }
    if (talk)
        fputs("\r\033[K", stderr);
}

void sweep_measure(struct sweep *sweep, const struct subject *subject, int rounds) {
    char what[48];
    const struct usage begin = usage_now();
    for (int round = 0; round < rounds; round++) {
        snprintf(what, sizeof what, "round %d of %d", round + 1, rounds);
        measure_round(sweep, subject, what, false);
    }
    if (sweep->memory)
        measure_round(sweep, subject, "memory", true);
    const struct usage end = usage_now();
    sweep->others = others_between(&begin, &end);
}
