// SPDX-License-Identifier: MIT
//
// patience.c: see patience.h.

#include "patience.h"

#include "launch.h"
#include "lone.h"
#include <stdio.h>
#include <string.h>

static const double most = 60;   // s, for the trusted program itself
static const double guess = 0.5; // s, a launch, before any was measured

// What a launch of a trusted program took, s.
struct pace {
    double launch, work;
};

// One case by a file of cases: so a launch may be wider than its case, and rank 0 alone may work.
static bool write_case(const char *path, const struct case_spec *spec) {
    FILE *const file = fopen(path, "we");
    if (!file)
        return false;
    case_spec_write(file, 0, spec);
    return fclose(file) == 0;
}

// The time that the program itself tells, s; 0: it told none.
static double work_of(const struct outcome *o) {
    const char *const line = strstr(o->out, "{\"v\":");
    char copy[4096];
    struct record record;
    snprintf(copy, sizeof copy, "%.*s", line ? (int)strcspn(line, "\n") : 0, line ? line : "");
    return line && record_parse(copy, &record) ? record.wall_ms / 1e3 : 0;
}

// False: it did not end well, so nothing is known.
static bool measure(const struct subject *subject, const struct case_spec *spec, int ranks,
                    struct pace *pace) {
    const struct case_spec trusted = subject->reference ? *spec : case_serially(subject, spec);
    const struct launch launch = {.ranks = ranks, .threads = 1};
    struct command words = {0}, command;
    struct outcome o = {0};
    char path[600];
    snprintf(path, sizeof path, "%s/patience", subject->dir);
    command_add(&words, "%s", subject->reference ? subject->reference : subject->verifier);
    command_add(&words, "--json");
    command_add(&words, "--cases");
    command_add(&words, "%s", path);
    if (subject->reference && case_is_hybrid(subject, spec)) {
        command_add(&words, "--threads");
        command_add(&words, "%d", spec->threads);
    }
    bool good = write_case(path, &trusted) && launch_command(&launch, &subject->machine, words.argv,
                                                             &command, o.text, sizeof o.text);
    if (good) {
        const struct how how = {.seconds = most, .capture_out = true, .capture_err = true};
        good = process_run(&command, &how, &o) && !o.over_time && o.status == 0;
        command_free(&command);
    }
    if (good) {
        pace->work = work_of(&o);
        pace->launch = o.wall > pace->work ? o.wall - pace->work : 0;
    }
    if (subject->spent)
        subject->spent->reference += o.wall;
    outcome_free(&o);
    command_free(&words);
    return good;
}

double patience_alone(const struct subject *subject, const struct case_spec *spec) {
    const int ranks = case_on_ranks(subject, spec) ? spec->workers + subject->spare : 0;
    struct pace pace;
    if (!subject->verifier || !measure(subject, spec, ranks, &pace))
        return subject->seconds;
    return 2 + 4 * pace.launch + 10 * pace.work;
}

double patience_so_far(const struct subject *subject) {
    const double slowest = subject->spent ? subject->spent->launch : 0;
    return 1 + 2 * (slowest > 0 ? slowest : guess);
}

double patience_measured(const struct subject *subject, const struct case_spec *spec, int ranks) {
    struct pace pace;
    const double before = subject->spent ? subject->spent->reference : 0;
    const bool good = measure(subject, spec, ranks, &pace);
    if (subject->spent) // the launch goes on meanwhile, and its whole time is counted as its own
        subject->spent->reference = before;
    if (!good)
        return subject->seconds;
    if (subject->spent && pace.launch > subject->spent->launch)
        subject->spent->launch = pace.launch;
    return 1 + 2 * pace.launch + 5 * pace.work;
}
