// SPDX-License-Identifier: MIT
//
// judge.c: one check of the rubric: run its cases, ask the rubric, make the smallest case that
// fails, say what was seen.

#include "session.h"

#include "shrink.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SHRINK_SECONDS = 8, TRIES = 3 };

static const char *run_of(const struct session *session, const char *version) {
    const int i = lab_version_index(&session->subject.about, version);
    return i < 0 ? "" : session->subject.about.version[i].run;
}

// -- the smallest case ------------------------------------------------------------------------------

struct search {
    struct session *session;
    struct record record; // of the smallest one up to now
    double until;
};

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool is_fault(const struct record *record) {
    return *record->verdict && !record_is_verdict(record, "PASS") &&
           !record_is_verdict(record, "REFUSED") && !record_is_verdict(record, "INFRA");
}

static size_t first_failing(const struct case_specs *candidates, void *user) {
    struct search *const search = user;
    struct record *const records = calloc(candidates->count, sizeof *records);
    size_t i = candidates->count;
    if (records) {
        batch_run(&search->session->subject, candidates, records);
        for (i = 0; i < candidates->count && !is_fault(&records[i]);)
            i++;
        // It must be the same kind of fault, or a new one would be explained.
        if (i < candidates->count && record_is_verdict(&records[i], search->record.verdict))
            search->record = records[i];
        else
            i = candidates->count;
    }
    free(records);
    return i;
}

static bool enough(void *user) {
    const struct search *const search = user;
    return now() > search->until || process_interrupted();
}

// -- words ------------------------------------------------------------------------------------------

// What to look at, for a verdict that says little by itself.
static const char *hint_for(const char *verdict, const char *run) {
    const bool ranks = lab_run_needs_mpi(run);
    if (!strcmp(verdict, "HANG"))
        return ranks ? "Some rank waits for what never comes. For each receive, who sends it, with "
                       "which tag, and has that rank not stopped to wait itself? Does every rank "
                       "make every collective call?"
                     : "Some thread waits for ever, or a loop never ends. Does every thread of the "
                       "team reach every barrier? Does every lock that is set get unset?";
    if (!strcmp(verdict, "CRASH"))
        return "Which index can leave its array here? Look at the first and the last worker, and "
               "at sizes smaller than the number of workers.";
    if (!strcmp(verdict, "OUTPUT"))
        return "Take the printing out of the loop; what counts is the result, not what is printed.";
    if (!strcmp(verdict, "FLAKY"))
        return "A result that changes from run to run is most often a race: two workers touch the "
               "same variable, one of them writes, and nothing orders the two.";
    return "";
}

// "mpirun ended with status 139, which means signal 11 (...)": what it means.
static void say_crash(const char *text, struct judged *judged) {
    const char *const at = strstr(text, "signal "), *const said = strstr(text, "; it said: ");
    const char *const meaning = at ? feedback_signal(atoi(at + strlen("signal "))) : NULL;
    const bool left = strstr(text, "ended with status 0") || strstr(text, "a rank left by exit()");
    const bool mpi = said && strstr(said, "MPI_ERR_");
    if (!meaning || mpi) // no index is to blame
        *judged->hint = '\0';
    if (!strncmp(text, "it left no", 10))
        judged_say(judged, "", 0, "The program ended, but %s.", text);
    else if (mpi)
        judged_say(judged, "", 0, "MPI ended the program: %s.", said + strlen("; it said: "));
    else if (meaning)
        judged_say(judged, "", 0, "The program died here: %s.", meaning);
    else if (left)
        judged_say(judged, "", 0,
                   "The program left before it had a result: a version must return, "
                   "and not call exit().");
    else
        judged_say(judged, "", 0, "The program died before it had a result: %s.", text);
}

// "mpirun was stopped: it had not ended after 5 s"
static void say_late(const char *text, struct judged *judged) {
    const char *const after = strstr(text, "after ");
    char seconds[32] = "some time";
    if (after)
        snprintf(seconds, sizeof seconds, "%.*s", (int)strcspn(after + 6, ";"), after + 6);
    judged_say(judged, "", 0, "It had not ended after %s, when run alone, too, and was stopped.",
               seconds);
}

// The same sentence twice teaches no more: a TODO is explained once.
static bool said_before(struct session *session, const char *text) {
    const bool again = !strcmp(session->todo, text);
    snprintf(session->todo, sizeof session->todo, "%.511s", text);
    return again;
}

static void say_case(struct session *session, struct judged *judged, const struct case_spec *spec,
                     const struct record *record) {
    const char *const run = run_of(session, spec->version);
    char where[400];
    feedback_case(spec, run, where, sizeof where);
    if (!strcmp(judged->verdict, "TODO")) {
        judged_say(judged, "", 0, "%s", record->text);
        return;
    }
    if (!strcmp(judged->verdict, "UNGRADED") || !strcmp(judged->verdict, "INFRA")) {
        judged_say(judged, "", 0, "It could not be run here (%s): %s", where, record->text);
        return;
    }
    judged_say(judged, "", 0, "The smallest case found that fails: %s.", where);
    snprintf(judged->hint, sizeof judged->hint, "%s", hint_for(judged->verdict, run));
    if (!strcmp(judged->verdict, "CRASH"))
        say_crash(record->text, judged);
    else if (!strcmp(judged->verdict, "HANG") || !strcmp(judged->verdict, "OUTPUT"))
        say_late(record->text, judged);
    else
        judged_say(judged, "", 0, "%s", record->text);
    judged->has_case = true;
    judged->at = *spec;
    judged->wall_ms = record->wall_ms;
    judged->cpu_ms = record->cpu_ms;
    judged->peak_kb = record->peak_kb;
    char threads[48] = "";
    if (!strcmp(run, "hybrid"))
        snprintf(threads, sizeof threads, " THREADS=%d", spec->threads);
    snprintf(judged->command, sizeof judged->command,
             "make run LAB=%s VERSION=%s WORKERS=%d%s ARGS=\"--check --seed %" PRIu64 "%s%s\"",
             session->lab->name, spec->version, spec->workers, threads, spec->seed,
             *spec->params ? " " : "", spec->params);
}

// -- one check --------------------------------------------------------------------------------------

struct judged session_judged(const struct session *session, const char *check, const char *title) {
    struct judged judged = {.base_seed = session->base_seed, .attempt = 1, .time = time(NULL)};
    snprintf(judged.lab, sizeof judged.lab, "%s", session->lab->name);
    snprintf(judged.check, sizeof judged.check, "%s", check);
    snprintf(judged.title, sizeof judged.title, "%s", title);
    snprintf(judged.peak_kind, sizeof judged.peak_kind, "hwm");
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

// What an earlier check must have shown.
static bool may_run(const struct session *session, const struct rubric_check *check) {
    char version[48];
    if (!*check->needs)
        return true;
    const int earlier = rubric_index(&session->rubric, check->needs);
    if (earlier >= 0)
        return session->passed[earlier];
    snprintf(version, sizeof version, "%.*s", (int)strlen(check->needs) - 6, check->needs);
    return session_built(session, version);
}

// Where every case is right and yet the rubric says no: results that are only nearly the same, or
// times.
static void say_condition(struct judged *judged, const struct case_specs *specs,
                          const struct record *records, const char *condition) {
    for (size_t i = 0; i < specs->count; i++)
        if (!strcmp(records[i].same, "ROUNDING")) {
            snprintf(judged->verdict, sizeof judged->verdict, "WRONG");
            judged_say(judged, "", 0,
                       "Right but for rounding, where the very same bits are asked "
                       "for (workers=%d %s): %s",
                       specs->at[i].workers, specs->at[i].params, records[i].text);
            return;
        }
    char table[512] = "";
    for (size_t i = 0; i < specs->count && i < 8; i++)
        snprintf(table + strlen(table), sizeof table - strlen(table), "%s%.4g ms with %d worker%s",
                 i ? ", " : "", records[i].wall_ms, specs->at[i].workers,
                 specs->at[i].workers == 1 ? "" : "s");
    snprintf(judged->verdict, sizeof judged->verdict, "SLOW");
    judged_say(judged, "", 0, "Every result is right, but it took %s, and the rubric asks that %s.",
               table, condition);
}

// The worst record: its index; count: all are right.
static size_t find_fault(const struct record *records, size_t count) {
    size_t refused = count;
    for (size_t i = 0; i < count; i++) {
        if (is_fault(&records[i]) || record_is_verdict(&records[i], "INFRA"))
            return i;
        if (refused == count && !record_is_verdict(&records[i], "PASS"))
            refused = i;
    }
    return refused;
}

static bool report_fault(struct session *session, struct judged *judged,
                         const struct case_spec *spec, const struct record *record) {
    const bool refused = record_is_verdict(record, "REFUSED");
    snprintf(judged->verdict, sizeof judged->verdict, "%s",
             refused            ? "UNGRADED"
             : *record->verdict ? record->verdict
                                : "INFRA");
    struct search search = {session, *record, now() + SHRINK_SECONDS};
    struct case_spec least = *spec;
    // The verdict is known: it is said at once, and the smallest case follows.
    const bool shown = is_fault(record);
    if (shown && session->feedback.out)
        feedback_verdict(&session->feedback, judged);
    // A hang is waited for again at every try: the rubric's smallest is small enough.
    if (shown && !record_is_verdict(record, "TODO") && !record_is_verdict(record, "HANG") &&
        !record_is_verdict(record, "OUTPUT"))
        shrink(&least, first_failing, enough, &search);
    say_case(session, judged, &least, &search.record);
    char why[1024];
    const bool kept = journal_add(&session->journal, judged, why, sizeof why);
    if (!kept)
        fprintf(stderr, "twofold check: %s\n", why);
    if (!shown || !session->feedback.out)
        feedback_verdict(&session->feedback, judged);
    if (session->json)
        journal_print(stdout, &session->journal, judged);
    if (strcmp(judged->verdict, "TODO") != 0 || !said_before(session, search.record.text))
        feedback_details(&session->feedback, judged);
    return kept;
}

static bool run_check(struct session *session, int i, const struct case_specs *specs,
                      struct record *records, struct judged *judged) {
    char text[512];
    for (int attempt = 1;; attempt++) {
        judged->attempt = attempt;
        batch_run(&session->subject, specs, records);
        if (process_interrupted())
            return false;
        const size_t fault = find_fault(records, specs->count);
        if (fault < specs->count) {
            const struct record *const record = &records[fault];
            // Dead among others and right alone, again and again: once more, all of it.
            if (attempt < TRIES &&
                (record_is_verdict(record, "INFRA") ||
                 (record_is_verdict(record, "FLAKY") && strstr(record->text, "but CRASH among"))))
                continue;
            return report_fault(session, judged, &specs->at[fault], record);
        }
        const int verdict = rubric_judge(&session->rubric, i, records, specs->count, session->dir,
                                         text, sizeof text);
        snprintf(judged->verdict, sizeof judged->verdict, verdict < 0 ? "INFRA" : "PASS");
        if (verdict < 0)
            judged_say(judged, "", 0, "%s", text);
        if (verdict == 0) {
            judged->evidences = 0;
            say_condition(judged, specs, records, text);
            if (!strcmp(judged->verdict, "SLOW") && attempt < TRIES)
                continue; // a clock is not believed at once
        }
        if (verdict > 0) {
            judged->evidences = 0;
            judged->points = judged->max_points;
            session->passed[i] = true;
        }
        break;
    }
    for (size_t c = 0; c < specs->count; c++) {
        judged->wall_ms += records[c].wall_ms;
        judged->cpu_ms += records[c].cpu_ms;
        judged->peak_kb =
            records[c].peak_kb > judged->peak_kb ? records[c].peak_kb : judged->peak_kb;
    }
    const bool kept = session_report(session, judged);
    feedback_details(&session->feedback, judged);
    return kept;
}

bool session_check(struct session *session, int i) {
    const struct rubric_check *const check = &session->rubric.check[i];
    struct judged judged = session_judged(session, check->id, check->title);
    struct case_specs specs = {0};
    char why[256];
    judged.max_points = check->points;
    if (!may_run(session, check)) {
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
    } else {
        judged.cases = (int)specs.count;
        good = run_check(session, i, &specs, records, &judged);
    }
    free(records);
    case_specs_free(&specs);
    return good;
}
