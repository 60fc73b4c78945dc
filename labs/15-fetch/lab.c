// SPDX-License-Identifier: MIT
//
// lab.c: describes the lab to the kit: parameters, the result, and the time below which no number
// of workers comes.

#include "lab.h"

#include "explain.h"
#include "fetch.h"
#include "kit.h"
#include "site.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct problem {
    struct fetch f; // what the versions see; first, so that both have one address
    struct site site;
};

static void destroy(void *of) {
    struct problem *p = of;
    site_end(&p->site);
    free(p->site.tries);
    free(p->f.objects);
    free(p);
}

static bool read_values(const char *const *values, struct fetch *f, struct site *site) {
    double latency;
    long size;
    int delay;
    if (!value_long("objects", values[0], 0, 10000000, &f->count) ||
        !value_double("latency", values[1], 0, 60000, &latency) ||
        !value_choice("distribution", values[2], object_delays, &delay) ||
        !value_long("size", values[3], 1, 1L << 30, &size) ||
        !value_double("errors", values[4], 0, 1, &site->errors) ||
        !value_long("timeout", values[6], 1, 3600000, &site->timeout))
        return false;
    site->latency = latency / 1e3;
    site->delay = (enum object_delay)delay;
    site->size = (uint64_t)size;
    site->objects = f->count;
    return true;
}

static void *create(const char *const *values, uint64_t seed, MPI_Comm comm) {
    struct fetch f = {0};
    struct site site = {.seed = seed};
    if (!read_values(values, &f, &site) ||
        !memory_fits((double)f.count * (double)(sizeof *f.objects + 1), comm))
        return NULL;
    raise_file_limit();
    if (curl_global_init(CURL_GLOBAL_NOTHING) != CURLE_OK)
        refuse(
            "libcurl did not start; is it installed whole? apt-get install --reinstall libcurl4");
    f.objects = calloc((size_t)f.count + 1, sizeof *f.objects);
    site.tries = calloc((size_t)f.count + 1, 1);
    struct problem *p = calloc(1, sizeof *p);
    if (!p || !f.objects || !site.tries) {
        refuse("No memory for %ld objects; make objects= smaller.", f.count);
        free(f.objects);
        free(site.tries);
        free(p);
        p = NULL;
    } else {
        p->f = f;
        p->site = site;
        p->f.site = &p->site;
    }
    // A rank without memory still takes part in what all do.
    bool there = site_begin(p ? &p->site : &site, values[5], comm);
    if (p && there && p->site.objects < f.count)
        there = refuse("objects=%ld asks for more than the origin at %s has (%ld); make it "
                       "smaller, or start the origin with more --objects.",
                       f.count, values[5], p->site.objects);
    if (p && there)
        return p;
    if (p)
        destroy(p);
    else
        site_end(&site);
    return NULL;
}

static bool service(const char *const *values, uint64_t seed, struct service_words *words) {
    struct fetch f = {0};
    struct site site = {.seed = seed};
    if (*values[5] || !read_values(values, &f, &site))
        return false; // origin= names one that is there
    site_words(&site, words);
    return true;
}

static size_t result(const void *of, void *buf, size_t cap) {
    const struct problem *p = of;
    size_t bytes = (size_t)p->f.count * sizeof *p->f.objects;
    if (buf && bytes <= cap && p->site.rank == 0)
        memcpy(buf, p->f.objects, bytes);
    return bytes;
}

static enum same explain(const void *of, const struct version *version, int workers,
                         const void *got, const void *want, size_t size, char *text, size_t cap) {
    const struct problem *p = of;
    return fetch_explain(p->f.count, version->run == RUN_RANKS, workers, got, want, size, text,
                         cap);
}

static double work(const void *of) {
    return (double)((const struct problem *)of)->f.count;
}

// No worker comes below its share of all latencies, nor below the slowest object; where all
// requests take the same time, the last round takes as long as a full one. A request that fails
// takes its time too.
static double ideal(const void *of, int workers) {
    const struct problem *p = of;
    const struct site *site = &p->site;
    double sum = 0, slowest = 0, requests = 0;
    for (long i = 0; i < p->f.count; i++) {
        uint64_t tries = 1;
        // Only an origin of our own has never been asked before.
        while (site->ours && site->errors > 0 && site->errors < 1 &&
               object_fails(site->seed, i, tries - 1, OBJECT_ERROR, site->errors))
            tries++;
        double one = object_latency(site->seed, i, site->delay, site->latency) * (double)tries;
        if (site->bandwidth > 0)
            one += (double)object_size(site->seed, i, site->size) / site->bandwidth;
        sum += one;
        slowest = one > slowest ? one : slowest;
        requests += (double)tries;
    }
    double least = sum / workers > slowest ? sum / workers : slowest;
    double rounds = site->delay == DELAY_FIXED ? ceil(requests / workers) * site->latency : 0;
    return rounds > least ? rounds : least;
}

static void notes(const void *of, char *text, size_t cap) {
    const struct problem *p = of;
    const struct site *site = &p->site;
    struct figures saw;
    if (site->rank != 0)
        return;
    if (!site_figures(site, &saw)) {
        snprintf(text, cap, "the origin no longer answers");
        return;
    }
    int used = 0;
    if (!site->ours)
        used = snprintf(
            text, cap, "the origin's own settings count: latency %g ms %s, %llu bytes, seed %llu; ",
            site->latency * 1e3, object_delays[site->delay], (unsigned long long)site->size,
            (unsigned long long)site->seed);
    used += snprintf(text + used, cap - (size_t)used,
                     "the origin saw %.0f requests, at most %.0f at once%s, over %.0f connection%s",
                     saw.requests, saw.peak, site->ours ? "" : " since it started", saw.connections,
                     saw.connections == 1 ? "" : "s");
    if (saw.errors + saw.broken > 0)
        used += snprintf(text + used, cap - (size_t)used, "; %.0f of them failed",
                         saw.errors + saw.broken);
    if (site->ours && saw.answers > work(of))
        used += snprintf(text + used, cap - (size_t)used,
                         "; %.0f answers were of objects that had come already",
                         saw.answers - work(of));
    if (atomic_load(&site->shared) > 0)
        snprintf(text + used, cap - (size_t)used, "; links were used by two at once %ld times",
                 atomic_load(&site->shared));
}

// What an origin of our own sends is known without it (object.h). Errors are asked for again until
// the object comes, unless every try fails.
static size_t expected(const char *const *values, uint64_t seed, void *buf, size_t cap) {
    struct fetch f = {0};
    struct site site = {.seed = seed};
    if (*values[5] || !read_values(values, &f, &site) || site.errors >= 1)
        return NOT_EXPECTED;
    const size_t bytes = (size_t)f.count * sizeof *f.objects;
    struct object *const objects = buf;
    for (long i = 0; buf && bytes <= cap && i < f.count; i++) {
        struct object object = {200, object_size(seed, i, site.size), OBJECT_DIGEST};
        for (uint64_t done = 0; done < object.size;) {
            unsigned char block[4096];
            const uint64_t left = object.size - done;
            const size_t n = left < sizeof block ? (size_t)left : sizeof block;
            object_bytes(seed, i, done, block, n);
            object.digest = object_digest(object.digest, block, n);
            done += n;
        }
        objects[i] = object;
    }
    return bytes;
}

static void serial(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    fetch_serial(p);
}

static void omp(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    fetch_omp(p);
}

static void mpi(void *p, MPI_Comm comm, int workers) {
    (void)workers;
    fetch_mpi(p, comm);
}

static void async(void *p, MPI_Comm comm, int workers) {
    (void)comm;
    fetch_async(p, workers);
}

static const struct param params[] = {
    {"objects", "64", "how many to download"},
    {"latency", "20", "ms from a request to its answer, mean"},
    {"distribution", "fixed", "of the latency: fixed, uniform, tail (a few objects are very slow)"},
    {"size", "4096", "bytes of an object, mean"},
    {"errors", "0", "share of requests answered 500, from 0 to 1"},
    {"origin", "", "a running origin, http://HOST:PORT or unix:PATH; its settings then count"},
    {"timeout", "5000", "ms a download may take beyond its latency"},
    {0}};

// async has one thread; its workers are the transfers under way.
static const struct version versions[] = {{"serial", RUN_SERIAL, serial, true},
                                          {"omp", RUN_THREADS, omp, false},
                                          {"mpi", RUN_RANKS, mpi, false},
                                          {"async", RUN_THREADS, async, true},
                                          {0}};

const struct lab lab = {.name = "fetch",
                        .title = "Downloads that mostly wait",
                        .bound = BOUND_WAITING,
                        .params = params,
                        .create = create,
                        .result = result,
                        .explain = explain,
                        .work = work,
                        .unit = "requests",
                        .destroy = destroy,
                        .versions = versions,
                        .ideal = ideal,
                        .notes = notes,
                        .expected = expected,
                        .service = service};
