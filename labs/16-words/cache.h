// SPDX-License-Identifier: MIT
//
// cache.h: the page cache, the memory in which the system keeps what it has read from files. A
// count from memory and a count from the disk are two different experiments, so the state is set
// before the run, and then measured: a system may decline what it is asked for.

#ifndef CACHE_H
#define CACHE_H

#include "words.h"

enum cache { CACHE_WARM, CACHE_COLD, CACHE_ASIS };

struct cached {
    double there, total; // bytes in the page cache, bytes of the files; summed over the nodes
    bool known;          // can it be measured here?
};

// Every rank of comm (or the one process: MPI_COMM_NULL) calls it. Warm: all files are read once
// on every node. Cold: they are brought to the disk and the system is told to forget them. Then
// *state is measured; it holds on rank 0. Warm meets what cannot be read: refused in words, false
// on every rank.
bool cache_prepare(const struct words *w, enum cache wanted, MPI_Comm comm, struct cached *state);

#endif
