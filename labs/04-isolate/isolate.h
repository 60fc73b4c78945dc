// SPDX-License-Identifier: MIT
//
// isolate.h: the contract of lab 04: records are worked on, and some of them kill whoever does it.
//
//     record   0    1    2    3    4    5        Most records are harmless. In a few there is
//              ok   ok  kills  ok   ok   ok      something that makes the worker write to an
//                        its                     address that is not there, or leave without a
//                       worker                   word. Nobody can tell before.
//
// Threads of a process die together. Processes do not: one that lives can find out that another has
// died, note what it was working on, and start a new one in its place.

#ifndef ISOLATE_H
#define ISOLATE_H

#include "kit.h"

// What became of a record, all 0 at the start.
struct entry {
    long noted;    // how many times a value was noted for it: once is right
    long given_up; // how many times it was given up, for it has killed its worker: once is right
    long value;
};

struct isolate {
    int records;         // the records 0 .. records - 1; may be 0, or fewer than there are workers
    struct entry *entry; // [records]. Threads share these, and what a process has is a copy of its
                         // own from its start on; every rank has an array of its own
    struct secret *secret; // lab.c's
};

// Given (record.c). Works on a record and returns its value; where the record kills its worker, it
// does not return. Any number of threads may call it at once.
long isolate_work(const struct isolate *s, int record);
// Notes the value of a record, or that it was given up. No two threads may note the same record.
void isolate_note(struct isolate *s, int record, long value);
void isolate_give_up(struct isolate *s, int record);

// Each of these works on all records, and notes the value of each once. Where records kill their
// worker (poison > 0), only the last one can go on: it gives up each of them, once, after it has
// killed one worker, and notes the values of all others.
void isolate_serial(struct isolate *s);             // given, serial.c
void isolate_omp(struct isolate *s);                // yours: threads, omp.c
void isolate_mpi(struct isolate *s, MPI_Comm comm); // yours: ranks, mpi.c. Every rank of comm calls
                                                    // it. At the end s->entry of rank 0 has all
void isolate_super(struct isolate *s, int workers); // yours: processes and one that watches over
                                                    // them, super.c. It works on no record itself,
                                                    // and leaves no process behind, dead or alive

// Given, to see who takes whom along: `workers` threads of one process, and as many processes. What a
// process has worked out it hands over when it is done; who dies before hands over nothing.
void isolate_together(struct isolate *s, int workers);
void isolate_apart(struct isolate *s, int workers);

// Given, to see what ranks can do about a rank that dies (ranks.c): errors come back to who calls; and
// each record is saved when it is done, so that a further launch does what is missing.
void isolate_returns(struct isolate *s, MPI_Comm comm);
void isolate_saved(struct isolate *s, MPI_Comm comm);

#endif
