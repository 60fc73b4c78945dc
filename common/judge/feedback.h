// SPDX-License-Identifier: MIT
//
// feedback.h: what a student reads of a check.
//
// Theory of operation. A check that passed is one line. A check that did not is a line, then the
// smallest case that fails, what was seen there in words, what to do next, and the command that
// runs this case alone. A line is printed as soon as the verdict is known; what takes longer (the
// smallest case) follows it. Colours only on a terminal, and not where NO_COLOR is set. Nothing
// that a student's program printed reaches the terminal with its control characters.
//
//     ok    20/20  threads give the serial plate, whatever its size and their number
//     WRONG  0/20  blocks of rows: ranks give the serial plate
//                  The smallest case that fails: mpi, 2 ranks, n=3 steps=1, seed 7.
//                  mpi: row 2, the first row of rank 1, never saw its upper neighbour ...
//                  Run it alone: mpirun ... -n 2 build/check/heat/heat --version mpi ...
//     skip   0/5   ranks take as many steps as they are told (needs mpi-equal)
//
// The last line is `Score: 59/100`, or `Score: 59/90 (10 points could not be graded here)`.

#ifndef TWOFOLD_FEEDBACK_H
#define TWOFOLD_FEEDBACK_H

#include "journal.h"
#include <stdio.h>

struct feedback {
    FILE *out;
    bool colour;
    int width;              // columns of the terminal, 100 where there is none
    int points, max_points; // of what could be graded
    int failed, skipped, ungraded;
    int ungraded_points; // UNGRADED and INFRA: they cost nobody a point
};

// For stdout, or where `out` is NULL nowhere (--json): points are counted all the same.
struct feedback feedback_begin(FILE *out);

// The line of a verdict.
void feedback_verdict(struct feedback *feedback, const struct judged *judged);
// What belongs below it: case, evidence, hint, command. Nothing for PASS and SKIP.
void feedback_details(const struct feedback *feedback, const struct judged *judged);
// The figures of a check that passed, where they are of interest all the same.
void feedback_figures(const struct feedback *feedback, const struct judged *judged);
// The score, and the line to make the same cases again.
void feedback_end(const struct feedback *feedback, const char *lab, uint64_t base_seed,
                  const char *only);

// A verdict in words for those who see it for the first time: "the program did not end in time".
const char *feedback_meaning(const char *verdict);
// A signal in words a student can act on: "it touched memory that is not its own".
const char *feedback_signal(int number);

// Does the text about a larger case tell more than that about the smallest one? It is longer, and
// differs in more than its numbers.
bool feedback_says_more(const char *first, const char *least);

// "mpi, 2 ranks, n=3 steps=1, seed 7"; run: how the version runs (labs.h).
void feedback_case(const struct case_spec *spec, const char *run, char *text, size_t cap);

#endif
