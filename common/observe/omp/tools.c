// SPDX-License-Identifier: MIT
//
// tools.c: see tools.h.

#include "tools.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct race_lane race_lane_gcc = {"GCC", "gcc", false, false, false};
const struct race_lane race_lane_archer = {"clang with Archer", "clang", true, false, false};
const struct race_lane race_lane_plain = {"GCC", "gcc", false, true, false};
const struct race_lane race_lane_sharing = {"GCC", "gcc", false, false, true};

// A compilation takes well under a second.
static const double patience = 60; // s

bool lane_bare_addresses(void) {
    int bits = 0;
    char line[32];
    FILE *file = fopen("/proc/sys/vm/mmap_rnd_bits", "re");
    if (file && fgets(line, sizeof line, file))
        bits = atoi(line);
    if (file)
        fclose(file);
    return bits > 28 && process_find("setarch", NULL, 0);
}

// The compiler's directory is .../lib/clang/VERSION; the library lies two or three levels up, or in
// lib beside it.
bool lane_archer(const struct race_lane *lane, char *path, size_t cap) {
    static const char *const places[] = {"../../libarcher.so", "../../../libarcher.so",
                                         "../../../lib/libarcher.so", "lib/linux/libarcher.so"};
    static char found[PATH_MAX];
    struct command command = {0};
    struct outcome outcome;
    if (!found[0]) {
        command_add_all(&command, (char *[]){(char *)lane->compiler, "-print-resource-dir", NULL});
        const struct how how = {.seconds = patience, .capture_out = true, .capture_err = true};
        process_run(&command, &how, &outcome);
        outcome.out[strcspn(outcome.out, "\n")] = 0;
        for (size_t i = 0; outcome.out[0] && i < sizeof places / sizeof *places; i++) {
            char name[PATH_MAX];
            snprintf(name, sizeof name, "%s/%s", outcome.out, places[i]);
            if (access(name, R_OK) == 0) {
                snprintf(found, sizeof found, "%s", name);
                break;
            }
        }
        outcome_free(&outcome);
        command_free(&command);
    }
    if (found[0])
        snprintf(path, cap, "%s", found);
    return found[0] != 0;
}

bool lane_find(const struct race_lane *lane, char *why, size_t cap) {
    char path[PATH_MAX];
    if (!process_find(lane->compiler, NULL, 0)) {
        snprintf(why, cap, "the race lane of %s needs %s; `twofold doctor` says how to install it.",
                 lane->name, lane->compiler);
        return false;
    }
    if (lane->archer && !lane_archer(lane, path, sizeof path)) {
        snprintf(why, cap,
                 "the race lane of %s needs libarcher.so, which comes with LLVM's OpenMP "
                 "library (Debian: libomp-dev).",
                 lane->name);
        return false;
    }
    return true;
}

void lane_options(const struct race_lane *lane, const char *log, int status, char *text,
                  size_t cap) {
    char symbolizer[PATH_MAX] = "";
    // clang's has no reader of lines of its own.
    if (lane->archer && !process_find("llvm-symbolizer", NULL, 0) &&
        process_find("addr2line", symbolizer, sizeof symbolizer)) {
    }
    snprintf(text, cap,
             "log_path=%s:exitcode=%d:atexit_sleep_ms=0:ignore_noninstrumented_modules=1:"
             "report_thread_leaks=0:report_signal_unsafe=0:second_deadlock_stack=1:"
             "detect_deadlocks=1:history_size=4%s%s",
             log, status, symbolizer[0] ? ":external_symbolizer_path=" : "", symbolizer);
}

// The first line with an error, else the first line.
static void complaint(const char *words, char *why, size_t cap) {
    const char *error = strstr(words, "error: ");
    const char *begin = error ? error : words;
    while (begin > words && begin[-1] != '\n')
        begin--;
    snprintf(why, cap, "%.*s", (int)strcspn(begin, "\n"), begin);
}

bool race_uses_mpi(const char *path) {
    char line[512];
    bool found = false;
    FILE *file = fopen(path, "re");
    while (file && !found && fgets(line, sizeof line, file))
        found = strstr(line, "#include") && strstr(line, "mpi.h");
    if (file)
        fclose(file);
    return found;
}

// Runs a command of the compiler; ends it. Returns as lane_build().
static int run_compiler(struct command *command, const struct race_how *how, char *why,
                        size_t cap) {
    struct outcome outcome;
    const struct how its = {.seconds = patience, .capture_out = true, .capture_err = true};
    if (how->run)
        how->run(command, &its, &outcome, how->user);
    else
        process_run(command, &its, &outcome);
    int result = 0;
    if (!outcome.started || outcome.over_time || outcome.interrupted || outcome.status > 125) {
        snprintf(why, cap, "the compiler did not run: %s", outcome.text);
        result = 2;
    } else if (outcome.status != 0) {
        result = strstr(outcome.err, "error: ") && !strstr(outcome.err, "ld: ") ? 1 : 2;
        complaint(outcome.err, why, cap);
    }
    outcome_free(&outcome);
    command_free(command);
    return result;
}

// The compiler with what every command of it needs.
static struct command begin_command(const struct race_lane *lane,
                                    const struct race_program *program) {
    struct command command = {0};
    const bool mpi = race_uses_mpi(program->source);
    if (mpi) {
        command_set(&command, "OMPI_CC", lane->compiler);
        command_set(&command, "MPICH_CC", lane->compiler);
    }
    command_set(&command, "LC_ALL", "C");
    command_add(&command, "%s", mpi ? "mpicc" : lane->compiler);
    for (const char *const *flag = program->flags; flag && *flag; flag++)
        command_add(&command, "%s", *flag);
    command_add_all(&command, (char *[]){"-fopenmp", "-O0", "-g", "-w", NULL});
    return command;
}

// What is linked with the program's own object or source.
static void add_rest(struct command *command, const struct race_lane *lane,
                     const struct race_program *program, const struct race_how *how,
                     const char *name) {
    for (const char *const *object = program->objects; object && *object; object++)
        command_add(command, "%s", *object);
    if (!lane->archer && !lane->plain)
        command_add(command, "%s/build/lib/race.o", how->root);
    if (lane->sharing) {
        command_add(command, "%s/build/lib/sharing.so", how->root);
        command_add(command, "-Wl,-rpath,%s/build/lib", how->root);
    }
    command_add(command, "-o");
    command_add(command, "%s/%s", how->dir, name);
    command_add_all(command, (char *[]){"-lm", "-ldl", NULL});
}

// Compiled and linked apart: -fsanitize=thread would link ThreadSanitizer, too.
static int build_sharing(const struct race_program *program, const struct race_how *how,
                         const char *name, char *why, size_t cap) {
    const struct race_lane *const lane = &race_lane_sharing;
    struct command command = begin_command(lane, program);
    command_add_all(&command, (char *[]){"-fsanitize=thread", "-fsanitize-coverage=trace-pc", "-c",
                                         (char *)program->source, "-o", NULL});
    command_add(&command, "%s/%s.o", how->dir, name);
    const int compiled = run_compiler(&command, how, why, cap);
    if (compiled != 0)
        return compiled;
    command = begin_command(lane, program);
    command_add(&command, "%s/%s.o", how->dir, name);
    add_rest(&command, lane, program, how, name);
    return run_compiler(&command, how, why, cap);
}

int lane_build(const struct race_lane *lane, const struct race_program *program,
               const struct race_how *how, const char *name, char *why, size_t cap) {
    if (lane->sharing)
        return build_sharing(program, how, name, why, cap);
    struct command command = begin_command(lane, program);
    if (!lane->plain)
        command_add(&command, "-fsanitize=thread");
    if (lane->archer)
        command_add(&command, "-fno-omit-frame-pointer");
    command_add(&command, "%s", program->source);
    add_rest(&command, lane, program, how, name);
    return run_compiler(&command, how, why, cap);
}

// TSan writes a log a process, "log.PID".
bool lane_read(struct reports *reports, const char *dir, const char *program) {
    DIR *const list = opendir(dir);
    bool good = true;
    for (struct dirent *entry; list && (entry = readdir(list));) {
        char path[PATH_MAX];
        if (strncmp(entry->d_name, "log.", 4) != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", dir, entry->d_name);
        const struct reports_of of = {.program = program, .own = LANE_OWN};
        good = reports_read(reports, fopen(path, "re"), &of) && good;
        unlink(path);
    }
    if (list)
        closedir(list);
    return good;
}
