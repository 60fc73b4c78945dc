// SPDX-License-Identifier: MIT
//
// Goal     The threads of a team share the items, and no item gets lost.
// Run      make run LAB=sample VERSION=omp WORKERS=2
// Predict  answers.txt, q1
// Do       decompose  Copy the loop of serial.c. Which pragma gives its turns to the threads?
//          compute    All threads add to one number. What happens if two do so at once?
//          combine    A clause of the pragma gives each thread a sum of its own, and adds them up.
// Check    make run LAB=sample VERSION=omp WORKERS=3 ARGS="--check n=1000"

#include "sample.h"

void sample_omp(struct sample *s) {
    (void)s; // goes when your code comes
    todo(__func__, __FILE__);
}
