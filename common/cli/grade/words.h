// SPDX-License-Identifier: MIT
//
// words.h: what `twofold grade` is asked for on its command line.

#ifndef TWOFOLD_GRADE_WORDS_H
#define TWOFOLD_GRADE_WORDS_H

#include "earlier.h"
#include "output.h"

// As typed; NULL where nothing was said.
struct request {
    const char *submissions, *lab, *out, *roster, *policy, *hidden, *layout, *jobs, *seed,
        *variants;
    const char *earlier[EARLIER_MAX];
    int earliers;
    struct wanted wanted;
    bool again, no_sandbox, slurm, published;
};

// Reads the words. One that is not understood ends the program with a sentence and status 2.
void words_read(struct request *request, int argc, char **argv);
// The whole number that was typed for `what`, from least to most, or the end of the program.
double words_number(const char *text, const char *what, double least, double most);

#endif
