// SPDX-License-Identifier: MIT
//
// Lab 01 hello, ranks.
//
// Goal     The ranks of comm sign the roll, line i by rank i % ranks, and rank 0 gets all lines.
// Run      make run LAB=hello VERSION=mpi WORKERS=2
// Predict  Rank 1 has signed line 1. What does rank 0 see there? Write q3 in answers.txt first.
// Do       decompose  All ranks run this function from its first line on; nobody starts them here.
//                     Who am I, MPI_Comm_rank, and how many are we, MPI_Comm_size?
//          compute    Sign every line that is yours, as with threads. It is signed in the roll of
//                     this rank: the others have rolls of their own.
//          combine    Each line that was signed elsewhere must come to rank 0: its signer calls
//                     MPI_Send, rank 0 calls MPI_Recv for it, into the same place of its own roll.
//                     A line is sizeof(struct line) bytes: MPI_BYTE. The tag can say which line
//                     it is. A line that rank 0 has signed is there already.
// Check    make run LAB=hello VERSION=mpi WORKERS=3 ARGS=--check
//          and with ARGS="--check n=2", and with WORKERS=1: does rank 0 wait for anybody?
//
// Given: hello_sign() (hello.h) signs a line. Use comm alone: it may have fewer ranks than
// MPI_COMM_WORLD.

#include "hello.h"

void hello_mpi(struct hello *h, MPI_Comm comm) {
    (void)h, (void)comm; // yours from here
    todo(__func__, __FILE__);
}
