// SPDX-License-Identifier: MIT
//
// died.h: where in the lab's files a run died, told by the program itself (--last-words).

#ifndef TWOFOLD_RUN_DIED_H
#define TWOFOLD_RUN_DIED_H

#include "labs.h"
#include <limits.h>

// A file for last words, of which nothing is there yet. False: none can be made, and the program is
// not told of any.
bool died_begin(char path[PATH_MAX]);
// Says on stderr what it holds, if it holds anything, and removes it.
void died_end(const char *path, const char *program, const struct lab_entry *lab);

#endif
