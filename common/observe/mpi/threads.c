// SPDX-License-Identifier: MIT
//
// threads.c: which threads call MPI. The tables here are one thread's at a time, and so is MPI below
// MPI_THREAD_MULTIPLE; for those that were granted that, see threads.h.

#include "threads.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static uintptr_t me(void) {
    return (uintptr_t)pthread_self();
}

// -- at MPI_THREAD_MULTIPLE ------------------------------------------------------------------------------

struct thread *threads;
static _Thread_local struct thread *own;
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static _Atomic int waiting; // at the gate
static pthread_key_t ended;

struct thread *thread_self(void) {
    return own;
}

static void gate_close(void) {
    atomic_fetch_add(&waiting, 1);
    pthread_mutex_lock(&gate);
    atomic_fetch_sub(&waiting, 1);
}

// (A thread that asks in a loop would be back before those that wait have woken.)
static void gate_open(void) {
    pthread_mutex_unlock(&gate);
    if (atomic_load(&waiting))
        sched_yield();
}

void threads_keep_out(void) {
    gate_close();
}

void threads_let_in(void) {
    gate_open();
}

// From now on it does this, and what its `at` says holds.
static void show(struct thread *thread, enum board_doing doing) {
    atomic_store(&thread->shown->doing, doing);
    atomic_fetch_add(&thread->shown->seq, 1);
}

// Gives it a place on the board.
static void place(struct thread *thread) {
    thread->shown = &thread->unseen;
    for (int i = 0; i < BOARD_THREADS && thread->shown == &thread->unseen; i++)
        if (!atomic_load(&self.slot->threads[i].tid))
            thread->shown = &self.slot->threads[i];
    if (thread->shown == &thread->unseen)
        atomic_store(&self.slot->many, MANY_BEYOND);
    atomic_store(&thread->shown->tid, (int32_t)syscall(SYS_gettid));
}

static void thread_ends(void *which) {
    struct thread *const thread = which;
    gate_close();
    atomic_store(&thread->shown->tid, 0);
    for (struct thread **link = &threads; *link; link = &(*link)->next)
        if (*link == thread) {
            *link = thread->next;
            break;
        }
    gate_open();
    free(thread);
    own = NULL;
}

// A second thread has come: from now on the slot tells of no one's call.
static void several_begin(void) {
    struct board_slot *const slot = self.slot;
    self.several = true;
    uint32_t granted = MANY_GRANTED;
    atomic_compare_exchange_strong(&slot->many, &granted, MANY_CALL);
    atomic_store(&self.board->relaxed, 1);
    const uint64_t seq = atomic_load(&slot->seq);
    if (seq % 2)
        atomic_store(&slot->seq, seq + 1);
}

static bool enter_gate(void) {
    if (own && own->inside) // it is called back from within MPI
        return false;
    struct thread *const made = own ? NULL : calloc(1, sizeof *made);
    gate_close();
    if (made) {
        made->next = threads;
        threads = own = made;
        place(made);
        pthread_setspecific(ended, made);
    }
    if (!own) { // no memory: what it does is not known
        self.confused = true;
        atomic_store(&self.slot->lost, 1);
        atomic_store(&self.slot->many, MANY_BEYOND);
        gate_open();
        return false;
    }
    if (!self.several && me() != self.first)
        several_begin();
    own->inside = true;
    show(own, THREAD_INSIDE);
    return true;
}

void thread_left(void) {
    if (self.level != LEVEL_MULTIPLE) {
        atomic_store_explicit(&self.inside, 0, memory_order_release);
        return;
    }
    own->inside = false;
    show(own, THREAD_OUTSIDE);
    gate_open();
}

// Of the requests that it waits for, only as many as there are.
static void copy_call(struct board_at *to, const struct board_at *from) {
    memcpy(to, from, offsetof(struct board_at, wait) + from->waits * sizeof *from->wait);
}

void thread_lets_in(bool known) {
    if (!own || !own->inside)
        return;
    copy_call(&own->shown->at, &self.slot->at);
    show(own, known ? THREAD_WAITS : THREAD_INSIDE);
    own->frame = self.frame;
    own->event = self.call;
    own->met = self.met;
    self.call = NULL;
    own->out = true;
    gate_open();
}

bool thread_is_back(void) {
    if (!own || !own->out)
        return false;
    gate_close();
    own->out = false;
    show(own, THREAD_INSIDE);
    copy_call(&self.slot->at, &own->shown->at);
    self.frame = own->frame;
    self.call = own->event;
    self.met = own->met;
    return true;
}

void thread_meets(struct comm *comm) {
    for (const struct thread *t = threads; t; t = t->next) {
        if (!t->out || t->met != comm)
            continue;
        atomic_store(&comm->shown->disordered, 1);
        struct board_find *const find = find_add(RULE_SAME_COMM, self.slot->pc, t->shown->at.pc);
        if (find) {
            find->other_call = t->shown->at.call;
            find->n[3] = comm->id;
        }
    }
}

// -- begin -------------------------------------------------------------------------------------------------

void threads_begin(void) {
    int level = MPI_THREAD_SINGLE;
    PMPI_Query_thread(&level);
    self.level = level == MPI_THREAD_FUNNELED     ? LEVEL_FUNNELED
                 : level == MPI_THREAD_SERIALIZED ? LEVEL_SERIALIZED
                 : level == MPI_THREAD_MULTIPLE   ? LEVEL_MULTIPLE
                                                  : LEVEL_SINGLE;
    self.first = me();
    self.alone = true;
    if (self.level == LEVEL_MULTIPLE) {
        atomic_store(&self.slot->many, MANY_GRANTED);
        pthread_key_create(&ended, thread_ends);
    }
}

// -- below MPI_THREAD_MULTIPLE ---------------------------------------------------------------------------

// Another thread is inside, so the slot and its finds are that one's: there is room for one find.
static void not_alone(enum board_call call, uint64_t pc) {
    struct board_slot *const slot = self.slot;
    uint32_t none = 0;
    const bool first = me() == self.first;
    atomic_store(&slot->lost, 1);
    atomic_store(&slot->many, MANY_FOUND);
    self.confused = true;
    // That the other one should not be inside is told when it enters.
    if ((self.level < LEVEL_SERIALIZED && first) ||
        !atomic_compare_exchange_strong(&slot->thread_finds, &none, 1))
        return;
    slot->thread_find =
        (struct board_find){.rule = self.level < LEVEL_SERIALIZED ? RULE_THREAD : RULE_CONCURRENT,
                            .call = call,
                            .other_call = self.inside_call,
                            .other = -1,
                            .pc = pc,
                            .pc2 = self.inside_pc,
                            .count = 1,
                            .n = {self.level}};
    atomic_store(&slot->thread_finds, 2);
}

bool thread_enters(enum board_call call, uint64_t pc) {
    uintptr_t nobody = 0;
    const uintptr_t thread = me();
    if (!self.slot)
        return false;
    if (self.level == LEVEL_MULTIPLE)
        return enter_gate();
    if (!atomic_compare_exchange_strong_explicit(&self.inside, &nobody, thread,
                                                 memory_order_acquire, memory_order_relaxed)) {
        if (nobody != thread) // else it is called back from within MPI
            not_alone(call, pc);
        return false;
    }
    self.inside_call = call;
    self.inside_pc = pc;
    if (thread != self.first && self.level < LEVEL_SERIALIZED) {
        struct board_find *const find = find_add(RULE_THREAD, pc, 0);
        if (find) {
            find->call = call;
            find->n[0] = self.level;
        }
    }
    return true;
}
