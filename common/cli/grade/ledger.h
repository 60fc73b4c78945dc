// SPDX-License-Identifier: MIT
//
// ledger.h: the journal of a class: what was judged up to now, and what counts of it.
//
// Theory of operation. Each submission is judged by a run of `twofold check` with a journal of its
// own. When it ended, its lines go to the journal of the class in one write, closed by a line
//
//     {"v":1,"kind":"graded","files":"sha256:..","run":17,"rubric":"sha256:..","kit":"1.0+..","time":..}
//
// (and "variant":123 where each student has cases of their own: variant.h).
//
// Lines of a run that no such line closes do not count: whatever instant the grader is killed at, a
// submission is judged wholly or not at all, and the next call judges what is not closed. Three
// more kinds of lines: "failed" (the judge itself could not judge, with its words), "session" (a
// call of grade begins; "again": all was to be judged once more), "score" (a call came to its end: what a
// student had then, from which the next call tells what changed).
//
// Of several runs of the same files by the same rubric, a check's last verdict that is not INFRA
// counts.

#ifndef TWOFOLD_GRADE_LEDGER_H
#define TWOFOLD_GRADE_LEDGER_H

#include "lastrun.h"
#include <stdint.h>

enum { TRIES_MAX = 3 };

// What is judged: files, by a rubric, with the cases that all have (variant 0) or one's own.
struct piece {
    const char *files, *rubric;
    double variant;
};

struct entry {
    char *line;      // of the journal
    char files[72];  // of the run, "" while it is not closed
    char rubric[80]; // of the run
    double variant;  // of the run
    double run;
};

struct score_line {
    char student[96], reason[160];
    char files[72], rubric[80], kit[32];
    double points, most, variant;
    double share; // of the points that counted; -1: not noted
    double tries; // runs and failures until then; -1: not noted
    bool graded;
    int64_t time;
};

struct closing {
    char files[72], rubric[80], kit[32], text[512];
    double run, variant;
    bool failed;
};

struct ledger {
    int fd;
    char path[512];
    double base_seed; // of the first session; -1: there was none
    // What was closed, and said, before these is to be done again.
    size_t again_from, again_entry;
    size_t closings;
    struct closing *closing;
    size_t entries;
    struct entry *entry;
    size_t scores;
    struct score_line *score;
};

// A check as it counts.
struct mark {
    char id[64], title[160], verdict[16], hidden[24];
    double points, most;
    const char *line; // of the journal; lives as long as the ledger does not grow
};

struct result {
    int tries;                     // runs and failures; 0: not judged yet
    int count;                     // checks; 0: there is no verdict
    bool infra;                    // one of them is INFRA still
    double points, most, ungraded; // ungraded: of `most`, points that could not be judged here
    double wall;                   // s, of its runs
    char kit[32], text[512];       // text: the judge's words where it failed
    struct mark mark[CHECKS_MAX];
};

// Opens PATH and reads it. False: why.
bool ledger_open(struct ledger *ledger, const char *path, char *why, size_t cap);
void ledger_close(struct ledger *ledger);

// Adds the lines of a run's journal and closes it. False: why (no line is there, or the disk is full).
bool ledger_add_run(struct ledger *ledger, const char *journal, const struct piece *piece,
                    const char *kit, char *why, size_t cap);
bool ledger_add_failure(struct ledger *ledger, const struct piece *piece, const char *text,
                        char *why, size_t cap);
bool ledger_add_session(struct ledger *ledger, const char *lab, double base_seed, bool again,
                        char *why, size_t cap);
bool ledger_add_score(struct ledger *ledger, const struct score_line *score, char *why, size_t cap);

// What counts for it.
void ledger_result(const struct ledger *ledger, const struct piece *piece, struct result *result);
// Adds up the points of its marks.
void result_sum(struct result *result);
// Is there nothing more to do about it?
bool ledger_done(const struct ledger *ledger, const struct piece *piece);
// The student's score when a call last came to its end; NULL: never.
const struct score_line *ledger_score(const struct ledger *ledger, const char *student);

#endif
