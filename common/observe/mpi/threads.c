// SPDX-License-Identifier: MIT
//
// threads.c: which threads call MPI. The tables here are one thread's at a time, and so is MPI below
// MPI_THREAD_MULTIPLE. A program that was granted that is not followed (life.c).

#include "checker.h"

#include <pthread.h>

static uintptr_t me(void) {
    return (uintptr_t)pthread_self();
}

void threads_begin(void) {
    int level = MPI_THREAD_SINGLE;
    PMPI_Query_thread(&level);
    self.level = level == MPI_THREAD_FUNNELED     ? LEVEL_FUNNELED
                 : level == MPI_THREAD_SERIALIZED ? LEVEL_SERIALIZED
                 : level == MPI_THREAD_MULTIPLE   ? LEVEL_MULTIPLE
                                                  : LEVEL_SINGLE;
    self.first = me();
    self.alone = true;
}

// Another thread is inside, so the slot and its finds are that one's: there is room for one find.
static void not_alone(enum board_call call, uint64_t pc) {
    struct board_slot *const slot = self.slot;
    uint32_t none = 0;
    const bool first = me() == self.first;
    atomic_store(&slot->lost, 1);
    atomic_store(&slot->many, MANY_FOUND);
    self.confused = true;
    // That the other one should not be inside is told when it enters.
    if ((self.level < LEVEL_SERIALIZED && first) || self.level == LEVEL_MULTIPLE ||
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
