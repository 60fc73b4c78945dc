// SPDX-License-Identifier: MIT
//
// calls.c: the calls of MPI that a hybrid program is looked at in: messages between two ranks, the
// calls that complete requests, and the collectives. Of those without a buffer here only the order
// is kept that they give to the threads of one rank. Persistent requests are not followed.

#include "message.h"
#include "race.h"
#include <string.h>

#define CALLER __builtin_return_address(0)

// -- messages ---------------------------------------------------------------------------------------

#define SEND(name) \
    WEAK(PMPI_##name); \
    int MPI_##name(const void *buf, int count, MPI_Datatype type, int to, int tag, \
                   MPI_Comm comm) { \
        if (to != MPI_PROC_NULL) \
            buffer_touch(&(struct buffer){buf, count, type, false, CALLER}); \
        message_sent(); \
        return PMPI_##name(buf, count, type, to, tag, comm); \
    }

#define ISEND(name) \
    WEAK(PMPI_##name); \
    int MPI_##name(const void *buf, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm, \
                   MPI_Request *request) { \
        message_sent(); \
        const int result = PMPI_##name(buf, count, type, to, tag, comm, request); \
        if (result == MPI_SUCCESS && to != MPI_PROC_NULL) \
            buffer_pend(&(struct buffer){buf, count, type, false, CALLER}, *request); \
        return result; \
    }

SEND(Send)
SEND(Ssend)
SEND(Bsend)
SEND(Rsend)
ISEND(Isend)
ISEND(Issend)

WEAK(PMPI_Irecv);
WEAK(PMPI_Recv);
WEAK(PMPI_Sendrecv);
WEAK(PMPI_Get_count);

int MPI_Irecv(void *buf, int count, MPI_Datatype type, int from, int tag, MPI_Comm comm,
              MPI_Request *request) {
    const int result = PMPI_Irecv(buf, count, type, from, tag, comm, request);
    if (result == MPI_SUCCESS && from != MPI_PROC_NULL)
        buffer_pend(&(struct buffer){buf, count, type, true, CALLER}, *request);
    return result;
}

// Of a receive only what has come is written.
static void take(void *buf, MPI_Datatype type, MPI_Status *status, void *caller) {
    int count = 0;
    message_received();
    if (PMPI_Get_count(status, type, &count) == MPI_SUCCESS && count != MPI_UNDEFINED)
        buffer_touch(&(struct buffer){buf, count, type, true, caller});
}

int MPI_Recv(void *buf, int count, MPI_Datatype type, int from, int tag, MPI_Comm comm,
             MPI_Status *status) {
    MPI_Status own, *const known = status == MPI_STATUS_IGNORE ? &own : status;
    const int result = PMPI_Recv(buf, count, type, from, tag, comm, known);
    if (result == MPI_SUCCESS)
        take(buf, type, known, CALLER);
    return result;
}

int MPI_Sendrecv(const void *out, int out_count, MPI_Datatype out_type, int to, int out_tag,
                 void *in, int in_count, MPI_Datatype in_type, int from, int in_tag, MPI_Comm comm,
                 MPI_Status *status) {
    MPI_Status own, *const known = status == MPI_STATUS_IGNORE ? &own : status;
    if (to != MPI_PROC_NULL)
        buffer_touch(&(struct buffer){out, out_count, out_type, false, CALLER});
    message_sent();
    const int result = PMPI_Sendrecv(out, out_count, out_type, to, out_tag, in, in_count, in_type,
                                     from, in_tag, comm, known);
    if (result == MPI_SUCCESS)
        take(in, in_type, known, CALLER);
    return result;
}

// -- requests ---------------------------------------------------------------------------------------

WEAK(PMPI_Wait);
WEAK(PMPI_Waitall);
WEAK(PMPI_Waitany);
WEAK(PMPI_Waitsome);
WEAK(PMPI_Test);
WEAK(PMPI_Testall);
WEAK(PMPI_Testany);
WEAK(PMPI_Testsome);
WEAK(PMPI_Request_free);
WEAK(PMPI_Request_get_status);

// A call sets the handles of requests that are complete to null, so they are kept.
static MPI_Request *keep(const MPI_Request *requests, int count) {
    MPI_Request *const kept = race_alloc((size_t)(count > 0 ? count : 0) * sizeof(MPI_Request));
    if (count > 0)
        memcpy(kept, requests, (size_t)count * sizeof(MPI_Request));
    return kept;
}

static int all_done(int result, bool done, int count, MPI_Request *kept) {
    for (int i = 0; done && i < count; i++)
        request_done(kept[i]);
    if (done)
        message_received();
    race_free(kept);
    return result;
}

static int some_done(int result, int count, const int *which, MPI_Request *kept) {
    for (int i = 0; count != MPI_UNDEFINED && i < count; i++)
        request_done(kept[which[i]]);
    message_received();
    race_free(kept);
    return result;
}

int MPI_Wait(MPI_Request *request, MPI_Status *status) {
    MPI_Request *const kept = keep(request, 1);
    return all_done(PMPI_Wait(request, status), true, 1, kept);
}

int MPI_Waitall(int count, MPI_Request requests[], MPI_Status statuses[]) {
    MPI_Request *const kept = keep(requests, count);
    return all_done(PMPI_Waitall(count, requests, statuses), true, count, kept);
}

int MPI_Waitany(int count, MPI_Request requests[], int *which, MPI_Status *status) {
    MPI_Request *const kept = keep(requests, count);
    const int result = PMPI_Waitany(count, requests, which, status);
    return some_done(result, *which == MPI_UNDEFINED ? 0 : 1, which, kept);
}

int MPI_Waitsome(int count, MPI_Request requests[], int *done, int which[], MPI_Status statuses[]) {
    MPI_Request *const kept = keep(requests, count);
    const int result = PMPI_Waitsome(count, requests, done, which, statuses);
    return some_done(result, *done, which, kept);
}

int MPI_Test(MPI_Request *request, int *flag, MPI_Status *status) {
    MPI_Request *const kept = keep(request, 1);
    const int result = PMPI_Test(request, flag, status);
    return all_done(result, *flag, 1, kept);
}

int MPI_Testall(int count, MPI_Request requests[], int *flag, MPI_Status statuses[]) {
    MPI_Request *const kept = keep(requests, count);
    const int result = PMPI_Testall(count, requests, flag, statuses);
    return all_done(result, *flag, count, kept);
}

int MPI_Testany(int count, MPI_Request requests[], int *which, int *flag, MPI_Status *status) {
    MPI_Request *const kept = keep(requests, count);
    const int result = PMPI_Testany(count, requests, which, flag, status);
    return some_done(result, *flag && *which != MPI_UNDEFINED ? 1 : 0, which, kept);
}

int MPI_Testsome(int count, MPI_Request requests[], int *done, int which[], MPI_Status statuses[]) {
    MPI_Request *const kept = keep(requests, count);
    const int result = PMPI_Testsome(count, requests, done, which, statuses);
    return some_done(result, *done, which, kept);
}

// Such a request is complete at some time that the program knows in another way.
int MPI_Request_free(MPI_Request *request) {
    MPI_Request *const kept = keep(request, 1);
    return all_done(PMPI_Request_free(request), true, 1, kept);
}

int MPI_Request_get_status(MPI_Request request, int *flag, MPI_Status *status) {
    const int result = PMPI_Request_get_status(request, flag, status);
    return all_done(result, *flag, 1, keep(&request, 1));
}

// -- collectives ------------------------------------------------------------------------------------

WEAK(PMPI_Bcast);
WEAK(PMPI_Comm_rank);
WEAK(PMPI_Comm_test_inter);
WEAK(PMPI_Reduce);
WEAK(PMPI_Allreduce);

// Between two groups buffers are used in other ways: those are not looked at.
static bool touches(MPI_Comm comm, int root, bool of_root) {
    int rank = -1, between = 1;
    return PMPI_Comm_test_inter(comm, &between) == MPI_SUCCESS && !between &&
           PMPI_Comm_rank(comm, &rank) == MPI_SUCCESS && (rank == root) == of_root;
}

int MPI_Bcast(void *buf, int count, MPI_Datatype type, int root, MPI_Comm comm) {
    if (touches(comm, root, true))
        buffer_touch(&(struct buffer){buf, count, type, false, CALLER});
    message_sent();
    const int result = PMPI_Bcast(buf, count, type, root, comm);
    message_received();
    if (touches(comm, root, false))
        buffer_touch(&(struct buffer){buf, count, type, true, CALLER});
    return result;
}

int MPI_Reduce(const void *in, void *out, int count, MPI_Datatype type, MPI_Op op, int root,
               MPI_Comm comm) {
    const bool gets = touches(comm, root, true);
    if (gets || touches(comm, root, false))
        buffer_touch(&(struct buffer){in, count, type, false, CALLER});
    message_sent();
    const int result = PMPI_Reduce(in, out, count, type, op, root, comm);
    message_received();
    if (gets)
        buffer_touch(&(struct buffer){out, count, type, true, CALLER});
    return result;
}

int MPI_Allreduce(const void *in, void *out, int count, MPI_Datatype type, MPI_Op op,
                  MPI_Comm comm) {
    const bool gets = touches(comm, -1, false);
    if (gets)
        buffer_touch(&(struct buffer){in, count, type, false, CALLER});
    message_sent();
    const int result = PMPI_Allreduce(in, out, count, type, op, comm);
    message_received();
    if (gets)
        buffer_touch(&(struct buffer){out, count, type, true, CALLER});
    return result;
}

#define ORDERS(name, parameters, arguments) \
    WEAK(PMPI_##name); \
    int MPI_##name parameters { \
        message_sent(); \
        const int result = PMPI_##name arguments; \
        message_received(); \
        return result; \
    }

// (t, c: a type and a number of elements, what is sent first)
ORDERS(Barrier, (MPI_Comm comm), (comm))
ORDERS(Gather,
       (const void *a, int c, MPI_Datatype t, void *b, int d, MPI_Datatype u, int root,
        MPI_Comm comm),
       (a, c, t, b, d, u, root, comm))
ORDERS(Scatter,
       (const void *a, int c, MPI_Datatype t, void *b, int d, MPI_Datatype u, int root,
        MPI_Comm comm),
       (a, c, t, b, d, u, root, comm))
ORDERS(Allgather,
       (const void *a, int c, MPI_Datatype t, void *b, int d, MPI_Datatype u, MPI_Comm comm),
       (a, c, t, b, d, u, comm))
ORDERS(Alltoall,
       (const void *a, int c, MPI_Datatype t, void *b, int d, MPI_Datatype u, MPI_Comm comm),
       (a, c, t, b, d, u, comm))
ORDERS(Scan, (const void *a, void *b, int c, MPI_Datatype t, MPI_Op op, MPI_Comm comm),
       (a, b, c, t, op, comm))
ORDERS(Exscan, (const void *a, void *b, int c, MPI_Datatype t, MPI_Op op, MPI_Comm comm),
       (a, b, c, t, op, comm))
ORDERS(Probe, (int from, int tag, MPI_Comm comm, MPI_Status *status), (from, tag, comm, status))
ORDERS(Iprobe, (int from, int tag, MPI_Comm comm, int *flag, MPI_Status *status),
       (from, tag, comm, flag, status))
ORDERS(Win_fence, (int assert, MPI_Win win), (assert, win))
