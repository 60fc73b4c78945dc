// SPDX-License-Identifier: MIT
//
// journal.h: is a lab's journal of this kit and of this rubric? Where it is not, nothing is mixed in
// silently.

#ifndef TWOFOLD_COURSE_JOURNAL_H
#define TWOFOLD_COURSE_JOURNAL_H

#include "labs.h"
#include <stdbool.h>

// Looks at the last verdict of the journal, if there is one. hidden: the course's own checks of the
// lab, NULL: none. A journal of a newer kit, and without regrade one of another rubric, ends the
// program.
void journal_compare(const char *root, const struct lab_entry *lab, const char *hidden,
                     const char *journal, bool regrade);

#endif
