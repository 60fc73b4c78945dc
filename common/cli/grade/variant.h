// SPDX-License-Identifier: MIT
//
// variant.h: cases of one's own for each student, so that an answer that was passed on is judged by
// other cases than those it was made with.
//
// Theory of operation. The seed of a student's cases is made of the course's salt, the lab and the
// student's key (course.h), and of nothing else: it is the same for all attempts, in each call, on each
// machine, and nobody who does not know the salt can tell another's. All cases are drawn from that
// seed, and the numbers that a rubric leaves open (n=90..130) with them (expand.h). The seed stands in
// every line of the journal as base_seed and on the student's page: `make check SEED=N` makes the
// same cases. Files that two students handed in are then judged for each of them.

#ifndef TWOFOLD_GRADE_VARIANT_H
#define TWOFOLD_GRADE_VARIANT_H

// The seed of a student's cases, from 1 to 10^9.
double variant_seed(const char *salt, const char *lab, const char *student);

#endif
