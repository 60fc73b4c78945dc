// SPDX-License-Identifier: MIT
//
// others.h: what else the machine does while something is measured: what seems to be so on a
// busy machine is not measurable there.

#ifndef TWOFOLD_OTHERS_H
#define TWOFOLD_OTHERS_H

// The CPU time that was spent up to now, s; all 0 where the system does not tell.
struct usage {
    double all, ours; // by everybody; by this process and its children that have ended
    double at;        // when, s
};

struct usage usage_now(void);

// How many cores were busy with other work than ours from `begin` to `end`.
double others_between(const struct usage *begin, const struct usage *end);

#endif
