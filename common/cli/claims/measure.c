// SPDX-License-Identifier: MIT
//
// measure.c: see measure.h.

#include "measure.h"

#include "figure.h"

#include "batch.h"
#include "others.h"
#include "process.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SECONDS = 60, LEAST_ROUNDS = 3, MOST_RUNS = 2 * EXPERIMENTS_MAX };
static const double patience = 75; // s, until no round is begun that is not asked for

// What a case left in this round.
struct ran {
    int lab;
    bool memory; // its memory was watched, which takes time
    const struct case_spec *spec;
    bool good;
    struct sample sample;
    double others; // cores that were busy with other work meanwhile
    char note[sizeof((struct experiment *)0)->note], why[sizeof((struct experiment *)0)->why];
};

struct round {
    int count;
    struct ran ran[MOST_RUNS];
};

static bool is_same(const struct case_spec *a, const struct case_spec *b) {
    return strcmp(a->version, b->version) == 0 && a->workers == b->workers &&
           a->threads == b->threads && strcmp(a->params, b->params) == 0;
}

static void run_case(const struct experiment *e, const struct subject *subject, struct ran *ran) {
    static const char *const memory[] = {"--memory", NULL};
    struct outcome o;
    struct record record;
    const struct usage begin = usage_now();
    ran->good = case_measure(subject, ran->spec, ran->memory ? memory : NULL, SECONDS, &record, &o);
    snprintf(ran->note, sizeof ran->note, "%.290s", record.notes);
    if (!ran->good && !process_interrupted())
        snprintf(ran->why, sizeof ran->why, "%.250s", o.text);
    // A program that should die, and did: how is all there is to tell.
    if (e->kind == KIND_DIES && !ran->good && !*record.status && o.started && !o.over_time &&
        o.status != 0) {
        ran->good = true;
        snprintf(ran->note, sizeof ran->note, "%.250s", o.text);
    }
    ran->sample = (struct sample){.wall = record.wall_ms / 1e3,
                                  .cpu = record.cpu_ms / 1e3,
                                  .work = record.work,
                                  .peak = record.peak_kb,
                                  .outer = o.wall};
    outcome_free(&o);
    const struct usage end = usage_now();
    ran->others = others_between(&begin, &end);
}

// Runs a case, unless another experiment has run it in this round.
static const struct ran *run_once(const struct experiment *e, const struct subject *subject,
                                  const struct case_spec *spec, struct round *round) {
    const bool memory = e->kind == KIND_MEMORY;
    for (int i = 0; i < round->count; i++) {
        const struct ran *const ran = &round->ran[i];
        if (ran->good && ran->lab == e->lab && ran->memory == memory && is_same(ran->spec, spec))
            return ran;
    }
    struct ran *const ran = &round->ran[round->count++];
    *ran = (struct ran){.lab = e->lab, .memory = memory, .spec = spec};
    run_case(e, subject, ran);
    return ran;
}

// A case as one of an experiment's two; false: it could not be measured.
static bool take(struct experiment *e, const struct ran *ran, struct sample *sample) {
    *sample = ran->sample;
    e->others = fmax(e->others, ran->others);
    if (!ran->good)
        memcpy(e->why, ran->why, sizeof e->why);
    return ran->good;
}

// What was to be said is tried in each round until it is: two threads do not meet in every run. Who
// has died has died; and memory hardly differs from run to run.
static bool is_enough(const struct experiment *e) {
    return (e->kind == KIND_SAYS && strstr(e->note, e->words)) ||
           (e->kind == KIND_DIES && e->rounds > 0) ||
           (e->kind == KIND_MEMORY && e->rounds >= LEAST_ROUNDS);
}

static void measure(struct experiment *e, const struct subject *subject, struct round *round) {
    const double begin = usage_now().at;
    const struct ran *const first = run_once(e, subject, &e->first, round);
    bool good = take(e, first, &e->a[e->rounds]);
    if (good && (e->kind == KIND_SAYS || e->kind == KIND_DIES))
        memcpy(e->note, first->note, sizeof e->note);
    if (good && experiment_has_second(e))
        good = take(e, run_once(e, subject, &e->second, round), &e->b[e->rounds]);
    e->rounds += good;
    e->spent += usage_now().at - begin;
}

// Why a machine, or this tree, cannot measure it at all.
static void look(struct experiment *e, const struct subject *subject) {
    if (!subject->program)
        snprintf(e->why, sizeof e->why, "%s", "its lab is not built here");
    else if (e->cores > subject->machine.cores)
        snprintf(e->why, sizeof e->why, "it needs %d cores, and this machine has %d", e->cores,
                 subject->machine.cores);
}

// Is there anything to be learned of it in this round? What has not been said yet is tried three times at
// least, however few rounds were asked for: it may take several launches until all is done.
static bool is_wanted(const struct experiment *e, int round, int rounds, bool asked) {
    if (*e->why || is_enough(e))
        return false;
    if (round >= rounds)
        return e->kind == KIND_SAYS;
    return asked || !figure_is_settled(e);
}

void measure_all(struct experiments *all, const struct subject *subjects, int asked) {
    static struct round round;
    const int rounds = asked ? asked : MEASURE_ROUNDS;
    const int most = rounds > LEAST_ROUNDS ? rounds : LEAST_ROUNDS;
    const bool terminal = isatty(STDERR_FILENO);
    const double begin = usage_now().at;
    for (int i = 0; i < all->count; i++)
        look(&all->at[i], &subjects[all->at[i].lab]);
    for (int n = 0; n < most; n++) {
        round.count = 0;
        if (!asked && n >= LEAST_ROUNDS && usage_now().at - begin > patience)
            break;
        for (int i = 0; i < all->count && !process_interrupted(); i++) {
            struct experiment *const e = &all->at[i];
            if (!is_wanted(e, n, rounds, asked > 0))
                continue;
            if (terminal)
                fprintf(stderr, "\r\033[KMeasuring: round %d of %d, C%d %s", n + 1, most, e->claim,
                        e->title);
            measure(e, &subjects[e->lab], &round);
        }
    }
    if (terminal)
        fputs("\r\033[K", stderr);
}
