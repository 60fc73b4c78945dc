// SPDX-License-Identifier: MIT
//
// origin.h: the slow outside world of the I/O labs, a real HTTP/1.1 server.
//
// Theory of operation. One process, one thread a connection: a thread that waits costs next to
// nothing, and waiting is all this server does. A request for an object sleeps until its latency is
// over (an absolute time on the monotonic clock, so that late wake-ups do not add up), then sends
// bytes that are made up as they leave. What an object holds and how long it takes is a pure
// function of (seed, object), see kit/object.h.
//
//     GET /object/N   object N of 0 .. objects-1
//     GET /config     what this origin was told, one flat JSON object
//     GET /stats      what this origin saw, one flat JSON object
//
// The origin is a witness from outside: it counts requests, the most that were in its hands at
// once, connections. A client cannot make these figures better than the truth,
// but the most at once: some requests together at the start are enough for it. So it counts, too,
// how many came while two others were still waiting.
//
// It says "ready URL" when it listens, ends at the end of its stdin or at SIGTERM, and leaves its
// figures as the last line. Whoever starts it holds its stdin: no origin outlives its owner.
//
//     main.c    options, the first and the last line, the end
//     listen.c  the socket: TCP or AF_UNIX
//     serve.c   requests, answers, and everything that goes wrong on purpose
//     count.c   what was seen

#ifndef TWOFOLD_ORIGIN_H
#define TWOFOLD_ORIGIN_H

#include "object.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct origin {
    // What it was told.
    const char *listen; // an address, or "unix:PATH"
    long port;          // 0: a free one
    uint64_t seed, size;
    long objects;
    double latency; // mean, s
    enum object_delay delay;
    double bandwidth; // bytes/s of a connection, 0: no cap
    // Shares of the requests that go wrong, each decided by (seed, object, how often it was asked).
    double error;        // answered 500
    double close_early;  // the connection is closed half-way through the bytes
    double wrong_length; // the header promises half the bytes that come
    double stall;        // half the bytes come, then nothing, and the connection stays open
    long die_after;      // the process dies at the next request after so many, -1: never
    bool stay;           // do not end at the end of stdin

    // What it saw; only requests for objects count.
    atomic_ulong requests, answers, errors, broken, connections;
    atomic_ulong together; // requests that came while two others were still waiting
    atomic_ullong bytes;
    atomic_long now, peak; // requests in hand, and the most there were at once
    atomic_ulong busiest;  // requests of the connection that had most

    atomic_uint *attempts; // how often each object was asked for
};

// -- listen.c --------------------------------------------------------------------------------------

// Opens the listening socket that origin->listen and origin->port name and writes the URL that
// clients use. Cannot: a sentence on stderr, -1.
int listen_open(const struct origin *origin, char *url, size_t cap);
// Removes what listen_open left in the file system.
void listen_clean(const struct origin *origin);

// -- serve.c ---------------------------------------------------------------------------------------

// Answers the connections of a listening socket, up to `limit` at once, in threads of its own.
// Cannot start: false.
bool serve(struct origin *origin, int listener, unsigned limit);

// -- count.c ---------------------------------------------------------------------------------------

// A request came, whose latency is over when it is due.
void count_begin(struct origin *origin, struct timespec came, struct timespec due);
void count_end(struct origin *origin);                           // its answer is out
void count_busiest(struct origin *origin, unsigned long on_one); // requests of a connection so far
// The two JSON lines, without a newline.
void count_stats(struct origin *origin, char *text, size_t cap);
void count_config(const struct origin *origin, char *text, size_t cap);

#endif
