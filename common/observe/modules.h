// SPDX-License-Identifier: MIT
//
// modules.h: which files of code this process consists of, and where they lie in its memory.

#ifndef TWOFOLD_MODULES_H
#define TWOFOLD_MODULES_H

#include "board.h"

// Lists the program and the libraries that are not the system's: where its calls can come from.
// Returns how many; cap at most.
uint32_t modules_list(struct board_module *modules, uint32_t cap);

#endif
