// SPDX-License-Identifier: MIT
//
// Goal     The same with ranks: each has a download under way, and at the end rank 0 holds what
//          all of them got.
// Run      make run LAB=fetch VERSION=mpi WORKERS=16
// Predict  answers.txt, q4 and q5: what do 16 waiting ranks cost that 16 waiting threads do not?
// Do       1  Decompose: a share that each rank works out for itself, without a message. Every
//             size-th object, or a block? Either may have more ranks than objects.
//          2  Compute: as in serial.c, with the rank's own link.
//          3  Combine: an entry is all zero on a rank that did not download the object, and an
//             object is three 64-bit words. One reduction brings all entries to rank 0; which
//             operation leaves a word as it is when the others are 0? Rank 0 has its own entries
//             in the very array that the result goes to: look up MPI_IN_PLACE.
// Check    make run LAB=fetch VERSION=mpi WORKERS=4 ARGS="--check objects=3": more ranks than
//          objects.
//
// Given: fetch_open(), fetch_get(), fetch_close() (fetch.h). Use comm alone: it may have fewer
// ranks than MPI_COMM_WORLD.

#include "fetch.h"

void fetch_mpi(struct fetch *f, MPI_Comm comm) {
    (void)f, (void)comm; // goes when your code comes
    todo(__func__, __FILE__);
}
