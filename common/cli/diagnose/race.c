// SPDX-License-Identifier: MIT
//
// race.c: the lane of a C file of an OpenMP program: it is built as it is and run, to see whether
// its threads hang; and, where they do not, built for ThreadSanitizer and run for races; and, where there are none, for
// cache lines that threads take from each other.

#include "../../observe/omp/races.h"
#include "lane.h"
#include "process.h"
#include "sharing.h"
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *walk) {
    (void)info, (void)kind, (void)walk;
    remove(path);
    return 0;
}

static void blind(struct findings *findings, const char *why) {
    struct evidence *const e = findings_add(findings, "infra");
    if (e)
        snprintf(e->text, sizeof e->text, "%s", why);
}

// Archer sometimes sees races where tasks are ordered by depend.
static bool has_depend(const char *path) {
    char line[512];
    bool found = false;
    FILE *file = fopen(path, "re");
    while (file && !found && fgets(line, sizeof line, file))
        found = strstr(line, "#pragma") && strstr(line, "depend");
    if (file)
        fclose(file);
    return found;
}

static const double patience = 30; // s a run

// Built as it is: who waits for whom. Where that cannot be seen, the lanes of races say what they
// see. True: the program hangs, so that it would under them, too.
static bool hangs(const struct request *request, const struct race_how *how,
                  const struct race_program *program, struct findings *findings) {
    char path[PATH_MAX], why[1024];
    size_t count = 0;
    if (race_build(&race_lane_plain, program, how, "plain", why, sizeof why) != RACE_CLEAN)
        return false;
    while (request->argv[count])
        count++;
    char **const words = calloc(count + 1, sizeof *words);
    if (!words)
        return false;
    snprintf(path, sizeof path, "%s/plain", how->dir);
    words[0] = path;
    memcpy(words + 1, request->argv + 1, count * sizeof *words);
    struct request its = *request;
    its.source = false;
    its.quiet = true;
    its.argv = words;
    its.threads = request->threads ? request->threads : 4;
    its.seconds = request->seconds > 0 ? request->seconds : patience;
    struct findings seen = {0};
    program_look(&its, &seen);
    free(words);
    bool hang = false;
    for (size_t i = 0; i < seen.count; i++) {
        const bool infra = strcmp(seen.at[i].kind, "infra") == 0;
        struct evidence *const e = infra ? NULL : findings_add(findings, seen.at[i].kind);
        if (e)
            *e = seen.at[i];
        hang = hang || strcmp(seen.at[i].kind, "deadlock") == 0;
    }
    findings_free(&seen);
    return hang;
}

// The lane of GCC; where it cannot be trusted here, that of clang, and that is said.
static enum race_seen look_in(const struct race_how *how, const struct race_program *program,
                              struct findings *findings, char *why, size_t cap) {
    char other[1024], text[1400];
    if (race_trusted(&race_lane_gcc, how, why, cap))
        return race_look(&race_lane_gcc, program, how, findings, why, cap);
    if (has_depend(program->source) || !race_trusted(&race_lane_archer, how, other, sizeof other))
        return RACE_BLIND;
    snprintf(text, sizeof text,
             "the race lane of %s looked in place of that of %s, which sees more, but cannot be "
             "used here: %s",
             race_lane_archer.name, race_lane_gcc.name, why);
    blind(findings, text);
    return race_look(&race_lane_archer, program, how, findings, why, cap);
}

static enum seen look(const struct request *request, struct findings *findings) {
    const char *const tmp = getenv("TMPDIR");
    char dir[PATH_MAX], why[1024] = "";
    if (!request->source)
        return LANE_UNFIT;
    snprintf(dir, sizeof dir, "%s/twofold-race-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(dir)) {
        snprintf(why, sizeof why, "%.900s cannot be made: %s; choose another place with TMPDIR.",
                 dir, strerror(errno));
        blind(findings, why);
        return LANE_BLIND;
    }
    // A program of MPI that is given without -n: two ranks are enough for a message.
    struct request its = *request;
    if (!its.ranks && race_uses_mpi(request->argv[0]))
        its.ranks = 2;
    const struct race_how how = {.root = request->root,
                                 .dir = dir,
                                 .ranks = its.ranks,
                                 .threads = request->threads,
                                 .seconds = request->seconds,
                                 .quiet = true};
    const struct race_program program = {.source = request->argv[0],
                                         .arguments = request->argv + 1};
    const bool hang = hangs(&its, &how, &program, findings), found = findings_accuse(findings);
    const enum race_seen seen =
        hang ? RACE_FOUND : look_in(&how, &program, findings, why, sizeof why);
    // What is wrong comes before what is slow. (Not on ranks: there are fewer threads to a team.)
    if (seen == RACE_CLEAN && !found && !its.ranks && request->threads != 1)
        sharing_look(&program, &how, findings);
    nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
    if (seen == RACE_BLIND || seen == RACE_BROKEN) {
        char text[1400];
        if (seen == RACE_BROKEN)
            snprintf(text, sizeof text, "it does not compile: %s", why);
        else
            snprintf(text, sizeof text, "races cannot be looked for here: %s", why);
        blind(findings, text);
        return found ? LANE_FOUND : LANE_BLIND;
    }
    return found || seen == RACE_FOUND ? LANE_FOUND : LANE_CLEAN;
}

const struct lane lane_race = {"race", look};
