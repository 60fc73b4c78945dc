// SPDX-License-Identifier: MIT
//
// asleep.h: does a thread of a process sleep, and can only another thread of that process wake it?
// Read from /proc, so of this machine's processes only.

#ifndef TWOFOLD_ASLEEP_H
#define TWOFOLD_ASLEEP_H

#include <stdbool.h>
#include <stdint.h>

// What a thread that sleeps in the kernel waits for there.
enum asleep_for {
    FOR_UNKNOWN,  // it cannot be seen
    FOR_OTHER,    // for something that is no word of memory: a file, a time, a signal
    FOR_A_TIME,   // that a word of memory changes, but not for ever
    FOR_SHARED,   // the same for ever, but another process may change it
    FOR_A_SIGNAL, // the same, but a handler for a signal of its process may change it
    FOR_A_WORD,   // for ever, and only another thread of its process can wake it
    FOR_AN_END    // that a thread of its process ends: joins
};

struct task {
    int tid;
    bool there, asleep;
    enum asleep_for what; // where it is asleep
    int joins;            // of FOR_AN_END: that thread's tid
    double cpu;           // s
    uint64_t moved; // grows with what it does: one that sleeps, and has not moved, has not run
};

// harmless: signals whose handlers wake no thread, a bit for each, as in /proc.
struct task task_look(int pid, int tid, uint64_t harmless);
// Does it sleep until another thread of its process wakes it? False where that cannot be seen.
bool task_needs_waking(const struct task *task);
// CPU time of a process, s; -1: it is gone.
double process_cpu(int pid);

#endif
