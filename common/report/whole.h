// SPDX-License-Identifier: MIT
//
// whole.h: a file that is there whole or not at all. It is written under another name beside its
// own, and renamed when every byte is on the disk: a full disk or a Ctrl-C leaves the old file.

#ifndef TWOFOLD_WHOLE_H
#define TWOFOLD_WHOLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct whole {
    FILE *file; // write here
    char path[4096], part[4096 + 32];
};

// Begins the file `path`; directories on the way to it are made. False: why holds a sentence.
bool whole_begin(struct whole *whole, const char *path, char *why, size_t cap);
// Ends it and gives it its name. False: nothing is left behind, why holds a sentence.
bool whole_end(struct whole *whole, char *why, size_t cap);
// Gives it up; nothing is left behind.
void whole_drop(struct whole *whole);
// Could the file be written, if it were done now?
bool whole_try(const char *path, char *why, size_t cap);

#endif
