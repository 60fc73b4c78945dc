// SPDX-License-Identifier: MIT
//
// misuse.h: a version on ranks that is right, and uses MPI in a way that it does not allow.
//
// Theory of operation. Where a check has passed, one of its cases of each version on ranks runs once
// more under the observer (observed.h), once a session: what it finds is mostly the same in every
// case. Only what stands in the student's own file counts. A misuse is a fault that did no harm this
// time: MISUSE, no points. A leak does none here at all: LEAK, and it costs one point.

#ifndef TWOFOLD_CHECK_MISUSE_H
#define TWOFOLD_CHECK_MISUSE_H

#include "session.h"

// Looks at the cases of a check that has passed. True: the verdict, points, evidence and hint of
// judged tell what was found.
bool misuse_find(struct session *session, const struct case_specs *specs, struct judged *judged);

#endif
