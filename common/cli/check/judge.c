// SPDX-License-Identifier: MIT
//
// judge.c: one check of the rubric: run its cases, ask the rubric, report what came of it.

#include "evidence.h"
#include "fault.h"
#include "misuse.h"
#include "raced.h"
#include "trouble.h"

#include "measure.h"
#include "process.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TRIES = 3 };

struct judged session_judged(const struct session *session, const char *check, const char *title) {
    struct judged judged = {.base_seed = session->base_seed, .attempt = 1, .time = time(NULL)};
    snprintf(judged.lab, sizeof judged.lab, "%s", session->lab->name);
    snprintf(judged.check, sizeof judged.check, "%s", check);
    snprintf(judged.title, sizeof judged.title, "%s", title);
    snprintf(judged.peak_kind, sizeof judged.peak_kind, "hwm");
    const int i = rubric_index(&session->rubric, check);
    if (i >= 0)
        memcpy(judged.visibility, session->rubric.check[i].visibility, sizeof judged.visibility);
    return judged;
}

bool session_report(struct session *session, const struct judged *judged) {
    char why[1024];
    const bool kept = journal_add(&session->journal, judged, why, sizeof why);
    feedback_verdict(&session->feedback, judged);
    if (session->json) {
        journal_print(stdout, &session->journal, judged);
        fflush(stdout);
    }
    if (!kept)
        fprintf(stderr, "twofold check: %s\n", why);
    return kept;
}

bool session_may_judge(const struct session *session, int i) {
    const struct rubric_check *const check = &session->rubric.check[i];
    char version[48];
    if (!*check->needs)
        return true;
    const int earlier = rubric_index(&session->rubric, check->needs);
    if (earlier >= 0)
        return session->passed[earlier];
    snprintf(version, sizeof version, "%.*s", (int)strlen(check->needs) - 6, check->needs);
    return session_built(session, version);
}

// Every case is right and yet the rubric says no: results that are only nearly the same, or what
// the evidence objects to.
static void say_condition(struct judged *judged, const struct case_specs *specs,
                          const struct record *records, const char *verdict, const char *text) {
    judged->evidences = 0;
    snprintf(judged->verdict, sizeof judged->verdict, "%s", *verdict ? verdict : "WRONG");
    if (*verdict) {
        judged_say(judged, "", 0, "%s", text);
        judged->has_case = true;
        judged->at = specs->at[specs->count - 1];
        return;
    }
    for (size_t i = 0; i < specs->count; i++)
        if (!strcmp(records[i].same, "ROUNDING")) {
            judged_say(judged, "", 0,
                       "Right but for rounding, where the very same bits are asked "
                       "for (workers=%d %s): %s",
                       specs->at[i].workers, specs->at[i].params, records[i].text);
            return;
        }
    judged_say(judged, "", 0, "Every result is right, and yet this does not hold: %s.",
               judged->title);
}

// A case alone, watched from outside.
static void watch_case(struct session *session, const struct case_spec *spec,
                       struct record *record) {
    char library[PATH_MAX + 32];
    snprintf(library, sizeof library, "%s/build/lib/count.so", session->root);
    case_watch(&session->subject, access(library, R_OK) == 0 ? library : NULL, spec, record);
}

// Watches all cases again, and keeps of each what was seen where it took the least CPU time: other
// machines behind this one add to it, and never take from it.
static void watch_again(struct session *session, const struct case_specs *specs,
                        struct record *records) {
    struct record *const again = malloc(sizeof *again);
    for (size_t i = 0; again && i < specs->count && !process_interrupted(); i++) {
        memset(again, 0, sizeof *again);
        watch_case(session, &specs->at[i], again);
        if (record_is_verdict(again, "PASS") && again->seen.workers > 0 &&
            again->seen.cpu_ms < records[i].seen.cpu_ms)
            records[i].seen = again->seen;
    }
    free(again);
}

// The cases of a check, many in a launch, or each alone and watched from outside. Of the latter,
// one that is not right is the last. A first attempt in doubt looks again; a later one, which is
// to confirm what the first saw, does not.
static void run_cases(struct session *session, const struct rubric_check *check, int attempt,
                      const struct case_specs *specs, struct record *records) {
    const int again_most = attempt == 1 ? 4 : 0;
    if (!check->alone) {
        batch_run(&session->subject, specs, records);
        return;
    }
    memset(records, 0, specs->count * sizeof *records);
    for (size_t i = 0; i < specs->count && !process_interrupted(); i++) {
        watch_case(session, &specs->at[i], &records[i]);
        if (!record_is_verdict(&records[i], "PASS"))
            return;
    }
    records_use(records, specs->count);
    for (int n = 0; n < again_most && evidence_is_in_doubt(); n++)
        watch_again(session, specs, records);
}

// Sums and peaks of all cases; of those that were watched, what was seen from outside.
static void take_figures(struct judged *judged, const struct rubric_check *check,
                         const struct record *records, size_t count) {
    for (size_t c = 0; c < count; c++) {
        const struct record *const r = &records[c];
        const double peak_kb = check->alone ? r->seen.pss_kb : r->peak_kb;
        judged->wall_ms += check->alone ? r->seen.call_ms : r->wall_ms;
        judged->cpu_ms += check->alone ? r->seen.cpu_ms : r->cpu_ms;
        judged->peak_kb = peak_kb > judged->peak_kb ? peak_kb : judged->peak_kb;
    }
    if (check->alone)
        snprintf(judged->peak_kind, sizeof judged->peak_kind, "pss");
}

static bool report_fault(struct session *session, int i, struct judged *judged,
                         const struct case_spec *spec, const struct record *record) {
    const bool kept = fault_report(session, judged, spec, record);
    // What could not be graded keeps nothing else from being graded.
    session->passed[i] = !strcmp(judged->verdict, "UNGRADED");
    return kept;
}

static bool run_check(struct session *session, int i, const struct case_specs *specs,
                      struct record *records, struct judged *judged) {
    static struct trouble trouble; // large
    const struct rubric_check *const check = &session->rubric.check[i];
    char text[2048], verdict[16];
    trouble = (struct trouble){0};
    bool tolerant = false; // trouble among others is the machine's
    for (int attempt = 1;; attempt++) {
        judged->attempt = attempt;
        session->subject.strict = !tolerant;
        run_cases(session, check, attempt, specs, records);
        if (process_interrupted())
            return false;
        if (trouble_note(&trouble, specs, records) && !tolerant) {
            tolerant = trouble.times == TRIES;
            if (tolerant && trouble_is_theirs(session, &trouble, specs))
                return report_fault(session, i, judged, &trouble.at, &trouble.record);
            continue;
        }
        const size_t fault = fault_find(records, specs->count);
        if (fault < specs->count) {
            if (attempt < TRIES && record_is_verdict(&records[fault], "INFRA"))
                continue;
            return report_fault(session, i, judged, &specs->at[fault], &records[fault]);
        }
        const int holds = rubric_judge(&session->rubric, i, records, specs->count, session->dir,
                                       verdict, text, sizeof text);
        if (process_interrupted())
            return false;
        snprintf(judged->verdict, sizeof judged->verdict, holds < 0 ? "INFRA" : "PASS");
        judged->evidences = 0;
        if (holds < 0)
            judged_say(judged, "", 0, "%s", text);
        if (holds == 0)
            say_condition(judged, specs, records, verdict, text);
        if (holds == 0 && *verdict && attempt < TRIES)
            continue; // what was seen of one run is not believed at once
        judged->points = holds > 0 ? judged->max_points : 0;
        if (holds > 0 && !check->alone)
            misuse_find(session, specs, judged);
        if (holds > 0 && trouble.times)
            trouble_say(session, &trouble, judged);
        break;
    }
    session->passed[i] = judged->points > 0 || !strcmp(judged->verdict, "UNGRADED");
    take_figures(judged, check, records, specs->count);
    const bool kept = session_report(session, judged);
    struct judged shown = *judged;
    if (trouble.times &&
        !strcmp(judged->verdict, "PASS")) // a check that passed has no details, but for a note
        snprintf(shown.verdict, sizeof shown.verdict, "NOTE");
    feedback_details(&session->feedback, &shown);
    return kept;
}

// A check about speed: its one case, against the reference.
static bool run_speed(struct session *session, int i, const struct case_spec *spec,
                      struct judged *judged) {
    const struct curve *const curve = &session->rubric.check[i].speed;
    struct record record;
    char text[600];
    const struct speed speed = measure(&session->subject, spec, curve, &record);
    if (process_interrupted())
        return false;
    if (!record_is_verdict(&record, "PASS"))
        return fault_report(session, judged, spec, &record);
    const bool graded = speed.state == SPEED_GRADED;
    judged->attempt = speed.pairs > 0 ? speed.pairs : 1;
    judged->timed = speed.pairs > 0;
    snprintf(judged->cores, sizeof judged->cores, "%s", speed.cores);
    judged->points = graded ? (int)(speed.share * judged->max_points + 0.5) : 0;
    snprintf(judged->verdict, sizeof judged->verdict, "%s",
             !graded                               ? "UNGRADED"
             : judged->points < judged->max_points ? "SLOW"
                                                   : "PASS");
    session->passed[i] = strcmp(judged->verdict, "SLOW") != 0;
    judged->wall_ms = 1e3 * speed.ours;
    judged->cpu_ms = record.cpu_ms;
    judged->has_case = !strcmp(judged->verdict, "SLOW");
    judged->at = *spec;
    speed_words(&speed, curve, text, sizeof text);
    judged_say(judged, "", 0, "%s", graded ? text : speed.why);
    if (!strcmp(judged->verdict, "SLOW"))
        snprintf(judged->hint, sizeof judged->hint,
                 "Which part of the work do the workers not share? What do they do that the serial "
                 "version need not do, and how often do they wait for one another?");
    const bool kept = session_report(session, judged);
    feedback_details(&session->feedback, judged);
    feedback_figures(&session->feedback, judged);
    return kept;
}

bool session_check(struct session *session, int i) {
    const struct rubric_check *const check = &session->rubric.check[i];
    struct judged judged = session_judged(session, check->id, check->title);
    struct case_specs specs = {0};
    char why[256];
    judged.max_points = check->points;
    if (!session_may_judge(session, i)) {
        char title[160];
        snprintf(judged.verdict, sizeof judged.verdict, "SKIP");
        snprintf(title, sizeof title, "%s (needs %s)", check->title, check->needs);
        memcpy(judged.title, title, sizeof title);
        return session_report(session, &judged);
    }
    bool good = expand(check->cases, session->base_seed, session->lab->name, (size_t)i, &specs, why,
                       sizeof why);
    struct record *const records = good ? calloc(specs.count + 1, sizeof *records) : NULL;
    if (!records) {
        snprintf(judged.verdict, sizeof judged.verdict, "INFRA");
        judged_say(&judged, "", 0, "The rubric's cases cannot be read: %s.", good ? "" : why);
        good = session_report(session, &judged);
    } else if (raced_is(check)) {
        judged.cases = (int)specs.count;
        raced_check(session, &specs, &judged);
        session->passed[i] = !strcmp(judged.verdict, "PASS");
        good = !process_interrupted() && session_report(session, &judged);
        feedback_details(&session->feedback, &judged);
    } else {
        judged.cases = (int)specs.count;
        good = check->speed.full > 0 ? run_speed(session, i, &specs.at[0], &judged)
                                     : run_check(session, i, &specs, records, &judged);
    }
    free(records);
    case_specs_free(&specs);
    return good;
}
