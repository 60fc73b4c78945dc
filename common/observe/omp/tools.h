// SPDX-License-Identifier: MIT
//
// tools.h: what the two halves of a race lane share: tools.c makes a program and knows the tools,
// races.c runs it.

#ifndef TWOFOLD_RACE_TOOLS_H
#define TWOFOLD_RACE_TOOLS_H

#include "log.h"
#include "races.h"

// Is there what the lane needs? False: why.
bool lane_find(const struct race_lane *lane, char *why, size_t cap);
// Makes DIR/NAME. Returns 0; 1: it does not compile, and why is the compiler's first complaint; 2:
// the compiler did not run, or the program was not linked.
int lane_build(const struct race_lane *lane, const struct race_program *program,
               const struct race_how *how, const char *name, char *why, size_t cap);
#define LANE_OWN "/observe/race/" // in the paths of the lane's own files

// TSan's options, of which `log` is the path of its log (a dot and its number follow), and `status`
// what a program ends with in which it found something (0: with its own, as ranks must: one that ends
// with another would end the others before they are through).
void lane_options(const struct race_lane *lane, const char *log, int status, char *text,
                  size_t cap);
// Where Archer's library is. False: nowhere.
bool lane_archer(const struct race_lane *lane, char *path, size_t cap);
// Must programs run at addresses that are not random? TSan before LLVM 18 needs that where the
// machine draws more than 28 bits.
bool lane_bare_addresses(void);
// Reads the logs that a run of the program left in dir, and removes them. False: no memory.
bool lane_read(struct reports *reports, const char *dir, const char *program);

#endif
