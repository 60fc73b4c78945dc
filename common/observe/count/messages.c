// SPDX-License-Identifier: MIT
//
// messages.c: what goes from one rank to one other, and the calls that wait for it. See count.h.

#include "count.h"
#include <pthread.h>
#include <stdlib.h>

// -- sends and receives --------------------------------------------------------------------------

#define SEND(name, iname) \
    int MPI_##name(const void *buf, int n, MPI_Datatype type, int to, int tag, MPI_Comm comm) { \
        WAITING(PMPI_##name(buf, n, type, to, tag, comm), message(size_of(n, type), to)); \
    } \
    int MPI_##iname(const void *buf, int n, MPI_Datatype type, int to, int tag, MPI_Comm comm, \
                    MPI_Request *request) { \
        PROMPT(PMPI_##iname(buf, n, type, to, tag, comm, request), message(size_of(n, type), to)); \
    }
SEND(Send, Isend)
SEND(Ssend, Issend)
SEND(Bsend, Ibsend)
SEND(Rsend, Irsend)

int MPI_Sendrecv(const void *out, int n, MPI_Datatype type, int to, int tag, void *in, int inn,
                 MPI_Datatype intype, int from, int intag, MPI_Comm comm, MPI_Status *status) {
    WAITING(PMPI_Sendrecv(out, n, type, to, tag, in, inn, intype, from, intag, comm, status),
            message(size_of(n, type), to));
}

int MPI_Sendrecv_replace(void *buf, int n, MPI_Datatype type, int to, int tag, int from, int intag,
                         MPI_Comm comm, MPI_Status *status) {
    WAITING(PMPI_Sendrecv_replace(buf, n, type, to, tag, from, intag, comm, status),
            message(size_of(n, type), to));
}

// New in MPI 4; a libmpi without them never sees a call of them, so the name may stay empty.
int PMPI_Isendrecv(const void *out, int n, MPI_Datatype type, int to, int tag, void *in, int inn,
                   MPI_Datatype intype, int from, int intag, MPI_Comm comm, MPI_Request *request)
    __attribute__((weak));
int PMPI_Isendrecv_replace(void *buf, int n, MPI_Datatype type, int to, int tag, int from,
                           int intag, MPI_Comm comm, MPI_Request *request) __attribute__((weak));

int MPI_Isendrecv(const void *out, int n, MPI_Datatype type, int to, int tag, void *in, int inn,
                  MPI_Datatype intype, int from, int intag, MPI_Comm comm, MPI_Request *request) {
    PROMPT(PMPI_Isendrecv(out, n, type, to, tag, in, inn, intype, from, intag, comm, request),
           message(size_of(n, type), to));
}

int MPI_Isendrecv_replace(void *buf, int n, MPI_Datatype type, int to, int tag, int from, int intag,
                          MPI_Comm comm, MPI_Request *request) {
    PROMPT(PMPI_Isendrecv_replace(buf, n, type, to, tag, from, intag, comm, request),
           message(size_of(n, type), to));
}

WAIT(Recv,
     LIST(void *buf, int n, MPI_Datatype type, int from, int tag, MPI_Comm comm, MPI_Status *st),
     LIST(buf, n, type, from, tag, comm, st))
WAIT(Mrecv, LIST(void *buf, int n, MPI_Datatype type, MPI_Message *m, MPI_Status *status),
     LIST(buf, n, type, m, status))
WAIT(Probe, LIST(int from, int tag, MPI_Comm comm, MPI_Status *status),
     LIST(from, tag, comm, status))
WAIT(Mprobe, LIST(int from, int tag, MPI_Comm comm, MPI_Message *m, MPI_Status *status),
     LIST(from, tag, comm, m, status))
WAIT(Wait, LIST(MPI_Request *request, MPI_Status *status), LIST(request, status))
WAIT(Waitall, LIST(int n, MPI_Request requests[], MPI_Status statuses[]),
     LIST(n, requests, statuses))
WAIT(Waitany, LIST(int n, MPI_Request requests[], int *index, MPI_Status *status),
     LIST(n, requests, index, status))
WAIT(Waitsome, LIST(int n, MPI_Request requests[], int *done, int indices[], MPI_Status statuses[]),
     LIST(n, requests, done, indices, statuses))

// -- persistent sends: the handle stays, so it tells what a start will send -----------------------

struct persistent {
    MPI_Request request;
    uint64_t given; // bytes of one send
    int to;
};
static struct persistent *persistent; // those not freed yet
static size_t persistent_count, persistent_cap;
static pthread_mutex_t persistent_lock = PTHREAD_MUTEX_INITIALIZER;

static void remember(MPI_Request request, uint64_t given, int to) {
    pthread_mutex_lock(&persistent_lock);
    if (persistent_count == persistent_cap) {
        const size_t cap = persistent_cap ? 2 * persistent_cap : 16;
        struct persistent *more = realloc(persistent, cap * sizeof *more);
        if (more) {
            persistent = more;
            persistent_cap = cap;
        }
    }
    if (persistent_count < persistent_cap)
        persistent[persistent_count++] = (struct persistent){request, given, to};
    pthread_mutex_unlock(&persistent_lock);
}

static void started(int n, const MPI_Request requests[]) {
    pthread_mutex_lock(&persistent_lock);
    for (int r = 0; r < n; r++)
        for (size_t i = 0; i < persistent_count; i++)
            if (persistent[i].request == requests[r])
                message(persistent[i].given, persistent[i].to);
    pthread_mutex_unlock(&persistent_lock);
}

#define SEND_INIT(name) \
    int MPI_##name(const void *buf, int n, MPI_Datatype type, int to, int tag, MPI_Comm comm, \
                   MPI_Request *request) { \
        const int error = PMPI_##name(buf, n, type, to, tag, comm, request); \
        if (error == MPI_SUCCESS) \
            remember(*request, size_of(n, type), to); \
        return error; \
    }
SEND_INIT(Send_init)
SEND_INIT(Ssend_init)
SEND_INIT(Bsend_init)
SEND_INIT(Rsend_init)

int MPI_Start(MPI_Request *request) {
    PROMPT(PMPI_Start(request), started(1, request));
}

int MPI_Startall(int n, MPI_Request requests[]) {
    PROMPT(PMPI_Startall(n, requests), started(n, requests));
}

int MPI_Request_free(MPI_Request *request) {
    pthread_mutex_lock(&persistent_lock);
    for (size_t i = 0; i < persistent_count; i++)
        if (persistent[i].request == *request)
            persistent[i--] = persistent[--persistent_count];
    pthread_mutex_unlock(&persistent_lock);
    return PMPI_Request_free(request);
}

// -- one-sided -----------------------------------------------------------------------------------

// A call and the one that gives a request: parameters, arguments, bytes, the other rank is `to`.
#define MOVE(name, rname, params, args, given) \
    int MPI_##name(params, MPI_Win win) { \
        PROMPT(PMPI_##name(args, win), message(given, to)); \
    } \
    int MPI_##rname(params, MPI_Win win, MPI_Request *request) { \
        PROMPT(PMPI_##rname(args, win, request), message(given, to)); \
    }
MOVE(Put, Rput,
     LIST(const void *buf, int n, MPI_Datatype type, int to, MPI_Aint at, int ton,
          MPI_Datatype totype),
     LIST(buf, n, type, to, at, ton, totype), size_of(n, type))
MOVE(Get, Rget,
     LIST(void *buf, int n, MPI_Datatype type, int to, MPI_Aint at, int ton, MPI_Datatype totype),
     LIST(buf, n, type, to, at, ton, totype), size_of(n, type))
MOVE(Accumulate, Raccumulate,
     LIST(const void *buf, int n, MPI_Datatype type, int to, MPI_Aint at, int ton,
          MPI_Datatype totype, MPI_Op op),
     LIST(buf, n, type, to, at, ton, totype, op), size_of(n, type))
MOVE(Get_accumulate, Rget_accumulate,
     LIST(const void *buf, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype, int to,
          MPI_Aint at, int ton, MPI_Datatype totype, MPI_Op op),
     LIST(buf, n, type, in, inn, intype, to, at, ton, totype, op),
     size_of(n, type) + size_of(inn, intype))

int MPI_Fetch_and_op(const void *buf, void *in, MPI_Datatype type, int to, MPI_Aint at, MPI_Op op,
                     MPI_Win win) {
    PROMPT(PMPI_Fetch_and_op(buf, in, type, to, at, op, win), message(size_of(1, type), to));
}

int MPI_Compare_and_swap(const void *buf, const void *compare, void *in, MPI_Datatype type, int to,
                         MPI_Aint at, MPI_Win win) {
    PROMPT(PMPI_Compare_and_swap(buf, compare, in, type, to, at, win),
           message(size_of(1, type), to));
}

WAIT(Win_start, LIST(MPI_Group group, int assert, MPI_Win win), LIST(group, assert, win))
WAIT(Win_complete, MPI_Win win, win)
WAIT(Win_wait, MPI_Win win, win)
WAIT(Win_lock, LIST(int kind, int rank, int assert, MPI_Win win), LIST(kind, rank, assert, win))
WAIT(Win_unlock, LIST(int rank, MPI_Win win), LIST(rank, win))
WAIT(Win_lock_all, LIST(int assert, MPI_Win win), LIST(assert, win))
WAIT(Win_unlock_all, MPI_Win win, win)
WAIT(Win_flush, LIST(int rank, MPI_Win win), LIST(rank, win))
WAIT(Win_flush_all, MPI_Win win, win)
WAIT(Win_flush_local, LIST(int rank, MPI_Win win), LIST(rank, win))
WAIT(Win_flush_local_all, MPI_Win win, win)

int MPI_Win_fence(int assert, MPI_Win win) {
    WAITING(PMPI_Win_fence(assert, win), collective(0));
}
