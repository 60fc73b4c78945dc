// SPDX-License-Identifier: MIT
//
// threads.h: the threads of a rank that was granted MPI_THREAD_MULTIPLE; the part of checker.h that
// few files share.
//
// Theory of operation. The tables here, and the part of the slot that describes a call, are one
// thread's at a time: whoever is in a wrapper holds the gate. A call that may wait opens it meanwhile:
// what describes the call is put by before, on the board where the reader finds it, and put back after.
// While one thread alone calls MPI, and no other is there that could, all is as at any other level.
// From when a second one comes the slot says no more what the rank waits for (many), but its `threads`
// do, and no send is made to wait.

#ifndef TWOFOLD_THREADS_H
#define TWOFOLD_THREADS_H

#include "checker.h"

// A message that a thread was told of by a probe. Its receive may come to be too late.
struct probed {
    const struct board_message *message; // NULL: none
    uint64_t number;                     // of the message: its place may be another's by then
    uint64_t pc;                         // the probe's
    int from;                            // whose, in the world
    bool asks, taken;
    uint32_t asks_call,
        taken_call; // the receive of this thread, and that of another that was faster
    uint64_t asks_pc, taken_pc;
};

struct thread {
    struct thread *next;
    bool inside; // in a wrapper
    bool out;    // waits in MPI, and the gate is open
    // What it does, and while it is out its call: on the board, or `unseen` where there is no room.
    struct board_thread *shown, unseen;
    // -- while it is out
    uintptr_t frame;
    struct trace_event *event;
    const struct comm *met; // see self
    // -- probes.c
    struct probed probed;
};

// All that have called MPI and not ended; to be used inside the gate.
extern struct thread *threads;
// This one; NULL: not at MPI_THREAD_MULTIPLE.
struct thread *thread_self(void);

#endif
