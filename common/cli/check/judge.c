// SPDX-License-Identifier: MIT
//
// judge.c: one check of the rubric: run its cases, ask the rubric, report what came of it.

#include "fault.h"
#include "misuse.h"
#include "trouble.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TRIES = 3 };

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

static bool run_check(struct session *session, int i, const struct case_specs *specs,
                      struct record *records, struct judged *judged) {
    static struct trouble trouble; // large
    char text[512];
    trouble = (struct trouble){0};
    bool tolerant = false; // trouble among others is the machine's
    for (int attempt = 1;; attempt++) {
        judged->attempt = attempt;
        session->subject.strict = !tolerant;
        batch_run(&session->subject, specs, records);
        if (process_interrupted())
            return false;
        if (trouble_note(&trouble, specs, records) && !tolerant) {
            tolerant = trouble.times == TRIES;
            if (tolerant && trouble_is_theirs(session, &trouble, specs))
                return fault_report(session, judged, &trouble.at, &trouble.record);
            continue;
        }
        const size_t fault = fault_find(records, specs->count);
        if (fault < specs->count) {
            if (attempt < TRIES && record_is_verdict(&records[fault], "INFRA"))
                continue;
            return fault_report(session, judged, &specs->at[fault], &records[fault]);
        }
        const int verdict = rubric_judge(&session->rubric, i, records, specs->count, session->dir,
                                         text, sizeof text);
        if (process_interrupted())
            return false;
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
            if (misuse_find(session, specs, judged))
                session->passed[i] = judged->points > 0;
            else
                session->passed[i] = true;
            if (trouble.times)
                trouble_say(session, &trouble, judged);
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
    struct judged shown = *judged;
    if (trouble.times &&
        !strcmp(judged->verdict, "PASS")) // a check that passed has no details, but for a note
        snprintf(shown.verdict, sizeof shown.verdict, "NOTE");
    feedback_details(&session->feedback, &shown);
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
