// SPDX-License-Identifier: MIT
//
// sharing.c: see sharing.h.

#include "sharing.h"
#include "../../observe/omp/source.h"
#include "../../observe/read/reader.h"
#include "process.h"
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum {
    THREADS = 4,
    PAIRS = 256,    // of the log
    WRITES = 5000,  // contended ones, at least: a quarter of a millisecond
    RARE = 40,      // events for one of them, at most: what is rarer costs little
    REWRITTEN = 64, // writes a line: sums and counters; fewer: elements, each written once
};

// From 30 ns to 100 ns of each write, against half a nanosecond or so an event.

// A pair of lines of the source, by all code of these lines.
struct shared {
    struct place place[2]; // the earlier line first
    uint64_t writes, lines;
};

// -- what the program left ----------------------------------------------------------------------------

static void add_shared(struct shared *list, int *count, const struct shared *one) {
    for (int i = 0; i < *count; i++)
        if (list[i].place[0].line == one->place[0].line &&
            list[i].place[1].line == one->place[1].line &&
            strcmp(list[i].place[0].file, one->place[0].file) == 0 &&
            strcmp(list[i].place[1].file, one->place[1].file) == 0) {
            list[i].writes += one->writes;
            list[i].lines += one->lines;
            return;
        }
    if (*count < PAIRS)
        list[(*count)++] = *one;
}

static struct shared pair_of(const struct board_module *program, const uint64_t at[2],
                             uint64_t writes, uint64_t lines) {
    struct shared one = {{place_in(program, 1, at[0]), place_in(program, 1, at[1])}, writes, lines};
    const int order = strcmp(one.place[0].file, one.place[1].file);
    if (order > 0 || (order == 0 && one.place[0].line > one.place[1].line)) {
        const struct place first = one.place[0];
        one.place[0] = one.place[1];
        one.place[1] = first;
    }
    return one;
}

// Reads the log. Returns how many pairs cost time.
static int read_log(const char *log, const char *path, struct shared *list) {
    struct board_module program = {.low = 0, .high = UINT64_MAX};
    char line[256];
    uint64_t events = 0, at[2], writes, lines;
    int count = 0, kept = 0;
    if (snprintf(program.path, sizeof program.path, "%s", path) >= (int)sizeof program.path)
        return 0;
    FILE *const file = fopen(log, "re");
    while (file && fgets(line, sizeof line, file)) {
        if (sscanf(line, "pair %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64, &at[0], &at[1],
                   &writes, &lines) == 4) {
            const struct shared one = pair_of(&program, at, writes, lines);
            if (one.place[0].line && one.place[1].line)
                add_shared(list, &count, &one);
        } else {
            sscanf(line, "events %" SCNu64, &events);
        }
    }
    if (file)
        fclose(file);
    for (int i = 0; i < count; i++)
        if (list[i].writes >= WRITES && list[i].writes >= events / RARE)
            list[kept++] = list[i];
    return kept;
}

// -- in words -----------------------------------------------------------------------------------------

// What the line writes; name "": to nothing by name. Not what each thread has declared for itself,
// and rather what it adds to than what it sets.
static struct assigned written(const struct source *source, int line) {
    struct assigned list[ASSIGNED_MOST], best = {.name = ""};
    const struct construct *const region = source_around(source, line, "parallel");
    const int count = source_assigned(source, line, list);
    int most = -1;
    for (int i = 0; i < count; i++) {
        const bool own =
            region && source_declares(source, region->first, region->last, list[i].name);
        const int score = (list[i].how != '=') + list[i].element - (own ? 3 : 0);
        if (score > most) {
            most = score;
            best = list[i];
        }
    }
    return best;
}

static void say(const struct shared *one, const struct source *source, struct evidence *evidence) {
    static const char *const why =
        "These lie on the same cache line (64 bytes), which one core alone can have at a time: the "
        "threads take it from each other at every write, as if they shared a number (false "
        "sharing). No result is wrong, but the threads are slower than they need be.";
    char what[2][96];
    const int a = one->place[0].line, b = one->place[1].line;
    const char *const file = one->place[0].file;
    struct assigned name[2];
    for (int i = 0; i < 2; i++) {
        name[i] = written(source, one->place[i].line);
        const char *const many = a == b ? "elements of " : "an element of ";
        snprintf(what[i], sizeof what[i], name[i].name[0] ? "%s`%.63s`" : "to places in memory",
                 name[i].element ? many : "", name[i].name);
    }
    snprintf(evidence->file, sizeof evidence->file, "%.255s", file);
    evidence->line = a;
    evidence->other = b;
    snprintf(evidence->variable, sizeof evidence->variable, "%s", name[0].name);
    if (a == b)
        snprintf(evidence->text, sizeof evidence->text,
                 "In line %d of %.255s the threads write %s, each its own. %s", a, file, what[0],
                 why);
    else
        snprintf(evidence->text, sizeof evidence->text,
                 "One thread writes %s in line %d of %.255s while another writes %s in line %d. %s",
                 what[0], a, file, what[1], b, why);
    if (one->writes / one->lines >= REWRITTEN)
        snprintf(
            evidence->advice, sizeof evidence->advice,
            "Let each thread work with a variable that is declared inside the parallel region, "
            "or with a reduction, and write the shared one once, at its end. Or give each "
            "thread's part a cache line of its own: a struct whose first member is declared "
            "_Alignas(64) takes whole lines.");
    else
        snprintf(evidence->advice, sizeof evidence->advice,
                 "Give each thread elements that lie next to each other: schedule(static) without "
                 "a chunk size, or with one that fills whole cache lines of 64 bytes.");
}

// -- the run ------------------------------------------------------------------------------------------

static bool run(const struct race_program *program, const struct race_how *how, const char *path,
                const char *log) {
    struct command command = {0};
    struct outcome outcome;
    const struct how its = {.seconds = how->seconds > 0 ? how->seconds : 30,
                            .capture_out = true,
                            .capture_err = true,
                            .cap = 1 << 12};
    char threads[16];
    command_add(&command, "%s", path);
    for (char *const *word = program->arguments; word && *word; word++)
        command_add(&command, "%s", *word);
    snprintf(threads, sizeof threads, "%d", how->threads ? how->threads : THREADS);
    command_set(&command, "OMP_NUM_THREADS", threads);
    command_set(&command, "OMP_DYNAMIC", "false");
    command_set(&command, "TWOFOLD_SHARING", log);
    process_run(&command, &its, &outcome);
    const bool good = outcome.started && !outcome.over_time && outcome.signal == 0;
    outcome_free(&outcome);
    command_free(&command);
    return good;
}

void sharing_look(const struct race_program *program, const struct race_how *how,
                  struct findings *findings) {
    static struct shared list[PAIRS];
    char path[PATH_MAX], log[PATH_MAX], why[1024];
    struct source source;
    snprintf(path, sizeof path, "%s/shared", how->dir);
    snprintf(log, sizeof log, "%s/shared.log", how->dir);
    if (race_build(&race_lane_sharing, program, how, "shared", why, sizeof why) != RACE_CLEAN ||
        !run(program, how, path, log))
        return;
    const int count = read_log(log, path, list);
    const char *const slash = strrchr(program->source, '/');
    const char *const name = slash ? slash + 1 : program->source;
    const bool there = source_read(&source, program->source);
    for (int i = 0; i < count && there; i++) {
        // (all that was compiled for it: what stands in a header is the same to every thread)
        const bool ours =
            strcmp(list[i].place[0].file, name) == 0 && strcmp(list[i].place[1].file, name) == 0;
        struct evidence *const evidence = ours ? findings_add(findings, "sharing") : NULL;
        if (evidence)
            say(&list[i], &source, evidence);
    }
    source_free(&source);
}
