// SPDX-License-Identifier: MIT
#include "runner.h"
#include "flat.h"
#include "labs.h"
#include "launch.h"
#include "process.h"
#include <stdio.h>
#include <string.h>

// What starts the ranks of a row on the nodes of the cluster that is up: srun, on its login node.
static void start_on_nodes(const struct runner *runner, const struct row *row,
                           struct command *command) {
    *command = (struct command){0};
    command_add(command, "%s/twofold", runner->tools);
    command_add(command, "cluster");
    command_add(command, "run");
    command_add(command, "srun");
    command_add(command, "--overcommit"); // its nodes may have fewer CPUs than this machine
    command_add(command, "--nodes=%d", runner->nodes);
    command_add(command, "--ntasks=%d", row->workers);
}

bool runner_command(const struct runner *runner, const struct row *row, bool look,
                    struct command *command, char *text, size_t cap) {
    const bool ranks = lab_run_needs_mpi(row->run);
    const bool counted = look && ranks && !runner->nodes && *runner->counters->dir;
    const struct launch launch = {.ranks = ranks ? row->workers : 0,
                                  .threads = row_is(row, "threads") ? row->workers : row->threads,
                                  .alone = row_units(row) <= runner->machine->whole_cores,
                                  .program_env = counted ? runner->counters->env : NULL};
    struct command words = {0};
    command_add(&words, "%s", runner->program);
    command_add(&words, "--version");
    command_add(&words, "%s", row->version);
    if (!ranks && !row_is(row, "serial")) {
        command_add(&words, "--workers");
        command_add(&words, "%d", row->workers);
    }
    if (row_is(row, "hybrid")) {
        command_add(&words, "--threads");
        command_add(&words, "%d", row->threads);
    }
    if (look) {
        command_add(&words, "--check");
        command_add(&words, "--memory");
    }
    for (const char *const *param = runner->params; *param; param++)
        command_add(&words, "%s", *param);
    command_add(&words, "--json");
    bool good = true;
    if (runner->nodes) {
        start_on_nodes(runner, row, command);
        command_add_all(command, words.argv);
    } else {
        good = launch_command(&launch, runner->machine, words.argv, command, text, cap);
    }
    command_free(&words);
    return good;
}

static void tick(double seconds, void *user) {
    (void)seconds;
    progress_show(user);
}

// The first line of what a program said on stderr, for a sentence.
static void first_line(const char *words, char *text, size_t cap) {
    words += strspn(words, " \n\r\t");
    snprintf(text, cap, "%.*s", (int)strcspn(words, "\n"), words);
}

bool runner_run(struct runner *runner, struct row *row, bool look, char line[TEXT_CAP],
                double *outer) {
    struct command command = {0};
    struct outcome outcome;
    char said[256], status[16] = "";
    *outer = 0;
    if (!runner_command(runner, row, look, &command, row->text, sizeof row->text)) {
        row->state = ROW_FAILED;
        return false;
    }
    runner->progress->row = row;
    process_run(&command,
                &(struct how){.seconds = runner->limit,
                              .capture_out = true,
                              .capture_err = true,
                              .tick = tick,
                              .user = runner->progress},
                &outcome);
    command_free(&command);
    *outer = outcome.wall;
    const char *json = outcome.out ? strstr(outcome.out, "{\"v\":1,") : NULL;
    snprintf(line, TEXT_CAP, "%.*s", json ? (int)strcspn(json, "\n") : 0, json ? json : "");
    bool good = outcome.started && !outcome.interrupted && flat_text(line, "status", status, 16);
    if (outcome.interrupted) {
        snprintf(row->text, sizeof row->text, "Interrupted before its time was taken.");
    } else if (good && strcmp(status, "ok") != 0) {
        row->state = strcmp(status, "todo") == 0 ? ROW_TODO : ROW_FAILED;
        flat_text(line, "text", row->text, sizeof row->text);
        good = false;
    } else if (!good || (outcome.status != 0 && outcome.status != 1)) {
        // What MPI says of a crash, it says at length, and no better.
        first_line(outcome.err && outcome.status < 128 ? outcome.err : "", said, sizeof said);
        snprintf(row->text, sizeof row->text, "%s%s%s", outcome.text, *said ? ": " : ".", said);
        row->state = ROW_FAILED;
        runner->hung = outcome.over_time ? row : runner->hung;
        good = false;
    }
    outcome_free(&outcome);
    return good;
}
