// SPDX-License-Identifier: MIT
//
// Lab 04 isolate, ranks.
//
// Goal     The ranks work on the records, as long as all of them are harmless.
// Run      make run LAB=isolate VERSION=mpi WORKERS=4
// Predict  One rank of four crashes. What becomes of the other three? q3 in answers.txt.
// Do       decompose  Which records are mine? rank and size say so.
//          compute    isolate_work(), then isolate_note().
//          combine    An entry is three longs, all 0 on a rank that did not work on the record: one
//                     call adds up the entries of all ranks on rank 0.
// Check    make run LAB=isolate VERSION=mpi WORKERS=3 ARGS=--check
//          make run LAB=isolate VERSION=mpi WORKERS=4 ARGS=poison=1
//
// Given: isolate_work(), isolate_note() (isolate.h). Use comm alone: it may have fewer ranks than
// MPI_COMM_WORLD.

#include "isolate.h"

void isolate_mpi(struct isolate *s, MPI_Comm comm) {
    (void)s, (void)comm; // yours from here
    todo(__func__, __FILE__);
}
