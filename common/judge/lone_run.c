// SPDX-License-Identifier: MIT
//
// lone_run.c: the command that runs one case alone, and its run.

#include "launch.h"
#include "lone.h"
#include "watch.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *case_kind(const struct subject *subject, const struct case_spec *spec) {
    const int i = lab_version_index(&subject->about, spec->version);
    return i < 0 ? "" : subject->about.version[i].run;
}

bool case_on_ranks(const struct subject *subject, const struct case_spec *spec) {
    return lab_run_needs_mpi(case_kind(subject, spec));
}

bool case_is_threads(const struct subject *subject, const struct case_spec *spec) {
    return strcmp(case_kind(subject, spec), "threads") == 0;
}

bool case_is_hybrid(const struct subject *subject, const struct case_spec *spec) {
    return strcmp(case_kind(subject, spec), "hybrid") == 0;
}

struct case_spec case_serially(const struct subject *subject, const struct case_spec *spec) {
    struct case_spec serial = *spec;
    for (int v = 0; v < subject->about.versions; v++)
        if (!strcmp(subject->about.version[v].run, "serial"))
            snprintf(serial.version, sizeof serial.version, "%.15s",
                     subject->about.version[v].name);
    serial.workers = serial.threads = 1;
    return serial;
}

struct command case_words(const struct subject *subject, const char *program,
                          const struct case_spec *spec, const char *const *more) {
    struct command words = {0};
    command_add(&words, "%s", program);
    command_add(&words, "--version");
    command_add(&words, "%s", spec->version);
    command_add(&words, "--workers");
    command_add(&words, "%d", spec->workers);
    if (case_is_hybrid(subject, spec)) {
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
    return words;
}

bool case_alone(const struct subject *subject, const char *program, const struct case_spec *spec,
                const char *const *more, struct command *command, char *why, size_t cap) {
    struct command words = case_words(subject, program, spec, more);
    const bool on_ranks = case_on_ranks(subject, spec);
    const struct launch launch = {.ranks = on_ranks ? spec->workers + subject->spare : 0,
                                  .threads = case_is_hybrid(subject, spec) ? spec->threads
                                             : !on_ranks && subject->alone ? spec->workers
                                                                           : 1,
                                  .alone = subject->alone,
                                  .cores = subject->cpus,
                                  .sleepy = subject->watch != NULL,
                                  .program_env = subject->watch ? subject->watch->env : NULL};
    const bool good = launch_command(&launch, &subject->machine, words.argv, command, why, cap);
    command_free(&words);
    return good;
}

bool subject_run(const struct subject *subject, const struct command *command,
                 const struct how *how, struct outcome *outcome) {
    struct how there = *how;
    there.cpus = subject->cpus;
    const bool good = process_run_by(subject->run, subject->user, command, &there, outcome);
    if (subject->spent) {
        subject->spent->runs += outcome->wall;
        subject->spent->launches++;
    }
    return good;
}

bool subject_services(const struct subject *subject, const char *cases, struct services *services,
                      struct command *command, char *text, size_t cap) {
    char dir[600];
    *services = (struct services){0};
    if (!subject->verifier || !subject->root || !subject->about.services)
        return true; // the program starts its own
    snprintf(dir, sizeof dir, "%s/shown/services", subject->dir);
    if (!services_start(services, subject->root, subject->verifier, cases, dir, text, cap))
        return false;
    if (*services->dir)
        command_set(command, "TWOFOLD_SERVICES", services->dir);
    return true;
}

static void take_witness(size_t id, const char *line, void *user) {
    (void)id; // there is one
    snprintf(user, sizeof((struct record *)0)->witness, "%.511s", line);
}

bool case_run_command(const struct subject *subject, const struct case_spec *spec,
                      struct command *command, double seconds, char *witness,
                      struct outcome *outcome) {
    struct services services;
    char cases[600];
    *outcome = (struct outcome){0};
    *witness = '\0';
    snprintf(cases, sizeof cases, "%s/shown/cases", subject->dir);
    FILE *const file = fopen(cases, "we");
    if (file)
        case_spec_write(file, 0, spec); // the number that a case has where nobody says one
    if (file)
        fclose(file);
    const struct how how = {.seconds = seconds,
                            .capture_out = true,
                            .capture_err = true,
                            .most = OUTPUT_MOST,
                            .look = subject->watch ? watch_look : NULL,
                            .look_s = WATCH_EVERY,
                            .user = subject->watch};
    const bool good =
        subject_services(subject, cases, &services, command, outcome->text, sizeof outcome->text) &&
        subject_run(subject, command, &how, outcome);
    services_stop(&services, take_witness, witness);
    return good;
}

bool case_run_served(const struct subject *subject, const struct case_spec *spec,
                     const char *const *more, double seconds, char *witness,
                     struct outcome *outcome) {
    struct command command;
    *outcome = (struct outcome){0};
    *witness = '\0';
    if (!case_alone(subject, subject->program, spec, more, &command, outcome->text,
                    sizeof outcome->text))
        return false;
    const bool good = case_run_command(subject, spec, &command, seconds, witness, outcome);
    command_free(&command);
    return good;
}

bool case_run(const struct subject *subject, const struct case_spec *spec, const char *const *more,
              double seconds, struct outcome *outcome) {
    struct command command;
    *outcome = (struct outcome){0};
    if (!case_alone(subject, subject->program, spec, more, &command, outcome->text,
                    sizeof outcome->text))
        return false;
    const struct how how = {.seconds = seconds,
                            .capture_out = true,
                            .capture_err = true,
                            .look = subject->watch ? watch_look : NULL,
                            .look_s = WATCH_EVERY,
                            .user = subject->watch};
    const bool good = subject_run(subject, &command, &how, outcome);
    command_free(&command);
    return good;
}

char *case_command(const struct subject *subject, const struct case_spec *spec) {
    struct command command;
    char why[512];
    static const char *const check[] = {"--check", NULL};
    if (!case_alone(subject, subject->program, spec, check, &command, why, sizeof why))
        return strdup(why);
    char *const text = command_text(&command);
    command_free(&command);
    return text;
}
