// SPDX-License-Identifier: MIT
//
// trace.h: what the workers did and when, as a file a process.
//
// Theory of operation. `twofold trace` names a directory (TWOFOLD_TRACE) and starts the program
// with build/lib/check.so (calls of MPI) or build/lib/team.so (threads of OpenMP), or both. Each of
// them makes a file there, of a fixed size, all of it at once, and maps it into its memory: to
// write an event is to take the next place and fill it in, and whatever ends the process, what was
// written is there. An event that has begun and not ended has no end: so the last one of a rank
// that hangs is there too. Events for which there is no place are counted, no more. Without the
// directory, or without room in it, nothing is traced and the program runs as ever.
//
// Times are ns of CLOCK_MONOTONIC, which all processes of a machine share. Ranks on other machines
// measure by how much their clock is ahead of rank 0's, and say it in the file.

#ifndef TWOFOLD_TRACE_H
#define TWOFOLD_TRACE_H

#include "../board.h"
#include <stdbool.h>
#include <stddef.h>

enum { TRACE_MAGIC = 0x54574654, TRACE_VERSION = 2, TRACE_NODE = 64 };

enum trace_kind {
    TRACE_NONE,     // not filled in yet
    TRACE_CALL,     // inside a call of MPI: what, peer, tag, bytes
    TRACE_SENT,     // a message left: a number that no other of this rank has, peer, tag, bytes
    TRACE_TAKEN,    // a message of rank peer came: its number there
    TRACE_KERNEL,   // between MPI_Pcontrol(1) and MPI_Pcontrol(0)
    TRACE_TEAM,     // a parallel region, of the thread that began it; number: threads
    TRACE_WORK,     // one thread's part of a region
    TRACE_TASK,     // an explicit task runs
    TRACE_BARRIER,  // waits at a barrier, its own or that of a loop or of sections
    TRACE_CRITICAL, // waits to enter
    TRACE_LOCK,     // waits for a lock
    TRACE_ORDERED,  // waits for its turn
    TRACE_TASKWAIT, // waits for tasks
    TRACE_KINDS
};

struct trace_event {
    uint64_t begin, end; // ns; end 0: it has not ended
    uint64_t pc;         // a return address in the program; 0: none
    int64_t number;
    uint64_t bytes;
    int32_t peer, tag; // ranks of MPI_COMM_WORLD, as on the board
    uint16_t kind, what;
    uint32_t thread; // of its team
};

struct trace_file {
    uint32_t magic, version;
    int32_t rank, ranks; // in MPI_COMM_WORLD; -1: not told
    int32_t pid;
    uint32_t cap;           // events there is room for
    _Atomic uint32_t count; // places that were asked for; more than cap: the rest is missing
    uint32_t module_count;
    uint64_t peak_kb; // memory of the process at its peak; 0: it has not ended by itself
    int64_t ahead;    // ns that this clock is ahead of rank 0's
    char node[TRACE_NODE];
    struct board_module modules[BOARD_MODULES];
    struct trace_event events[];
};

// -- the writer (write.c), in the program ---------------------------------------------------------

// Makes the file NODE.PID.suffix in dir, of so many bytes, all zero, and maps it. NULL: it cannot be.
void *trace_map(const char *dir, const char *suffix, size_t size);
// Makes this process's file of events. NULL: nothing is to be traced, or it cannot be.
struct trace_file *trace_open(const char *suffix);
uint64_t trace_now(void);
// Begins an event now; to be ended by `event->end = trace_now()`. NULL: there is no more room.
struct trace_event *trace_begin(struct trace_file *file, enum trace_kind kind, uint64_t pc);

#endif
