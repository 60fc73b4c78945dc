// SPDX-License-Identifier: MIT
//
// races.h: looks for races in an OpenMP program: builds it for ThreadSanitizer, runs it with several
// numbers of threads, and reads what came of it.
//
// Theory of operation. There are two lanes. That of GCC links ../race (build/lib/race.o) into the
// program; it finds more and is the one that accuses. That of clang has the library of LLVM watched
// by Archer; it stands in where the first one cannot run, and else tells what it alone has seen. A
// lane is believed only after its self-test, a small program with a race and without (self/test.c)
// that it must tell apart, built (for GCC's lane, with the kit) and run as the real one will be. A lane that cannot be trusted, a
// compiler that is missing, a crash of the tool: it has not looked, and accuses nobody.
//
// A program is compiled without optimisation: an optimised one may no longer have the accesses that
// its source has, and its lines are not right. It runs with 2, 4, 3 and 8 threads, in another order
// of the threads each time: that shows more than repeating.

#ifndef TWOFOLD_RACES_H
#define TWOFOLD_RACES_H

#include "../evidence.h"
#include "log.h"
#include "process.h"
#include <limits.h>
#include <stdbool.h>

struct race_lane {
    const char *name;     // "GCC", "clang with Archer"
    const char *compiler; // of C
    bool archer;
    bool plain;   // no lane of races: the program as gcc makes it, to look at its waits
    bool sharing; // nor this: with ../sharing, to look at the cache lines that threads write
};
extern const struct race_lane race_lane_gcc, race_lane_archer, race_lane_plain, race_lane_sharing;

// How commands are run. All zero: by process_run().
struct race_how {
    const char *root; // the directory of the kit
    const char *dir;  // where to put what is made, for the caller to remove
    int ranks;        // that mpirun starts; 0: the program runs by itself
    int threads;      // of each process, so many alone; 0: several numbers
    int runs;         // at most; 0: all
    double seconds;   // a run of the program may take; 0: 30
    bool quiet;       // keep what the program prints from stdout
    bool first;       // stop at the first run that shows something
    bool (*run)(const struct command *command, const struct how *how, struct outcome *outcome,
                void *user);
    void *user;
};

// A program to be looked at.
struct race_program {
    const char *source;         // the file whose lines are spoken of
    const char *const *objects; // what else is linked, and libraries; NULL ends; NULL: none
    const char *const *flags;   // for compiling it; NULL ends; NULL: none
    char *const *arguments;     // of the program; NULL ends; NULL: none
};

// For whoever builds a program for GCC's lane by himself: words for compiling and linking it;
// build/lib/race.o is linked, too.
#define RACE_FLAGS "-fsanitize=thread -O0 -g -w"

// What such a program needs in its environment, for the given run (0, 1, ...). log: each process
// writes what it finds to LOG.PID. On ranks a process then ends with its own status all the same.
void race_environment(struct command *command, const char *log, bool ranks, int run);
// "setarch" and "-R" where a command needs these words before it.
void race_words(struct command *command);

// Does the file include mpi.h?
bool race_uses_mpi(const char *path);

enum race_seen {
    RACE_CLEAN,
    RACE_FOUND,
    RACE_BLIND, // could not look; `why` says it
    RACE_BROKEN // the program does not compile; `why` is what the compiler says
};

// Can this lane be trusted here? Runs the self-test. False: why.
bool race_trusted(const struct race_lane *lane, const struct race_how *how, char *why, size_t cap);

// Builds the program, as NAME in the directory for what is made, to be run by the caller.
enum race_seen race_build(const struct race_lane *lane, const struct race_program *program,
                          const struct race_how *how, const char *name, char *why, size_t cap);

// Looks with a lane that is trusted. Adds what it finds to the findings, each place once.
enum race_seen race_look(const struct race_lane *lane, const struct race_program *program,
                         const struct race_how *how, struct findings *findings, char *why,
                         size_t cap);

// Adds what the reports say of the file at path to the findings, from report number `from` on, each
// place once.
void race_add(const struct reports *reports, size_t from, const char *path,
              struct findings *findings);

#endif
