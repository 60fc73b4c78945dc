// SPDX-License-Identifier: MIT
//
// progress.h: the line on the terminal that says what runs, how far all of it is, and what is left.
//
// Theory of operation. Nobody knows how long the rest takes; two things bound it. The budget is
// spent if there is use for it (`until`). And what must run in any case has been seen to take so
// much: the study says what its lab needs from now on (progress_expect), and labs not yet begun are
// taken to need what those up to now needed on average. The larger of the two is shown. The line is
// cut to the width of the terminal, for one that wraps cannot be taken back; where stderr is no
// terminal nothing is written.

#ifndef TWOFOLD_CONTRAST_PROGRESS_H
#define TWOFOLD_CONTRAST_PROGRESS_H

#include "report.h"

struct progress {
    int lab, labs;         // this one's place among all, from 1
    const char *name;      // of the lab
    char doing[32];        // "round 2"
    const struct row *row; // that runs now
    double begin;          // when the first lab began
    double until;          // when the budget of all labs is spent; 0: no budget, but rounds
    double lab_end;        // when this lab is over at the earliest; 0: not known yet
    double shown;          // share of all work that was shown last: it never falls
};

void progress_begin(struct progress *progress, int labs, double until);
void progress_lab(struct progress *progress, const char *name);
// From here on the lab needs at least so many seconds; NAN: no more is known than before.
void progress_expect(struct progress *progress, double seconds);
// Seconds that all the rest takes, roughly; NAN: there is no telling.
double progress_left(const struct progress *progress);
void progress_show(struct progress *progress);
void progress_clear(void);

#endif
