// SPDX-License-Identifier: MIT

#include "lone.h"

#include "crash.h"
#include "job.h"
#include "launch.h"
#include "patience.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEATHS_MAX = 4, LONE_MAX = 8, TRIES = 3 };

// What the lone run says of a case that failed among others as `record` says. A race may show only
// once in a while: a student's case is tried again before it is called flaky.
static void reconsider(const struct subject *subject, const struct case_spec *spec,
                       struct record *record) {
    static const char *const of_all[] = {"HANG", "INFRA", "REFUSED", "MEMORY", "OUTPUT"};
    const struct record among = *record;
    struct subject wide = *subject;
    bool late = false; // something that the whole launch had too much of
    for (size_t i = 0; i < sizeof of_all / sizeof *of_all; i++)
        late = late || record_is_verdict(&among, of_all[i]);
    for (int i = 0; i < (subject->verifier && !late ? TRIES : 1); i++) {
        case_judge(subject, spec, record);
        if (!record_is_right(record) || process_interrupted())
            return;
    }
    if (subject->verifier && case_on_ranks(subject, spec)) {
        wide.spare = 1;
        case_judge(&wide, spec, record);
        record->wider = !record_is_right(record);
        if (record->wider || process_interrupted())
            return;
    }
    if (late && !subject->verifier) {
        fprintf(stderr, "%s: a case was slow among others and right alone: the machine is busy.\n",
                subject->about.name);
        return;
    }
    memcpy(record->among, among.verdict, sizeof record->among);
    memcpy(record->crash, among.crash, sizeof record->crash);
    if (late)
        return;
    snprintf(record->verdict, sizeof record->verdict, "FLAKY");
    snprintf(record->text, sizeof record->text, "right alone, but %s among others: %.1500s",
             among.verdict, among.text);
}

// -- a group of cases that share a launch -----------------------------------------------------------

struct group {
    const struct subject *subject;
    const struct case_specs *specs;
    struct record *records;
    bool *done;     // a case each
    bool *heard_of; // a case each: this launch told of it
    int ranks, threads;
    int of;           // which cases: 0 without ranks, 1 on ranks, 2 hybrid with `threads`
    double heard;     // when in the launch the last record came, s
    double seconds;   // since the launch began
    double patience;  // how long it may be silent, s
    size_t measured;  // the case that was measured for that; specs->count: none
    bool enough;      // nothing was heard for too long
    char nonce[32];   // of the result files of this launch
    char crash[1024]; // the last words of this launch
};

static bool belongs(const struct group *group, size_t i) {
    const struct case_spec *const spec = &group->specs->at[i];
    const int of = !case_on_ranks(group->subject, spec)   ? 0
                   : case_is_hybrid(group->subject, spec) ? 2
                                                          : 1;
    return of == group->of && (of != 2 || spec->threads == group->threads);
}

// Writes the cases that are still to be run, or (taken) those of them that left a result file.
static size_t write_cases(const struct group *group, const char *path, bool taken) {
    FILE *const file = fopen(path, "we");
    size_t count = 0;
    for (size_t i = 0; file && i < group->specs->count; i++) {
        char result[48];
        snprintf(result, sizeof result, "results/%zu.res", i);
        if (belongs(group, i) && !group->done[i] &&
            (!taken || job_take(group->subject->dir, result))) {
            case_spec_write(file, i, &group->specs->at[i]);
            count++;
        }
    }
    return file && fclose(file) == 0 ? count : 0;
}

static void take_line(const char *line, void *user) {
    struct group *const group = user;
    struct record record;
    if (!record_find(line, &record) || record.id >= group->specs->count || group->done[record.id] ||
        !belongs(group, record.id))
        return;
    if (!group->subject->verifier)
        record_settle(&record);
    else if (!record_of_stranger(&record, &group->specs->at[record.id]))
        return;
    group->heard = group->seconds;
    group->heard_of[record.id] = true;
    group->done[record.id] = *record.verdict;
    group->records[record.id] = record;
}

static void take_verified(const char *line, void *user) {
    struct group *const group = user;
    struct record judged;
    if (!record_find(line, &judged) || judged.id >= group->specs->count)
        return;
    struct record *const record = &group->records[judged.id];
    const struct record said = *record;
    case_blame(record, &group->specs->at[judged.id], "", "");
    if (!record_verified(record, line))
        return; // no whole result: as if there were none
    record->wall_ms = said.wall_ms;
    record->cpu_ms = said.cpu_ms;
    record->peak_kb = said.peak_kb;
    memcpy(record->notes, said.notes, sizeof record->notes);
    memcpy(record->witness, said.witness, sizeof record->witness);
    record->id = judged.id;
    group->done[judged.id] = true;
}

// The case that the launch is busy with.
static size_t first_open(const struct group *group) {
    size_t i = 0;
    while (i < group->specs->count && (!belongs(group, i) || group->done[i] || group->heard_of[i]))
        i++;
    return i;
}

static void listen(double seconds, void *user) {
    struct group *const group = user;
    const size_t open = first_open(group);
    group->seconds = seconds;
    if (!group->subject->verifier || seconds - group->heard <= group->patience)
        return;
    if (group->measured == open || open == group->specs->count) {
        group->enough = true;
        return;
    }
    // It is silent for longer than launches took so far: has the machine become slow?
    group->measured = open;
    group->patience = patience_measured(group->subject, &group->specs->at[open], group->ranks);
}

// What a service counted while the launch ran.
static void take_witness(size_t id, const char *line, void *user) {
    struct group *const group = user;
    if (id < group->specs->count)
        snprintf(group->records[id].witness, sizeof group->records[id].witness, "%.511s", line);
}

// Has the verifier judge what the launch left.
static void verify_group(struct group *group) {
    char path[560], taken[560];
    snprintf(path, sizeof path, "%s/verify", group->subject->dir);
    snprintf(taken, sizeof taken, "%s/taken", group->subject->dir);
    if (write_cases(group, path, true) > 0) {
        struct command command = {0};
        struct outcome o;
        const char *const words[] = {group->subject->verifier,
                                     "--json",
                                     "--cases",
                                     path,
                                     "--verify",
                                     taken,
                                     "--nonce",
                                     group->nonce,
                                     NULL};
        command_add_all(&command, (char *const *)words);
        const struct how how = {.seconds = 120,
                                .capture_out = true,
                                .capture_err = true,
                                .cap = 64 << 20,
                                .line = take_verified,
                                .user = group};
        process_run(&command, &how, &o);
        if (group->subject->spent)
            group->subject->spent->verifying += o.wall;
        command_free(&command);
        outcome_free(&o);
    }
}

// One launch of all that is not done.
static void launch_once(struct group *group, const char *path, size_t count,
                        struct outcome *outcome) {
    const struct subject *const subject = group->subject;
    struct command words = {0}, command;
    char results[560] = "", last[560];
    snprintf(last, sizeof last, "%s/job/last", subject->dir);
    command_add(&words, "%s", subject->program);
    command_add(&words, "--json");
    command_add(&words, "--cases");
    command_add(&words, "%s", path);
    if (group->of == 2) {
        command_add(&words, "--threads");
        command_add(&words, "%d", group->threads);
    }
    if (subject->verifier) {
        job_begin(subject->dir);
        snprintf(results, sizeof results, "%s/job/results", subject->dir);
        snprintf(group->nonce, sizeof group->nonce, "%" PRIu64, fresh_base_seed());
        command_add(&words, "--results");
        command_add(&words, "%s", results);
        command_add(&words, "--nonce");
        command_add(&words, "%s", group->nonce);
        command_add(&words, "--last-words");
        command_add(&words, "%s", last);
    } else {
        command_add(&words, "--check");
    }
    const struct launch launch = {.ranks = group->ranks,
                                  .threads = group->of == 2 ? group->threads : 1};
    struct services services = {0};
    *outcome = (struct outcome){0};
    group->heard = group->seconds = 0;
    group->enough = false;
    group->patience = patience_so_far(subject);
    group->measured = group->specs->count;
    memset(group->heard_of, 0, group->specs->count * sizeof *group->heard_of);
    if (launch_command(&launch, &subject->machine, words.argv, &command, outcome->text,
                       sizeof outcome->text)) {
        const size_t most = OUTPUT_MOST + count * (4 << 20);
        const double calm = subject->seconds + 0.25 * (double)count;
        const struct how how = {.seconds = subject->verifier ? 3 * calm : calm,
                                .capture_out = true,
                                .capture_err = true,
                                .most = most,
                                .cap = most, // records stand among what it prints
                                .line = take_line,
                                .tick = listen,
                                .enough = &group->enough,
                                .user = group};
        if (subject_services(subject, path, &services, &command, outcome->text,
                             sizeof outcome->text))
            subject_run(subject, &command, &how, outcome);
        services_stop(&services, take_witness, group);
        command_free(&command);
    }
    command_free(&words);
    *group->crash = '\0';
    snprintf(last, sizeof last, "%s/taken/last", subject->dir);
    if (subject->verifier && job_take(subject->dir, "last"))
        crash_take(last, group->crash, sizeof group->crash);
    if (subject->verifier)
        verify_group(group);
}

// Does this record end the batch? For subject->first_only.
static bool is_enough(const struct subject *subject, const struct record *record) {
    if (record_is_right(record))
        return subject->strict && *record->among;
    return !record_is_verdict(record, "REFUSED");
}

// Of the cases that the launch judged: is one not right, alone too? For subject->first_only.
static bool found_wrong(struct group *group) {
    for (size_t i = 0; i < group->specs->count; i++) {
        struct record *const record = &group->records[i];
        if (!belongs(group, i) || !group->done[i] || record_is_right(record))
            continue;
        if (!strcmp(record->verdict, "WRONG") || !strcmp(record->verdict, "REFUSED"))
            reconsider(group->subject, &group->specs->at[i], record);
        if (is_enough(group->subject, record))
            return true;
    }
    return false;
}

// False: it is over, since one case is not right and subject->first_only.
static bool run_group(struct group *group) {
    const struct subject *const subject = group->subject;
    char path[560];
    snprintf(path, sizeof path, "%s/%scases", subject->dir, subject->verifier ? "shown/" : "");
    if (subject->verifier)
        job_make(subject->dir);
    int deaths = 0;
    for (size_t count; (count = write_cases(group, path, false)) > 0;) {
        struct outcome o;
        launch_once(group, path, count, &o);
        if (subject->first_only && found_wrong(group)) {
            outcome_free(&o);
            return false;
        }
        size_t first = 0;
        while (first < group->specs->count && (!belongs(group, first) || group->done[first]))
            first++;
        if (first < group->specs->count && !process_interrupted()) { // it killed the launch
            const struct case_spec *const spec = &group->specs->at[first];
            struct record *const record = &group->records[first];
            case_blame(record, spec, outcome_verdict(&o), o.text);
            memcpy(record->crash, group->crash, sizeof record->crash);
            if (deaths < DEATHS_MAX)
                reconsider(subject, spec, record);
            else
                case_blame(record, spec, "INFRA", "not run: the launches before it died too often");
            // Where cases are only slow, every launch ends some of them: that is no death.
            deaths += !(subject->verifier && record_is_right(record));
            group->done[first] = true;
            if (subject->first_only && is_enough(subject, record)) {
                outcome_free(&o);
                return false;
            }
        }
        outcome_free(&o);
        if (process_interrupted())
            return false;
    }
    return true;
}

static void run_groups(struct group *group) {
    const struct case_specs *const specs = group->specs;
    for (group->of = 0; group->of < 3; group->of++)
        for (size_t i = 0; i < specs->count; i++) {
            group->threads = specs->at[i].threads;
            if (group->done[i] || !belongs(group, i))
                continue;
            group->ranks = 0;
            for (size_t j = i; group->of && j < specs->count; j++)
                if (belongs(group, j) && specs->at[j].workers > group->ranks)
                    group->ranks = specs->at[j].workers;
            if (!run_group(group))
                return;
        }
}

void batch_run(const struct subject *subject, const struct case_specs *specs,
               struct record *records) {
    struct group group = {.subject = subject, .specs = specs, .records = records};
    group.done = calloc(specs->count + 1, sizeof *group.done);
    group.heard_of = calloc(specs->count + 1, sizeof *group.heard_of);
    if (!group.done || !group.heard_of) {
        free(group.done);
        free(group.heard_of);
        return;
    }
    memset(records, 0, specs->count * sizeof *records);
    run_groups(&group);
    int lone = 0;
    for (size_t i = 0; i < specs->count; i++)
        if (!group.done[i]) {
            case_blame(&records[i], &specs->at[i], subject->first_only ? "" : "INFRA", "not run");
        } else if (!subject->first_only &&
                   (!strcmp(records[i].verdict, "WRONG") ||
                    (subject->verifier && !strcmp(records[i].verdict, "REFUSED"))) &&
                   lone++ < LONE_MAX) {
            reconsider(subject, &specs->at[i], &records[i]);
        }
    free(group.done);
    free(group.heard_of);
}
