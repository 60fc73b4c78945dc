// SPDX-License-Identifier: MIT
//
// windows.c: windows, and which epochs of theirs are open.

#include "windows.h"
#include "handles.h"
#include <stdlib.h>
#include <string.h>

enum { WINDOWS = 64 };
static struct window *windows[WINDOWS];

// -- made and freed --------------------------------------------------------------------------------------

// Its place on the board, the same for all members. -1: there is none left.
static int place_of(uint32_t id, int size) {
    int place = -1;
    if (!board_lock())
        return -1;
    for (int i = 0; i < BOARD_WINDOWS; i++) {
        const uint32_t other = atomic_load(&self.board->windows[i].id);
        if (other == id || (!other && place < 0))
            place = i;
        if (other == id)
            break;
    }
    if (place >= 0 && !atomic_load(&self.board->windows[place].id)) {
        memset(&self.board->windows[place], 0, sizeof *self.board->windows);
        atomic_store(&self.board->windows[place].id, id);
    }
    board_unlock();
    return size > BOARD_RANKS ? -1 : place;
}

void window_made(MPI_Win win, MPI_Comm comm, const void *base, MPI_Aint size, int unit, int kind,
                 uint64_t pc) {
    handle_made(RULE_LEFT_WIN, KEY(win), pc);
    int i = 0;
    while (i < WINDOWS && windows[i])
        i++;
    struct window *const w = i < WINDOWS && self.slot ? calloc(1, sizeof *w) : NULL;
    struct comm *const own = w ? comm_of_window(comm_of(comm), pc) : NULL;
    if (!own) {
        free(w);
        return;
    }
    w->key = KEY(win);
    w->comm = own;
    w->base = base;
    w->size = size > 0 && kind != WINDOW_DYNAMIC ? (uint64_t)size : 0;
    w->shared = kind == WINDOW_SHARED;
    windows[i] = w;
    const int place = place_of(own->id, own->size);
    if (place < 0)
        return;
    w->shown = &self.board->windows[place];
    w->epoch = &self.slot->epochs[place];
    memset(w->epoch, 0, sizeof *w->epoch);
    w->shown->unit[self.rank] = (uint32_t)unit;
    if (kind != WINDOW_DYNAMIC)
        w->shown->size[self.rank] = w->size + 1;
    self.windows++;
}

struct window *window_of(MPI_Win win) {
    for (int i = 0; i < WINDOWS; i++)
        if (windows[i] && windows[i]->key == KEY(win))
            return windows[i];
    return NULL;
}

struct window *window_shown(MPI_Win win) {
    struct window *const w = self.slot ? window_of(win) : NULL;
    return w && w->shown ? w : NULL;
}

void window_freed(MPI_Win win) {
    handle_freed(RULE_LEFT_WIN, KEY(win));
    for (int i = 0; i < WINDOWS; i++) {
        struct window *const w = windows[i];
        if (!w || w->key != KEY(win))
            continue;
        if (w->shown) {
            accesses_forget(w);
            if (atomic_fetch_add(&w->shown->left, 1) + 1 == (uint32_t)w->comm->size || self.apart)
                atomic_store(&w->shown->id, 0);
            self.windows--;
        }
        comm_window_free(w->comm);
        stores_end(w);
        free(w);
        windows[i] = NULL;
        return;
    }
}

int window_target(const struct window *w, int rank) {
    const int world = comm_world(w->comm, rank);
    return world >= 0 && world < BOARD_RANKS ? world : -1;
}

struct window *window_at(const char *at, uint64_t bytes, uint64_t *low) {
    for (int i = 0; self.windows && i < WINDOWS; i++) {
        struct window *const w = windows[i];
        if (w && w->shown && w->size && at >= w->base && at + bytes <= w->base + w->size) {
            *low = (uint64_t)(at - w->base);
            return w;
        }
    }
    return NULL;
}

bool window_beside(const struct window *w) {
    for (int i = 0; i < WINDOWS; i++) {
        const struct window *const other = windows[i];
        if (other && other != w && w->base < other->base + other->size &&
            other->base < w->base + w->size)
            return true;
    }
    return false;
}

// -- epochs -----------------------------------------------------------------------------------------------

static struct board_find *tell(enum board_rule rule, int target, uint64_t pc, uint64_t pc2) {
    struct board_find *const find = find_add(rule, pc, pc2);
    if (find)
        find->other = target;
    return find;
}

static void tell_order(enum board_epoch_order order, uint64_t pc, uint64_t pc2) {
    struct board_find *const find = find_add(RULE_EPOCH_ORDER, pc, pc2);
    if (find)
        find->n[0] = order;
}

enum board_mode window_mode(struct window *w, int target, enum board_call call, uint64_t pc) {
    if (w->epoch->held[target])
        return MODE_LOCK;
    if (w->started && w->epoch->access[target])
        return MODE_START;
    if (w->fenced && !w->started) {
        w->fence_access = pc;
        return MODE_FENCE;
    }
    struct board_find *const find = tell(RULE_NO_EPOCH, target, pc, 0);
    if (find)
        find->call = call;
    return MODE_NONE;
}

void window_fence_begins(struct window *w) {
    w->fence_access = 0;
}

void window_fenced(struct window *w, int assert) {
    accesses_forget(w);
    w->fences++;
    w->fenced = !(assert &MPI_MODE_NOSUCCEED);
    if (w->fenced)
        stores_from(w);
}

void window_lock(struct window *w, int target, bool exclusive, uint64_t pc) {
    if (exclusive)
        atomic_store(&w->shown->exclusive, 1);
    if (w->locked_all)
        tell_order(EPOCH_LOCK_ALL_MIXED, pc, w->begun_pc);
    else if (target >= 0 && w->epoch->held[target])
        tell(RULE_LOCKED_TWICE, target, pc, w->lock_pc[target]);
    else if (target < 0)
        for (int i = 0; i < w->comm->size; i++)
            if (w->epoch->held[w->comm->world[i]])
                tell_order(EPOCH_LOCK_ALL_MIXED, pc, w->lock_pc[w->comm->world[i]]);
}

void window_locked(struct window *w, int target, bool exclusive, uint64_t pc) {
    w->locked_all = target < 0;
    w->begun_pc = pc;
    for (int i = 0; i < w->comm->size; i++)
        if (target < 0 || w->comm->world[i] == target) {
            w->epoch->held[w->comm->world[i]] = exclusive ? 2 : 1;
            w->lock_pc[w->comm->world[i]] = pc;
        }
}

void window_flush(const struct window *w, int target, uint64_t pc) {
    bool held = false;
    for (int i = 0; i < w->comm->size; i++)
        held = held ||
               ((target < 0 || w->comm->world[i] == target) && w->epoch->held[w->comm->world[i]]);
    if (!held)
        tell(RULE_NOT_LOCKED, target, pc, 0);
}

void window_unlock(struct window *w, int target, uint64_t pc) {
    if ((target < 0) != w->locked_all)
        tell(RULE_NOT_LOCKED, target, pc, 0);
    else
        window_flush(w, target, pc);
    if (!atomic_load(&w->shown->exclusive))
        return;
    // Who takes the lock next may know of all this.
    accesses_over(w, target, false);
    accesses_released();
}

void window_unlocked(struct window *w, int target) {
    accesses_over(w, target, false);
    w->locked_all = w->locked_all && target >= 0;
    for (int i = 0; i < w->comm->size; i++)
        if (target < 0 || w->comm->world[i] == target)
            w->epoch->held[w->comm->world[i]] = 0;
}

// Marks the ranks of a group. Returns a number that is the same for the same ranks.
static uint64_t group_ranks(const struct window *w, MPI_Group group, uint8_t *named) {
    MPI_Group world;
    int size = 0;
    memset(named, 0, BOARD_RANKS);
    PMPI_Comm_group(MPI_COMM_WORLD, &world);
    PMPI_Group_size(group, &size);
    uint64_t number = 0x9e3779b97f4a7c15U;
    for (int i = 0, rank; i < size; i++)
        if (PMPI_Group_translate_ranks(group, 1, &i, world, &rank) == MPI_SUCCESS && rank >= 0 &&
            rank < BOARD_RANKS)
            named[rank] = 1;
    PMPI_Group_free(&world);
    for (int i = 0; i < w->comm->size; i++)
        number = (number ^ named[w->comm->world[i]]) * 0x100000001b3U;
    return number;
}

void window_start(struct window *w, MPI_Group group, uint64_t pc) {
    if (w->started)
        tell_order(EPOCH_START_TWICE, pc, w->begun_pc);
    group_ranks(w, group, w->epoch->access);
    for (int i = 0; i < self.size; i++)
        w->epoch->started[i] = (uint16_t)(w->epoch->started[i] + w->epoch->access[i]);
    w->started = true;
    w->begun_pc = pc;
}

void window_complete(struct window *w, uint64_t pc) {
    if (!w->started)
        tell_order(EPOCH_COMPLETE_ALONE, pc, 0);
    for (int i = 0; w->started && i < self.size; i++)
        w->epoch->completed[i] = (uint16_t)(w->epoch->completed[i] + w->epoch->access[i]);
}

void window_completed(struct window *w) {
    for (int i = 0; w->started && i < self.size; i++)
        if (w->epoch->access[i])
            accesses_over(w, i, false);
    memset(w->epoch->access, 0, sizeof w->epoch->access);
    w->started = false;
}

void window_post(struct window *w, MPI_Group group, uint64_t pc) {
    if (w->posted)
        tell_order(EPOCH_POST_TWICE, pc, w->posted_pc);
    const uint64_t number = group_ranks(w, group, w->epoch->exposure);
    if (w->posts++ && number != w->group)
        atomic_store(&w->shown->irregular, 1);
    w->group = number;
    for (int i = 0; i < self.size; i++)
        w->epoch->posted[i] = (uint16_t)(w->epoch->posted[i] + w->epoch->exposure[i]);
    w->posted = true;
    w->posted_pc = pc;
    stores_from(w);
}

void window_wait(struct window *w, uint64_t pc) {
    if (!w->posted)
        tell_order(EPOCH_WAIT_ALONE, pc, 0);
    else
        stores_until(w);
}

void window_waited(struct window *w) {
    memset(w->epoch->exposure, 0, sizeof w->epoch->exposure);
    w->posted = false;
}

void window_ends(const struct window *w, uint64_t pc) {
    uint64_t open = w->started || w->locked_all ? w->begun_pc : w->posted ? w->posted_pc : 0;
    for (int i = 0; !open && i < w->comm->size; i++)
        if (w->epoch->held[w->comm->world[i]])
            open = w->lock_pc[w->comm->world[i]];
    if (!open)
        open = w->fence_access;
    if (open)
        find_add(RULE_EPOCH_OPEN, pc, open);
}
