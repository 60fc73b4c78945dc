// SPDX-License-Identifier: MIT
//
// make.h: a new course: its directory, with a course.conf in which every key is explained.

#ifndef TWOFOLD_COURSE_MAKE_H
#define TWOFOLD_COURSE_MAKE_H

#include <stdio.h>

// Makes the course in DIR, new or empty. Returns 0; what is in its way ends the program, with
// nothing overwritten.
int make_course(const char *dir);

// Closes a file that was written; where it is not whole, the program ends and names it.
void make_finish(FILE *file, const char *what);

#endif
