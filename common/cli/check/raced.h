// SPDX-License-Identifier: MIT
//
// raced.h: the race lane (observe/omp/races.h) round a student's threads, of one process or of ranks.
//
// Theory of operation. The files that were taken are compiled once more, for ThreadSanitizer, with
// the lab's own; this happens the first time a check wants it. A case is then run as ever, in the
// same box. It is wanted twice: a case of threads that failed may be a race, and then that is its
// verdict; and a check VERSION-race runs its cases so alone, since a race may give right results
// for a long time. What the lane says is written by the program's own processes, to a log each in
// the job's directory, so it can only take points.

#ifndef TWOFOLD_CHECK_RACED_H
#define TWOFOLD_CHECK_RACED_H

#include "session.h"

// Is it a check VERSION-race?
bool raced_is(const struct rubric_check *check);

// Judges its cases: RACE, PASS, UNGRADED where the lane cannot look, or SKIP where the first case
// ends without a result, as a starter's does: that is told by the check of results.
void raced_check(struct session *session, const struct case_specs *specs, struct judged *judged);

// Is this failed case a race? Then its verdict is RACE, and both places and what mends it are said.
// Not asked of versions without threads.
bool raced_explains(struct session *session, const struct case_spec *spec, struct judged *judged);

#endif
