// SPDX-License-Identifier: MIT
//
// Lab 03 gil, ranks.
//
// Goal     Every rank runs its share of the tasks in an interpreter of its own, and rank 0 gets all
//          answers.
// Run      make run LAB=gil VERSION=mpi WORKERS=2 ARGS="program=primes"
// Predict  How many locks does a rank need? How many times as fast are 2 ranks? q4 in answers.txt.
// Do       decompose  Which tasks are mine? rank and size say so, without a message.
//          compute    As serial.c, my tasks only.
//          combine    What a rank has not computed is 0 in its g->answer. One call adds up the
//                     arrays of all ranks on rank 0. How many numbers are in them?
// Check    make run LAB=gil VERSION=mpi WORKERS=3 ARGS="--check tasks=7"
//          and with ARGS="--check tasks=2", fewer tasks than ranks.
//
// Given: vm_open() and the other functions of gil.h. Use comm alone: it may have fewer ranks than
// MPI_COMM_WORLD.

#include "gil.h"

void gil_mpi(struct gil *g, MPI_Comm comm) {
    (void)g, (void)comm; // yours from here
    todo(__func__, __FILE__);
}
