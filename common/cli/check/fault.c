// SPDX-License-Identifier: MIT
//
// fault.c: see fault.h.

#include "fault.h"

#include "crash_say.h"
#include "lone.h"
#include "observed.h"
#include "process.h"
#include "raced.h"
#include "shrink.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { SHRINK_SECONDS = 8 };

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

static bool is_fault(const struct record *record) {
    return *record->verdict && !record_is_verdict(record, "PASS") &&
           !record_is_verdict(record, "REFUSED") && !record_is_verdict(record, "INFRA");
}

// Leaves out what no version of the lab takes: an example is a case that it has.
static void drop_refused(const struct session *session, struct case_specs *candidates) {
    struct subject trusted = {.program = session->subject.verifier,
                              .about = session->subject.about,
                              .machine = session->subject.machine,
                              .dir = session->subject.dir,
                              .root = session->subject.root,
                              .seconds = session->subject.seconds};
    struct case_specs serial = {.at = calloc(candidates->count, sizeof *serial.at),
                                .count = candidates->count};
    struct record *const records = calloc(candidates->count, sizeof *records);
    if (serial.at && records) {
        for (size_t i = 0; i < serial.count; i++)
            serial.at[i] = case_serially(&trusted, &candidates->at[i]);
        batch_run(&trusted, &serial, records);
        candidates->count = 0;
        for (size_t i = 0; i < serial.count; i++)
            if (!record_is_verdict(&records[i], "REFUSED"))
                candidates->at[candidates->count++] = candidates->at[i];
    }
    free(records);
    case_specs_free(&serial);
}

static size_t first_failing(struct case_specs *candidates, void *user) {
    struct search *const search = user;
    if (!search->session->subject.about.services)
        drop_refused(search->session, candidates);
    struct record *const records = calloc(candidates->count + 1, sizeof *records);
    size_t i = candidates->count;
    if (records && i > 0) {
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
    return process_now() > search->until || process_interrupted();
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
    if (!strcmp(verdict, "OUTPUT"))
        return "Take the printing out of the loop; what counts is the result, not what is printed.";
    if (!strcmp(verdict, "MEMORY"))
        return ranks
                   ? "Does every rank hold only its part, or the whole problem? Is what is "
                     "allocated in a loop freed in it?"
                   : "Is what is allocated in a loop freed in it? Does every thread copy what all "
                     "could share?";
    if (!strcmp(verdict, "FLAKY"))
        return "A result that changes from run to run is most often a race: two workers touch the "
               "same variable, one of them writes, and nothing orders the two.";
    return "";
}

// "it was stopped: all its processes together ...", "mpirun was stopped: it had printed ..."
static void say_stopped(const char *text, struct judged *judged) {
    const char *const what = strstr(text, "stopped: ");
    judged_say(judged, "", 0, "The program was stopped: %s.",
               what ? what + strlen("stopped: ") : text);
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

// MPI_COMM_WORLD in place of comm passes while a launch has no other ranks than the case.
static void say_world(const struct session *session, struct judged *judged,
                      const struct case_spec *spec, const struct record *record) {
    char file[32];
    snprintf(file, sizeof file, "%.24s.c", spec->version);
    for (int i = 0; i < session->problems.count; i++) {
        const struct problem *const p = &session->problems.at[i];
        if (strcmp(p->file, file) != 0 || *p->verdict || !strstr(p->text, "MPI_COMM_WORLD"))
            continue;
        judged_say(judged, p->file, p->line, "%s%s%s", p->text, *p->source ? "\n" : "", p->source);
        *judged->hint = '\0'; // this is what to look at
        break;
    }
    if (record->wider)
        judged_say(judged, "", 0,
                   "In a launch that has just the ranks of this case it is right, so the command "
                   "below may show nothing: here the launch had one rank more, which was not part "
                   "of comm.");
}

// The observer's sentences, and its advice as the hint.
static void say_observed(const struct observation *seen, struct judged *judged) {
    for (int i = 0; i < seen->count; i++) {
        const struct observed *const o = &seen->at[i];
        judged_say(judged, o->file, o->line, "%s", o->text);
        if (i == 0)
            snprintf(judged->hint, sizeof judged->hint, "%s", o->advice);
    }
}

// Does the observer see why it hangs?
static bool is_deadlock(const struct session *session, const struct case_spec *spec,
                        const struct record *record, struct observation *seen) {
    const int ranks = spec->workers + (record->wider ? 1 : 0);
    if (!record_is_verdict(record, "HANG") ||
        !case_observe(&session->subject, spec, ranks, session->subject.seconds + 5, seen))
        return false;
    for (int i = 0; i < seen->count; i++)
        if (!strcmp(seen->at[i].kind, "deadlock"))
            return true;
    return false;
}

// The first failing case may tell what the smallest one has no room for: a size of 1 has no
// neighbours.
static void say_first(const struct session *session, struct judged *judged,
                      const struct case_spec *spec, const struct record *first,
                      const struct record *least) {
    char where[400];
    if (strcmp(judged->verdict, "WRONG") != 0 || !feedback_says_more(first->text, least->text))
        return;
    feedback_case(spec, run_of(session, spec->version), where, sizeof where);
    judged_say(judged, "", 0, "And a larger one, %s: %s", where, first->text);
}

// The same sentence twice teaches no more: a TODO is explained once.
static bool said_before(struct session *session, const char *text) {
    const bool again = !strcmp(session->todo, text);
    snprintf(session->todo, sizeof session->todo, "%.511s", text);
    return again;
}

static void say_case(struct session *session, struct judged *judged, const struct case_spec *spec,
                     const struct record *record, const struct observation *seen) {
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
    if (!*judged->hint)
        snprintf(judged->hint, sizeof judged->hint, "%s", hint_for(judged->verdict, run));
    if (!strcmp(judged->verdict, "CRASH"))
        crash_say(session, record, judged);
    else if (!strcmp(judged->verdict, "OUTPUT") || !strcmp(judged->verdict, "MEMORY"))
        say_stopped(record->text, judged);
    else if (!strcmp(judged->verdict, "DEADLOCK"))
        say_observed(seen, judged);
    else if (!strcmp(judged->verdict, "HANG"))
        say_late(record->text, judged);
    else
        judged_say(judged, "", 0, "%s", record->text);
    say_world(session, judged, spec, record);
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

// -- all of it --------------------------------------------------------------------------------------

size_t fault_find(const struct record *records, size_t count) {
    size_t refused = count;
    for (size_t i = 0; i < count; i++) {
        if (is_fault(&records[i]) || record_is_verdict(&records[i], "INFRA"))
            return i;
        if (refused == count && !record_is_verdict(&records[i], "PASS"))
            refused = i;
    }
    return refused;
}

bool fault_report(struct session *session, struct judged *judged, const struct case_spec *spec,
                  const struct record *record) {
    const bool refused = record_is_verdict(record, "REFUSED");
    snprintf(judged->verdict, sizeof judged->verdict, "%s",
             refused            ? "UNGRADED"
             : *record->verdict ? record->verdict
                                : "INFRA");
    static struct observation seen;
    seen = (struct observation){0};
    if (is_deadlock(session, spec, record, &seen))
        snprintf(judged->verdict, sizeof judged->verdict, "DEADLOCK");
    struct search search = {session, *record, process_now() + SHRINK_SECONDS};
    struct case_spec least = *spec;
    // The verdict is known: it is said at once, and the smallest case follows.
    const bool shown = is_fault(record);
    if (shown && (record_is_verdict(record, "WRONG") || record_is_verdict(record, "FLAKY") ||
                  record_is_verdict(record, "CRASH")))
        raced_explains(session, spec, judged);
    if (shown && session->feedback.out)
        feedback_verdict(&session->feedback, judged);
    // A hang is waited for again at every try: the rubric's smallest is small enough.
    if (shown && !record_is_verdict(record, "TODO") && !record_is_verdict(record, "HANG") &&
        !record_is_verdict(record, "OUTPUT") && strcmp(record->among, "HANG") != 0)
        shrink(&least, first_failing, enough, &search);
    say_case(session, judged, &least, &search.record, &seen);
    if (shown)
        say_first(session, judged, spec, record, &search.record);
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
