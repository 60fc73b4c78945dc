// SPDX-License-Identifier: MIT
//
// hang.h: looks for a deadlock while the program runs.

#ifndef TWOFOLD_HANG_H
#define TWOFOLD_HANG_H

#include "holds.h"
#include "reader.h"

struct hang;

// holds: names threads of OpenMP, where it watches the same program; else NULL. NULL: no memory.
struct hang *hang_new(const struct watch *watch, const struct holds_watch *holds);
void hang_free(struct hang *hang);
// Looks once; to be called about ten times a second. True: the program hangs, and is to be ended.
bool hang_look(struct hang *hang);
// Did a look say so?
bool hang_is_sure(const struct hang *hang);
// What was found, also if the program went on.
void hang_say(const struct hang *hang, struct findings *findings);

#endif
