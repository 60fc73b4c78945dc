// SPDX-License-Identifier: MIT
//
// calls_windows.c: one-sided communication. The buffer of an access (MPI_Put) is MPI's until the
// access has ended at this rank: by the fence, flush, unlock or complete that belongs to it, or by
// its request. What it does at its target: window.h.

#include "tsan.h"
#include "window.h"
#include <string.h>

#define CALLER __builtin_return_address(0)
#pragma weak ompi_mpi_op_no_op // what MPI_NO_OP stands for in Open MPI

// -- accesses ---------------------------------------------------------------------------------------

enum { TOKENS = 1 << 10, ANY = -1 };

// A token each target of a window, and one for all of them together, modulo their number.
static char *window_token(MPI_Win win, int target) {
    static char tokens[TOKENS];
    uint64_t h = 0;
    memcpy(&h, &win, sizeof(MPI_Win));
    h = (h ^ h >> 29) * UINT64_C(0xBF58476D1CE4E5B9) + (uint64_t)(target + 1);
    return &tokens[(h ^ h >> 32) % TOKENS];
}

// The buffers of an access on this rank, and what it reaches.
struct access {
    struct buffer out, compared, in;
    struct reaching there;
};

// request: NULL: the access has none.
static void access_begun(const struct access *access, MPI_Win win, const MPI_Request *request,
                         void *caller) {
    if (access->there.target == MPI_PROC_NULL)
        return;
    window_reached(win, &access->there, caller);
    void *const begun = pending_begin();
    buffer_touch(&access->out, USER_ACCESS);
    buffer_touch(&access->compared, USER_ACCESS);
    buffer_touch(&access->in, USER_ACCESS);
    __tsan_release(window_token(win, access->there.target));
    if (request)
        __tsan_release(request_token(*request));
    pending_end(begun, window_token(win, ANY));
}

// MPI_NO_OP reads no buffer: then `where` need not be one.
#define OUT(where, n, what) .out = {where, n, what, false, CALLER}
#define OUT_BY(op, where, n, what) OUT((op) == MPI_NO_OP ? NULL : (where), n, what)
#define COMPARED(where, n, what) .compared = {where, n, what, false, CALLER}
#define IN(where, n, what) .in = {where, n, what, true, CALLER}

// What it does at its target.
#define READS(to, at, n, what) .there = {to, at, n, what, false, false}
#define WRITES(to, at, n, what) .there = {to, at, n, what, true, false}
#define UPDATES(op, to, at, n, what) .there = {to, at, n, what, (op) != MPI_NO_OP, true}

// name, parameters, arguments, struct access.
#define ACCESS(name, params, args, ...) \
    WEAK(PMPI_##name); \
    int MPI_##name(params, MPI_Win win) { \
        const int result = PMPI_##name(args, win); \
        if (result == MPI_SUCCESS) \
            access_begun(&(struct access){__VA_ARGS__}, win, NULL, CALLER); \
        return result; \
    }
// .. and its twin that gives a request.
#define ACCESSES(name, rname, params, args, ...) \
    ACCESS(name, LIST(params), LIST(args), __VA_ARGS__) \
    WEAK(PMPI_##rname); \
    int MPI_##rname(params, MPI_Win win, MPI_Request *request) { \
        const int result = PMPI_##rname(args, win, request); \
        if (result == MPI_SUCCESS) \
            access_begun(&(struct access){__VA_ARGS__}, win, request, CALLER); \
        return result; \
    }

ACCESSES(Put, Rput,
         LIST(const void *buf, int n, MPI_Datatype type, int to, MPI_Aint at, int ton,
              MPI_Datatype totype),
         LIST(buf, n, type, to, at, ton, totype), OUT(buf, n, type), WRITES(to, at, ton, totype))
ACCESSES(Get, Rget,
         LIST(void *buf, int n, MPI_Datatype type, int to, MPI_Aint at, int ton,
              MPI_Datatype totype),
         LIST(buf, n, type, to, at, ton, totype), IN(buf, n, type), READS(to, at, ton, totype))
ACCESSES(Accumulate, Raccumulate,
         LIST(const void *buf, int n, MPI_Datatype type, int to, MPI_Aint at, int ton,
              MPI_Datatype totype, MPI_Op op),
         LIST(buf, n, type, to, at, ton, totype, op), OUT(buf, n, type),
         UPDATES(op, to, at, ton, totype))
ACCESSES(Get_accumulate, Rget_accumulate,
         LIST(const void *buf, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
              int to, MPI_Aint at, int ton, MPI_Datatype totype, MPI_Op op),
         LIST(buf, n, type, in, inn, intype, to, at, ton, totype, op), OUT_BY(op, buf, n, type),
         IN(in, inn, intype), UPDATES(op, to, at, ton, totype))
ACCESS(Fetch_and_op,
       LIST(const void *buf, void *in, MPI_Datatype type, int to, MPI_Aint at, MPI_Op op),
       LIST(buf, in, type, to, at, op), OUT_BY(op, buf, 1, type), IN(in, 1, type),
       UPDATES(op, to, at, 1, type))
ACCESS(Compare_and_swap,
       LIST(const void *buf, const void *compared, void *in, MPI_Datatype type, int to,
            MPI_Aint at),
       LIST(buf, compared, in, type, to, at), OUT(buf, 1, type), COMPARED(compared, 1, type),
       IN(in, 1, type), .there = {to, at, 1, type, true, true})

// -- epochs -----------------------------------------------------------------------------------------

// name, parameters, arguments, what is done before the call, and after one that went well.
#define EPOCH(name, params, args, before, after) \
    WEAK(PMPI_##name); \
    int MPI_##name(params) { \
        epoch_sent(); \
        before; \
        const int result = PMPI_##name(args); \
        message_received(); \
        if (result == MPI_SUCCESS) { \
            after; \
        } \
        return result; \
    }
#define NOTHING (void)0

// The accesses of this rank to the target have ended.
static void ended(MPI_Win win, int target) {
    __tsan_acquire(window_token(win, target));
}

#define ENDS(name, params, args, target) \
    EPOCH(name, LIST(params), LIST(args), NOTHING, ended(win, target))
ENDS(Win_flush, LIST(int rank, MPI_Win win), LIST(rank, win), rank)
ENDS(Win_flush_all, MPI_Win win, win, ANY)
ENDS(Win_flush_local, LIST(int rank, MPI_Win win), LIST(rank, win), rank)
ENDS(Win_flush_local_all, MPI_Win win, win, ANY)

EPOCH(Win_lock, LIST(int kind, int rank, int assert, MPI_Win win), LIST(kind, rank, assert, win),
      NOTHING, window_locked(win, 1))
EPOCH(Win_lock_all, LIST(int assert, MPI_Win win), LIST(assert, win), NOTHING,
      window_locked(win, 1))
EPOCH(Win_unlock, LIST(int rank, MPI_Win win), LIST(rank, win), NOTHING,
      LIST(window_locked(win, -1), ended(win, rank)))
EPOCH(Win_unlock_all, MPI_Win win, win, NOTHING, LIST(window_locked(win, -1), ended(win, ANY)))

EPOCH(Win_fence, LIST(int assert, MPI_Win win), LIST(assert, win), NOTHING,
      LIST(ended(win, ANY), window_fenced(win)))
EPOCH(Win_start, LIST(MPI_Group group, int assert, MPI_Win win), LIST(group, assert, win), NOTHING,
      window_started(win, group))
EPOCH(Win_complete, MPI_Win win, win, window_completes(win), ended(win, ANY))
EPOCH(Win_post, LIST(MPI_Group group, int assert, MPI_Win win), LIST(group, assert, win),
      window_posted(win, group), NOTHING)
EPOCH(Win_wait, MPI_Win win, win, NOTHING, window_waited(win))
EPOCH(Win_test, LIST(MPI_Win win, int *flag), LIST(win, flag), NOTHING,
      *flag ? window_waited(win) : NOTHING)

// -- windows ----------------------------------------------------------------------------------------

// name, parameters, arguments, where its memory lies.
#define WINDOW(name, params, args, base) \
    WEAK(PMPI_##name); \
    int MPI_##name(params) { \
        const int result = PMPI_##name(args); \
        if (result == MPI_SUCCESS) \
            window_made(*win, comm, base, size, unit); \
        return result; \
    }
WINDOW(Win_create,
       LIST(void *memory, MPI_Aint size, int unit, MPI_Info info, MPI_Comm comm, MPI_Win *win),
       LIST(memory, size, unit, info, comm, win), memory)
WINDOW(Win_allocate,
       LIST(MPI_Aint size, int unit, MPI_Info info, MPI_Comm comm, void *memory, MPI_Win *win),
       LIST(size, unit, info, comm, memory, win), *(void **)memory)
WINDOW(Win_allocate_shared,
       LIST(MPI_Aint size, int unit, MPI_Info info, MPI_Comm comm, void *memory, MPI_Win *win),
       LIST(size, unit, info, comm, memory, win), *(void **)memory)

WEAK(PMPI_Win_free);

int MPI_Win_free(MPI_Win *win) {
    MPI_Win freed = *win;
    const int result = PMPI_Win_free(win);
    if (result == MPI_SUCCESS) {
        ended(freed, ANY);
        window_freed(freed);
    }
    return result;
}
