// SPDX-License-Identifier: MIT
// options.h: what a lab program is told on its command line.

#ifndef TWOFOLD_OPTIONS_H
#define TWOFOLD_OPTIONS_H

#include "case.h"

struct options {
    struct run_case c;
    int repeat;
    bool check, json, memory, describe, services, help;
    uint64_t nonce;
    const char *picture, *result, *verify, *against, *cases, *results,
        *last_words; // paths, or NULL
};

// Reads the command line. quiet: another rank talks. False: refused; the sentence is refusal(), or
// was printed by argp (unknown option) where there is none.
bool options_read(int argc, char **argv, bool quiet, struct options *options);

#endif
