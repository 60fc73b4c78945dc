// SPDX-License-Identifier: MIT
//
// predictions.h: reads labs/NN-name/predictions.txt, in which a teacher says what measurement answers
// a question of answers.txt. A line each, its parts between '|':
//
//     q1 faster | 2 threads against serial | serial n=2048 | omp workers=2 n=2048
//     q5 time   | 4 threads                | omp workers=4 n=2048
//     q5 memory | a further rank           | mpi workers=1 | mpi workers=16
//     q3 known  | bytes a rank sends       | 16384 with 2 ranks: a row of 2048 numbers of 8 bytes
//
// faster: how many times as fast the second case is; time: of the case; memory: how much more a
// worker takes, from the first case to the second; known: no measurement, a figure that can be told.
// A case is written as in a rubric (expand.h), with one value each; workers=cores: as many as this
// machine has. A question may have several lines. A line that begins with # is a comment.

#ifndef TWOFOLD_PREDICTIONS_H
#define TWOFOLD_PREDICTIONS_H

#include "expand.h"

enum measure { MEASURE_FASTER, MEASURE_TIME, MEASURE_MEMORY, MEASURE_KNOWN };
enum { PREDICTIONS_MAX = 64 };

struct prediction {
    int question; // 1 of "q1"
    enum measure measure;
    char title[100], known[300];
    struct case_spec from, to; // time: to alone
};

struct predictions {
    int count;
    struct prediction at[PREDICTIONS_MAX];
};

// cores: of this machine. No such file: true, with count 0. False: it cannot be read, or a line is
// wrong; text says which and why.
bool predictions_read(const char *path, int cores, struct predictions *predictions, char *text,
                      size_t cap);

// For other files of this form. The next part of a line, without blanks around it; NULL: no more.
char *predictions_part(char **rest);
// Reads one case of one value each; workers=cores is filled in. Its seed is 1, so that all versions
// get the same problem. False: why says what is wrong.
bool predictions_case(const char *part, int cores, struct case_spec *spec, char *why, size_t cap);

// The numbers in an answer as people write them: "about 1.8 times, 1,5 with 4" has 1.8, 1.5 and 4;
// "twice" is 2, "half" 0.5, "no" and "the same" are none. Returns how many, at most max.
int predictions_numbers(const char *answer, double *numbers, int max);

#endif
