// SPDX-License-Identifier: MIT
//
// launch.c: how a script starts its programs; see rules.h.

#include "rules.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const launchers[] = {"mpirun", "mpiexec", "orterun", "srun", NULL};
static const char *const counts[] = {"-n", "-np", "--np", "--ntasks", "-c", NULL};
static const char *const srun_counts[] = {"-n", "--ntasks", NULL};

bool starts_by_variable(const struct script *script) {
    for (int i = 0; i < script->commands; i++) {
        const struct shell_command *c = &script->command[i];
        if (c->count > c->assignments && c->word[c->assignments][0] == '$')
            return true;
    }
    return false;
}

const struct shell_command *launcher_of(const struct script *script, int *program) {
    for (int i = 0; i < script->commands; i++)
        for (const char *const *name = launchers; *name; name++) {
            int at = command_program(&script->command[i], *name);
            if (at >= 0) {
                *program = at;
                return &script->command[i];
            }
        }
    return NULL;
}

// A program of one's own: ./a.out, build/labs/heat.
static const struct shell_command *own_program(const struct script *script) {
    for (int i = 0; i < script->commands; i++) {
        const struct shell_command *c = &script->command[i];
        if (c->count == c->assignments)
            continue;
        const char *word = c->word[c->assignments];
        size_t length = strlen(word);
        if (strchr(word, '/') && *word != '/' && *word != '$' && *word != '~' &&
            !(length > 3 && strcmp(word + length - 3, ".sh") == 0))
            return c;
    }
    return NULL;
}

static bool is_number(const char *text) {
    return text && *text && text[strspn(text, "0123456789")] == 0;
}

static void examine_launch(const struct script *script, const struct shell_command *c, int at,
                           struct findings *findings) {
    bool is_srun = strcmp(c->word[at], "srun") == 0;
    const char *count = command_option(c, at, is_srun ? srun_counts : counts);
    long tasks = script_number(script, "ntasks", 0), nodes = script_number(script, "nodes", 1);
    long each = script_number(script, "ntasks-per-node", 0);
    if (tasks == 0 && each > 0)
        tasks = nodes * each;
    if (tasks == 0)
        tasks = nodes; // a task for each node is Slurm's default
    if (is_number(count) && atol(count) > tasks)
        find(findings, c->line, is_srun ? "srun-count" : "mpirun-count",
             "Leave the number out: it comes from Slurm.",
             "%s starts %s ranks, and the job has %ld task%s: %s.", c->word[at], count, tasks,
             tasks == 1 ? "" : "s",
             is_srun ? "srun refuses" : "mpirun refuses, or ranks share CPUs");
    else if (is_number(count) && atol(count) < tasks && !is_srun)
        find(findings, c->line, "mpirun-count", "Leave the number out: it comes from Slurm.",
             "%s starts %s ranks, and the job has %ld tasks: the others are idle, and paid for.",
             c->word[at], count, tasks);
    static const char *const hosts[] = {
        "--hostfile", "-hostfile", "--machinefile", "-machinefile", "--host", "-host", "-H", NULL};
    if (!is_srun && command_option(c, at, hosts))
        find(findings, c->line, "hosts", "Leave it out: mpirun asks Slurm for the nodes.",
             "%s is told which hosts to use, and Slurm may have given others.", c->word[at]);
    for (int i = at + 1; i < c->count; i++) {
        if (is_srun && (strcmp(c->word[i], "mpirun") == 0 || strcmp(c->word[i], "mpiexec") == 0))
            find(findings, c->line, "srun-mpirun", "Use one of the two.",
                 "srun starts %s once for each task: as many whole programs, each with all ranks.",
                 c->word[i]);
        if (is_srun && strcmp(c->word[i], "--pty") == 0)
            find(findings, c->line, "pty", "Leave --pty out.",
                 "--pty wants a terminal, and a batch job has none.");
    }
}

// Programs in the background, and no wait behind them.
static void examine_background(const struct script *script, struct findings *findings) {
    const struct shell_command *last = NULL;
    for (int i = 0; i < script->commands; i++) {
        const struct shell_command *c = &script->command[i];
        if (c->end == '&')
            last = c;
        else if (command_program(c, "wait") >= 0)
            last = NULL;
    }
    if (last)
        find(findings, last->line, "no-wait", "Put the line `wait` at the end.",
             "The job ends with its script, and what runs in the background is killed then.");
}

static void examine_modules(const struct script *script, const struct shell_command *launch,
                            struct findings *findings) {
    const struct shell_command *module = script_runs(script, "module", launch);
    if (module && !(module->count > 1 && strcmp(module->word[1], "load") != 0))
        find(findings, module->line, "late-module", "Load modules before the first program.",
             "The module is loaded after line %d has started the program.", launch->line);
}

static void examine_missing(const struct script *script, struct findings *findings) {
    long nodes = script_number(script, "nodes", 1);
    long tasks =
        script_number(script, "ntasks", nodes * script_number(script, "ntasks-per-node", 1));
    const struct shell_command *own = own_program(script);
    if (own && tasks > 1 && !starts_by_variable(script))
        find(findings, own->line, "no-launcher", "srun in front of it; for threads, --ntasks=1.",
             "The script itself runs once, on the first node: without srun or mpirun this is one "
             "process, and the job has %ld tasks.",
             tasks);
}

void rules_of_launch(const struct script *script, struct findings *findings) {
    int at;
    const struct shell_command *launch = launcher_of(script, &at), *own = own_program(script);
    const struct shell_command *sudo = script_runs(script, "sudo", NULL);
    int live = 0;
    for (int i = 0; i < script->directives; i++)
        live += !script->directive[i].late;
    if (!live && script->directives == 0 && (launch || own))
        find(findings, 0, "no-request", "#SBATCH --ntasks=..., --time=..., or salloc on the way.",
             "Nothing is asked of Slurm: run by hand it computes on the login node, which all "
             "share, and submitted it gets one CPU.");
    if (sudo)
        find(findings, sudo->line, "sudo", "Leave it out.",
             "A job runs as you, and nobody is there to type a password.");
    examine_background(script, findings);
    if (!launch) {
        examine_missing(script, findings);
        return;
    }
    for (const struct shell_command *c = launch; c < script->command + script->commands; c++)
        for (const char *const *name = launchers; *name && live; name++)
            if ((at = command_program(c, *name)) >= 0)
                examine_launch(script, c, at, findings);
    examine_modules(script, launch, findings);
}
