// SPDX-License-Identifier: MIT
//
// count.h: how much a program says to MPI, and how long it waits there.
//
// Theory of operation. These files are a library (build/lib/count.so) that is loaded before libmpi
// (LD_PRELOAD). MPI promises that every MPI_X can also be called as PMPI_X; so the MPI_X here
// stand in for the library's own, count, and call PMPI_X. When the program ends MPI, each rank
// writes its counters as evidence lines:
//
//     {"v":1,"kind":"count","rank":0,"name":"messages","value":12}
//
// to the file named by TWOFOLD_EVIDENCE, where %r stands for the rank (without %r, .RANK is put
// behind the name). Without that variable nothing is counted for anybody and nothing is written.
//
//     messages     sends to one other rank, of any mode (a persistent one: each time it is
//                  started), and one-sided transfers; none where the other side is MPI_PROC_NULL
//     collectives  calls that all ranks of a communicator make together, blocking or not, also
//                  those among the neighbours of a topology; not the making of communicators,
//                  types, windows and files, nor persistent collectives
//     bytes        handed to MPI by this rank: count times MPI_Type_size. Of a collective, what
//                  lies in this rank's own send buffer: the root's part of a broadcast or scatter
//                  and nothing of the others'; a gather's or reduction's contribution once;
//                  all-to-all a block for each other side. MPI may move it more or less often.
//                  Of one-sided calls, what the caller moves, in either direction
//     mpi_ms       milliseconds inside calls that may wait (a sum over the threads of a rank)
//
// A rank that waits does not burn its core meanwhile: see sched_yield() in count.c.
//
// A program can say which part of it is meant: it is counted between MPI_Pcontrol(1) and
// MPI_Pcontrol(0), as often as they come. One that never calls MPI_Pcontrol(1) is counted from
// MPI_Init on. Calls from Fortran do not pass here.
//
//     count.c     the program's life: the brackets, what a rank does while it waits, the evidence
//     messages.c  sends, receives, one-sided transfers
//     rounds.c    collectives

#ifndef TWOFOLD_COUNT_H
#define TWOFOLD_COUNT_H

#include <inttypes.h>
#include <mpi.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

// Of this library alone: the program may have variables of the same names.
#pragma GCC visibility push(hidden)
extern atomic_bool counting; // between the brackets
extern atomic_uint_fast64_t messages, collectives, bytes, waited_ns;
#pragma GCC visibility pop

static inline uint64_t clock_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000U + (uint64_t)t.tv_nsec;
}

static inline void add(atomic_uint_fast64_t *counter, uint64_t value) {
    atomic_fetch_add_explicit(counter, value, memory_order_relaxed);
}

static inline uint64_t size_of(int count, MPI_Datatype type) {
    int size = 0;
    if (count <= 0 || type == MPI_DATATYPE_NULL || PMPI_Type_size(type, &size) != MPI_SUCCESS)
        return 0;
    return (uint64_t)count * (uint64_t)(size > 0 ? size : 0);
}

static inline void message(uint64_t given, int to) {
    if (to == MPI_PROC_NULL)
        return;
    add(&messages, 1);
    add(&bytes, given);
}

static inline void collective(uint64_t given) {
    add(&collectives, 1);
    add(&bytes, given);
}

static inline int rank_of(MPI_Comm comm) {
    int rank = 0;
    PMPI_Comm_rank(comm, &rank);
    return rank;
}

// The rest of a wrapper whose call may wait; and of one whose call does not. `note` counts, once
// the call is done: a wrong argument is then MPI's to complain about, in its own words.
#define WAITING(call, note) \
    do { \
        const bool on = counting; \
        const uint64_t start = on ? clock_ns() : 0; \
        const int error = (call); \
        if (on) { \
            add(&waited_ns, clock_ns() - start); \
            if (error == MPI_SUCCESS) \
                note; \
        } \
        return error; \
    } while (0)
#define PROMPT(call, note) \
    do { \
        const int error = (call); \
        if (counting && error == MPI_SUCCESS) \
            note; \
        return error; \
    } while (0)
#define NOTHING ((void)0)
#define LIST(...) __VA_ARGS__ // many arguments, handed on as one
#define WAIT(name, params, args) \
    int MPI_##name(params) { \
        WAITING(PMPI_##name(args), NOTHING); \
    }

#endif
