// SPDX-License-Identifier: MIT
//
// done.c: how much of a lab's work each thread of this process did. Each case runs after the other,
// so one set of counts serves all.

#include "done.h"
#include "kit.h"
#include <stdatomic.h>

enum { THREADS = 256 }; // beyond it two share a count

static struct {
    atomic_ullong units;
    char line[64 - sizeof(atomic_ullong)]; // no two in one cache line
} done[THREADS];
static atomic_uint known;
static _Thread_local unsigned mine; // 0: not known yet

void work_done(uint64_t units) {
    if (mine == 0)
        mine = 1 + atomic_fetch_add(&known, 1);
    atomic_fetch_add_explicit(&done[mine % THREADS].units, units, memory_order_relaxed);
}

void done_begin(void) {
    for (int i = 0; i < THREADS; i++)
        atomic_store(&done[i].units, 0);
}

double done_most(void) {
    unsigned long long most = 0;
    for (int i = 0; i < THREADS; i++)
        most = done[i].units > most ? done[i].units : most;
    return (double)most;
}

double done_sum(void) {
    double sum = 0;
    for (int i = 0; i < THREADS; i++)
        sum += (double)done[i].units;
    return sum;
}

int done_by(double least) {
    int count = 0;
    for (int i = 0; i < THREADS; i++)
        count += done[i].units > 0 && (double)done[i].units >= least;
    return count;
}
