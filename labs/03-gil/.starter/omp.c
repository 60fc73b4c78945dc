// SPDX-License-Identifier: MIT
//
// Lab 03 gil, threads of one interpreter.
//
// Goal     The threads of a team run the tasks in one interpreter, one thread in it at a time; who
//          waits is not in it, and who computes for long lets others in.
// Run      make run LAB=gil VERSION=omp WORKERS=2 ARGS="program=primes"
// Predict  How many times as fast as serial are 2 threads on 2 cores? q1 and q2 in answers.txt.
// Do       decompose  One pragma shares out the loop of serial.c. Each thread has a vm of its own.
//          lock       Take a lock before the interpreter is touched, and give it back after: which
//                     calls touch it stands in gil.h.
//          wait       vm_wait() touches nothing. Who holds the lock meanwhile?
//          switch     vm_run() comes back after g->interval at the latest. Let others in then. Who
//                     gives a lock back and takes it again in the next line often gets it again,
//                     ahead of those who wait. So let them queue: who takes a number, as in a
//                     bakery, is served in that order.
// Check    make run LAB=gil VERSION=omp WORKERS=4 ARGS="--check program=mixed pause=5"
//          make run LAB=gil VERSION=omp WORKERS=4 ARGS="--check program=chain numbers=50"
//
// Given: vm_open() and the other functions of gil.h.

#include "gil.h"

void gil_omp(struct gil *g) {
    (void)g; // yours from here
    todo(__func__, __FILE__);
}
