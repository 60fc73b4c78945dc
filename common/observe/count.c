// SPDX-License-Identifier: MIT
//
// count.c: how much a program says to MPI, and how long it waits there.
//
// Theory of operation. This file is a library (build/lib/count.so) that is loaded before libmpi
// (LD_PRELOAD). MPI promises that every MPI_X can also be called as PMPI_X; so the MPI_X below
// stand in for the library's own, count, and call PMPI_X. When the program ends MPI, each rank
// writes its counters as evidence lines:
//
//     {"v":1,"kind":"count","rank":0,"name":"messages","value":12}
//
// to the file named by TWOFOLD_EVIDENCE, where %r stands for the rank (without %r, .RANK is put
// behind the name). Without that variable nothing is counted for anybody and nothing is written.
//
//     messages     sends to one other rank, of any mode (a persistent one: each time it is
//                  started), and one-sided transfers; none where the other side is MPI_PROC_NULL
//     collectives  calls that all ranks of a communicator make together, blocking or not, also
//                  those among the neighbours of a topology; not the making of communicators,
//                  types, windows and files, nor persistent collectives
//     bytes        handed to MPI by this rank: count times MPI_Type_size. Of a collective, what
//                  lies in this rank's own send buffer: the root's part of a broadcast or scatter
//                  and nothing of the others'; a gather's or reduction's contribution once;
//                  all-to-all a block for each other side. MPI may move it more or less often.
//                  Of one-sided calls, what the caller moves, in either direction
//     mpi_ms       milliseconds inside calls that may wait (a sum over the threads of a rank)
//
// A rank that waits does not burn its core meanwhile: see sched_yield() below.
//
// A program can say which part of it is meant: it is counted between MPI_Pcontrol(1) and
// MPI_Pcontrol(0), as often as they come. One that never calls MPI_Pcontrol(1) is counted from
// MPI_Init on. Calls from Fortran do not pass here.

#include <errno.h>
#include <inttypes.h>
#include <mpi.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static atomic_bool counting;  // between the brackets
static atomic_bool bracketed; // MPI_Pcontrol(1) was called
static atomic_uint_fast64_t messages, collectives, bytes, waited_ns;

// -- what the wrappers do ------------------------------------------------------------------------

static uint64_t clock_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000U + (uint64_t)t.tv_nsec;
}

static void add(atomic_uint_fast64_t *counter, uint64_t value) {
    atomic_fetch_add_explicit(counter, value, memory_order_relaxed);
}

static uint64_t size_of(int count, MPI_Datatype type) {
    int size = 0;
    if (count <= 0 || type == MPI_DATATYPE_NULL || PMPI_Type_size(type, &size) != MPI_SUCCESS)
        return 0;
    return (uint64_t)count * (uint64_t)(size > 0 ? size : 0);
}

static void message(uint64_t given, int to) {
    if (to == MPI_PROC_NULL)
        return;
    add(&messages, 1);
    add(&bytes, given);
}

static void collective(uint64_t given) {
    add(&collectives, 1);
    add(&bytes, given);
}

// The rest of a wrapper whose call may wait; and of one whose call does not. `note` counts, once
// the call is done: a wrong argument is then MPI's to complain about, in its own words.
#define WAITING(call, note) \
    do { \
        const bool on = counting; \
        const uint64_t start = on ? clock_ns() : 0; \
        const int error = (call); \
        if (on) { \
            add(&waited_ns, clock_ns() - start); \
            if (error == MPI_SUCCESS) \
                note; \
        } \
        return error; \
    } while (0)
#define PROMPT(call, note) \
    do { \
        const int error = (call); \
        if (counting && error == MPI_SUCCESS) \
            note; \
        return error; \
    } while (0)
#define NOTHING ((void)0)
#define LIST(...) __VA_ARGS__ // many arguments, handed on as one

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

#define WAIT(name, params, args) \
    int MPI_##name(params) { \
        WAITING(PMPI_##name(args), NOTHING); \
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

// -- collectives ---------------------------------------------------------------------------------

static int rank_of(MPI_Comm comm) {
    int rank = 0;
    PMPI_Comm_rank(comm, &rank);
    return rank;
}

// Does this rank hold the root's buffer? (Between two groups the root says MPI_ROOT.)
static bool is_root(int root, MPI_Comm comm) {
    int inter = 0;
    PMPI_Comm_test_inter(comm, &inter);
    return inter ? root == MPI_ROOT : root == rank_of(comm);
}

// How many ranks a rank exchanges with in an all-to-all.
static int others(MPI_Comm comm) {
    int inter = 0, size = 0;
    PMPI_Comm_test_inter(comm, &inter);
    if (inter)
        PMPI_Comm_remote_size(comm, &size);
    else
        PMPI_Comm_size(comm, &size);
    return size;
}

// How many neighbours a rank sends to.
static int neighbours(MPI_Comm comm) {
    int kind = MPI_UNDEFINED, n = 0, in = 0, weighted = 0;
    PMPI_Topo_test(comm, &kind);
    if (kind == MPI_CART) {
        PMPI_Cartdim_get(comm, &n);
        n *= 2;
    } else if (kind == MPI_GRAPH) {
        PMPI_Graph_neighbors_count(comm, rank_of(comm), &n);
    } else if (kind == MPI_DIST_GRAPH) {
        PMPI_Dist_graph_neighbors_count(comm, &in, &n, &weighted);
    }
    return n;
}

static uint64_t sum_of(int n, const int counts[], MPI_Datatype type) {
    uint64_t sum = 0;
    for (int i = 0; i < n; i++)
        sum += size_of(counts[i], type);
    return sum;
}

static uint64_t sum_of_types(int n, const int counts[], const MPI_Datatype types[]) {
    uint64_t sum = 0;
    for (int i = 0; i < n; i++)
        sum += size_of(counts[i], types[i]);
    return sum;
}

// With MPI_IN_PLACE the arguments of the send side mean nothing, those of the receive side count.
static uint64_t block(const void *out, int n, MPI_Datatype type, int inn, MPI_Datatype intype) {
    return out == MPI_IN_PLACE ? size_of(inn, intype) : size_of(n, type);
}

#define COLLECTIVE(name, iname, params, args, given) \
    int MPI_##name(params) { \
        WAITING(PMPI_##name(args), collective(given)); \
    } \
    int MPI_##iname(params, MPI_Request *request) { \
        PROMPT(PMPI_##iname(args, request), collective(given)); \
    }
COLLECTIVE(Barrier, Ibarrier, MPI_Comm comm, comm, 0)
COLLECTIVE(Bcast, Ibcast, LIST(void *buf, int n, MPI_Datatype type, int root, MPI_Comm comm),
           LIST(buf, n, type, root, comm), is_root(root, comm) ? size_of(n, type) : 0)
COLLECTIVE(Gather, Igather,
           LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
                int root, MPI_Comm comm),
           LIST(out, n, type, in, inn, intype, root, comm),
           out == MPI_IN_PLACE || root == MPI_ROOT ? 0 : size_of(n, type))
COLLECTIVE(Gatherv, Igatherv,
           LIST(const void *out, int n, MPI_Datatype type, void *in, const int inn[],
                const int at[], MPI_Datatype intype, int root, MPI_Comm comm),
           LIST(out, n, type, in, inn, at, intype, root, comm),
           out == MPI_IN_PLACE || root == MPI_ROOT ? 0 : size_of(n, type))
COLLECTIVE(Scatter, Iscatter,
           LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
                int root, MPI_Comm comm),
           LIST(out, n, type, in, inn, intype, root, comm),
           is_root(root, comm) ? (uint64_t)others(comm) * size_of(n, type) : 0)
COLLECTIVE(Scatterv, Iscatterv,
           LIST(const void *out, const int n[], const int at[], MPI_Datatype type, void *in,
                int inn, MPI_Datatype intype, int root, MPI_Comm comm),
           LIST(out, n, at, type, in, inn, intype, root, comm),
           is_root(root, comm) ? sum_of(others(comm), n, type) : 0)
COLLECTIVE(Allgather, Iallgather,
           LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
                MPI_Comm comm),
           LIST(out, n, type, in, inn, intype, comm), block(out, n, type, inn, intype))
COLLECTIVE(Allgatherv, Iallgatherv,
           LIST(const void *out, int n, MPI_Datatype type, void *in, const int inn[],
                const int at[], MPI_Datatype intype, MPI_Comm comm),
           LIST(out, n, type, in, inn, at, intype, comm),
           block(out, n, type, inn[out == MPI_IN_PLACE ? rank_of(comm) : 0], intype))
COLLECTIVE(Alltoall, Ialltoall,
           LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
                MPI_Comm comm),
           LIST(out, n, type, in, inn, intype, comm),
           (uint64_t)others(comm) * block(out, n, type, inn, intype))
COLLECTIVE(Alltoallv, Ialltoallv,
           LIST(const void *out, const int n[], const int at[], MPI_Datatype type, void *in,
                const int inn[], const int inat[], MPI_Datatype intype, MPI_Comm comm),
           LIST(out, n, at, type, in, inn, inat, intype, comm),
           out == MPI_IN_PLACE ? sum_of(others(comm), inn, intype) : sum_of(others(comm), n, type))
COLLECTIVE(Alltoallw, Ialltoallw,
           LIST(const void *out, const int n[], const int at[], const MPI_Datatype types[],
                void *in, const int inn[], const int inat[], const MPI_Datatype intypes[],
                MPI_Comm comm),
           LIST(out, n, at, types, in, inn, inat, intypes, comm),
           out == MPI_IN_PLACE ? sum_of_types(others(comm), inn, intypes)
                               : sum_of_types(others(comm), n, types))
COLLECTIVE(Reduce, Ireduce,
           LIST(const void *out, void *in, int n, MPI_Datatype type, MPI_Op op, int root,
                MPI_Comm comm),
           LIST(out, in, n, type, op, root, comm), root == MPI_ROOT ? 0 : size_of(n, type))
COLLECTIVE(Allreduce, Iallreduce,
           LIST(const void *out, void *in, int n, MPI_Datatype type, MPI_Op op, MPI_Comm comm),
           LIST(out, in, n, type, op, comm), size_of(n, type))
COLLECTIVE(Scan, Iscan,
           LIST(const void *out, void *in, int n, MPI_Datatype type, MPI_Op op, MPI_Comm comm),
           LIST(out, in, n, type, op, comm), size_of(n, type))
COLLECTIVE(Exscan, Iexscan,
           LIST(const void *out, void *in, int n, MPI_Datatype type, MPI_Op op, MPI_Comm comm),
           LIST(out, in, n, type, op, comm), size_of(n, type))
COLLECTIVE(Reduce_scatter, Ireduce_scatter,
           LIST(const void *out, void *in, const int inn[], MPI_Datatype type, MPI_Op op,
                MPI_Comm comm),
           LIST(out, in, inn, type, op, comm), sum_of(others(comm), inn, type))
COLLECTIVE(Reduce_scatter_block, Ireduce_scatter_block,
           LIST(const void *out, void *in, int inn, MPI_Datatype type, MPI_Op op, MPI_Comm comm),
           LIST(out, in, inn, type, op, comm), (uint64_t)others(comm) * size_of(inn, type))

COLLECTIVE(Neighbor_allgather, Ineighbor_allgather,
           LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
                MPI_Comm comm),
           LIST(out, n, type, in, inn, intype, comm), size_of(n, type))
COLLECTIVE(Neighbor_allgatherv, Ineighbor_allgatherv,
           LIST(const void *out, int n, MPI_Datatype type, void *in, const int inn[],
                const int at[], MPI_Datatype intype, MPI_Comm comm),
           LIST(out, n, type, in, inn, at, intype, comm), size_of(n, type))
COLLECTIVE(Neighbor_alltoall, Ineighbor_alltoall,
           LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
                MPI_Comm comm),
           LIST(out, n, type, in, inn, intype, comm), (uint64_t)neighbours(comm) * size_of(n, type))
COLLECTIVE(Neighbor_alltoallv, Ineighbor_alltoallv,
           LIST(const void *out, const int n[], const int at[], MPI_Datatype type, void *in,
                const int inn[], const int inat[], MPI_Datatype intype, MPI_Comm comm),
           LIST(out, n, at, type, in, inn, inat, intype, comm), sum_of(neighbours(comm), n, type))
COLLECTIVE(Neighbor_alltoallw, Ineighbor_alltoallw,
           LIST(const void *out, const int n[], const MPI_Aint at[], const MPI_Datatype types[],
                void *in, const int inn[], const MPI_Aint inat[], const MPI_Datatype intypes[],
                MPI_Comm comm),
           LIST(out, n, at, types, in, inn, inat, intypes, comm),
           sum_of_types(neighbours(comm), n, types))

// -- the program's life --------------------------------------------------------------------------

int MPI_Init(int *argc, char ***argv) {
    const int error = PMPI_Init(argc, argv);
    counting = error == MPI_SUCCESS && getenv("TWOFOLD_EVIDENCE");
    return error;
}

int MPI_Init_thread(int *argc, char ***argv, int required, int *provided) {
    const int error = PMPI_Init_thread(argc, argv, required, provided);
    counting = error == MPI_SUCCESS && getenv("TWOFOLD_EVIDENCE");
    return error;
}

int MPI_Pcontrol(const int level, ...) {
    if (level == 1 && getenv("TWOFOLD_EVIDENCE")) {
        // The first bracket: what came before it was not meant.
        if (!atomic_exchange(&bracketed, true))
            messages = collectives = bytes = waited_ns = 0;
        counting = true;
    } else if (level == 0) {
        counting = false;
    }
    return PMPI_Pcontrol(level);
}

// A rank that waits asks again and again and gives its core away in between, where it was told to
// yield. To whoever looks from outside that is as busy as a rank that computes. So a call that comes
// close behind many others sleeps, longer each time, up to 10 ms: then the CPU time of a rank is the
// time for which it worked.
int sched_yield(void) {
    enum { MANY = 50, CLOSE_NS = 4000, FIRST_NS = 50000, LAST_NS = 10000000 };
    static _Thread_local uint64_t last;
    static _Thread_local int in_a_row;
    if (!getenv("TWOFOLD_EVIDENCE"))
        return (int)syscall(SYS_sched_yield);
    const uint64_t time = clock_ns();
    in_a_row = time - last < CLOSE_NS ? in_a_row + 1 : 0;
    if (in_a_row > MANY) {
        const int more = in_a_row - MANY - 1;
        const long sleep = more < 8 ? FIRST_NS << more : LAST_NS;
        nanosleep(&(struct timespec){.tv_nsec = sleep}, NULL);
    } else {
        syscall(SYS_sched_yield);
    }
    last = clock_ns();
    return 0;
}

// The evidence file of this rank, TWOFOLD_EVIDENCE with %r or .RANK filled in. Freed by the caller.
static char *evidence_name(const char *pattern, int rank) {
    const char *mark = strstr(pattern, "%r");
    const size_t cap = strlen(pattern) + 16;
    char *name = malloc(cap);
    if (name && mark)
        snprintf(name, cap, "%.*s%d%s", (int)(mark - pattern), pattern, rank, mark + 2);
    else if (name)
        snprintf(name, cap, "%s.%d", pattern, rank);
    return name;
}

static void write_evidence(const char *pattern, int rank) {
    char *name = evidence_name(pattern, rank);
    FILE *file = name ? fopen(name, "w") : NULL;
    bool good = file;
    if (file) {
        const char *line =
            "{\"v\":1,\"kind\":\"count\",\"rank\":%d,\"name\":\"%s\",\"value\":%" PRIu64 "}\n";
        const uint64_t us = waited_ns / 1000;
        fprintf(file, line, rank, "messages", (uint64_t)messages);
        fprintf(file, line, rank, "collectives", (uint64_t)collectives);
        fprintf(file, line, rank, "bytes", (uint64_t)bytes);
        // In whole numbers, since the program may have chosen a locale with a decimal comma.
        fprintf(file,
                "{\"v\":1,\"kind\":\"count\",\"rank\":%d,\"name\":\"mpi_ms\",\"value\":%" PRIu64
                ".%03" PRIu64 "}\n",
                rank, us / 1000, us % 1000);
        good = !ferror(file);
        good = !fclose(file) && good;
    }
    if (!good)
        fprintf(
            stderr,
            "count: rank %d cannot write its counters to %s: %s; set TWOFOLD_EVIDENCE to a file "
            "in a directory that can be written.\n",
            rank, name ? name : pattern, strerror(errno));
    free(name);
}

int MPI_Finalize(void) {
    const char *pattern = getenv("TWOFOLD_EVIDENCE");
    counting = false;
    if (pattern && *pattern)
        write_evidence(pattern, rank_of(MPI_COMM_WORLD));
    return PMPI_Finalize();
}
