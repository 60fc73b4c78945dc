// SPDX-License-Identifier: MIT
//
// lane.h: a way of looking at a program.
//
// Theory of operation. `twofold diagnose` asks each lane of its table (diagnose.c) in turn: does
// what was asked for suit it, and what does it find? A lane runs the program as it needs it run,
// adds its evidence, and says how it went. A lane that cannot look says why, as evidence of kind
// infra; that is never held against the program.

#ifndef TWOFOLD_LANE_H
#define TWOFOLD_LANE_H

#include "../../observe/evidence.h"
#include <stdbool.h>

// What was asked for.
struct request {
    const char *root;  // the directory of the kit
    int ranks;         // to be started by mpirun; 0: -n was not given
    int threads;       // of each process; 0: -t was not given
    double seconds;    // the run ends after so many; 0: no limit
    bool json;         // findings go to stdout as JSON, so what the program prints there must not
    bool quiet;        // nothing that the program prints is shown
    bool apart;        // the ranks are to do as if they shared no memory
    bool workers;      // who worked is to be said, too
    bool source;       // argv[0] is a C file, to be built first
    char *const *argv; // the program (or source) and its arguments, NULL ends
};

enum seen {
    LANE_UNFIT, // this lane is not for such a request; it has not looked
    LANE_CLEAN, // looked and found nothing
    LANE_FOUND, // looked and found something
    LANE_BLIND  // could not look; why is among the findings
};

struct lane {
    const char *name;
    enum seen (*look)(const struct request *request, struct findings *findings);
};

extern const struct lane
    lane_mpi; // mpi.c: who waits for whom in MPI and OpenMP, misuse, leaks, crashes
extern const struct lane lane_race; // race.c: what raced in an OpenMP program; misused locks

// Runs a program, as lane_mpi does, also where the request is of a source.
enum seen program_look(const struct request *request, struct findings *findings);

#endif
