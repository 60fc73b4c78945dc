// SPDX-License-Identifier: MIT
//
// holds.h: which thread of OpenMP waits for what, and who holds it, as a file a process.
//
// Theory of operation. `twofold diagnose` names a directory (TWOFOLD_HOLDS) and starts the program
// with build/lib/team.so (tap.c). At its first region or lock a process makes a file there and maps
// it. A thread has a slot: it notes there, before it calls libgomp, what it is about to wait for,
// and takes that back afterwards; a thread that has done its part of a region waits for its end. A
// lock or critical section has an entry: who holds it, since where. Reader: ../read/holds.h. It
// looks from outside, while the program runs and when it is over:
//
//     seq        one more at every change of a slot: what is the same before and after a look was
//                true at one instant
//     locks      of every lock that was ever used: the holder, and where it was set
//     orders     lock b was set while a was held, by whom, between which barriers: two of them the
//                other way round can deadlock, also where they did not
//     finds      what a thread found wrong by itself
//
// All sizes are fixed; what does not fit is not followed, and nobody is accused of it.

#ifndef TWOFOLD_HOLDS_H
#define TWOFOLD_HOLDS_H

#include "../board.h"
#include <stdbool.h>

enum {
    HOLDS_MAGIC = 0x54574f48,
    HOLDS_VERSION = 1,
    HOLDS_THREADS = 256,
    HOLDS_LOCKS = 1024,
    HOLDS_ORDERS = 512,
    HOLDS_FINDS = 32,
    HOLDS_BARRIERS = 32, // of a region, of which the places are compared
    HOLDS_UNNAMED = 1    // what: critical without a name
};

enum hold_wait {
    HOLD_NONE, // it waits for nothing that is known here
    HOLD_BARRIER,
    HOLD_TASKS,
    HOLD_CRITICAL,
    HOLD_LOCK,
    HOLD_ORDERED,
    HOLD_END // its part of the region is done
};

// What a thread waits for, and where.
struct hold_at {
    uint32_t wait;
    uint32_t barriers; // that it has met in this region
    uint64_t what;     // of a lock or critical section: its address; else 0
    uint64_t pc;       // of END: of its last barrier in the region; 0: none
};

struct hold_slot {
    _Atomic uint64_t seq;
    int32_t tid;    // the kernel's number of the thread
    int32_t number; // in its team
    uint32_t team;  // counted from 1; 0: outside
    uint32_t size;  // of the team
    uint64_t region;
    struct hold_at at;
    struct hold_at outer; // where it was when it began the task that it runs; NONE: it runs none
};

struct hold_lock {
    _Atomic uint64_t what;   // 0: free
    _Atomic uint32_t holder; // its slot + 1; 0: nobody
    uint32_t wait;           // HOLD_LOCK or HOLD_CRITICAL
    uint32_t depth;          // of a nested one: how often it is set
    int32_t number;          // of the holder in its team
    uint32_t life;           // enum hold_life
    uint64_t pc;             // where it was set
};

enum hold_life {
    HOLD_UNMADE,
    HOLD_MADE,
    HOLD_DEAD
}; // of a lock: before init, until destroy, after

struct hold_order {
    _Atomic uint32_t ready;
    uint32_t slot, team, epoch; // epoch: barriers met
    int32_t number;
    uint64_t first, second, first_pc, second_pc;
    uint64_t gate; // another that was held meanwhile; 0: none
};

enum hold_rule {
    HOLD_RULE_UNSET_FREE,   // pc; nobody holds it
    HOLD_RULE_UNSET_OTHER,  // pc; number2 holds it since pc2
    HOLD_RULE_NO_INIT,      // pc: set, and never made
    HOLD_RULE_DEAD,         // pc: set after its end
    HOLD_RULE_DESTROY_HELD, // pc; number2 holds it since pc2
    HOLD_RULE_BARRIERS, // number met count barriers in the region, the last at pc; number2 fewer
    HOLD_RULE_MIXED,    // number met the barrier at pc, number2 that at pc2
};

struct hold_find {
    _Atomic uint32_t ready;
    uint32_t rule;
    int32_t number, number2; // threads
    uint32_t count, count2;
    uint64_t pc, pc2, what, region;
};

struct holds {
    uint32_t magic, version;
    int32_t pid, rank; // rank in MPI_COMM_WORLD; -1: not told
    uint32_t module_count;
    _Atomic uint32_t threads, orders_count, finds_count;
    struct board_module modules[BOARD_MODULES];
    struct hold_slot slots[HOLDS_THREADS];
    struct hold_lock locks[HOLDS_LOCKS];
    struct hold_order orders[HOLDS_ORDERS];
    struct hold_find finds[HOLDS_FINDS];
};

// -- the writer (holds.c), in the program; all do nothing where nothing is asked for -----------------

// What the threads of a region share of it. All zero at first.
struct holds_team {
    uint32_t id;
    uint64_t region;                       // where it stands
    _Atomic uint64_t met[HOLDS_BARRIERS];  // the places of its barriers
    _Atomic int32_t first[HOLDS_BARRIERS]; // who was there first, + 1
    _Atomic uint64_t done; // of the first that was done: its barriers << 32 | number + 1
    _Atomic uint64_t last; // and its last barrier
    _Atomic bool cancelled;
};

// A thread's place outside a region, kept while it is inside.
struct holds_outside {
    struct hold_slot slot;
    struct holds_team *team;
    uint64_t last_barrier;
};

bool holds_wanted(void);
// Before the region begins and when it is over, in the thread that meets it.
void holds_begin(struct holds_team *of, uint64_t pc, struct holds_outside *outside);
void holds_end(const struct holds_outside *outside);
// A thread begins its part, and has done it.
void holds_work(struct holds_team *of);
void holds_worked(struct holds_team *of);
void holds_cancel(void);

// Before a wait, and after it.
void holds_wait(enum hold_wait wait, const void *what, uint64_t pc);
void holds_waited(void);
// A lock or critical section was taken; is about to be left; lock: was made, is about to end.
void holds_took(enum hold_wait wait, const void *what, uint64_t pc, bool tried);
void holds_leave(enum hold_wait wait, const void *what, uint64_t pc);
void holds_made(const void *what);
void holds_destroy(const void *what, uint64_t pc);

// Round a task that the thread runs while it waits.
struct holds_task {
    struct hold_at at, outer;
};
struct holds_task holds_task_begin(void);
void holds_task_end(const struct holds_task *before);

#endif
