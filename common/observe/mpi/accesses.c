// SPDX-License-Identifier: MIT
//
// accesses.c: who reaches which bytes of a window, and whether that is ordered; see windows.h.

#include "windows.h"
#include <string.h>

static bool writes(uint32_t use) {
    return use != ACCESS_LOAD && use != ACCESS_GET;
}

// Do the two do harm to each other if they come in any order? Accumulates of one type do not.
static bool harm(uint32_t use, uint32_t basic, uint32_t other_use, uint32_t other_basic) {
    if (use == ACCESS_ACCUMULATE && other_use == ACCESS_ACCUMULATE)
        return !basics_fit(basic, other_basic);
    return writes(use) || writes(other_use);
}

// Of the owner's own code it is known in which epoch it wrote, and not when (stores.c).
static bool is_in_epoch(const struct board_access *access) {
    return access->mode == MODE_OWN &&
           (access->call == CALL_Win_fence || access->call == CALL_Win_wait ||
            access->call == CALL_Win_test);
}

// Is it certain that nothing orders the other rank's access, which is on the board, and this one,
// which is made now?
static bool unordered(const struct window *w, const struct board_access *mine,
                      const struct board_access *other) {
    const bool irregular = atomic_load(&w->shown->irregular);
    if (mine->mode == MODE_FENCE || other->mode == MODE_FENCE)
        return mine->phase == other->phase &&
               (mine->mode == other->mode || mine->mode == MODE_OWN || other->mode == MODE_OWN);
    if (mine->mode == MODE_START && other->mode == MODE_START)
        return !irregular && mine->phase == other->phase;
    if (mine->mode == MODE_START || other->mode == MODE_START) {
        const struct board_access *const own = mine->mode == MODE_OWN ? mine : other;
        const struct board_access *const start = own == mine ? other : mine;
        return own->mode == MODE_OWN && !irregular && own->exposure == start->phase;
    }
    if (w->shared || mine->exclusive || other->exclusive || is_in_epoch(mine) || is_in_epoch(other))
        return false;
    const uint64_t released = atomic_load(&other->released);
    return atomic_load(&other->under) || !released || self.acquired < released;
}

static void compare(const struct window *w, const struct board_access *mine, int rank,
                    const struct board_access *other) {
    const uint32_t use = atomic_load_explicit(&other->used, memory_order_acquire);
    const uint64_t low = mine->low > other->low ? mine->low : other->low;
    const uint64_t high = mine->high < other->high ? mine->high : other->high;
    if (!use || other == mine || other->window != mine->window || other->target != mine->target ||
        low >= high || !harm(mine->used - 1, mine->basic, use - 1, other->basic))
        return;
    if (rank == self.rank ? !atomic_load(&other->under) : !unordered(w, mine, other))
        return;
    struct board_find *const find = find_add(RULE_CONFLICT, mine->pc, other->pc);
    if (!find)
        return;
    find->call = mine->call;
    find->other = rank;
    find->other_call = other->call;
    find->n[0] = (int64_t)(high - low);
    find->n[1] = mine->target;
    find->n[2] = mine->used - 1;
    find->n[3] = use - 1;
}

static struct board_access *next_place(const struct window *w) {
    static uint32_t next;
    struct board_slot *const slot = self.slot;
    const uint32_t top = atomic_load(&slot->access_top);
    for (uint32_t i = 0; i < top; i++)
        if (!atomic_load(&slot->accesses[i].used))
            return &slot->accesses[i];
    if (top < BOARD_ACCESSES) {
        atomic_store(&slot->access_top, top + 1);
        return &slot->accesses[top];
    }
    atomic_store(&w->shown->blurred, 1);
    return &slot->accesses[next++ % BOARD_ACCESSES]; // the oldest will not be met any more
}

void access_note(const struct window *w, enum board_use use, enum board_mode mode, int target,
                 uint64_t low, uint64_t high, uint32_t basic, bool request) {
    static struct board_access *last;
    const struct board_slot *const slot = self.slot;
    const bool under = mode != MODE_OWN && !request;
    const uint64_t phase = mode == MODE_START ? w->epoch->started[target] : w->fences;
    // A loop over neighbouring items is one access.
    if (last && atomic_load(&last->used) == use + 1U && atomic_load(&last->under) == under &&
        last->window == w->comm->id && last->mode == mode && last->target == target &&
        last->pc == slot->pc && last->phase == phase && last->high == low &&
        !atomic_load(&last->released)) {
        last->high = high;
    } else {
        last = next_place(w);
        atomic_store(&last->used, 0);
        atomic_store(&last->under, under);
        atomic_store(&last->released, 0);
        last->window = w->comm->id;
        last->mode = mode;
        last->call = slot->call;
        last->target = target;
        last->basic = basic;
        last->exclusive = w->epoch->held[target] == 2;
        last->phase = phase;
        last->exposure = w->posted ? w->posts : 0;
        last->low = low;
        last->high = high;
        last->pc = slot->pc;
        atomic_store(&last->used, use + 1U);
    }
    self.unreleased = true;
    // Either this rank sees the other's, or the other sees this rank's.
    atomic_thread_fence(memory_order_seq_cst);
    struct board_access mine;
    memcpy(&mine, last, sizeof mine);
    mine.low = low;
    for (int i = 0; i < w->comm->size; i++) {
        const int rank = w->comm->world[i];
        const struct board_slot *const other = &self.board->slots[rank];
        const uint32_t top = atomic_load_explicit(&other->access_top, memory_order_acquire);
        for (uint32_t k = 0; k < top && k < BOARD_ACCESSES; k++)
            if (&other->accesses[k] != last)
                compare(w, &mine, rank, &other->accesses[k]);
    }
}

void accesses_over(const struct window *w, int target, bool gets_only) {
    struct board_slot *const slot = self.slot;
    for (uint32_t i = 0; i < atomic_load(&slot->access_top); i++)
        if (slot->accesses[i].window == w->comm->id &&
            (target < 0 || slot->accesses[i].target == target) &&
            (!gets_only || atomic_load(&slot->accesses[i].used) == ACCESS_GET + 1U))
            atomic_store(&slot->accesses[i].under, 0);
}

void accesses_forget(const struct window *w) {
    struct board_slot *const slot = self.slot;
    for (uint32_t i = 0; i < atomic_load(&slot->access_top); i++)
        if (slot->accesses[i].window == w->comm->id)
            atomic_store(&slot->accesses[i].used, 0);
}

void accesses_released(void) {
    struct board_slot *const slot = self.slot;
    const uint64_t now = trace_now();
    self.unreleased = false;
    for (uint32_t i = 0; i < atomic_load(&slot->access_top); i++) {
        struct board_access *const a = &slot->accesses[i];
        if (!atomic_load(&a->used) || atomic_load(&a->released))
            continue;
        if (atomic_load(&a->under))
            self.unreleased = true;
        else
            atomic_store(&a->released, now);
    }
}
