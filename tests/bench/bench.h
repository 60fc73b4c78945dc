// SPDX-License-Identifier: MIT
//
// bench.h: a row of the bench: two commands, and how their rates are read.

#ifndef TWOFOLD_TESTS_BENCH_H
#define TWOFOLD_TESTS_BENCH_H

enum reading {
    KERNEL,    // 1 / wall_ms of the JSON line that it prints
    WITH_WORK, // work / wall_ms
    IDEAL,     // 1 / ideal_ms: what the problem itself says cannot be beaten
    TWICE,     // KERNEL of two copies at the same time, their rates added
    SHELL,     // 1 / time of the whole process, for sh -c
    READINGS = 7,
    COUNTED = 8,  // the counters are loaded into every rank
    CHECKED = 16, // the checker is
    TRACED = 32   // it is, or what watches threads, and what they do is recorded
};

// One side of a row: a command, and how its rate is read. The rate is scale * work / time.
struct side {
    const char *command;
    int ranks, threads; // of the run, for the launch; ranks 0: without mpirun
    double scale;
    int read; // enum reading, with COUNTED, CHECKED or TRACED
};

struct row {
    const char *title;
    struct side yardstick, ours;
    double bar; // the ratio to reach; 0: shown only
};

extern const struct row rows[]; // {0} ends

#endif
