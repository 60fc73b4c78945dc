// SPDX-License-Identifier: MIT
//
// experiment.h: reads labs/NN-name/claims.txt, in which a lab says what it can show of a claim. A
// line each, its parts between '|':
//
//     C1 each     | a thread                   | pthread workers=1 n=2000
//     C1 dearer   | a process against a thread | pthread workers=1 | fork workers=1 | from 2
//     C1 launch   | two ranks, all in all      | library workers=2 n=0
//     C2 faster   | 4 threads on one core      | team workers=1 cores=1 | team workers=4 cores=1 | from 0.7 to 1.4
//     C2 overlaps | 4 that wait on one core    | team workers=1 pause=20 | team workers=4 pause=20 | from 2.5
//     C4 says cores=2 | two, without care      | lossy workers=2 | got lost
//     C9 dies     | a rank that crashes        | mpi workers=2 poison=1
//     C10 memory  | a further thread           | omp workers=1 | omp workers=8 | to 1000
//
// each: the time of the case for one of its units of work; dearer: how many times as much the second
// case takes for a unit; launch: the time of the whole command; faster: how many times as fast the
// second case is, where both compute, and overlaps, where both wait; says: whether the program notes
// these words; dies: whether the command ends badly, as it should; memory: how much more a worker
// takes, kB, from the first case to the second, which has more of them. cores=N: a machine with fewer cores cannot show it. `from` and `to`: where the claim
// holds; a line without them is a figure only. Cases as in predictions.h; lines that begin with #
// are comments.

#ifndef TWOFOLD_CLAIMS_EXPERIMENT_H
#define TWOFOLD_CLAIMS_EXPERIMENT_H

#include "expand.h"

enum kind {
    KIND_EACH,
    KIND_DEARER,
    KIND_LAUNCH,
    KIND_FASTER,
    KIND_OVERLAPS,
    KIND_SAYS,
    KIND_DIES,
    KIND_MEMORY
};
enum { EXPERIMENTS_MAX = 100, SAMPLES_MAX = 9 };

// What one run of a case left.
struct sample {
    double wall, cpu, work, outer; // s, s, units, s of the whole command
    double peak;                   // memory of the whole job, kB
};

struct experiment {
    int claim; // 1 of "C1"
    enum kind kind;
    int cores; // that the machine must have
    char title[100], words[100];
    struct case_spec first, second; // second: of dearer, faster, overlaps, memory
    bool judged;                    // it has bounds, or words to be said
    double from, to;
    int lab; // its place in the list of labs

    // What was measured.
    int rounds;
    double spent;  // s, on all rounds
    double others; // cores that were busy with other work meanwhile, at most
    struct sample a[SAMPLES_MAX], b[SAMPLES_MAX];
    char note[300]; // that the program of `first` has written, or how it has died
    char why[300];  // nothing could be measured; "": it was
};

struct experiments {
    int count;
    struct experiment at[EXPERIMENTS_MAX];
};

// Adds the lines of a file; no such file: none. most: the highest number of a claim. False: text says
// which line is wrong, and why.
bool experiments_read(const char *path, int lab, int cores, int most, struct experiments *all,
                      char *text, size_t cap);

// Does this kind run a second case?
bool experiment_has_second(const struct experiment *e);

#endif
