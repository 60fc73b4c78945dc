// SPDX-License-Identifier: MIT
//
// lone.c: one case, run alone (lone_run.c) and judged.

#include "lone.h"

#include "crash.h"
#include "job.h"
#include "patience.h"
#include "watch.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool case_verify(const struct subject *subject, const struct case_spec *spec, const char *path,
                 const char *nonce, const char *against, struct record *record) {
    struct outcome o;
    const char *const more[] = {
        "--verify", path, "--nonce", nonce, "--json", against ? "--against" : NULL, against, NULL};
    struct command command = case_words(subject, subject->verifier, spec, more);
    const struct how how = {.seconds = 60, .capture_out = true, .capture_err = true};
    const bool started = process_run(&command, &how, &o);
    if (subject->spent)
        subject->spent->verifying += o.wall;
    if (started)
        o.out[strcspn(o.out, "\n")] = '\0';
    const bool good = started && record_verified(record, o.out);
    command_free(&command);
    outcome_free(&o);
    return good;
}

bool case_measure(const struct subject *subject, const struct case_spec *spec,
                  const char *const *more, double seconds, struct record *record,
                  struct outcome *outcome) {
    enum { WORDS = 8 };
    const char *words[WORDS + 2] = {"--json"};
    for (int i = 0; more && i < WORDS && more[i]; i++)
        words[i + 1] = more[i];
    case_run(subject, spec, words, seconds, outcome);
    if (!record_first(outcome->out, record))
        return *record = (struct record){0}, false;
    if (!strcmp(record->status, "ok"))
        return true;
    if (!strcmp(record->status, "todo"))
        snprintf(outcome->text, sizeof outcome->text, "it is not written yet");
    else if (*record->text)
        snprintf(outcome->text, sizeof outcome->text, "%.*s", (int)sizeof outcome->text - 1,
                 record->text);
    return false;
}

// A program that checks itself.
static void judge_believed(const struct subject *subject, const struct case_spec *spec,
                           struct record *record) {
    static const char *const more[] = {"--check", "--json", NULL};
    struct outcome o;
    char text[1024];
    case_run(subject, spec, more, subject->seconds, &o);
    if (o.started && !o.over_time && o.status < 128 && record_first(o.out, record)) {
        record_settle(record);
    } else {
        outcome_words(&o, text, sizeof text);
        case_blame(record, spec, outcome_verdict(&o), text);
    }
    outcome_free(&o);
}

// Does a right program run this case here, and can it write its result where this one was to be? The
// reference, or where there is none the serial version of the verifier.
static bool right_program_runs(const struct subject *subject, const struct case_spec *spec) {
    struct command command;
    struct outcome o;
    const struct case_spec same = subject->reference ? *spec : case_serially(subject, spec);
    char path[600], why[512];
    snprintf(path, sizeof path, "%s/job/alone.res", subject->dir);
    const char *const more[] = {"--result", path, "--nonce", "1", NULL};
    if (!job_begin(subject->dir) ||
        !case_alone(subject, subject->reference ? subject->reference : subject->verifier, &same,
                    more, &command, why, sizeof why))
        return false;
    const struct how how = {.seconds = 60, .capture_out = true, .capture_err = true};
    process_run(&command, &how, &o);
    const bool good = o.started && !o.over_time && o.status == 0;
    if (subject->spent)
        subject->spent->reference += o.wall;
    command_free(&command);
    outcome_free(&o);
    return good;
}

static const char full[] =
    "the disk is full: free some space, or choose another directory with TMPDIR.";

static bool is_full(const struct record *record) {
    return strstr(record->text, strerror(ENOSPC)) != NULL;
}

// A refusal is wrong where a right program has no reason for one.
static void settle_refused(const struct subject *subject, const struct case_spec *spec,
                           struct record *record) {
    if (right_program_runs(subject, spec))
        snprintf(record->verdict, sizeof record->verdict, "WRONG");
    else if (is_full(record))
        snprintf(record->text, sizeof record->text, "%s", full);
}

// -- what the serial version left of a problem --------------------------------------------------------

static void solved_path(const struct subject *subject, char path[600]) {
    snprintf(path, 600, "%s/solved.res", subject->dir);
}

static bool is_solved(const struct subject *subject, const struct case_spec *spec) {
    const struct case_spec *const solved = &subject->solved;
    return *solved->version && solved->seed == spec->seed && !strcmp(solved->params, spec->params);
}

static bool is_given_serial(const struct subject *subject, const struct case_spec *spec) {
    const int i = lab_version_index(&subject->about, spec->version);
    return subject->verifier && i >= 0 && subject->about.version[i].given &&
           !strcmp(subject->about.version[i].run, "serial");
}

// Runs a case of the given serial version by the verifier. False: it did not end well.
static bool solve(const struct subject *subject, const struct case_spec *spec,
                  struct record *record) {
    struct subject verifier = *subject;
    struct outcome o;
    char path[600], taken[600], solved[600], witness[sizeof record->witness];
    snprintf(path, sizeof path, "%s/job/alone.res", subject->dir);
    snprintf(taken, sizeof taken, "%s/taken/alone.res", subject->dir);
    solved_path(subject, solved);
    verifier.program = subject->verifier;
    verifier.run = NULL; // it is ours
    verifier.spent = NULL;
    const char *const more[] = {"--json", "--result", path, "--nonce", "1", NULL};
    const bool ran = case_run_served(&verifier, spec, more, 60 + 6 * subject->seconds, witness, &o);
    const bool spoke = ran && record_first(o.out, record);
    const bool good = spoke && !o.over_time && o.status == 0 && !strcmp(record->status, "ok");
    if (subject->spent)
        subject->spent->reference += o.wall;
    outcome_free(&o);
    if (!good) {
        case_blame(record, spec, "INFRA",
                   spoke && is_full(record) ? full : "the serial version did not run to its end");
        return false;
    }
    snprintf(record->verdict, sizeof record->verdict, "PASS");
    snprintf(record->same, sizeof record->same, "SAME");
    memcpy(record->witness, witness, sizeof witness);
    job_remove(solved);
    return job_take(subject->dir, "alone.res") && rename(taken, solved) == 0;
}

void case_judge(const struct subject *subject, const struct case_spec *spec,
                struct record *record) {
    if (!subject->verifier) {
        judge_believed(subject, spec, record);
        return;
    }
    char path[600], taken[600], last[600], solved[600], nonce[32], text[1024];
    char witness[sizeof record->witness];
    solved_path(subject, solved);
    snprintf(path, sizeof path, "%s/job/alone.res", subject->dir);
    snprintf(taken, sizeof taken, "%s/taken/alone.res", subject->dir);
    snprintf(last, sizeof last, "%s/job/last", subject->dir);
    snprintf(nonce, sizeof nonce, "%" PRIu64, fresh_base_seed());
    if (job_make(subject->dir))
        job_begin(subject->dir);
    const char *const more[] = {"--json", "--result",     path, "--nonce",
                                nonce,    "--last-words", last, NULL};
    struct outcome o;
    // To watch a run needs no other beside it.
    const double seconds = subject->watch ? subject->seconds : patience_alone(subject, spec);
    case_run_served(subject, spec, more, seconds, witness, &o);
    outcome_words(&o, text, sizeof text);
    case_blame(record, spec, "", "");
    struct record said;
    const bool spoke = record_first(o.out, &said) && record_of_stranger(&said, spec);
    if (spoke && *said.verdict) {
        *record = said;
        if (!strcmp(record->verdict, "REFUSED"))
            settle_refused(subject, spec, record);
    } else if (!o.started || o.over_time || o.too_much || o.verdict ||
               !job_take(subject->dir, "alone.res")) {
        snprintf(record->verdict, sizeof record->verdict, "%s", outcome_verdict(&o));
        snprintf(record->text, sizeof record->text, "%s", text);
    } else {
        if (spoke)
            record->wall_ms = said.wall_ms, record->cpu_ms = said.cpu_ms,
            record->peak_kb = said.peak_kb, record->done = said.done,
            record->done_most = said.done_most, record->done_by = said.done_by;
        if (!case_verify(subject, spec, taken, nonce, is_solved(subject, spec) ? solved : NULL,
                         record)) {
            snprintf(text, sizeof text, "it left no whole result: %.900s", record->text);
            case_blame(record, spec, "CRASH", text);
        } else if (spoke) {
            memcpy(record->notes, said.notes, sizeof record->notes);
        }
    }
    snprintf(last, sizeof last, "%s/taken/last", subject->dir);
    if (record_is_verdict(record, "CRASH") && job_take(subject->dir, "last"))
        crash_take(last, record->crash, sizeof record->crash);
    memcpy(record->witness, witness, sizeof witness);
    outcome_free(&o);
}

// One watched run, which is ended after so many seconds.
static void watch_for(struct subject *subject, const char *library, const struct case_spec *spec,
                      double seconds, struct record *record) {
    struct subject watched = *subject;
    struct watch watch;
    char counted[600], taken[600];
    const bool on_ranks = case_on_ranks(subject, spec);
    snprintf(counted, sizeof counted, "%s/job", subject->dir);
    snprintf(taken, sizeof taken, "%s/taken", subject->dir);
    if (!job_make(subject->dir) || !job_begin(subject->dir) ||
        !watch_begin(&watch, on_ranks ? library : NULL, counted)) {
        case_blame(record, spec, "INFRA", "there is no room to watch a run; close other programs");
        return;
    }
    watched.watch = &watch;
    watched.reference = NULL; // its time is of no interest here
    watched.seconds = seconds;
    if (!is_given_serial(subject, spec)) {
        case_judge(&watched, spec, record);
    } else {
        *subject->solved.version = '\0'; // the file is about to change
        if (solve(&watched, spec, record))
            subject->solved = *spec;
    }
    for (int rank = 0; on_ranks && rank < spec->workers; rank++) {
        char name[32];
        snprintf(name, sizeof name, "counted.%d", rank);
        job_take(subject->dir, name);
    }
    snprintf(record->run, sizeof record->run, "%s", case_kind(subject, spec));
    record->seen = watch_end(&watch, record->run, spec->workers, spec->threads, taken);
}

void case_watch(struct subject *subject, const char *library, const struct case_spec *spec,
                struct record *record) {
    const double usual = 6 * subject->seconds;
    watch_for(subject, library, spec, usual, record);
    // Whether that was enough on this machine, at this moment, is asked only where it decides something.
    if (!record_is_verdict(record, "HANG"))
        return;
    const double enough = patience_alone(subject, spec);
    if (enough > usual)
        watch_for(subject, library, spec, enough, record);
}
