// SPDX-License-Identifier: MIT
//
// watch.h: what the system sees of a lab program that runs by itself: evidence that the program
// cannot make up without doing what it claims.
//
// Theory of operation. While the kernel runs the kit gives its process the name "twofold:call"
// (kit/run.c), so whoever reads /proc from outside knows when it begins and ends, in each rank.
// Every 10 ms the CPU time of each of its threads is read (task/*/schedstat), the memory it holds
// (statm), and every 100 ms its share of shared pages too (smaps_rollup): before the call, to have
// something to subtract, and during it. In such a run workers that wait sleep (launch.h, sleepy;
// observe/count/count.c, sched_yield), so that CPU time is work done. Neither the load of the machine
// nor its clock changes how the CPU time is spread over the workers.
//
// A thread's name and its CPU time can be forged by burning the same time in it; counters catch
// mistakes, not determined cheats. What the ranks counted themselves (messages, bytes) explains, and
// never alone earns a point.

#ifndef TWOFOLD_WATCH_H
#define TWOFOLD_WATCH_H

#include "seen.h"
#include <stdbool.h>
#include <stddef.h>

struct watched; // of watch.c

struct watch {
    // Given.
    const char *library; // build/lib/count.so; NULL: messages are not counted and ranks that wait
                         // look busy
    const char *dir;     // where the ranks may leave their counters
    // For launch.h: program_env.
    char preload[4200], evidence[4200];
    const char *env[4];
    // Found.
    struct watched *at;
    int processes;
    double listed, listing; // when the tree was listed last, and how long that took, s
    double until;           // when a process was last seen in its call, s
    double since;           // when one was first
};

// Fills in env. False: no memory.
bool watch_begin(struct watch *watch, const char *library, const char *dir);
// For struct how: look, with look_s = WATCH_EVERY and user = watch.
void watch_look(int pid, double seconds, void *user);
#define WATCH_EVERY 0.01
// What was seen of `workers` workers of a version that runs so (labs.h), with `threads` threads a
// rank where it is hybrid; counted: where the counters of the ranks are now. Frees what watch_begin
// took.
struct seen watch_end(struct watch *watch, const char *run, int workers, int threads,
                      const char *counted);

#endif
