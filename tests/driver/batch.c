// SPDX-License-Identifier: MIT

#include "batch.h"

#include "launch.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DEATHS_MAX = 4, LONE_MAX = 8 };

// -- one case ---------------------------------------------------------------------------------------

static const char *run_of(const struct subject *subject, const char *version) {
    const int i = lab_version_index(&subject->about, version);
    return i < 0 ? "" : subject->about.version[i].run;
}

static bool on_ranks(const struct subject *subject, const struct case_spec *spec) {
    return lab_run_needs_mpi(run_of(subject, spec->version));
}

static bool is_hybrid(const struct subject *subject, const struct case_spec *spec) {
    return strcmp(run_of(subject, spec->version), "hybrid") == 0;
}

static bool alone(const struct subject *subject, const struct case_spec *spec,
                  const char *const *more, struct command *command, char *why, size_t cap) {
    struct command words = {0};
    command_add(&words, "%s", subject->program);
    command_add(&words, "--version");
    command_add(&words, "%s", spec->version);
    command_add(&words, "--workers");
    command_add(&words, "%d", spec->workers);
    if (is_hybrid(subject, spec)) {
        command_add(&words, "--threads");
        command_add(&words, "%d", spec->threads);
    }
    command_add(&words, "--seed");
    command_add(&words, "%" PRIu64, spec->seed);
    for (; more && *more; more++)
        command_add(&words, "%s", *more);
    char params[sizeof spec->params], *rest = params;
    memcpy(params, spec->params, sizeof params);
    for (char *word; (word = strsep(&rest, " "));)
        if (*word)
            command_add(&words, "%s", word);
    const struct launch launch = {.ranks = on_ranks(subject, spec) ? spec->workers : 0,
                                  .threads = 1};
    const bool good = launch_command(&launch, &subject->machine, words.argv, command, why, cap);
    command_free(&words);
    return good;
}

bool case_run(const struct subject *subject, const struct case_spec *spec, const char *const *more,
              double seconds, struct outcome *outcome) {
    struct command command;
    *outcome = (struct outcome){0};
    if (!alone(subject, spec, more, &command, outcome->text, sizeof outcome->text))
        return false;
    const struct how how = {.seconds = seconds, .capture_out = true, .capture_err = true};
    const bool good = process_run(&command, &how, outcome);
    command_free(&command);
    return good;
}

char *case_command(const struct subject *subject, const struct case_spec *spec) {
    struct command command;
    char why[512];
    static const char *const check[] = {"--check", NULL};
    if (!alone(subject, spec, check, &command, why, sizeof why))
        return strdup(why);
    char *const text = command_text(&command);
    command_free(&command);
    return text;
}

// -- records ----------------------------------------------------------------------------------------

// A case that left no line, or a line without a verdict, gets one in capitals all the same.
static void settle(struct record *record) {
    if (!strcmp(record->status, "refused"))
        snprintf(record->verdict, sizeof record->verdict, "REFUSED");
}

static void blame(struct record *record, const struct case_spec *spec, const char *verdict,
                  const char *text) {
    *record =
        (struct record){.workers = spec->workers, .threads = spec->threads, .seed = spec->seed};
    memcpy(record->version, spec->version, sizeof record->version);
    memcpy(record->params, spec->params, sizeof record->params);
    snprintf(record->verdict, sizeof record->verdict, "%s", verdict);
    snprintf(record->text, sizeof record->text, "%s", text);
}

static const char *verdict_of(const struct outcome *o) {
    return !o->started ? "INFRA" : o->over_time ? "HANG" : "CRASH";
}

// Runs the case alone and writes its record.
static void decide_alone(const struct subject *subject, const struct case_spec *spec,
                         struct record *record) {
    static const char *const more[] = {"--check", "--json", NULL};
    struct outcome o;
    case_run(subject, spec, more, subject->seconds, &o);
    char *line = o.out ? o.out : "", *newline = strchr(line, '\n');
    if (newline)
        *newline = '\0';
    if (o.started && !o.over_time && o.status < 128 && record_parse(line, record)) {
        settle(record);
    } else {
        char text[1024];
        const char *const said = o.err ? o.err : "";
        snprintf(text, sizeof text, "%s%s%.*s", o.text, *said ? "; it said: " : "",
                 (int)strcspn(said, "\n"), said);
        blame(record, spec, verdict_of(&o), text);
    }
    outcome_free(&o);
}

static bool is_right(const struct record *record) {
    return !strcmp(record->verdict, "PASS");
}

// What the lone run says of a case that failed among others in this way.
static void reconsider(const struct subject *subject, const struct case_spec *spec,
                       const char *verdict, const char *text, struct record *record) {
    decide_alone(subject, spec, record);
    if (!is_right(record))
        return;
    if (!strcmp(verdict, "HANG") || !strcmp(verdict, "INFRA")) {
        fprintf(stderr, "%s: a case was slow among others and right alone: the machine is busy.\n",
                subject->about.name);
        return;
    }
    snprintf(record->verdict, sizeof record->verdict, "FLAKY");
    snprintf(record->text, sizeof record->text, "right alone, but %s among others: %.1500s",
             verdict, text);
}

// -- a group of cases that share a launch -----------------------------------------------------------

struct group {
    const struct subject *subject;
    const struct case_specs *specs;
    struct record *records;
    bool *done; // a case each
    int ranks, threads;
    int of; // which cases: 0 without ranks, 1 on ranks, 2 hybrid with `threads`
};

static bool belongs(const struct group *group, size_t i) {
    const struct case_spec *const spec = &group->specs->at[i];
    const int of = !on_ranks(group->subject, spec) ? 0 : is_hybrid(group->subject, spec) ? 2 : 1;
    return of == group->of && (of != 2 || spec->threads == group->threads);
}

static size_t write_cases(const struct group *group, const char *path) {
    FILE *const file = fopen(path, "we");
    size_t count = 0;
    for (size_t i = 0; file && i < group->specs->count; i++)
        if (belongs(group, i) && !group->done[i]) {
            case_spec_write(file, i, &group->specs->at[i]);
            count++;
        }
    return file && fclose(file) == 0 ? count : 0;
}

static void take_line(const char *line, void *user) {
    struct group *const group = user;
    struct record record;
    if (!record_parse(line, &record) || record.id >= group->specs->count)
        return;
    settle(&record);
    group->records[record.id] = record;
    group->done[record.id] = true;
}

// One launch of all that is not done.
static void launch_once(struct group *group, const char *path, size_t count,
                        struct outcome *outcome) {
    struct command words = {0}, command;
    command_add(&words, "%s", group->subject->program);
    command_add(&words, "--check");
    command_add(&words, "--json");
    command_add(&words, "--cases");
    command_add(&words, "%s", path);
    if (group->of == 2) {
        command_add(&words, "--threads");
        command_add(&words, "%d", group->threads);
    }
    const struct launch launch = {.ranks = group->ranks, .threads = 1};
    *outcome = (struct outcome){0};
    if (launch_command(&launch, &group->subject->machine, words.argv, &command, outcome->text,
                       sizeof outcome->text)) {
        const struct how how = {.seconds = group->subject->seconds + 0.25 * (double)count,
                                .capture_out = true,
                                .capture_err = true,
                                .line = take_line,
                                .user = group};
        process_run(&command, &how, outcome);
        command_free(&command);
    }
    command_free(&words);
}

static void run_group(struct group *group) {
    char path[512];
    snprintf(path, sizeof path, "%s/cases", group->subject->dir);
    int deaths = 0;
    for (size_t count; (count = write_cases(group, path)) > 0;) {
        struct outcome o;
        launch_once(group, path, count, &o);
        size_t first = 0;
        while (first < group->specs->count && (!belongs(group, first) || group->done[first]))
            first++;
        if (first < group->specs->count) { // it killed the launch
            const struct case_spec *const spec = &group->specs->at[first];
            struct record *const record = &group->records[first];
            if (++deaths <= DEATHS_MAX)
                reconsider(group->subject, spec, verdict_of(&o), o.text, record);
            else
                blame(record, spec, "INFRA", "not run: the launches before it died too often");
            group->done[first] = true;
        }
        outcome_free(&o);
        if (process_interrupted())
            return;
    }
}

void batch_run(const struct subject *subject, const struct case_specs *specs,
               struct record *records) {
    struct group group = {.subject = subject, .specs = specs, .records = records};
    group.done = calloc(specs->count + 1, sizeof *group.done);
    if (!group.done)
        return;
    for (group.of = 0; group.of < 3; group.of++)
        for (size_t i = 0; i < specs->count; i++) {
            group.threads = specs->at[i].threads;
            if (group.done[i] || !belongs(&group, i))
                continue;
            group.ranks = 0;
            for (size_t j = i; group.of && j < specs->count; j++)
                if (belongs(&group, j) && specs->at[j].workers > group.ranks)
                    group.ranks = specs->at[j].workers;
            run_group(&group);
        }
    int lone = 0;
    for (size_t i = 0; i < specs->count; i++)
        if (!group.done[i]) {
            blame(&records[i], &specs->at[i], "INFRA", "not run");
        } else if (strcmp(records[i].verdict, "WRONG") == 0 && lone++ < LONE_MAX) {
            const struct record among = records[i];
            reconsider(subject, &specs->at[i], among.verdict, among.text, &records[i]);
        }
    free(group.done);
}
