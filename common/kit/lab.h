// SPDX-License-Identifier: MIT
//
// lab.h: the contract between a lab and the kit.
//
// Theory of operation. A lab program is the kit, which owns main(), one `lab.c`, which describes
// the problem, and one file a version, which solves it (serial.c is given, omp.c and mpi.c are the
// student's). The kit reads the options and then, for each case (version, workers, parameters,
// seed):
//
//     create    every process makes its part of the input; it depends on the parameters and the
//               seed alone, never on the number of workers            (not timed)
//     call      the version under test                                (timed)
//     result    the parts are brought to rank 0, as bytes             (not timed)
//     explain   where asked (--check), the bytes are compared with those of the serial version
//     destroy   everything create made is freed
//
// Serial versions and threads run without MPI: their communicator is MPI_COMM_NULL, and the one
// process holds the whole problem. Ranks get a communicator that may be smaller than
// MPI_COMM_WORLD, for a launch may run many cases (--cases); they use no other.

#ifndef TWOFOLD_LAB_H
#define TWOFOLD_LAB_H

#include <mpi.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What a lab waits for when it is slow: it decides which numbers of workers are worth a look.
enum bound { BOUND_COMPUTE, BOUND_MEMORY, BOUND_WAITING, BOUND_MIXED };

// How the kit starts a version.
enum run {
    RUN_SERIAL,   // one process, one thread
    RUN_THREADS,  // one process; workers = threads of a team (omp_set_num_threads(workers))
    RUN_RANKS,    // workers = ranks of comm
    RUN_HYBRID,   // workers = ranks of comm, each with --threads threads
    RUN_PROCESSES // one process that starts workers of its own
};

#define NOT_EXPECTED ((size_t)-1) // of `expected` below

// How a result stands to the serial one.
enum same { SAME, ROUNDING, WRONG };

struct param {
    const char *name;
    const char *value; // the default, as a person would type it
    const char *what;  // one line, with the unit
};

struct version {
    const char *name;
    enum run run;
    // comm: MPI_COMM_NULL for RUN_SERIAL, RUN_THREADS, RUN_PROCESSES.
    void (*call)(void *problem, MPI_Comm comm, int workers);
    bool given; // shown for comparison; not the student's to write, never graded
};

struct picture;       // picture.h
struct service_words; // kit.h

struct lab {
    const char *name, *title;
    enum bound bound;
    const struct param *params; // {0} ends

    // Makes the problem. values: one text a parameter, in the order of params. Every rank of comm
    // calls it. Before it returns NULL it says why with refuse() (kit.h), on any rank: the kit
    // prints the sentence once and ends the case on all ranks. Refusals that only one rank can see
    // (its node is full) must not leave the others in a collective call.
    void *(*create)(const char *const *values, uint64_t seed, MPI_Comm comm);

    // The bytes to compare. Every rank of comm calls it, they arrive on rank 0. Returns their
    // number (the same on every rank). The kit asks for the number first, with cap 0, then passes
    // that number as cap on every rank, and a buffer on rank 0 alone. Where the number is more
    // than cap, nothing is gathered or written.
    size_t (*result)(const void *problem, void *buf, size_t cap);

    // The first difference in words a student can act on. problem: made from the same values and
    // seed by one process alone (comm MPI_COMM_NULL), solved by the serial version; workers: how
    // many made `got` (ranks for RUN_RANKS and RUN_HYBRID). size: bytes of got and of want. SAME
    // leaves text empty; ROUNDING states the bound.
    enum same (*explain)(const void *problem, const struct version *version, int workers,
                         const void *got, const void *want, size_t size, char *text, size_t cap);

    double (*work)(const void *problem); // units done by the call, for a rate
    const char *unit;                    // what is counted: "cell updates", "requests"
    void (*destroy)(void *problem);
    const struct version *versions; // {0} ends

    // The rest may be NULL or 0.

    // Bytes that must cross between memory and cores for one unit of work, if nothing is reused
    // from a cache (BOUND_MEMORY): makes of a rate a share of the machine's bandwidth.
    double bytes_per_unit;

    // Seconds below which no `workers` workers can come, where the problem itself says so
    // (waiting: objects * latency / workers).
    double (*ideal)(const void *problem, int workers);

    // Facts about the run that just ended that a reader should know (the origin's own counters,
    // the state of the page cache). Every rank of comm calls it; rank 0 writes one line.
    void (*notes)(const void *problem, char *text, size_t cap);

    // The bytes that `result` gives after the serial version, made from values and seed without the
    // slow outside world (an origin, a disk). Returns their number, as `result` does; NOT_EXPECTED
    // where only a run can tell. An answer that is equal to them is right; any other is held
    // against the serial version itself, which then says what is wrong.
    size_t (*expected)(const char *const *values, uint64_t seed, void *buf, size_t cap);

    // The service (kit.h) that the problem of these values and seed wants beside it; false: none.
    // create() starts it with the same words.
    bool (*service)(const char *const *values, uint64_t seed, struct service_words *words);

    // Draws the result (the bytes of `result`); rank 0 only. Sizes picture with picture_size().
    void (*picture)(const void *problem, const void *result, size_t size, struct picture *picture);
};

extern const struct lab lab; // each lab.c defines it

#endif
