// SPDX-License-Identifier: MIT
// done.h: what work_done() of kit.h was told in this process since done_begin(), by thread.

#ifndef TWOFOLD_DONE_H
#define TWOFOLD_DONE_H

void done_begin(void);
double done_sum(void);     // units, of all threads
double done_most(void);    // of the one that did most
int done_by(double least); // how many did at least so much

#endif
