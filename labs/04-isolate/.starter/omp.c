// SPDX-License-Identifier: MIT
//
// Lab 04 isolate, threads.
//
// Goal     The threads of a team work on the records, as long as all of them are harmless.
// Run      make run LAB=isolate VERSION=omp WORKERS=4
// Predict  What is left of the work if one record in 64 crashes its thread? q1 in answers.txt.
// Do       decompose  One pragma above a loop over the records.
//          compute    isolate_work(), then isolate_note(). Each record has an entry of its own.
//          combine    Nothing.
// Check    make run LAB=isolate VERSION=omp WORKERS=4 ARGS=--check
//          make run LAB=isolate VERSION=omp WORKERS=4 ARGS=poison=1
//
// Given: isolate_work(), isolate_note() (isolate.h).

#include "isolate.h"

void isolate_omp(struct isolate *s) {
    (void)s; // yours from here
    todo(__func__, __FILE__);
}
