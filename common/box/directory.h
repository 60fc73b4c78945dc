// SPDX-License-Identifier: MIT
//
// directory.h: the job's directory before and after: who owns it, what may be left in it.

#ifndef TWOFOLD_DIRECTORY_H
#define TWOFOLD_DIRECTORY_H

#include <stdbool.h>

// Gives the directory and all that is in it to the user uid. Only while nobody is inside. False:
// errno says why not.
bool directory_give(const char *dir, int uid);

// Removes all that is neither a plain file nor a directory, and makes the rest readable for its
// owner: who reads it later follows no link and hangs at no pipe. Only when nobody is inside.
void directory_clean(const char *dir);

#endif
