// SPDX-License-Identifier: MIT
//
// count.c: what an origin saw. Counters are atomic: every connection has its own thread.

#include "origin.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>

static bool is_before(struct timespec a, struct timespec b) {
    return a.tv_sec < b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec < b.tv_nsec);
}

// Does a request that comes now wait together with two others? A request counts as waiting until its
// latency is over, not until its client has read the answer: that is for the client to choose.
static bool has_company(struct timespec came, struct timespec due) {
    enum { RECENT = 64, COMPANY = 2 };
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    static struct timespec recent[RECENT]; // when the latest ones are due
    static unsigned next;
    int waiting = 0;
    pthread_mutex_lock(&mutex);
    for (int i = 0; i < RECENT; i++)
        waiting += is_before(came, recent[i]);
    recent[next++ % RECENT] = due;
    pthread_mutex_unlock(&mutex);
    return waiting >= COMPANY;
}

void count_begin(struct origin *origin, struct timespec came, struct timespec due) {
    atomic_fetch_add(&origin->requests, 1);
    if (has_company(came, due))
        atomic_fetch_add(&origin->together, 1);
    long now = atomic_fetch_add(&origin->now, 1) + 1;
    long peak = atomic_load(&origin->peak);
    while (peak < now && !atomic_compare_exchange_weak(&origin->peak, &peak, now)) {
        // peak holds what another thread wrote; look again
    }
}

void count_end(struct origin *origin) {
    atomic_fetch_sub(&origin->now, 1);
}

void count_busiest(struct origin *origin, unsigned long on_one) {
    unsigned long busiest = atomic_load(&origin->busiest);
    while (busiest < on_one && !atomic_compare_exchange_weak(&origin->busiest, &busiest, on_one)) {
        // as above
    }
}

void count_stats(struct origin *origin, char *text, size_t cap) {
    snprintf(text, cap,
             "{\"v\":1,\"kind\":\"origin\",\"requests\":%lu,\"answers\":%lu,\"errors\":%lu,"
             "\"broken\":%lu,\"bytes\":%llu,\"together\":%lu,\"peak\":%ld,\"connections\":%lu,"
             "\"busiest\":%lu}",
             atomic_load(&origin->requests), atomic_load(&origin->answers),
             atomic_load(&origin->errors), atomic_load(&origin->broken),
             atomic_load(&origin->bytes), atomic_load(&origin->together),
             atomic_load(&origin->peak), atomic_load(&origin->connections),
             atomic_load(&origin->busiest));
}

void count_config(const struct origin *origin, char *text, size_t cap) {
    snprintf(text, cap,
             "{\"v\":1,\"kind\":\"config\",\"seed\":%" PRIu64 ",\"objects\":%ld,\"size\":%" PRIu64
             ",\"latency_ms\":%.17g,\"distribution\":\"%s\",\"bandwidth\":%.17g,"
             "\"error_rate\":%.17g}",
             origin->seed, origin->objects, origin->size, origin->latency * 1e3,
             object_delays[origin->delay], origin->bandwidth, origin->error);
}
