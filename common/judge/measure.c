// SPDX-License-Identifier: MIT
//
// measure.c: see measure.h.

#include "measure.h"

#include "job.h"
#include "launch.h"
#include "lone.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// CPU time that all programs of this machine had up to now, s; < 0: it does not say.
static double machine_busy(void) {
    double user, nice, system, idle, wait, irq, soft;
    FILE *const file = fopen("/proc/stat", "re");
    const int n = file ? fscanf(file, "cpu %lf %lf %lf %lf %lf %lf %lf", &user, &nice, &system,
                                &idle, &wait, &irq, &soft)
                       : 0;
    if (file)
        fclose(file);
    return n == 7 ? (user + nice + system + irq + soft) / (double)sysconf(_SC_CLK_TCK) : -1;
}

// One run of either side, which leaves its result. False: it did not end well.
static bool time_one(const struct subject *subject, const struct case_spec *spec, const char *nonce,
                     struct timing *timing, struct outcome *o) {
    struct record said;
    char path[600], witness[sizeof said.witness];
    snprintf(path, sizeof path, "%s/job/timed.res", subject->dir);
    if (job_make(subject->dir))
        job_begin(subject->dir);
    const char *const more[] = {"--json", "--result", path, "--nonce", nonce, NULL};
    const double before = machine_busy();
    const bool started = case_run_served(subject, spec, more, subject->seconds, witness, o);
    const double busy = machine_busy() - before;
    const double all = (double)subject->machine.cores * o->wall;
    if (!started || o->over_time || o->too_much || o->verdict || o->status != 0 ||
        !record_first(o->out, &said) || strcmp(said.status, "ok") != 0)
        return false;
    timing->inner = 1e-3 * said.wall_ms;
    timing->outer = o->wall;
    timing->others = before < 0 || all <= 0 || busy <= o->cpu ? 0 : (busy - o->cpu) / all;
    return true;
}

static int all_workers(const struct subject *subject, const struct case_spec *spec) {
    return spec->workers * (case_is_hybrid(subject, spec) ? spec->threads : 1);
}

// Why it cannot be measured here; false: it can.
static bool impossible(const struct subject *subject, const struct case_spec *spec, char *why,
                       size_t cap) {
    const int workers = all_workers(subject, spec);
    // Who only waits needs no core.
    if (strcmp(subject->about.bound, "waiting") != 0 && workers > subject->machine.whole_cores) {
        snprintf(why, cap,
                 "It takes %d workers with a core each, and this machine has %d for them.", workers,
                 subject->machine.whole_cores);
        return true;
    }
    return false;
}

// Where the result of the reference's last turn is kept.
static void right_path(const struct subject *subject, char path[600]) {
    snprintf(path, 600, "%s/right.res", subject->dir);
}

// The other side's turn: the reference, or where there is none the given serial version. False: it
// did not run.
static bool time_reference(const struct subject *subject, const struct case_spec *spec,
                           struct timing *timing, struct record *record) {
    struct subject reference = *subject;
    struct case_spec at = *spec;
    struct outcome o;
    if (!subject->reference) {
        reference.program = subject->verifier;
        at = case_serially(subject, &at);
    } else {
        reference.program = subject->reference;
    }
    reference.run = subject->run_right;
    reference.user = subject->user_right;
    reference.spent = NULL;
    const bool good = time_one(&reference, &at, "1", timing, &o);
    if (subject->spent)
        subject->spent->reference += o.wall;
    char taken[600], right[600];
    snprintf(taken, sizeof taken, "%s/taken/timed.res", subject->dir);
    right_path(subject, right);
    job_remove(right);
    if (job_take(subject->dir, "timed.res"))
        rename(taken, right); // if not, the verifier computes
    if (!good)
        case_blame(record, spec, "INFRA",
                   subject->reference ? "the reference solution did not run to its end"
                                      : "the serial version did not run to its end");
    outcome_free(&o);
    return good;
}

// The answer's turn; its result is looked at where it came sooner than all before. False: it did
// not end well, or is not right.
static bool time_answer(const struct subject *subject, const struct case_spec *spec, double best,
                        struct timing *timing, struct record *record) {
    struct outcome o;
    char path[600], right[600], nonce[32], text[1024];
    snprintf(path, sizeof path, "%s/taken/timed.res", subject->dir);
    right_path(subject, right);
    snprintf(nonce, sizeof nonce, "%" PRIu64, fresh_base_seed());
    bool good = time_one(subject, spec, nonce, timing, &o);
    if (!good) {
        outcome_words(&o, text, sizeof text);
        case_blame(record, spec, outcome_verdict(&o), text);
    } else if (best <= 0 || timing->inner < best) {
        case_blame(record, spec, "", "");
        snprintf(record->text, sizeof record->text, "there is no file");
        good = job_take(subject->dir, "timed.res") &&
               case_verify(subject, spec, path, nonce, right, record);
        if (!good) {
            snprintf(text, sizeof text, "it left no whole result: %.900s", record->text);
            case_blame(record, spec, "CRASH", text);
        }
        record->wall_ms = 1e3 * timing->inner;
        record->cpu_ms = 1e3 * o.cpu;
        good = good && record_is_right(record);
    }
    outcome_free(&o);
    return good;
}

// Moves the judge off the cores that what is timed is to have for itself. False: there are too few.
static bool reserve(struct subject *timed, const struct case_spec *spec, struct cpus *mine,
                    struct cpus *reserved) {
    struct cpus rest;
    const int workers = all_workers(timed, spec);
    // (whole_cores is fewer where a container may use the time of so many alone)
    if (!strcmp(timed->about.bound, "waiting") || workers >= timed->machine.whole_cores ||
        !cpus_mine(mine) || !cores_split(mine, cpu_core, workers, reserved, &rest) ||
        !cpus_move(&rest))
        return false;
    timed->cpus = reserved;
    timed->machine.masked =
        true; // an mpirun that binds would bind to the first cores of the machine
    return true;
}

struct speed measure(const struct subject *subject, const struct case_spec *spec,
                     const struct curve *curve, struct record *record) {
    enum { PAIRS_WITHOUT = 3 };
    struct speed speed = {.state = SPEED_UNGRADED};
    struct timing ours[SPEED_PAIRS_MAX], theirs[SPEED_PAIRS_MAX];
    struct subject timed = *subject;
    struct case_spec at = *spec;
    struct cpus mine, reserved;
    double best = 0;
    case_blame(record, spec, "PASS", "");
    if (impossible(subject, spec, speed.why, sizeof speed.why))
        return speed;
    timed.alone = true;
    timed.seconds = subject->seconds > 60 ? subject->seconds : 60;
    speed.state = SPEED_MORE;
    const bool apart = reserve(&timed, spec, &mine, &reserved);
    for (int pair = 0; speed.state == SPEED_MORE && !process_interrupted(); pair++) {
        at.seed = spec->seed + (uint64_t)pair;
        if (!time_reference(&timed, &at, &theirs[pair], record) ||
            !time_answer(&timed, &at, best, &ours[pair], record))
            break;
        best = best > 0 && best < ours[pair].inner ? best : ours[pair].inner;
        if (subject->reference)
            speed = speed_decide(ours, theirs, pair + 1, curve);
        else if (pair + 1 == PAIRS_WITHOUT)
            speed = speed_over_serial(ours, theirs, pair + 1, all_workers(subject, spec));
    }
    if (apart) {
        cpus_move(&mine);
        cpus_text(&reserved, speed.cores, sizeof speed.cores);
    }
    return speed;
}
