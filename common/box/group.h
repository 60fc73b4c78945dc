// SPDX-License-Identifier: MIT
//
// group.h: a control group for a command without a box. The kernel does not count root's processes
// against the limit that holds for everybody else; a group counts them, and who is in it cannot make
// one outside.

#ifndef TWOFOLD_GROUP_H
#define TWOFOLD_GROUP_H

#include <stdbool.h>

// Makes a group below the directory `place` that may hold so many processes and threads. False: there
// is none, and the other two do nothing.
bool group_make(const char *place, int processes);
// Moves this process into it, with all that it will start.
void group_enter(void);
// Removes the group, once all in it are gone.
void group_end(void);

#endif
