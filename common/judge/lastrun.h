// SPDX-License-Identifier: MIT
//
// lastrun.h: what the journal of a lab (build/check/NAME.jsonl, one JSON line a check) says of the
// last check, and how good the best one was.
//
// Theory of operation. Each run of the judge adds its checks to the end, in the order of the
// rubric, with the number of the run; lines of two runs may be mixed, if two judges ran at once. What
// counts for a check is the last line about it, of the submission and rubric of the last line of
// all, that is not INFRA (the judge's own fault). A last line without a newline was torn: it is left
// out.

#ifndef TWOFOLD_LASTRUN_H
#define TWOFOLD_LASTRUN_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

enum { CHECKS_MAX = 64 };

struct run_check {
    char id[64], verdict[16];
    double points, most;
    char *line; // the whole line of the journal
};

struct lastrun {
    int count;                          // 0: no run is in the journal
    struct run_check check[CHECKS_MAX]; // in the order of the rubric
    double points, most;                // of the last submission; most: of all that was graded
    double best;                        // the best sum of points of one run
    int runs;                           // with this rubric
    time_t when; // of the last line; where it has no time: when the journal was last written to
};

// Reads the journal. No such file: true, with count 0. False: it cannot be read; text says why.
bool lastrun_read(const char *path, struct lastrun *run, char *text, size_t cap);
void lastrun_free(struct lastrun *run);

// The first check that lost points by a fault of the student's; NULL: none.
const struct run_check *lastrun_failed(const struct lastrun *run);
// Is this a verdict for which a student's file is to be changed? (Not: PASS, SKIP, which follows
// from another one, UNGRADED and INFRA.)
bool verdict_is_fault(const char *verdict);

// The part of the line that says what happened, to look for words in it; NULL: there is no line.
const char *run_check_words(const struct run_check *check);

// What the judge said of a check: number 0, 1 ... of its texts, first those of its evidence, then its
// hint. False: there are no more.
bool run_check_said(const struct run_check *check, int number, char *text, size_t cap);

#endif
