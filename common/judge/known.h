// SPDX-License-Identifier: MIT
//
// known.h: a trial of this machine that went well need not be made again, until what it depends on
// changes: the machine is started anew, a setting or a program is another.
//
//     struct known known;
//     known_begin(&known, root, "sandbox");
//     known_program(&known, "/usr/bin/bwrap");    what the trial depends on
//     if (!known_is_good(&known) && try_it())
//         known_keep(&known);
//
// It is kept in ROOT/build/check/NAME, where whoever checks alone may write. A trial that failed is
// never kept.

#ifndef TWOFOLD_KNOWN_H
#define TWOFOLD_KNOWN_H

#include "sha256.h"
#include <limits.h>
#include <stdbool.h>

struct known {
    struct sha256 sha;
    char dir[PATH_MAX + 16], path[PATH_MAX + 64];
    char digest[65];
};

// The digest begins with this start of the machine and this user.
void known_begin(struct known *known, const char *root, const char *name);
// Adds what is in a small file, as those of /proc/sys are: its first 256 bytes.
void known_file(struct known *known, const char *path);
// Adds which program this is: when it was put there, and its size. One that is missing counts, too.
void known_program(struct known *known, const char *path);

// Was the trial made with the same, and did it go well? Nothing can be added from here on.
bool known_is_good(struct known *known);
// It went well. Where that cannot be kept, it is tried again the next time.
void known_keep(const struct known *known);

#endif
