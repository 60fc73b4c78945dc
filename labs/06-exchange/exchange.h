// SPDX-License-Identifier: MIT
//
// exchange.h: the contract of lab 06: news that must reach everybody, and sheets of numbers that
// everybody must have seen.
//
// There are n numbers. For each of them the answer is how many of all n it matches, by a rule that
// has a secret word in it. The word is the news: at the start only worker 0 knows it.
//
//     news    A worker that knows the word can call one other worker, and then that one knows it,
//             too. A call takes `call` seconds, and nobody makes two calls at once.
//     sheets  Worker w has the numbers of block w (block_range(n, workers, w)), and must compare
//             each of them with all n. Threads can read the sheets of all others. Ranks cannot:
//             they sit in a ring, and the sheets go round.

#ifndef EXCHANGE_H
#define EXCHANGE_H

#include "kit.h"

enum { EXCHANGE_WORKERS = 1024 }; // at most

struct news {
    uint32_t word; // the secret; 0: this worker does not know it yet
    int round;     // when the news came, counted in calls that cannot be made at once
};

struct exchange {
    int n;       // numbers, of all workers; may be 0, or fewer than there are workers
    double call; // s that a call takes

    // The numbers of this process, and how many each of them matches. Threads: all n. A rank: those
    // of its own block only; number[0] is the first of them.
    int held;               // how many these are
    const uint32_t *number; // number[0 .. held-1]
    uint32_t *count;        // count[0 .. held-1]: 0 at the start, the answer at the end
    int longest;            // of all blocks, so that there is room for any rank's sheet

    struct news *news; // news[w] is what worker w knows. Threads share these; of a rank's, only its
                       // own, news[rank], counts, and the others are room for messages
};

// Each of these leaves in x->count, for every number that this process holds, how many of all n it
// matches. Who has compared has heard the news before.
void exchange_serial(struct exchange *x);             // given, serial.c
void exchange_omp(struct exchange *x);                // yours: threads, omp.c
void exchange_mpi(struct exchange *x, MPI_Comm comm); // yours: ranks, mpi.c. Every rank of comm
                                                      // calls it; each ends with its own counts.

// Given, to compare with: ranks that call in a chain, and ranks that leave it to the MPI library.
void exchange_chain(struct exchange *x, MPI_Comm comm);   // chain.c
void exchange_library(struct exchange *x, MPI_Comm comm); // library.c

// -- given, rule.c ---------------------------------------------------------------------------------

// Worker `me` calls worker `to`: takes x->call s, and writes into x->news[to] of this process what
// `to` then knows. Where worker `to` is a rank, x->news[to] must still be sent to it. Whoever does
// not know the news has nothing to tell.
void exchange_call(struct exchange *x, int me, int to);

// Worker `me` compares this process's numbers lo <= i < hi with a sheet of k numbers: adds to
// x->count[i] how many of them number i matches.
void exchange_compare(struct exchange *x, int me, int lo, int hi, const uint32_t *sheet, int k);

#endif
