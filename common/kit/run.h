// SPDX-License-Identifier: MIT
// run.h: runs one case, and holds the serial answer it is compared with.

#ifndef TWOFOLD_RUN_H
#define TWOFOLD_RUN_H

#include "case.h"

struct run_how {
    bool check;  // compare with the serial version
    bool memory; // watch the peak; the times then mean nothing
    bool keep;   // the caller wants record->bytes
};

// Runs one case. comm: of exactly c->workers ranks, or MPI_COMM_NULL for a version without ranks;
// every rank of comm calls it, and the record is true on rank 0.
void run_case(const struct run_case *c, MPI_Comm comm, struct run_how how, struct record *record);

// Compares bytes made by case c with what the serial version makes of the same problem. The last
// serial answer is kept, for neighbouring cases often share it. False: refused, the sentence is in
// text.
bool compare_with_serial(const struct run_case *c, const void *bytes, size_t size, enum same *same,
                         char *text, size_t cap);
void serial_forget(void);

#endif
