// SPDX-License-Identifier: MIT
//
// trouble.h: a case that died, hung or was refused among others and is right alone.
//
// Theory of operation. On a busy machine that may happen to right code, and must not cost it a
// point; or something of an earlier case was left over, or there is a race. So all cases of the
// check run again. Where the trouble does not come back, the check passes and keeps a note of it.
// Where it comes every time, the reference runs the same cases in the same way: if it has no trouble
// now, the check is FLAKY; else the machine is too busy, and what is right alone is right.

#ifndef TWOFOLD_CHECK_TROUBLE_H
#define TWOFOLD_CHECK_TROUBLE_H

#include "session.h"

struct trouble {
    int times;            // runs of all cases that had it
    struct case_spec at;  // the last case that had it
    struct record record; // its record
};

// Takes note of the first case among the records that had trouble. False: none had.
bool trouble_note(struct trouble *trouble, const struct case_specs *specs,
                  const struct record *records);

// It came every time. Is it the student's? Runs the reference; then record is FLAKY and says so.
bool trouble_is_theirs(const struct session *session, struct trouble *trouble,
                       const struct case_specs *specs);

// Leaves the note in the line of a check that passed.
void trouble_say(const struct session *session, const struct trouble *trouble,
                 struct judged *judged);

#endif
