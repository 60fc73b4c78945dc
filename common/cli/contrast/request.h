// SPDX-License-Identifier: MIT
//
// request.h: what the person asks `twofold contrast` for.
//
// Theory of operation. The command line is read once, by argp, into a struct that nobody changes
// afterwards. What argp can refuse (an unknown option, a number out of its range) it refuses here,
// with status 2; whether labs and parameters exist is known only to the labs (contrast.c).

#ifndef TWOFOLD_CONTRAST_REQUEST_H
#define TWOFOLD_CONTRAST_REQUEST_H

#include "labs.h"
#include <stdbool.h>

// Unless a budget is given: seconds for each lab, and for all of them together.
enum { SECONDS_A_LAB = 30, SECONDS_ALL = 100, WORDS_MAX = 64 };

struct request {
    const char *labs[LABS_MAX + 1], *params[WORDS_MAX + 1]; // NULL ends
    int lab_count, param_count;
    bool own; // the student's files instead of the solutions
    bool json;
    double budget; // s, for all labs; 0: not said, see above
    int repeat;    // rounds; 0: as many as the budget allows
    const char *html, *svg;
};

// Reads the command line; ends the program where it cannot be understood, or after --help.
void request_read(struct request *request, int argc, char **argv);
// The seconds that `labs` labs have together.
double request_budget(const struct request *request, int labs);

#endif
