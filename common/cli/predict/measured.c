// SPDX-License-Identifier: MIT
//
// measured.c: see measured.h.

#include "measured.h"

#include "lone.h"
#include <stdio.h>
#include <string.h>

enum { TIMES = 3, SECONDS = 60 };
static const double long_ms = 1000;

static bool is_same(const struct case_spec *a, const struct case_spec *b) {
    return !strcmp(a->version, b->version) && a->workers == b->workers &&
           a->threads == b->threads && !strcmp(a->params, b->params);
}

const struct measured *measured_add(struct measured_list *list, const struct subject *subject,
                                    const struct case_spec *spec) {
    int i = 0;
    while (i < list->count && !is_same(&list->at[i].spec, spec))
        i++;
    if (i < list->count || i == MEASURED_MAX)
        return &list->at[i < MEASURED_MAX ? i : 0];
    struct measured *const m = &list->at[list->count++];
    const int v = lab_version_index(&subject->about, spec->version);
    const int workers = spec->workers * spec->threads, cores = subject->machine.cores;
    m->spec = *spec;
    if (v < 0)
        snprintf(m->why, sizeof m->why, "this lab has no version %s", spec->version);
    else if (workers > cores && strcmp(subject->about.bound, "compute") != 0 &&
             strcmp(subject->about.bound, "memory") != 0)
        return m; // who waits needs no core
    else if (workers > cores)
        snprintf(m->why, sizeof m->why, "it needs %d cores, and this machine has %d", workers,
                 cores);
    return m;
}

static void run_once(struct measured *m, const struct subject *subject) {
    struct outcome o;
    struct record record;
    if (!case_measure(subject, &m->spec, NULL, SECONDS, &record, &o)) {
        snprintf(m->why, sizeof m->why, "%.250s", o.text);
    } else {
        if (!m->runs || record.wall_ms < m->wall_ms)
            m->wall_ms = record.wall_ms;
        if (!m->runs || record.peak_kb < m->peak_kb)
            m->peak_kb = record.peak_kb;
        m->runs++;
    }
    outcome_free(&o);
}

void measured_run(struct measured_list *list, const struct subject *subject) {
    for (int turn = 0; turn < TIMES; turn++)
        for (int i = 0; i < list->count && !process_interrupted(); i++)
            if (!*list->at[i].why && (turn == 0 || list->at[i].wall_ms < long_ms))
                run_once(&list->at[i], subject);
}
