// SPDX-License-Identifier: MIT
//
// request.h: what `twofold run` was asked for, held against what the lab and the machine have.

#ifndef TWOFOLD_RUN_REQUEST_H
#define TWOFOLD_RUN_REQUEST_H

#include "command.h"
#include "labs.h"
#include "launch.h"

struct request {
    const char *lab, *version, *workers, *threads;
    const char *word; // VERSION as given without --version
    bool solution, alone, dry;
    struct command rest; // words for the lab program: its options, then name=value
};

// Ends the program with status 2 and the sentence on stderr.
void die(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

// Dies with a sentence where the lab has no parameter of such a name.
void request_check_params(const struct lab_about *about, char *const *words);

// Workers and threads, given or chosen, for a version that runs so (lab_version). Dies where a number
// is none, or too large.
struct launch request_launch(const struct request *r, const char *run, const struct machine *m,
                             int *workers);

#endif
