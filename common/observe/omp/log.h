// SPDX-License-Identifier: MIT
//
// log.h: what ThreadSanitizer wrote to its log, read.

#ifndef TWOFOLD_RACE_LOG_H
#define TWOFOLD_RACE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

// Who makes an access (the lane's names for what MPI does with a buffer: ../race/message.c).
enum sight_by {
    BY_PROGRAM,
    BY_CALL,    // a call of MPI, which is through with it when it returns
    BY_MESSAGE, // a message that is on its way
    BY_ROUND,   // a collective that is under way
    BY_ACCESS,  // a one-sided call of this rank that has not ended
    BY_RANK,    // one of some rank, at its target
};

// One of the places a report speaks of: an access of memory, a lock taken.
struct sight {
    enum sight_by by;
    char what[160];     // TSan's words: "Previous write of size 4 at 0x.. by thread T1"
    char function[128]; // "main._omp_fn.0"
    char inner[128]; // the function it was seen in, where that lies in another file; "": this one
    char file[512];  // "": not known
    int line;
    bool writes, atomic; // of an access
    bool locked;         // with a lock held
    bool chosen;         // it is in the file that was asked for
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

// Where to look in a log.
struct reports_of {
    const char *program; // the name of the program's file: places in libraries are passed over
    const char *own;     // so are those in files whose path has this in it: the lane's
    const char *file; // of several places of a sight, that in the file of this name is taken, else
                      // the innermost; NULL: the innermost
};

// Reads a log, to its end, and closes it (NULL: false). False: no memory. A report of which no place
// is known is left out.
bool reports_read(struct reports *reports, FILE *file, const struct reports_of *of);
void reports_free(struct reports *reports);

#endif
