// SPDX-License-Identifier: MIT
// memory.h: the kit's own side of memory.c: how much a process takes. What labs call: kit.h.

#ifndef TWOFOLD_MEMORY_H
#define TWOFOLD_MEMORY_H

#include <stdbool.h>

// The peak of this process's resident memory so far, kB (VmHWM). Pages shared with other processes
// count whole in each: a sum over ranks is an upper bound.
double memory_peak_kb(void);

// Samples the proportional set size (PSS: a page shared by k processes counts 1/k) of this process and
// of those it starts meanwhile, after 5 ms, 15 ms and so on, in the end every 100 ms, from a thread of its
// own, until stopped; the peak seen, kB. A scan costs up to some 100 ms of
// system time on large processes: never in a run whose time counts. False: no such thread or file.
bool memory_watch_start(void);
double memory_watch_stop(void);

#endif
