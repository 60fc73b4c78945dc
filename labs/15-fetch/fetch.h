// SPDX-License-Identifier: MIT
//
// fetch.h: the contract of the lab. Objects 0 .. count-1 wait at an origin, an HTTP server, whose
// answer to each request takes a while (its latency). A version downloads every object once and
// leaves what came in f->objects. While a request is under way its worker only waits: the cores
// have nothing to do.
//
//   - A download goes through a link, a connection to the origin that is kept open. A link carries
//     one download at a time: each worker opens its own, uses it for many objects, and closes it.
//   - A download may fail: now and then the origin is overloaded. Then ask again.

#ifndef FETCH_H
#define FETCH_H

#include "kit.h"
#include <mpi.h>
#include <stdint.h>

// What came for one object: three words of 64 bits, all of them 0 until it was asked for.
struct object {
    uint64_t status; // of the last answer: 200 is well, 500 is overloaded
    uint64_t size;   // bytes that came
    uint64_t digest; // of these bytes
};

struct fetch {
    long count;             // how many objects there are
    struct object *objects; // [count]; every process has an array of its own
    struct site *site;      // the origin, as link.c knows it; not for a version
};

// In `status` where a worker asked through a link that another worker was using at that moment.
enum { FETCH_SHARED = 1 };

struct link;

enum outcome {
    FETCH_OK,    // the object came
    FETCH_RETRY, // this try failed; the next may not
    FETCH_GONE   // there is no hope: the origin has died, or fails again and again
};

// Opens a link to the origin. No link to be had: NULL, which the two functions below accept.
// fetch_close() ends it.
struct link *fetch_open(struct fetch *f);
void fetch_close(struct link *link);

// Downloads one object and notes what came, good or bad, in f->objects[object]. Returns when the
// whole answer is there, so after the latency at least. Counts the tries at each object: after a
// few that fail it answers FETCH_GONE, and so does every later call. The kit then says why.
enum outcome fetch_get(struct link *link, long object);

// Given. One worker.
void fetch_serial(struct fetch *f);

// Yours, omp.c. The team is as large as omp_get_max_threads() says, which may be far more than
// there are cores. At the end f->objects holds all objects.
void fetch_omp(struct fetch *f);

// Yours, mpi.c. Every rank has f->objects, all zero, and can reach the origin. At the end rank 0 of
// comm holds all objects; what the others hold does not matter.
void fetch_mpi(struct fetch *f, MPI_Comm comm);

// Given, async.c. One thread that has `transfers` downloads under way at once: an event loop.
void fetch_async(struct fetch *f, int transfers);

#endif
