// SPDX-License-Identifier: MIT
//
// site.h: the origin as the lab knows it: where it is, what it serves, what it has seen. Rank 0
// finds or starts it; every rank then knows how to reach it.

#ifndef FETCH_SITE_H
#define FETCH_SITE_H

#include "kit.h"
#include "object.h"

#include <curl/curl.h>
#include <mpi.h>
#include <stdatomic.h>

// The origin's own figures.
struct figures {
    double requests, answers, errors, broken, peak, connections, busiest;
};

struct site {
    // Where; the same on every rank.
    char url[512];    // of HTTP, without a slash at its end
    char socket[128]; // path of an AF_UNIX socket, or empty
    // What it serves; the same on every rank.
    uint64_t seed, size;
    long objects;
    double latency, bandwidth, errors; // mean, s; bytes/s or 0; share of requests answered 500
    enum object_delay delay;
    long timeout; // ms a download may take beyond its latency
    bool ours;    // it was started for this run alone

    // Of this process.
    struct service service; // rank 0, where it is ours
    struct figures before;  // rank 0
    unsigned char *tries;   // [count] tries at each object
    atomic_bool gone;       // a download failed for good
    atomic_long shared;     // times a link was asked while it was busy
    int rank, ranks, workers;
};

// Starts an origin (where is empty; settings are those of `site`) or finds the one that `where`
// names and takes its settings. Every rank of comm calls it; `site` must hold seed, size, objects,
// latency, delay, errors and timeout. Cannot: refuse()s, false on every rank.
bool site_begin(struct site *site, const char *where, MPI_Comm comm);
void site_end(struct site *site);

// The words that start an origin of these settings (see site_begin).
void site_words(const struct site *site, struct service_words *words);

// Sets what every transfer to this origin needs.
void site_reach(const struct site *site, CURL *easy);

// Asks the origin what it has seen since site_begin (`peak` and `busiest`: since it started).
// Only on rank 0. No answer: false.
bool site_figures(const struct site *site, struct figures *figures);

#endif
