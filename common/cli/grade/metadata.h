// SPDX-License-Identifier: MIT
//
// metadata.h: submission_metadata.yml, in which Gradescope's export says whose submission_123456 is.

#ifndef TWOFOLD_GRADE_METADATA_H
#define TWOFOLD_GRADE_METADATA_H

#include "course.h"

// Gives the students of the course their names, and attempts their times. Of a group the first
// submitter's name is taken.
void metadata_read(struct course *course, const struct input *input);

#endif
