// SPDX-License-Identifier: MIT
//
// words.h: what `twofold trace` is asked for, and the command that is traced.

#ifndef TWOFOLD_TRACE_WORDS_H
#define TWOFOLD_TRACE_WORDS_H

#include "command.h"
#include <stdbool.h>

struct request {
    int ranks, threads, workers, events;
    const char *output, *html, *dir, *lab, *version;
    bool solution;
    bool apart;        // the ranks are to do as if they shared no memory
    char *const *argv; // the program and its arguments, or a lab's parameters; NULL ends
};

// Reads the command line; what is no option, or wrong, ends the program.
void words_read(struct request *request, int argc, char **argv);

// The words of the program that is traced. Of a lab: sets ranks and threads to what it is started
// with. What is not there ends the program. The caller frees the command.
struct command words_command(struct request *request);

#endif
