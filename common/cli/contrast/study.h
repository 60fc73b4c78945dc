// SPDX-License-Identifier: MIT
//
// study.h: one lab being measured.
//
// Theory of operation.
//
//     plan      the rows: each version with each number of workers that is worth a look (plan.h)
//     look      each row once, not timed (look.h); what is wrong is not timed
//     rounds    one run of each row, then the next round, each a fresh process, until the numbers
//               are steady or the lab's share of the budget is spent. In each round serial runs
//               twice: how far it is from itself is the noise of this machine
//     say       sentences (verdict.h)
//
// There are two rounds in any case, more where the lab's share has time for them. A row whose single
// run is long is run less often: from 2 s on in the first three rounds only, beyond 3 s in two, and
// the report says which rows have two values. Serial is in the first three all the same, since all
// others are held against it round by round; beyond 3 s it leaves out second runs.

#ifndef TWOFOLD_CONTRAST_STUDY_H
#define TWOFOLD_CONTRAST_STUDY_H

#include "labs.h"
#include "report.h"
#include "runner.h"

struct study {
    struct runner runner;
    struct part *part;
    int nodes;                     // of a cluster that is up, see nodes.h; 0: none
    char nodes_said[SENTENCE_CAP]; // what first went wrong there
    int repeat;                    // rounds asked for; 0: as many as there is time for
    double again[ROUNDS_MAX];      // s, the second serial run of each round
    double cost[ROWS_MAX];         // s, that a run of the row takes with its start
};

// Measures one lab, until about `until` (as process_now() tells it), into study->part, which is empty
// before. False: serial refused the person's values, or failed with them, so nothing was timed;
// part->rows[0].text says why.
bool study_lab(struct study *study, const struct lab_about *about, double until);

// Adds a sentence that must not be lost where there are too many.
void study_add_sentence(struct part *part, const char *sentence);

#endif
