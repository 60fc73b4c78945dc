// SPDX-License-Identifier: MIT
//
// Lab 09 heat, threads.
//
// Goal     One team of threads takes all steps; the rows of each step are shared out.
// Run      make run LAB=heat VERSION=omp WORKERS=2
// Predict  Two threads: twice as fast? Write q1 in answers.txt first.
// Do       decompose  Start from the loops of serial.c. Which loop may be shared out, which not?
//          compute    Give every thread a run of neighbouring rows, the same ones in every step:
//                     their pages were placed for that when the plate was made (README, first
//                     touch).
//          combine    No thread may begin the next step before all have ended this one; and only
//                     one of them swaps the buffers. Which pragma does that for you?
// Check    make run LAB=heat VERSION=omp WORKERS=3 ARGS="n=97 --check"

#include "heat.h"

void heat_omp(struct heat *h) {
    (void)h; // yours from here: heat_row() and heat_swap() in heat.h are given
    todo(__func__, __FILE__);
}
