// SPDX-License-Identifier: MIT
//
// manifest.h: manifest.txt, which `twofold hand-in` packs with a student's files: the lab, and the
// digest of each file (hand-in.sh has its form). It tells mistakes, and no forgery: another lab's file
// was handed in, or one was changed after it was packed. What it says takes no points; it is told.

#ifndef TWOFOLD_GRADE_MANIFEST_H
#define TWOFOLD_GRADE_MANIFEST_H

#include "course.h"

// Looks at the manifest of each attempt that has one, and adds to its `wrong` what does not fit.
void manifests_look(struct course *course, const struct input *input, const char *lab);

#endif
