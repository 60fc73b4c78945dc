// SPDX-License-Identifier: MIT
//
// log.h: what ThreadSanitizer wrote to its log, read.

#ifndef TWOFOLD_RACE_LOG_H
#define TWOFOLD_RACE_LOG_H

#include <stdbool.h>
#include <stddef.h>

// One of the places a report speaks of: an access of memory, a lock taken.
struct sight {
    char what[160];     // TSan's words: "Previous write of size 4 at 0x.. by thread T1"
    char function[128]; // "main._omp_fn.0"
    char file[512];     // "": not known
    int line;
    bool writes, atomic; // of an access
    bool locked;         // with a lock held
    char locks[64];      // "write M1"
};

enum { SIGHTS_MOST = 8 };
struct report {
    char kind[96];     // TSan's words: "data race", "lock-order-inversion (potential deadlock)"
    char variable[64]; // a global variable; "": another, or not known
    struct sight sights[SIGHTS_MOST];
    int count;
};

struct reports {
    struct report *at;
    size_t count;
};

// Reads a log. `program`: the name of the program's file: places in libraries are passed over, as
// are those in files whose path contains `own`, the lane's. False: there is no such log, or no
// memory. A report of which no place is known is left out.
bool reports_read(struct reports *reports, const char *path, const char *program, const char *own);
void reports_free(struct reports *reports);

#endif
