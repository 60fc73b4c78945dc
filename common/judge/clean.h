// SPDX-License-Identifier: MIT
//
// clean.h: makes the bytes of a student's source file what the compiler is to see: no byte order
// mark, plain line ends.

#ifndef TWOFOLD_CLEAN_H
#define TWOFOLD_CLEAN_H

#include "problems.h"
#include <stdbool.h>
#include <stddef.h>

// Cleans *size bytes in place (bytes[*size] is there and 0; so it is afterwards), and adds to
// problems what was changed in the file `name`. False: it is empty or no text, verdict BUILD.
bool clean_text(const char *name, char *bytes, size_t *size, struct problems *problems);

#endif
