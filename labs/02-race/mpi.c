// SPDX-License-Identifier: MIT
//
// Lab 02 race, ranks.
//
// Goal     Every rank drops its share of the balls, and rank 0 gets all of them.
// Run      make run LAB=race VERSION=mpi WORKERS=2
// Predict  How many balls get lost among ranks, with no lock anywhere? q4 in answers.txt.
// Do       decompose  Which balls are mine? rank and size say so, without a message. balls need not
//                     be a multiple of size. block_range() in kit.h is one way; every size-th ball
//                     from rank on is another.
//          compute    As serial.c, my balls only, into my own r->bin: no other rank sees it.
//          combine    One call adds up the bins of all ranks on rank 0. Which one, with which type
//                     for a long? What does rank 0 give it as the place to send from, if r->bin
//                     is the place to receive into?
// Check    make run LAB=race VERSION=mpi WORKERS=3 ARGS="--check balls=1000"
//          and with ARGS="--check balls=2", fewer balls than ranks.
//
// Given: race_fall() (race.h), block_range() (kit.h). Use comm alone: it may have fewer ranks than
// MPI_COMM_WORLD.

#include "race.h"

void race_mpi(struct race *r, MPI_Comm comm) {
    (void)r, (void)comm; // yours from here
    todo(__func__, __FILE__);
}
