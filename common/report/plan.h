// SPDX-License-Identifier: MIT
//
// plan.h: which versions with how many workers are worth a row, and when a lab was timed enough.

#ifndef TWOFOLD_PLAN_H
#define TWOFOLD_PLAN_H

#include "report.h"

enum { COUNTS_MAX = 24, ROUNDS_LEAST = 2, ROUNDS_GOOD = 7 };

// Numbers of workers, ascending: powers of two up to the cores, the cores; where work waits, far
// more than cores, where it waits and computes, twice and four times as many. Ranks are not started
// by the hundred: one costs what many threads do. Returns how many.
int plan_workers(const char *bound, const char *run, int cores, int counts[COUNTS_MAX]);

// Adds the rows of a version to the part (its bound and cores are known). One that is given for
// comparison gets a single row, with the most workers that its kind has without queueing for cores;
// where work waits, with the most of all.
void plan_version(struct part *part, const char *name, const char *run, bool given);

// After `rounds` whole rounds, the last of which took `last` seconds: is another one worth it, with
// `left` seconds left? No more than `asked` rounds if asked > 0, and then no fewer either.
bool plan_another_round(const struct part *part, int rounds, double last, double left, int asked);

#endif
