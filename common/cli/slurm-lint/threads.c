// SPDX-License-Identifier: MIT
//
// threads.c: OpenMP in a script; see rules.h.

#include "rules.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char variable[] = "OMP_NUM_THREADS=";

// A word that sets the variable, and how: for what comes after (export), for its own command, or for
// the script alone, which does not help.
struct setting {
    const struct shell_command *command; // NULL: it is not set
    const char *value;
    bool exported;
};

static struct setting find_setting(const struct script *script) {
    struct setting found = {0};
    for (int i = 0; i < script->commands; i++) {
        const struct shell_command *c = &script->command[i];
        for (int w = 0; w < c->count; w++) {
            if (strcmp(c->word[w], "OMP_NUM_THREADS") == 0 && script_runs(script, "export", c) == c)
                found.exported = true; // "export OMP_NUM_THREADS", set before
            if (strncmp(c->word[w], variable, sizeof variable - 1) != 0)
                continue;
            found.command = c;
            found.value = c->word[w] + sizeof variable - 1;
            // export X=, env X=, X= before a command, -x X= and --export=ALL,X= reach the program.
            found.exported = found.exported || w >= c->assignments || c->count > c->assignments;
        }
    }
    return found;
}

static bool says_mpirun_threads(const struct shell_command *c, int at) {
    static const char *const names[] = {
        "--map-by", "-map-by", "--bind-to", "-bind-to", "--cpus-per-proc", "--cpus-per-rank", NULL};
    return command_option(c, at, names) != NULL;
}

static void examine_binding(const struct script *script, long cpus, struct findings *findings) {
    static const char *const names[] = {"-c", "--cpus-per-task", NULL};
    int at;
    const struct shell_command *launch = launcher_of(script, &at);
    bool told = false;
    for (int i = 0; i < script->lines; i++)
        told = told || (script->line[i][0] != '#' && strstr(script->line[i], "SRUN_CPUS_PER_TASK"));
    if (!launch || cpus < 2)
        return;
    if (strcmp(launch->word[at], "srun") == 0) {
        if (!told && !command_option(launch, at, names))
            find(findings, launch->line, "srun-cpus",
                 "export SRUN_CPUS_PER_TASK=$SLURM_CPUS_PER_TASK",
                 "Since Slurm 22.05 srun does not hear of --cpus-per-task by itself: all %ld "
                 "threads of a rank would get one CPU.",
                 cpus);
    } else if (!says_mpirun_threads(launch, at)) {
        find(findings, launch->line, "mpirun-threads",
             "mpirun --map-by slot:PE=$SLURM_CPUS_PER_TASK --bind-to core",
             "Open MPI ties each rank to one core unless it is told of threads: the %ld threads of "
             "a rank would take turns.",
             cpus);
    }
}

void rules_of_threads(const struct script *script, struct findings *findings) {
    const struct directive *asked = script_option(script, "cpus-per-task");
    long cpus = script_number(script, "cpus-per-task", 1),
         tasks = script_number(script, "ntasks", 1);
    struct setting set = find_setting(script);
    int at;
    examine_binding(script, cpus, findings);
    if (!set.command) {
        if (cpus > 1)
            find(findings, asked->line, "threads-unset",
                 "export OMP_NUM_THREADS=$SLURM_CPUS_PER_TASK",
                 "A task gets %ld CPUs, and OMP_NUM_THREADS is not set: how many threads start is "
                 "left to chance.",
                 cpus);
        return;
    }
    if (!set.exported)
        find(findings, set.command->line, "not-exported", "Put export before it.",
             "OMP_NUM_THREADS is set for this script alone; without export no program sees it.");
    bool number = *set.value && set.value[strspn(set.value, "0123456789")] == 0;
    bool by_tasks = strstr(set.value, "SLURM_NTASKS") != NULL;
    long threads = number ? atol(set.value) : by_tasks ? tasks : cpus;
    if (tasks > 1 && (by_tasks || threads == tasks) && cpus == 1 && !launcher_of(script, &at) &&
        !starts_by_variable(script))
        find(findings, set.command->line, "tasks-for-threads",
             "#SBATCH --ntasks=1 and --cpus-per-task for the threads.",
             "Tasks are processes, and may be on several nodes; %ld threads of one process want "
             "--cpus-per-task.",
             threads);
    else if (threads > cpus)
        find(findings, set.command->line, "too-many-threads",
             "export OMP_NUM_THREADS=$SLURM_CPUS_PER_TASK",
             "%ld threads, and a task has %ld CPU%s: they take turns.", threads, cpus,
             cpus == 1 ? "" : "s");
    else if (threads < cpus && number)
        find(findings, set.command->line, "too-few-threads",
             "export OMP_NUM_THREADS=$SLURM_CPUS_PER_TASK",
             "%ld thread%s, and a task has %ld CPUs: the others are idle, and paid for.", threads,
             threads == 1 ? "" : "s", cpus);
}
