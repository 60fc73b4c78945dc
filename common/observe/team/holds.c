// SPDX-License-Identifier: MIT
//
// holds.c: the writer of holds.h.

#include "holds.h"

#include "../modules.h"
#include "../trace/trace.h"
#include <omp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { HELD = 16 }; // at once, by a thread

static struct holds *holds; // NULL: nothing is noted
static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Atomic uint32_t teams;

static __thread struct hold_slot *slot; // of this thread
static __thread struct holds_team *team;
static __thread uint64_t last_barrier; // of this region
static __thread struct hold_lock *held[HELD];
static __thread int held_count;

static void open_file(void) {
    const char *const dir = getenv("TWOFOLD_HOLDS");
    struct holds *const made = dir && *dir ? trace_map(dir, "holds", sizeof *made) : NULL;
    if (!made)
        return;
    const char *const rank = getenv("OMPI_COMM_WORLD_RANK"), *const pmi = getenv("PMI_RANK");
    made->version = HOLDS_VERSION;
    made->pid = getpid();
    made->rank = rank ? (int32_t)strtol(rank, NULL, 10) : pmi ? (int32_t)strtol(pmi, NULL, 10) : -1;
    made->module_count = modules_list(made->modules, BOARD_MODULES);
    made->magic = HOLDS_MAGIC;
    holds = made;
}

bool holds_wanted(void) {
    pthread_once(&once, open_file);
    return holds != NULL;
}

// This thread's slot. NULL: nothing is noted, or there is no more room.
static struct hold_slot *mine(void) {
    if (slot || !holds_wanted())
        return slot;
    const uint32_t place = atomic_fetch_add(&holds->threads, 1);
    if (place >= HOLDS_THREADS)
        return NULL;
    slot = &holds->slots[place];
    slot->tid = (int32_t)syscall(SYS_gettid);
    slot->size = 1;
    return slot;
}

static void change(const struct hold_at *at) {
    slot->at = *at;
    atomic_fetch_add(&slot->seq, 1);
}

static void find(const struct hold_find *what) {
    const uint32_t known = atomic_load(&holds->finds_count);
    for (uint32_t i = 0; i < known && i < HOLDS_FINDS; i++)
        if (atomic_load(&holds->finds[i].ready) && holds->finds[i].rule == what->rule &&
            holds->finds[i].pc == what->pc)
            return;
    const uint32_t place = atomic_fetch_add(&holds->finds_count, 1);
    if (place >= HOLDS_FINDS)
        return;
    struct hold_find *const it = &holds->finds[place];
    it->rule = what->rule;
    it->number = what->number;
    it->number2 = what->number2;
    it->count = what->count;
    it->count2 = what->count2;
    it->pc = what->pc;
    it->pc2 = what->pc2;
    it->what = what->what;
    it->region = what->region;
    atomic_store(&it->ready, 1);
}

// -- regions ------------------------------------------------------------------------------------------

void holds_begin(struct holds_team *of, uint64_t pc, struct holds_outside *outside) {
    if (!mine())
        return;
    of->id = atomic_fetch_add(&teams, 1) + 1;
    of->region = pc;
    outside->slot = *slot;
    outside->team = team;
    outside->last_barrier = last_barrier;
}

void holds_end(const struct holds_outside *outside) {
    if (!slot || !holds)
        return;
    team = outside->team;
    last_barrier = outside->last_barrier;
    slot->number = outside->slot.number;
    slot->team = outside->slot.team;
    slot->size = outside->slot.size;
    slot->region = outside->slot.region;
    slot->outer = outside->slot.outer;
    change(&outside->slot.at);
}

void holds_work(struct holds_team *of) {
    if (!of->id || !mine())
        return;
    team = of;
    last_barrier = 0;
    slot->number = omp_get_thread_num();
    slot->size = (uint32_t)omp_get_num_threads();
    slot->team = of->id;
    slot->region = of->region;
    slot->outer = (struct hold_at){0};
    change(&(struct hold_at){0});
}

// All threads of a team must have met as many barriers.
static void compare_barriers(struct holds_team *of) {
    const uint32_t met = slot->at.barriers;
    const uint64_t me = (uint64_t)met << 32 | (uint32_t)(slot->number + 1), pc = last_barrier;
    uint64_t none = 0;
    if (atomic_load(&of->cancelled))
        return;
    if (atomic_load(&of->done) == 0 && atomic_compare_exchange_strong(&of->done, &none, me)) {
        atomic_store(&of->last, pc);
        return;
    }
    const uint64_t first = atomic_load(&of->done);
    const uint32_t others = (uint32_t)(first >> 32);
    const int32_t other = (int32_t)(uint32_t)first - 1;
    struct hold_find found = {.rule = HOLD_RULE_BARRIERS,
                              .number = slot->number,
                              .number2 = other,
                              .count = met,
                              .count2 = others,
                              .pc = pc,
                              .region = of->region};
    if (met == others)
        return;
    if (met < others) {
        found.number = other;
        found.number2 = slot->number;
        found.count = others;
        found.count2 = met;
        found.pc = atomic_load(&of->last);
    }
    find(&found);
}

void holds_worked(struct holds_team *of) {
    if (!of->id || !slot)
        return;
    compare_barriers(of);
    change(&(struct hold_at){HOLD_END, slot->at.barriers, 0, last_barrier});
}

void holds_cancel(void) {
    if (team)
        atomic_store(&team->cancelled, true);
}

// -- waits --------------------------------------------------------------------------------------------

// The n-th barrier is the same for all, or some thread meets another one than the rest.
static void meet_barrier(uint32_t n, uint64_t pc) {
    uint64_t none = 0;
    int32_t nobody = 0;
    if (n >= HOLDS_BARRIERS || slot->size < 2 || slot->outer.wait || atomic_load(&team->cancelled))
        return;
    if (atomic_compare_exchange_strong(&team->met[n], &none, pc)) {
        atomic_compare_exchange_strong(&team->first[n], &nobody, slot->number + 1);
        return;
    }
    if (none != pc)
        find(&(struct hold_find){.rule = HOLD_RULE_MIXED,
                                 .number = slot->number,
                                 .number2 = atomic_load(&team->first[n]) - 1,
                                 .pc = pc,
                                 .pc2 = none,
                                 .region = team->region});
}

void holds_wait(enum hold_wait wait, const void *what, uint64_t pc) {
    if (!mine())
        return;
    struct hold_at at = {(uint32_t)wait, slot->at.barriers, (uint64_t)(uintptr_t)what, pc};
    if (wait == HOLD_BARRIER && team) {
        meet_barrier(at.barriers++, pc);
        last_barrier = pc;
    }
    change(&at);
}

void holds_waited(void) {
    if (slot)
        change(&(struct hold_at){HOLD_NONE, slot->at.barriers, 0, 0});
}

struct holds_task holds_task_begin(void) {
    struct holds_task before = {{0}, {0}};
    if (!mine())
        return before;
    before.at = slot->at;
    before.outer = slot->outer;
    slot->outer = slot->at;
    change(&(struct hold_at){HOLD_NONE, slot->at.barriers, 0, 0});
    return before;
}

void holds_task_end(const struct holds_task *before) {
    if (!slot)
        return;
    slot->outer = before->outer;
    change(&before->at);
}

// -- locks --------------------------------------------------------------------------------------------

// The entry of a lock. NULL: there is no more room.
static struct hold_lock *entry(enum hold_wait wait, const void *what) {
    const uint64_t key = (uint64_t)(uintptr_t)what;
    const uint64_t hash = key * UINT64_C(0x9E3779B97F4A7C15) >> 32;
    for (uint64_t i = 0; i < HOLDS_LOCKS; i++) {
        struct hold_lock *const at = &holds->locks[(hash + i) % HOLDS_LOCKS];
        uint64_t there = atomic_load(&at->what);
        if (there == 0 && atomic_compare_exchange_strong(&at->what, &there, key)) {
            at->wait = (uint32_t)wait;
            return at;
        }
        if (there == key)
            return at;
    }
    return NULL;
}

// Lock after lock: what was held when this one was asked for.
static void note_order(const struct hold_lock *second, uint64_t pc) {
    for (int i = 0; i < held_count && i < HELD; i++) {
        const struct hold_lock *const first = held[i];
        if (atomic_load(&first->holder) != (uint32_t)(slot - holds->slots) + 1)
            continue; // another thread has unset it
        const uint64_t a = atomic_load(&first->what), b = atomic_load(&second->what);
        const uint32_t known = atomic_load(&holds->orders_count), epoch = slot->at.barriers;
        const uint32_t me = (uint32_t)(slot - holds->slots);
        bool there = a == b;
        for (uint32_t k = 0; k < known && k < HOLDS_ORDERS && !there; k++) {
            const struct hold_order *const o = &holds->orders[k];
            there = atomic_load(&o->ready) && o->first == a && o->second == b && o->slot == me &&
                    o->team == slot->team && o->epoch == epoch;
        }
        const uint32_t place = there || known >= HOLDS_ORDERS
                                   ? HOLDS_ORDERS
                                   : atomic_fetch_add(&holds->orders_count, 1);
        if (place >= HOLDS_ORDERS)
            continue;
        struct hold_order *const o = &holds->orders[place];
        o->slot = me;
        o->team = slot->team;
        o->epoch = epoch;
        o->number = slot->number;
        o->first = a;
        o->second = b;
        o->first_pc = first->pc;
        o->second_pc = pc;
        o->gate = held_count > 1 ? atomic_load(&held[i == 0 ? 1 : 0]->what) : 0;
        atomic_store(&o->ready, 1);
    }
}

void holds_took(enum hold_wait wait, const void *what, uint64_t pc, bool tried) {
    if (!mine())
        return;
    struct hold_lock *const lock = entry(wait, what);
    if (!lock)
        return;
    const uint32_t me = (uint32_t)(slot - holds->slots) + 1;
    if (wait == HOLD_LOCK && lock->life != HOLD_MADE)
        find(&(struct hold_find){.rule =
                                     lock->life == HOLD_DEAD ? HOLD_RULE_DEAD : HOLD_RULE_NO_INIT,
                                 .number = slot->number,
                                 .pc = pc,
                                 .what = lock->what});
    if (atomic_load(&lock->holder) == me) { // of a nested one
        lock->depth++;
        return;
    }
    if (!tried)
        note_order(lock, pc);
    lock->pc = pc;
    lock->number = slot->number;
    lock->depth = 1;
    atomic_store(&lock->holder, me);
    int kept = 0;
    for (int i = 0; i < held_count; i++)
        if (held[i] != lock && atomic_load(&held[i]->holder) == me)
            held[kept++] = held[i];
    held_count = kept;
    if (held_count < HELD)
        held[held_count++] = lock;
}

void holds_leave(enum hold_wait wait, const void *what, uint64_t pc) {
    struct hold_lock *const lock = mine() ? entry(wait, what) : NULL;
    if (!lock)
        return;
    const uint32_t holder = atomic_load(&lock->holder);
    if (wait == HOLD_LOCK && holder != (uint32_t)(slot - holds->slots) + 1)
        find(&(struct hold_find){.rule = holder ? HOLD_RULE_UNSET_OTHER : HOLD_RULE_UNSET_FREE,
                                 .number = slot->number,
                                 .number2 = lock->number,
                                 .pc = pc,
                                 .pc2 = lock->pc,
                                 .what = lock->what});
    if (lock->depth > 1) {
        lock->depth--;
        return;
    }
    atomic_store(&lock->holder, 0);
    int kept = 0;
    for (int i = 0; i < held_count; i++)
        if (held[i] != lock)
            held[kept++] = held[i];
    held_count = kept;
}

void holds_made(const void *what) {
    struct hold_lock *const lock = holds_wanted() ? entry(HOLD_LOCK, what) : NULL;
    if (!lock)
        return;
    lock->life = HOLD_MADE;
    lock->depth = 0;
    atomic_store(&lock->holder, 0);
}

void holds_destroy(const void *what, uint64_t pc) {
    struct hold_lock *const lock = mine() ? entry(HOLD_LOCK, what) : NULL;
    if (!lock)
        return;
    if (atomic_load(&lock->holder))
        find(&(struct hold_find){.rule = HOLD_RULE_DESTROY_HELD,
                                 .number = slot->number,
                                 .number2 = lock->number,
                                 .pc = pc,
                                 .pc2 = lock->pc,
                                 .what = lock->what});
    lock->life = HOLD_DEAD;
    atomic_store(&lock->holder, 0);
}
