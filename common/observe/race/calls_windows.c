// SPDX-License-Identifier: MIT
//
// calls_windows.c: one-sided communication. The buffer of an access (MPI_Put) is MPI's until the
// access has ended at this rank: by the fence, flush, unlock or complete that belongs to it, or by
// its request.

#include "message.h"
#include "tsan.h"
#include <stdint.h>
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

// The buffers of an access on this rank, all read but the last, which `written` tells of.
struct access {
    struct buffer out, compared, in;
    int target;
};

// request: NULL: the access has none.
static void access_begun(const struct access *access, MPI_Win win, const MPI_Request *request) {
    if (access->target == MPI_PROC_NULL)
        return;
    void *const begun = pending_begin();
    buffer_touch(&access->out, USER_ACCESS);
    buffer_touch(&access->compared, USER_ACCESS);
    buffer_touch(&access->in, USER_ACCESS);
    __tsan_release(window_token(win, access->target));
    if (request)
        __tsan_release(request_token(*request));
    pending_end(begun, window_token(win, ANY));
}

// MPI_NO_OP reads no buffer: then `where` need not be one.
#define OUT(where, n, what) .out = {where, n, what, false, CALLER}
#define OUT_BY(op, where, n, what) OUT((op) == MPI_NO_OP ? NULL : (where), n, what)
#define COMPARED(where, n, what) .compared = {where, n, what, false, CALLER}
#define IN(where, n, what) .in = {where, n, what, true, CALLER}

// name, parameters, arguments, struct access.
#define ACCESS(name, params, args, ...) \
    WEAK(PMPI_##name); \
    int MPI_##name(params, MPI_Win win) { \
        const int result = PMPI_##name(args, win); \
        if (result == MPI_SUCCESS) \
            access_begun(&(struct access){__VA_ARGS__}, win, NULL); \
        return result; \
    }
// .. and its twin that gives a request.
#define ACCESSES(name, rname, params, args, ...) \
    ACCESS(name, LIST(params), LIST(args), __VA_ARGS__) \
    WEAK(PMPI_##rname); \
    int MPI_##rname(params, MPI_Win win, MPI_Request *request) { \
        const int result = PMPI_##rname(args, win, request); \
        if (result == MPI_SUCCESS) \
            access_begun(&(struct access){__VA_ARGS__}, win, request); \
        return result; \
    }

ACCESSES(Put, Rput,
         LIST(const void *buf, int n, MPI_Datatype type, int to, MPI_Aint at, int ton,
              MPI_Datatype totype),
         LIST(buf, n, type, to, at, ton, totype), OUT(buf, n, type), .target = to)
ACCESSES(Get, Rget,
         LIST(void *buf, int n, MPI_Datatype type, int to, MPI_Aint at, int ton,
              MPI_Datatype totype),
         LIST(buf, n, type, to, at, ton, totype), IN(buf, n, type), .target = to)
ACCESSES(Accumulate, Raccumulate,
         LIST(const void *buf, int n, MPI_Datatype type, int to, MPI_Aint at, int ton,
              MPI_Datatype totype, MPI_Op op),
         LIST(buf, n, type, to, at, ton, totype, op), OUT(buf, n, type), .target = to)
ACCESSES(Get_accumulate, Rget_accumulate,
         LIST(const void *buf, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
              int to, MPI_Aint at, int ton, MPI_Datatype totype, MPI_Op op),
         LIST(buf, n, type, in, inn, intype, to, at, ton, totype, op), OUT_BY(op, buf, n, type),
         IN(in, inn, intype), .target = to)
ACCESS(Fetch_and_op,
       LIST(const void *buf, void *in, MPI_Datatype type, int to, MPI_Aint at, MPI_Op op),
       LIST(buf, in, type, to, at, op), OUT_BY(op, buf, 1, type), IN(in, 1, type), .target = to)
ACCESS(Compare_and_swap,
       LIST(const void *buf, const void *compared, void *in, MPI_Datatype type, int to,
            MPI_Aint at),
       LIST(buf, compared, in, type, to, at), OUT(buf, 1, type), COMPARED(compared, 1, type),
       IN(in, 1, type), .target = to)

// -- what ends them ---------------------------------------------------------------------------------

// name, parameters, arguments, the target whose accesses have ended.
#define ENDS(name, params, args, target) \
    WEAK(PMPI_##name); \
    int MPI_##name(params) { \
        message_sent(); \
        const int result = PMPI_##name(args); \
        message_received(); \
        __tsan_acquire(window_token(win, target)); \
        return result; \
    }

ENDS(Win_fence, LIST(int assert, MPI_Win win), LIST(assert, win), ANY)
ENDS(Win_complete, MPI_Win win, win, ANY)
ENDS(Win_unlock, LIST(int rank, MPI_Win win), LIST(rank, win), rank)
ENDS(Win_unlock_all, MPI_Win win, win, ANY)
ENDS(Win_flush, LIST(int rank, MPI_Win win), LIST(rank, win), rank)
ENDS(Win_flush_all, MPI_Win win, win, ANY)
ENDS(Win_flush_local, LIST(int rank, MPI_Win win), LIST(rank, win), rank)
ENDS(Win_flush_local_all, MPI_Win win, win, ANY)
