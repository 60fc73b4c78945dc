// SPDX-License-Identifier: MIT
//
// confine.c: see confine.h.

#include "confine.h"

#include "cgroup.h"
#include "known.h"
#include "trial.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATH_CAP = PATH_MAX + 64, GROWN_MIB = 128 };

// -- is there a box? ------------------------------------------------------------------------------

// Whatever decides whether a box can be made and holds.
static void read_machine(const char *root, struct known *known) {
    static const char *const settings[] = {"/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
                                           "/proc/sys/kernel/unprivileged_userns_clone",
                                           "/proc/sys/user/max_user_namespaces",
                                           "/proc/self/uid_map", "/proc/self/attr/current"};
    char path[PATH_CAP];
    known_begin(known, root, "sandbox");
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        known_file(known, settings[i]);
    if (process_find("bwrap", path, sizeof path))
        known_program(known, path);
    snprintf(path, sizeof path, "%s/build/bin/box", root);
    known_program(known, path);
}

bool confine_available(const char *root, char *why, size_t cap) {
    struct known known;
    read_machine(root, &known);
    if (known_is_good(&known))
        return true;
    if (!sandbox_available(root, why, cap))
        return false;
    known_keep(&known);
    return true;
}

// -- limits ---------------------------------------------------------------------------------------

// MiB that this machine, or the part of it that we may use, has.
static double memory_of_machine(void) {
    const double all = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
    const double part = cgroup_memory();
    return (part > 0 && part < all ? part : all) / (1 << 20);
}

struct sandbox_limits confine_of_program(void) {
    const double half = memory_of_machine() / 2;
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    // A rank has three or four threads of MPI's own.
    return (struct sandbox_limits){.processes = (int)(128 + 16 * cores),
                                   .memory_mib = half < 2048 ? (int)half : 2048};
}

struct sandbox_limits confine_of_compiler(void) {
    return (struct sandbox_limits){.processes = 48,
                                   .cpu_seconds = 20,
                                   .memory_mib = 1024,
                                   .address_mib = 2048,
                                   .file_mib = 64,
                                   .disk_mib = 256};
}

// -- open, run, close -----------------------------------------------------------------------------

bool confine_open(struct confine *confine, const char *root, const char *dir,
                  const char *const *see, bool bare, char *why, size_t cap) {
    *confine = (struct confine){.limits = confine_of_program()};
    return bare ? sandbox_open_bare(&confine->box, root, dir, why, cap)
                : sandbox_open_untried(&confine->box, root, dir, see, why, cap);
}

void confine_close(struct confine *confine) {
    sandbox_close(&confine->box);
}

// The command as it is to run in `dir`.
static void put_into(const struct command *command, const char *dir, struct command *inside) {
    *inside = (struct command){0};
    if (dir) {
        command_add(inside, "env");
        command_add(inside, "-C");
        command_add(inside, "%s", dir);
    }
    command_add_all(inside, command->argv);
    for (char **pair = command->env; pair && *pair; pair++) {
        char name[128];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(*pair, "="), *pair);
        command_set(inside, name, strchr(*pair, '=') + 1);
    }
}

// What the box has to say about an outcome.
static void judge(const struct sandbox *box, int memory_mib, enum sandbox_verdict verdict,
                  const char *text, struct outcome *outcome) {
    static const char *const names[] = {[SANDBOX_NOTHING] = NULL,
                                        [SANDBOX_MEMORY] = "MEMORY",
                                        [SANDBOX_PROCESSES] = "CRASH",
                                        [SANDBOX_DISK] = "OUTPUT",
                                        [SANDBOX_BROKEN] = "INFRA"};
    if (verdict == SANDBOX_BROKEN && (outcome->over_time || outcome->interrupted))
        return; // it was ended while the box was made
    outcome->verdict = names[verdict];
    if (outcome->over_time && verdict == SANDBOX_NOTHING && box->growing &&
        box->peak_mib > GROWN_MIB) {
        // On a slow machine, time ends before memory does.
        outcome->verdict = "MEMORY";
        snprintf(outcome->text, sizeof outcome->text,
                 "it was stopped: after %.2g s all its processes together had %.0f MiB of memory, "
                 "and more and more; %d MiB are allowed",
                 outcome->wall, box->peak_mib, memory_mib);
    }
    if (verdict == SANDBOX_BROKEN)
        snprintf(outcome->text, sizeof outcome->text,
                 "the sandbox could not be used: %.120s%s%.80s", text, *outcome->err ? ": " : "",
                 outcome->err);
    else if (verdict != SANDBOX_NOTHING)
        snprintf(outcome->text, sizeof outcome->text, "%s", text);
}

// The outcome speaks of the program, not of the box around it.
static void rename_program(struct outcome *outcome, const char *program) {
    char rest[sizeof outcome->text];
    const char *const slash = strrchr(program, '/');
    if (strncmp(outcome->text, "box ", 4) != 0)
        return;
    snprintf(rest, sizeof rest, "%s", outcome->text + 3);
    snprintf(outcome->text, sizeof outcome->text, "%.60s%.180s", slash ? slash + 1 : program, rest);
}

bool confine_run(const struct command *command, const struct how *how, struct outcome *outcome,
                 void *user) {
    struct confine *const confine = user;
    struct command inside, boxed;
    struct how outside = *how;
    char text[256];
    outside.dir = NULL;
    put_into(command, how->dir, &inside);
    sandbox_command(&confine->box, &confine->limits, &inside, &boxed);
    process_run(&boxed, &outside, outcome);
    rename_program(outcome, command->argv[0]);
    if (outcome->started) {
        const enum sandbox_verdict verdict = sandbox_verdict(&confine->box, text, sizeof text);
        judge(&confine->box, confine->limits.memory_mib, verdict, text, outcome);
        outcome->job_peak_mib = confine->box.peak_mib;
        outcome->job_peak_threads = confine->box.peak_processes;
    }
    command_free(&boxed);
    command_free(&inside);
    return outcome->started;
}
