// SPDX-License-Identifier: MIT
//
// program.h: the program that `make build` makes of a lab: build/labs/NAME from the student's
// files, build/solutions/NAME from the solution's.

#ifndef TWOFOLD_PROGRAM_H
#define TWOFOLD_PROGRAM_H

#include "labs.h"

// Finds it; path: from here ("build/labs/heat") if here is the kit's directory, else from the top.
// False: it is not built; text says so, and what package it may want.
bool program_find(const char *root, const struct lab_entry *lab, bool solution, char *path,
                  size_t path_cap, char *text, size_t cap);

// Was a file of the lab changed after the program was made, so that the old one would run? text
// says which.
bool program_is_stale(const char *root, const struct lab_entry *lab, bool solution, char *text,
                      size_t cap);

#endif
