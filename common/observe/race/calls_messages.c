// SPDX-License-Identifier: MIT
//
// calls_messages.c: messages between two ranks.

#include "message.h"

#define CALLER __builtin_return_address(0)

#define SEND(name) \
    WEAK(PMPI_##name); \
    int MPI_##name(const void *buf, int count, MPI_Datatype type, int to, int tag, \
                   MPI_Comm comm) { \
        if (to != MPI_PROC_NULL) \
            buffer_touch(&(struct buffer){buf, count, type, false, CALLER}, USER_CALL); \
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

#define SEND_INIT(name) \
    WEAK(PMPI_##name); \
    int MPI_##name(const void *buf, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm, \
                   MPI_Request *request) { \
        const int result = PMPI_##name(buf, count, type, to, tag, comm, request); \
        if (result == MPI_SUCCESS && to != MPI_PROC_NULL) \
            persistent_made(*request, &(struct buffer){buf, count, type, false, CALLER}); \
        return result; \
    }

SEND(Send)
SEND(Ssend)
SEND(Bsend)
SEND(Rsend)
ISEND(Isend)
ISEND(Issend)
ISEND(Irsend)
ISEND(Ibsend)
SEND_INIT(Send_init)
SEND_INIT(Ssend_init)
SEND_INIT(Rsend_init)
SEND_INIT(Bsend_init)

WEAK(PMPI_Irecv);
WEAK(PMPI_Recv_init);
WEAK(PMPI_Recv);
WEAK(PMPI_Sendrecv);
WEAK(PMPI_Sendrecv_replace);
WEAK(PMPI_Get_count);

int MPI_Irecv(void *buf, int count, MPI_Datatype type, int from, int tag, MPI_Comm comm,
              MPI_Request *request) {
    const int result = PMPI_Irecv(buf, count, type, from, tag, comm, request);
    if (result == MPI_SUCCESS && from != MPI_PROC_NULL)
        buffer_pend(&(struct buffer){buf, count, type, true, CALLER}, *request);
    return result;
}

int MPI_Recv_init(void *buf, int count, MPI_Datatype type, int from, int tag, MPI_Comm comm,
                  MPI_Request *request) {
    const int result = PMPI_Recv_init(buf, count, type, from, tag, comm, request);
    if (result == MPI_SUCCESS && from != MPI_PROC_NULL)
        persistent_made(*request, &(struct buffer){buf, count, type, true, CALLER});
    return result;
}

// Of a receive only what has come is written.
static void take(void *buf, MPI_Datatype type, MPI_Status *status, void *caller) {
    int count = 0;
    message_received();
    if (PMPI_Get_count(status, type, &count) == MPI_SUCCESS && count != MPI_UNDEFINED)
        buffer_touch(&(struct buffer){buf, count, type, true, caller}, USER_CALL);
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
        buffer_touch(&(struct buffer){out, out_count, out_type, false, CALLER}, USER_CALL);
    message_sent();
    const int result = PMPI_Sendrecv(out, out_count, out_type, to, out_tag, in, in_count, in_type,
                                     from, in_tag, comm, known);
    if (result == MPI_SUCCESS)
        take(in, in_type, known, CALLER);
    return result;
}

int MPI_Sendrecv_replace(void *buf, int count, MPI_Datatype type, int to, int tag, int from,
                         int from_tag, MPI_Comm comm, MPI_Status *status) {
    MPI_Status own, *const known = status == MPI_STATUS_IGNORE ? &own : status;
    if (to != MPI_PROC_NULL)
        buffer_touch(&(struct buffer){buf, count, type, false, CALLER}, USER_CALL);
    message_sent();
    const int result =
        PMPI_Sendrecv_replace(buf, count, type, to, tag, from, from_tag, comm, known);
    if (result == MPI_SUCCESS)
        take(buf, type, known, CALLER);
    return result;
}

// -- those that stay where they are, or are taken by a handle: only their order is kept -------------

#define RECEIVED(name, params, args) \
    WEAK(PMPI_##name); \
    int MPI_##name(params) { \
        const int result = PMPI_##name(args); \
        message_received(); \
        return result; \
    }

RECEIVED(Probe, LIST(int from, int tag, MPI_Comm comm, MPI_Status *status),
         LIST(from, tag, comm, status))
RECEIVED(Iprobe, LIST(int from, int tag, MPI_Comm comm, int *flag, MPI_Status *status),
         LIST(from, tag, comm, flag, status))
RECEIVED(Mprobe, LIST(int from, int tag, MPI_Comm comm, MPI_Message *message, MPI_Status *status),
         LIST(from, tag, comm, message, status))
RECEIVED(Improbe,
         LIST(int from, int tag, MPI_Comm comm, int *flag, MPI_Message *message,
              MPI_Status *status),
         LIST(from, tag, comm, flag, message, status))
