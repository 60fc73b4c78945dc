// SPDX-License-Identifier: MIT
//
// handles.h: what a program makes and must free; the part of checker.h that few files share.

#ifndef TWOFOLD_HANDLES_H
#define TWOFOLD_HANDLES_H

#include "checker.h"

// rule: which finding it is if it is never freed. key: KEY(handle).
void handle_made(enum board_rule rule, uint64_t key, uint64_t pc);
void handle_freed(enum board_rule rule, uint64_t key);
// Those that were never freed.
void handles_left(void);

// A handle of MPI's, a pointer or an int, as a number.
#define KEY(handle) ((uint64_t)(uintptr_t)(handle))

#endif
