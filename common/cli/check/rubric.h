// SPDX-License-Identifier: MIT
//
// rubric.h: the checks of a lab, as its rubric program (build/rubrics/NAME) tells them. The rubric
// is a program of its own so that this one needs no CUnit.

#ifndef TWOFOLD_CHECK_RUBRIC_H
#define TWOFOLD_CHECK_RUBRIC_H

#include "labs.h"
#include "records.h"
#include "speed.h"
#include <limits.h>
#include <stdbool.h>

enum { RUBRIC_MAX = 64 };

struct rubric_check {
    char id[48], title[160], needs[48];
    char cases[1024];
    int points;
    bool alone;         // its cases run alone, watched from outside
    struct curve speed; // full 0: it is not about speed
    bool own;       // the instructor's (hidden.h): its cases are to be right, and no more is asked
    bool same_bits; // own: right bit for bit
    char visibility[24]; // what students see of it: visible, hidden, ... (hidden.h)
};

struct rubric {
    char program[PATH_MAX + 64];
    char sha[80]; // "sha256:..." of all checks and what they assert
    int count;
    struct rubric_check check[RUBRIC_MAX];
};

// Asks the rubric of the lab. False: it is not built, or does not answer; text says so.
bool rubric_read(struct rubric *rubric, const char *root, const struct lab_entry *lab, char *text,
                 size_t cap);
// The index of a check; -1: none.
int rubric_index(const struct rubric *rubric, const char *id);
// Can only a clock tell it: is check i about speed, or does it need one that is?
bool rubric_is_timed(const struct rubric *rubric, int i);

// Is the check's assertion true of these records? 1 yes, 0 no, -1 the rubric gave no answer (text
// says why). Of a no, verdict and text are what the evidence objects to (evidence.h), "" where it
// is something else. dir: for a file.
int rubric_judge(const struct rubric *rubric, int check, const struct record *records, size_t count,
                 const char *dir, char verdict[16], char *text, size_t cap);

#endif
