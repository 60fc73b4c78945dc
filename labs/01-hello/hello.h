// SPDX-License-Identifier: MIT
//
// hello.h: the contract of lab 01: a roll of n lines, signed by all workers in turn.
//
//     line   0  worker 0 of 3        Workers have numbers, 0 to workers - 1, and know how many they
//            1  worker 1 of 3        are. That is all it takes to share work without a word: line
//            2  worker 2 of 3        number i is signed by worker i % workers, so each worker signs
//            3  worker 0 of 3        every workers-th line, from its own number on.
//            4  worker 1 of 3

#ifndef HELLO_H
#define HELLO_H

#include "kit.h"

enum { HELLO_STAMPS = 33 };

struct line {
    int worker, of; // signed by worker `worker` of `of`; worker is -1 where nobody has signed
    uint64_t mark;  // the signature itself: takes h->strokes strokes to draw, differs in each line

    // What hello_sign() notes beside it, for the curious.
    int process, thread;        // the signer's numbers in the system
    uint64_t counter;           // the address of the signer's counter of signatures ...
    int count;                  // ... and what it stood at after this one
    double begin;               // when the signer came, s
    double stamp[HELLO_STAMPS]; // when it began to draw, and after each 32nd of its strokes, s
};

struct hello {
    int n;        // lines of the roll; may be 0, or fewer than there are workers
    long strokes; // that a signature takes
    double pause; // s that a signer waits before it draws
    int cores;    // all workers share so many cores; 0: as many as there are
    uint64_t seed;
    struct line *roll; // n lines. Threads share it. Every rank has a roll of its own
};

// Given (sign.c). Worker `worker` of `of` signs line i of h->roll, 0 <= i < n. Any worker may
// call it, at any time; no two may sign the same line.
void hello_sign(struct hello *h, int i, int worker, int of);
void hello_begin(void); // of lab.c: sets this process's counter of signatures to 0

// Each of these has the roll signed, line i by worker i % workers.
void hello_serial(struct hello *h);             // given, serial.c: one worker, 0 of 1
void hello_omp(struct hello *h);                // yours: threads, omp.c
void hello_mpi(struct hello *h, MPI_Comm comm); // yours: ranks, mpi.c. Every rank of comm calls it.
                                                // At the end the roll of rank 0 has all lines; the
                                                // rolls of the others are not looked at.

// Given, to see what a worker costs: here a worker signs one line only, and the next line gets a
// new one; `workers` of them at a time.
void hello_team(struct hello *h, int workers);    // team.c: a parallel region of OpenMP each time
void hello_pthread(struct hello *h, int workers); // pthread.c: a new thread for each line
void hello_fork(struct hello *h, int workers);    // fork.c: a new process, a copy of this one
void hello_spawn(struct hello *h, int workers);   // spawn.c: a new process that starts a program

#endif
