// SPDX-License-Identifier: MIT
//
// start.h: the first process of a command.

#ifndef TWOFOLD_START_H
#define TWOFOLD_START_H

#include "process.h"
#include <sys/types.h>

struct started {
    pid_t pid;    // leader of a process group of its own; -1: there is none
    int pidfd;    // readable when it ended; -1: the kernel is too old to have them
    int out, err; // our ends of its pipes, -1: not captured
};

// Starts the command with TREE_MARK=mark (mark: the whole pair) in its environment and nothing to
// read on stdin. Returns 0, or the errno that says why it could not; pid > 0 is to be reaped in
// either case.
int process_start(const struct command *command, const struct how *how, const char *mark,
                  struct started *started);

#endif
