// SPDX-License-Identifier: MIT
//
// races.c: see races.h.

#include "races.h"
#include "launch.h"
#include "log.h"
#include "source.h"
#include "tools.h"
#include "words.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RUNS = 4, STATUS = 66 }; // of a program in which TSan has found something

static const double patience = 30; // s a run
static const char selftest[] = "race-selftest";

// Threads and order of each run. Two at first: what needs no more shows soonest.
struct way {
    int threads;
    int seed; // of the order
};
static const struct way ways[RUNS] = {{2, 0}, {4, 1}, {3, 2}, {8, 5}};

void race_words(struct command *command) {
    if (lane_bare_addresses())
        command_add_all(command, (char *[]){"setarch", "-R", NULL});
}

void race_environment(struct command *command, const char *log, bool ranks, int run) {
    char text[3 * PATH_MAX];
    lane_options(&race_lane_gcc, log, ranks ? 0 : STATUS, text, sizeof text);
    command_set(command, "TSAN_OPTIONS", text);
    launch_with_sanitizer(command);
    snprintf(text, sizeof text, "%d", ways[run % RUNS].seed);
    command_set(command, "TWOFOLD_RACE_SEED", text);
}

static void run(const struct race_how *how, const struct command *command, const struct how *its,
                struct outcome *outcome) {
    if (how->run)
        how->run(command, its, outcome, how->user);
    else
        process_run(command, its, outcome);
}

// What is run: the program by itself, or on ranks by mpirun.
static bool make_command(const struct race_how *how, const char *program, char *const *arguments,
                         int threads, struct command *command, char *why, size_t cap) {
    struct command words = {0};
    struct machine machine;
    race_words(&words);
    command_add(&words, "%s/%s", how->dir, program);
    for (; arguments && *arguments; arguments++)
        command_add(&words, "%s", *arguments);
    if (!how->ranks) {
        *command = words;
        return true;
    }
    machine_read(&machine);
    const struct launch launch = {.ranks = how->ranks, .threads = threads, .sleepy = true};
    const bool good = launch_command(&launch, &machine, words.argv, command, why, cap);
    command_free(&words);
    return good;
}

// One run of a program: what it left in the log is added to the reports. False: the tool itself
// failed; why.
static bool run_once(const struct race_lane *lane, const struct race_how *how, const char *program,
                     char *const *arguments, int threads, int seed, struct reports *reports,
                     char *why, size_t cap) {
    struct command command = {0};
    struct outcome outcome;
    char path[PATH_MAX], text[3 * PATH_MAX];
    const double seconds = how->seconds > 0 ? how->seconds : patience;
    const struct how its = {
        .seconds = seconds, .capture_out = how->quiet, .capture_err = true, .cap = 1 << 16};
    snprintf(path, sizeof path, "%s/log", how->dir);
    if (!make_command(how, program, arguments, threads, &command, why, cap))
        return false;
    lane_options(lane, path, how->ranks ? 0 : STATUS, text, sizeof text);
    command_set(&command, "TSAN_OPTIONS", text);
    launch_with_sanitizer(&command);
    snprintf(text, sizeof text, "%d", threads);
    command_set(&command, "OMP_NUM_THREADS", text);
    command_set(&command, "OMP_DYNAMIC", "false");
    snprintf(text, sizeof text, "%d", seed);
    command_set(&command, "TWOFOLD_RACE_SEED", text);
    if (lane->archer && lane_archer(lane, text, sizeof text))
        command_set(&command, "OMP_TOOL_LIBRARIES", text);
    run(how, &command, &its, &outcome);
    command_free(&command);
    const size_t before = reports->count;
    const bool read = lane_read(reports, how->dir, program);
    bool good = false;
    // A program may well end with a status of its own; mpirun tells with one that a rank did not begin.
    const int most = how->ranks ? 0 : 125;
    if (!outcome.started || outcome.interrupted)
        snprintf(why, cap, "%s", outcome.text);
    else if (!read)
        snprintf(why, cap, "what the race lane wrote cannot be read: is there memory left?");
    else if (reports->count > before || (outcome.status != STATUS && !outcome.over_time &&
                                         outcome.signal == 0 && outcome.status <= most))
        good = true;
    else if (strstr(outcome.err, "unexpected memory mapping"))
        snprintf(why, cap,
                 "ThreadSanitizer cannot live with this machine's random addresses, nor "
                 "without: as root, `sysctl vm.mmap_rnd_bits=28` mends it.");
    else
        snprintf(why, cap, "with %d threads under the race lane %s", threads, outcome.text);
    outcome_free(&outcome);
    return good;
}

// The kit's build has made it for GCC's lane; else it is made now. False: why.
static bool make_selftest(const struct race_lane *lane, const struct race_how *how, char *why,
                          size_t cap) {
    char made[PATH_MAX], path[PATH_MAX], source[PATH_MAX];
    snprintf(made, sizeof made, "%s/build/lib/%s", how->root, selftest);
    snprintf(path, sizeof path, "%s/%s", how->dir, selftest);
    if (!lane->archer && access(made, X_OK) == 0 && symlink(made, path) == 0)
        return true;
    snprintf(source, sizeof source, "%s/common/observe/omp/self/test.c", how->root);
    const struct race_program program = {.source = source};
    return lane_build(lane, &program, how, selftest, why, cap) == 0;
}

bool race_trusted(const struct race_lane *lane, const struct race_how *how, char *why, size_t cap) {
    static const char *const words[] = {"racy", "clean"};
    if (!lane_find(lane, why, cap) || !make_selftest(lane, how, why, cap))
        return false;
    for (int i = 0; i < 2; i++) {
        struct reports reports = {0};
        char *const arguments[] = {(char *)words[i], NULL};
        struct race_how quiet = *how;
        quiet.quiet = true;
        quiet.ranks = 0;
        bool good = run_once(lane, &quiet, selftest, arguments, 4, 0, &reports, why, cap);
        if (good && (reports.count > 0) != (i == 0)) {
            snprintf(why, cap, "the race lane of %s failed its self-test: it %s", lane->name,
                     i == 0 ? "did not see a race that is there."
                            : "saw a race in a program that has none.");
            good = false;
        }
        reports_free(&reports);
        if (!good)
            return false;
    }
    return true;
}

// -- findings ---------------------------------------------------------------------------------------

static bool known(const struct findings *findings, const struct evidence *evidence) {
    for (size_t i = 0; i < findings->count; i++) {
        const struct evidence *const e = &findings->at[i];
        if (strcmp(e->kind, evidence->kind) != 0 || strcmp(e->file, evidence->file) != 0)
            continue;
        if (e->line == evidence->line && e->other == evidence->other &&
            strcmp(e->variable, evidence->variable) == 0)
            return true;
        // What a look at the waiting threads has found of the same locks was said there.
        if (e->call[0] && (e->line == evidence->line || e->other == evidence->line))
            return true;
    }
    return false;
}

void race_add(const struct reports *reports, size_t from, const char *path,
              struct findings *findings) {
    struct source source;
    const bool there = source_read(&source, path);
    const char *const slash = strrchr(path, '/');
    for (size_t i = from; i < reports->count; i++) {
        struct evidence evidence = {.kind = "race", .rank = -1, .thread = -1};
        const char *const file = reports->at[i].sights[0].file;
        const char *const name = strrchr(file, '/');
        const bool ours = there && strcmp(name ? name + 1 : file, slash ? slash + 1 : path) == 0;
        if (!race_say(&reports->at[i], ours ? &source : NULL, &evidence) ||
            known(findings, &evidence))
            continue;
        struct evidence *const added = findings_add(findings, evidence.kind);
        if (added)
            *added = evidence;
    }
    source_free(&source);
}

enum race_seen race_build(const struct race_lane *lane, const struct race_program *program,
                          const struct race_how *how, const char *name, char *why, size_t cap) {
    const int built = lane_build(lane, program, how, name, why, cap);
    return built == 0 ? RACE_CLEAN : built == 1 ? RACE_BROKEN : RACE_BLIND;
}

enum race_seen race_look(const struct race_lane *lane, const struct race_program *program,
                         const struct race_how *how, struct findings *findings, char *why,
                         size_t cap) {
    struct reports reports = {0};
    enum race_seen seen = RACE_CLEAN;
    const enum race_seen built = race_build(lane, program, how, "raced", why, cap);
    if (built != RACE_CLEAN)
        return built;
    const int most = how->runs > 0 && how->runs < RUNS ? how->runs : RUNS;
    for (int i = 0; i < most && !process_interrupted(); i++) {
        const size_t before = reports.count;
        if (!run_once(lane, how, "raced", program->arguments,
                      how->threads ? how->threads : ways[i].threads, ways[i].seed, &reports, why,
                      cap)) {
            if (seen != RACE_FOUND)
                seen = RACE_BLIND;
            break; // it would end so again
        }
        const size_t had = findings->count;
        race_add(&reports, before, program->source, findings);
        if (findings->count > had)
            seen = RACE_FOUND;
        if (seen == RACE_FOUND && how->first)
            break;
    }
    reports_free(&reports);
    return seen;
}
