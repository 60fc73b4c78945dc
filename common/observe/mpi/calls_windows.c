// SPDX-License-Identifier: MIT
//
// calls_windows.c: one-sided communication: windows and their epochs.

#include "windows.h"

#define LIST(...) __VA_ARGS__ // many arguments, handed on as one

// -- errors ----------------------------------------------------------------------------------------------

// A window has an error handler of its own. What this file has already said of the call is not said
// again in MPI's words.
static void on_error(MPI_Win *win, int *code, ...) {
    rank_refused(*code);
    PMPI_Win_set_errhandler(*win, MPI_ERRORS_ARE_FATAL);
    PMPI_Win_call_errhandler(*win, *code);
}

static void watch_errors(MPI_Win win) {
    static MPI_Errhandler handler;
    static bool made;
    if (!made)
        made = PMPI_Win_create_errhandler(on_error, &handler) == MPI_SUCCESS;
    if (self.slot && made)
        PMPI_Win_set_errhandler(win, handler);
}

// -- windows: made, fenced and freed by all together -----------------------------------------------------------

#define WINDOW(name, params, args, base, size, unit, kind) \
    int MPI_##name(params) { \
        ENTER(name, PMPI_##name(args)); \
        const struct round round = {.root = -1, .bytes = -1, .op = MPI_OP_NULL}; \
        if (!round_enter(CALL_##name, comm, &round, HERE)) \
            return PMPI_##name(args); \
        const uint64_t pc = self.slot->pc; \
        const bool known = self.slot->round > 0; \
        call_waits(known); \
        const int error = PMPI_##name(args); \
        call_waited(known); \
        if (error == MPI_SUCCESS) { \
            watch_errors(*win); \
            window_made(*win, comm, base, size, unit, kind, pc); \
        } \
        return error; \
    }
WINDOW(Win_create,
       LIST(void *memory, MPI_Aint size, int unit, MPI_Info info, MPI_Comm comm, MPI_Win *win),
       LIST(memory, size, unit, info, comm, win), memory, size, unit, 0)
WINDOW(Win_create_dynamic, LIST(MPI_Info info, MPI_Comm comm, MPI_Win *win), LIST(info, comm, win),
       NULL, 0, 1, WINDOW_DYNAMIC)
WINDOW(Win_allocate,
       LIST(MPI_Aint size, int unit, MPI_Info info, MPI_Comm comm, void *memory, MPI_Win *win),
       LIST(size, unit, info, comm, memory, win), *(void **)memory, size, unit, 0)
WINDOW(Win_allocate_shared,
       LIST(MPI_Aint size, int unit, MPI_Info info, MPI_Comm comm, void *memory, MPI_Win *win),
       LIST(size, unit, info, comm, memory, win), *(void **)memory, size, unit, WINDOW_SHARED)

// Begins a collective on a window. False: what it waits for cannot be told.
static bool together(enum board_call call, const struct window *w, uint64_t pc) {
    const struct round round = {.root = -1, .bytes = -1, .op = MPI_OP_NULL};
    return w && round_enter_in(call, w->comm, &round, pc) && self.slot->round;
}

int MPI_Win_fence(int assert, MPI_Win win) {
    ENTER(Win_fence, PMPI_Win_fence(assert, win));
    struct window *const w = self.slot ? window_of(win) : NULL;
    struct window *const looked = window_shown(win);
    if (looked)
        window_fence_begins(looked);
    const bool known = together(CALL_Win_fence, w, HERE);
    if (looked)
        stores_until(looked);
    call_waits(known);
    const int error = PMPI_Win_fence(assert, win);
    call_waited(known);
    if (looked && error == MPI_SUCCESS) {
        self.slot->call = CALL_Win_fence;
        buffers_back(looked->key, -1);
        window_fenced(looked, assert);
    }
    return error;
}

int MPI_Win_free(MPI_Win *win) {
    ENTER(Win_free, PMPI_Win_free(win));
    MPI_Win before = *win;
    struct window *const w = self.slot ? window_of(before) : NULL;
    const bool known = together(CALL_Win_free, w, HERE);
    if (window_shown(before))
        window_ends(w, HERE);
    call_waits(known);
    const int error = PMPI_Win_free(win);
    call_waited(known);
    if (self.slot && error == MPI_SUCCESS) {
        if (w)
            buffers_back(w->key, -1);
        window_freed(before);
    }
    return error;
}

// -- epochs -----------------------------------------------------------------------------------------------

// Begins to note a call on a window; target: a rank in it, or -1. NULL: the window is not followed.
static struct window *epoch_enter(enum board_call call, MPI_Win win, int rank, uint64_t pc) {
    if (!call_enter(call, pc))
        return NULL;
    struct window *const w = window_shown(win);
    self.slot->said_peer = rank;
    if (!w)
        return NULL;
    self.slot->comm = w->comm->id;
    self.slot->peer = rank < 0 ? PEER_ANY : window_target(w, rank);
    return rank < 0 || self.slot->peer >= 0 ? w : NULL;
}

static void inside(const struct window *w) {
    call_waits(w != NULL);
}

// The wait that calls.def tells of is over.
static int left(const struct window *w, int error) {
    call_waited(w != NULL);
    return error;
}

// Only an exclusive lock orders those who had it.
static void acquired(bool really) {
    if (really)
        self.acquired = trace_now();
}

static int lock(struct window *w, int target, bool exclusive, uint64_t pc, int error) {
    if (w && error == MPI_SUCCESS) {
        window_locked(w, target, exclusive, pc);
        acquired(atomic_load(&w->shown->exclusive));
    }
    return error;
}

int MPI_Win_lock(int kind, int rank, int assert, MPI_Win win) {
    ENTER(Win_lock, PMPI_Win_lock(kind, rank, assert, win));
    struct window *const w = epoch_enter(CALL_Win_lock, win, rank, HERE);
    if (w) {
        window_lock(w, self.slot->peer, kind == MPI_LOCK_EXCLUSIVE, HERE);
        self.slot->root = kind == MPI_LOCK_EXCLUSIVE;
    }
    inside(w);
    const int error = left(w, PMPI_Win_lock(kind, rank, assert, win));
    return lock(w, w ? self.slot->peer : 0, kind == MPI_LOCK_EXCLUSIVE, HERE, error);
}

int MPI_Win_lock_all(int assert, MPI_Win win) {
    ENTER(Win_lock_all, PMPI_Win_lock_all(assert, win));
    struct window *const w = epoch_enter(CALL_Win_lock_all, win, -1, HERE);
    if (w) {
        window_lock(w, -1, false, HERE);
        self.slot->root = 0;
    }
    inside(w);
    const int error = left(w, PMPI_Win_lock_all(assert, win));
    return lock(w, -1, false, HERE, error);
}

// Accesses are over, and buffers are the program's again. rank: -1 for all.
static void flushed(const struct window *w, int target, bool locally) {
    buffers_back(w->key, target);
    accesses_over(w, target, locally);
    acquired(self.fetched);
    self.fetched = false;
}

#define UNLOCK(name, params, args, rank) \
    int MPI_##name(params) { \
        ENTER(name, PMPI_##name(args)); \
        struct window *const w = epoch_enter(CALL_##name, win, rank, HERE); \
        const int target = w && self.slot->peer >= 0 ? self.slot->peer : -1; \
        if (w) \
            window_unlock(w, target, HERE); \
        call_waits(false); \
        const int error = PMPI_##name(args); \
        call_waited(false); \
        if (w && error == MPI_SUCCESS) { \
            flushed(w, target, false); \
            window_unlocked(w, target); \
        } \
        return error; \
    }
UNLOCK(Win_unlock, LIST(int rank, MPI_Win win), LIST(rank, win), rank)
UNLOCK(Win_unlock_all, MPI_Win win, win, -1)

#define FLUSH(name, params, args, rank, what) \
    int MPI_##name(params) { \
        ENTER(name, PMPI_##name(args)); \
        struct window *const w = epoch_enter(CALL_##name, win, rank, HERE); \
        const int target = w && self.slot->peer >= 0 ? self.slot->peer : -1; \
        if (w) \
            window_flush(w, target, HERE); \
        call_waits(false); \
        const int error = PMPI_##name(args); \
        call_waited(false); \
        if (w && error == MPI_SUCCESS) \
            what; \
        return error; \
    }
FLUSH(Win_flush, LIST(int rank, MPI_Win win), LIST(rank, win), rank, flushed(w, target, false))
FLUSH(Win_flush_all, MPI_Win win, win, -1, flushed(w, target, false))
FLUSH(Win_flush_local, LIST(int rank, MPI_Win win), LIST(rank, win), rank, flushed(w, target, true))
FLUSH(Win_flush_local_all, MPI_Win win, win, -1, flushed(w, target, true))

// A program that looks at its own memory in a loop says so with this.
int MPI_Win_sync(MPI_Win win) {
    ENTER(Win_sync, PMPI_Win_sync(win));
    const bool known = epoch_enter(CALL_Win_sync, win, -1, HERE) != NULL;
    const int error = PMPI_Win_sync(win);
    if (known) {
        accesses_released();
        acquired(true);
    }
    return error;
}

int MPI_Win_start(MPI_Group group, int assert, MPI_Win win) {
    ENTER(Win_start, PMPI_Win_start(group, assert, win));
    struct window *const w = epoch_enter(CALL_Win_start, win, -1, HERE);
    if (w)
        window_start(w, group, HERE);
    inside(w);
    const int error = left(w, PMPI_Win_start(group, assert, win));
    acquired(w != NULL);
    return error;
}

int MPI_Win_complete(MPI_Win win) {
    ENTER(Win_complete, PMPI_Win_complete(win));
    struct window *const w = epoch_enter(CALL_Win_complete, win, -1, HERE);
    if (w) {
        window_complete(w, HERE);
        accesses_released();
    }
    inside(w);
    const int error = left(w, PMPI_Win_complete(win));
    if (w && error == MPI_SUCCESS) {
        window_completed(w);
        buffers_back(w->key, -1);
    }
    return error;
}

int MPI_Win_post(MPI_Group group, int assert, MPI_Win win) {
    ENTER(Win_post, PMPI_Win_post(group, assert, win));
    struct window *const w = epoch_enter(CALL_Win_post, win, -1, HERE);
    if (w) {
        window_post(w, group, HERE);
        accesses_released();
    }
    return PMPI_Win_post(group, assert, win);
}

int MPI_Win_wait(MPI_Win win) {
    ENTER(Win_wait, PMPI_Win_wait(win));
    struct window *const w = epoch_enter(CALL_Win_wait, win, -1, HERE);
    if (w)
        window_wait(w, HERE);
    inside(w);
    const int error = left(w, PMPI_Win_wait(win));
    if (w && error == MPI_SUCCESS) {
        window_waited(w);
        acquired(true);
    }
    return error;
}

int MPI_Win_test(MPI_Win win, int *flag) {
    ENTER(Win_test, PMPI_Win_test(win, flag));
    struct window *const w = epoch_enter(CALL_Win_test, win, -1, HERE);
    if (w)
        window_wait(w, HERE);
    const int error = PMPI_Win_test(win, flag);
    if (w && error == MPI_SUCCESS) {
        call_polled(*flag);
        if (*flag) {
            window_waited(w);
            acquired(true);
        }
    }
    return error;
}
