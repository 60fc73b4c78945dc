// SPDX-License-Identifier: MIT
//
// race.h: the contract of lab 02: where do the balls of a Galton board end?
//
//             .            A ball falls through `rows` rows of pins. At each pin it goes left or
//            . .           right, and the number of its turns to the right is the number of the
//           . . .          bin that it ends in. What lies in the bins is a histogram: few balls
//          | | | |         go to the same side at every pin, so the middle bins are the full ones
//     bin   0 1 2 3        (Galton, 1889; the counts are those of a binomial distribution).
//
// No ball needs another one, so workers can drop them at the same time. But bins are shared: two
// workers whose balls end in the same bin add to the same number.

#ifndef RACE_H
#define RACE_H

#include "kit.h"

struct race {
    long balls;    // how many fall: the balls 0 .. balls - 1; may be 0
    int rows;      // of pins, 0 to 60
    int bins;      // rows + 1
    long weight;   // of one ball, in grams, 1 or more
    uint64_t seed; // what decides at which pins a ball turns
    long *bin;     // bin[0 .. bins-1]: grams that lie in each, all 0 at the start. Threads share
                   // these; every rank has bins of its own
    long lost;     // race_lossy() notes here how many balls got lost; not yours
};

// Each of these drops r->balls balls. At the end r->bin[b] is r->weight times the number of balls
// that end in bin b, exactly: there is no rounding. Sums need 64 bits, which a long has.
void race_serial(struct race *r);             // given, serial.c
void race_omp(struct race *r);                // yours: threads, omp.c
void race_mpi(struct race *r, MPI_Comm comm); // yours: ranks, mpi.c. Every rank of comm calls it,
                                              // with the same balls, rows, weight and seed. At the
                                              // end r->bin of rank 0 holds all balls; the bins of
                                              // the other ranks are not looked at.

// Given, to compare with: the same with threads, five ways.
void race_lossy(struct race *r);  // lossy.c: no care taken. Says how many balls got lost
void race_locked(struct race *r); // locked.c: one thread at a time adds, in a critical section
void race_atomic(struct race *r); // atomic.c: each addition is one step that nobody can interrupt
void race_packed(struct race *r); // packed.c: bins for each thread, packed side by side
void race_padded(struct race *r); // padded.c: the same, each thread's on cache lines of its own

// -- given -----------------------------------------------------------------------------------------

// The bin that ball number `ball` ends in. Any worker may ask for any ball, in any order: the pins
// are the bits of a number that is mixed from the seed and the ball (Steele, Lea, Flood, 2014).
static inline int race_fall(const struct race *r, long ball) {
    uint64_t pins = r->seed + (uint64_t)ball * UINT64_C(0x9e3779b97f4a7c15);
    pins = (pins ^ (pins >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    pins = (pins ^ (pins >> 27)) * UINT64_C(0x94d049bb133111eb);
    pins ^= pins >> 31;
    int right = 0;
    for (int row = 0; row < r->rows; row++) {
        right += (int)(pins & 1);
        pins >>= 1;
    }
    return right;
}

#endif
