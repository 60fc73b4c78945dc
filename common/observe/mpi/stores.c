// SPDX-License-Identifier: MIT
//
// stores.c: what the program's own code writes to a window of its own while others may reach it. Its
// memory is copied when they may, and compared when they may no more: what has changed, and no access
// of another rank or call of MPI has written, the program has. An access is on the board before it
// is made; so what is there by the time of the comparison can have changed something, and nothing
// else can. What is written there and by others as well cannot be told apart, and nobody is accused.

#include "windows.h"

#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

enum { LARGEST = 1 << 18, RANGES = 32, UNIT = 16 }; // bytes; how many are noted; bytes

// The program may have freed the memory, so it is read as another process would. False: it cannot be.
static bool copy_of(const struct window *w, char *copy) {
    const struct iovec own = {copy, w->size}, from = {(void *)(uintptr_t)w->base, w->size};
    return process_vm_readv(getpid(), &own, 1, &from, 1, 0) == (ssize_t)w->size;
}

void stores_from(struct window *w) {
    w->copied = false;
    if (!w->size || w->size > LARGEST || w->shared)
        return;
    if (!w->before)
        w->before = malloc(2 * w->size); // and the one to compare with
    w->copied = w->before && copy_of(w, w->before);
}

void stores_end(struct window *w) {
    free(w->before);
    w->before = NULL;
    w->copied = false;
}

// Are all accesses of others noted? Not if some member does not look at the window.
static bool all_noted(const struct window *w) {
    for (int i = 0; i < w->comm->size; i++)
        if (!w->shown->size[w->comm->world[i]])
            return false;
    return !atomic_load(&w->shown->blurred) && !atomic_load(&w->shown->irregular) &&
           !window_beside(w);
}

// Takes out what accesses may have written. changed: a byte for each byte.
static void take_out(const struct window *w, char *changed) {
    for (int i = 0; i < w->comm->size; i++) {
        const struct board_slot *const slot = &self.board->slots[w->comm->world[i]];
        const uint32_t top = atomic_load(&slot->access_top);
        for (uint32_t k = 0; k < top && k < BOARD_ACCESSES; k++) {
            const struct board_access *const a = &slot->accesses[k];
            const uint32_t use = atomic_load(&a->used);
            const bool writes = use && use - 1 != ACCESS_LOAD && use - 1 != ACCESS_GET;
            if (writes && a->window == w->comm->id && a->target == self.rank && a->high <= w->size)
                memset(changed + a->low, 0, a->high - a->low);
        }
    }
}

void stores_until(struct window *w) {
    char *const now = w->before ? w->before + w->size : NULL;
    const uint64_t unit = w->shown->unit[self.rank];
    const uint64_t step = unit && unit <= UNIT ? unit : 1; // an item is written as a whole
    if (!now || !w->copied || !copy_of(w, now))
        return;
    w->copied = false;
    if (memcmp(now, w->before, w->size) == 0)
        return;
    for (uint64_t i = 0; i < w->size; i++)
        now[i] = now[i] != w->before[i];
    // What changes memory was noted before.
    atomic_thread_fence(memory_order_seq_cst);
    take_out(w, now);
    if (!all_noted(w))
        return;
    int ranges = 0;
    for (uint64_t low = 0, high = 0; low < w->size && ranges < RANGES; low = high + step) {
        high = low;
        while (high + step <= w->size && memchr(now + high, 1, step))
            high += step;
        if (low == high)
            continue;
        access_note(w, ACCESS_STORE, MODE_OWN, self.rank, low, high, 0, true);
        ranges++;
    }
}
