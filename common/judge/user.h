// SPDX-License-Identifier: MIT
//
// user.h: as whom a box runs where the caller is root: a user number of its own.

#ifndef TWOFOLD_USER_H
#define TWOFOLD_USER_H

#include <stdbool.h>
#include <stddef.h>

// Takes a number that no user of the machine has (60600 and up are free by systemd's table of them)
// and no other box uses. Returns a descriptor that keeps it ours until it is closed, -1: all are
// taken.
int user_take(int *uid);

// Are there such users here? Who is root only of a user namespace with nobody else in it can become
// nobody else.
bool user_is_there(void);

// Can another user get to the path? False: `closed` is the directory on the way that keeps out all
// but its owner.
bool user_reaches(const char *path, char *closed, size_t cap);

// May this process mount (CAP_SYS_ADMIN)? Root of most containers may not.
bool user_may_mount(void);

#endif
