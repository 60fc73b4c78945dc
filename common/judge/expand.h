// SPDX-License-Identifier: MIT
//
// expand.h: from the case strings of a rubric to cases, one by one.
//
// Theory of operation. A rubric says in one line what a check runs:
//
//     "mpi workers=1,2,3,4,5,7,8 n=0,1,p-1,p,p+1,97 steps=3; omp workers=2 n=5"
//
// A string is VERSION and then name=LIST items; "; " separates strings. The cases of a string are
// the cross product of its lists: the first list varies slowest. `workers` and `threads` are not
// parameters of the lab but say how the case is started (1 where the string is silent; a hybrid
// version has `threads` in each of its `workers` ranks). An item of a list may be computed from p,
// the number of workers of its case: p, p-1, p+1, 2*p, 3*p+1 ... A case that comes out twice in a
// string (n=1 and n=p at one worker) stands once.
//
// An item LO..HI is one whole number from LO to HI, drawn from the base seed: "n=90..130" is a size
// that nobody knows before. The same name with the same range stands for the same number in all strings
// of a check.
//
// Every case gets a fresh seed, drawn from the base seed, the lab, the check and the case's place:
// whoever knows the base seed can make the same cases again. A case of a later string whose
// parameters an earlier string has too gets the seed of that one: "serial n=9; mpi workers=4 n=9"
// is one problem twice, and what the two did for it can be compared.

#ifndef TWOFOLD_EXPAND_H
#define TWOFOLD_EXPAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct case_spec {
    char version[16];
    int workers, threads;
    uint64_t seed;    // below 10^9, so that a person can type it
    char params[200]; // "n=97 steps=3", "" for none
    size_t check;     // the check's place in its rubric, as given to expand()
};

struct case_specs {
    struct case_spec *at; // by malloc; case_specs_free()
    size_t count, room;
};

// Adds the cases of `text`, for check number `check` (whose seeds differ from any other check's),
// to specs. False where the text cannot be read: `why` says what is wrong in it, in words.
bool expand(const char *text, uint64_t base_seed, const char *lab, size_t check,
            struct case_specs *specs, char *why, size_t cap);
void case_specs_free(struct case_specs *specs);

// Writes the case as a line of a --cases file: "ID VERSION WORKERS SEED name=value ...".
void case_spec_write(FILE *file, size_t id, const struct case_spec *spec);

// A base seed that differs from run to run, below 10^9.
uint64_t fresh_base_seed(void);

#endif
