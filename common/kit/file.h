// SPDX-License-Identifier: MIT
//
// file.h: a file that appears under its name whole or not at all. It is written as NAME.part,
// brought to the disk, and renamed.

#ifndef TWOFOLD_FILE_H
#define TWOFOLD_FILE_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

struct part {
    FILE *file;
    char path[PATH_MAX], partial[PATH_MAX + 8];
};

// Each refuse()s in words and returns false when it cannot; nothing is then left behind.
bool part_open(struct part *part, const char *path);
bool part_close(struct part *part); // the file has its name when this returns true
void part_drop(struct part *part);  // gives it up

#endif
