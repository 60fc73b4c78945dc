// SPDX-License-Identifier: MIT
//
// calls_receives.c: receives, exchanges and probes.

#include "checker.h"

// The receive that this call is, begun now: its turn comes after those that are pending.
static void receive_begin(struct board_asked *asked, int count, MPI_Datatype type) {
    self.slot->order = self.order++;
    asked_of_slot(asked, count, type);
}

static void received(const struct board_asked *asked, const struct comm *comm,
                     const MPI_Status *status) {
    if (comm && status->MPI_SOURCE >= 0)
        message_taken(asked, comm_world(comm, status->MPI_SOURCE), status->MPI_TAG);
}

int MPI_Recv(void *buf, int n, MPI_Datatype type, int from, int tag, MPI_Comm handle,
             MPI_Status *status) {
    ENTER(Recv, PMPI_Recv(buf, n, type, from, tag, handle, status));
    if (!call_enter(CALL_Recv, HERE))
        return PMPI_Recv(buf, n, type, from, tag, handle, status);
    const struct comm *const comm = comm_to(handle);
    const bool known = call_peer(comm, from, tag) && self.slot->peer != PEER_NONE;
    struct board_asked asked;
    MPI_Status own;
    MPI_Status *const st = status == MPI_STATUS_IGNORE ? &own : status;
    receive_begin(&asked, n, type);
    if (known) {
        buffer_touch(buf, n, type, true);
        thread_asks(&asked);
    }
    call_waits(known);
    const int error = PMPI_Recv(buf, n, type, from, tag, handle, st);
    call_waited(known);
    if (known && error == MPI_SUCCESS && comm && st->MPI_SOURCE >= 0)
        message_taken_later(&asked, comm_world(comm, st->MPI_SOURCE), st->MPI_TAG);
    return error;
}

int MPI_Irecv(void *buf, int n, MPI_Datatype type, int from, int tag, MPI_Comm handle,
              MPI_Request *request) {
    ENTER(Irecv, PMPI_Irecv(buf, n, type, from, tag, handle, request));
    call_note(CALL_Irecv, HERE);
    const int error = PMPI_Irecv(buf, n, type, from, tag, handle, request);
    if (self.slot && error == MPI_SUCCESS) {
        struct board_asked asked;
        call_peer(comm_to(handle), from, tag);
        receive_begin(&asked, n, type);
        thread_asks(&asked);
        request_add(request, handle, &asked, type_of(type)->plain ? buf : NULL, false);
    }
    return error;
}

// Both sides of a Sendrecv: the slot describes the receive, and its mail the send.
static bool both_enter(enum board_call call, int n, MPI_Datatype type, int to, int tag, int from,
                       int intag, const struct comm *comm, uint64_t pc) {
    struct board_slot *const slot = self.slot;
    call_enter(call, pc);
    slot->said_to = to;
    if (!call_peer(comm, from, intag))
        return false;
    slot->mail = message_push(call, comm, to, tag, n, type, pc);
    slot->mail_to = comm_world(comm, to);
    slot->mail_tag = tag;
    return slot->peer != PEER_NONE || slot->mail_to >= 0;
}

int MPI_Sendrecv(const void *out, int n, MPI_Datatype type, int to, int tag, void *in, int inn,
                 MPI_Datatype intype, int from, int intag, MPI_Comm handle, MPI_Status *status) {
    ENTER(Sendrecv,
          PMPI_Sendrecv(out, n, type, to, tag, in, inn, intype, from, intag, handle, status));
    if (!self.slot)
        return PMPI_Sendrecv(out, n, type, to, tag, in, inn, intype, from, intag, handle, status);
    const struct comm *const comm = comm_to(handle);
    struct board_asked asked;
    MPI_Status own;
    MPI_Status *const st = status == MPI_STATUS_IGNORE ? &own : status;
    const bool known = both_enter(CALL_Sendrecv, n, type, to, tag, from, intag, comm, HERE);
    receive_begin(&asked, inn, intype);
    if (self.slot->mail >= 0 && asked.peer != PEER_NONE)
        buffers_apart(out, n, type, in, inn, intype);
    if (self.slot->mail >= 0)
        buffer_touch(out, n, type, false);
    if (asked.peer != PEER_NONE)
        buffer_touch(in, inn, intype, true);
    call_waits(known);
    const int error =
        PMPI_Sendrecv(out, n, type, to, tag, in, inn, intype, from, intag, handle, st);
    call_waited(known);
    if (error != MPI_SUCCESS)
        message_failed(self.slot->mail);
    else if (asked.peer != PEER_NONE)
        received(&asked, comm, st);
    return error;
}

int MPI_Sendrecv_replace(void *buf, int n, MPI_Datatype type, int to, int tag, int from, int intag,
                         MPI_Comm handle, MPI_Status *status) {
    ENTER(Sendrecv_replace,
          PMPI_Sendrecv_replace(buf, n, type, to, tag, from, intag, handle, status));
    if (!self.slot)
        return PMPI_Sendrecv_replace(buf, n, type, to, tag, from, intag, handle, status);
    const struct comm *const comm = comm_to(handle);
    struct board_asked asked;
    MPI_Status own;
    MPI_Status *const st = status == MPI_STATUS_IGNORE ? &own : status;
    const bool known = both_enter(CALL_Sendrecv_replace, n, type, to, tag, from, intag, comm, HERE);
    receive_begin(&asked, n, type);
    if (known) {
        buffer_touch(buf, n, type, true);
    }
    call_waits(known);
    const int error = PMPI_Sendrecv_replace(buf, n, type, to, tag, from, intag, handle, st);
    call_waited(known);
    if (error != MPI_SUCCESS)
        message_failed(self.slot->mail);
    else if (asked.peer != PEER_NONE)
        received(&asked, comm, st);
    return error;
}

// -- probes ----------------------------------------------------------------------------------------------

// A probe leaves the message where it is, for any thread that asks for it.
static void found_by_probe(MPI_Comm handle, const MPI_Status *status) {
    const struct comm *const comm = comm_to(handle);
    struct board_asked asked;
    if (self.level != LEVEL_MULTIPLE || !comm || status->MPI_SOURCE < 0)
        return;
    self.slot->order = self.order;
    asked_of_slot(&asked, 0, MPI_BYTE);
    message_probed(&asked, comm_world(comm, status->MPI_SOURCE), status->MPI_TAG);
}

int MPI_Probe(int from, int tag, MPI_Comm handle, MPI_Status *status) {
    ENTER(Probe, PMPI_Probe(from, tag, handle, status));
    if (!call_enter(CALL_Probe, HERE))
        return PMPI_Probe(from, tag, handle, status);
    const bool known = call_peer(comm_to(handle), from, tag) && self.slot->peer != PEER_NONE;
    MPI_Status own;
    MPI_Status *const st = status == MPI_STATUS_IGNORE ? &own : status;
    call_waits(known);
    const int error = PMPI_Probe(from, tag, handle, st);
    call_waited(known);
    if (known && error == MPI_SUCCESS)
        found_by_probe(handle, st);
    return error;
}

int MPI_Iprobe(int from, int tag, MPI_Comm handle, int *flag, MPI_Status *status) {
    ENTER(Iprobe, PMPI_Iprobe(from, tag, handle, flag, status));
    if (!call_enter(CALL_Iprobe, HERE))
        return PMPI_Iprobe(from, tag, handle, flag, status);
    const bool known = call_peer(comm_to(handle), from, tag) && self.slot->peer != PEER_NONE;
    MPI_Status own;
    MPI_Status *const st = status == MPI_STATUS_IGNORE ? &own : status;
    const int error = PMPI_Iprobe(from, tag, handle, flag, st);
    call_polled(error != MPI_SUCCESS || *flag);
    if (known && error == MPI_SUCCESS && *flag)
        found_by_probe(handle, st);
    return error;
}

// A matched probe takes the message out of the others' reach; it is received by its handle.
static void taken_by_probe(const struct board_asked *asked, MPI_Comm handle,
                           const MPI_Status *status, MPI_Message message) {
    const struct comm *const comm = comm_to(handle);
    if (comm && status->MPI_SOURCE >= 0)
        message_held(asked, comm_world(comm, status->MPI_SOURCE), status->MPI_TAG,
                     (uint64_t)(uintptr_t)message);
}

int MPI_Mprobe(int from, int tag, MPI_Comm handle, MPI_Message *message, MPI_Status *status) {
    ENTER(Mprobe, PMPI_Mprobe(from, tag, handle, message, status));
    if (!call_enter(CALL_Mprobe, HERE))
        return PMPI_Mprobe(from, tag, handle, message, status);
    const bool known = call_peer(comm_to(handle), from, tag) && self.slot->peer != PEER_NONE;
    struct board_asked asked;
    MPI_Status own;
    MPI_Status *const st = status == MPI_STATUS_IGNORE ? &own : status;
    receive_begin(&asked, 0, MPI_BYTE);
    call_waits(known);
    const int error = PMPI_Mprobe(from, tag, handle, message, st);
    call_waited(known);
    if (known && error == MPI_SUCCESS)
        taken_by_probe(&asked, handle, st, *message);
    return error;
}

int MPI_Improbe(int from, int tag, MPI_Comm handle, int *flag, MPI_Message *message,
                MPI_Status *status) {
    ENTER(Improbe, PMPI_Improbe(from, tag, handle, flag, message, status));
    if (!call_enter(CALL_Improbe, HERE))
        return PMPI_Improbe(from, tag, handle, flag, message, status);
    const bool known = call_peer(comm_to(handle), from, tag) && self.slot->peer != PEER_NONE;
    struct board_asked asked;
    MPI_Status own;
    MPI_Status *const st = status == MPI_STATUS_IGNORE ? &own : status;
    receive_begin(&asked, 0, MPI_BYTE);
    const int error = PMPI_Improbe(from, tag, handle, flag, message, st);
    call_polled(error != MPI_SUCCESS || *flag);
    if (known && error == MPI_SUCCESS && *flag)
        taken_by_probe(&asked, handle, st, *message);
    return error;
}

int MPI_Mrecv(void *buf, int n, MPI_Datatype type, MPI_Message *message, MPI_Status *status) {
    ENTER(Mrecv, PMPI_Mrecv(buf, n, type, message, status));
    call_note(CALL_Mrecv, HERE);
    if (self.slot) {
        struct board_asked asked;
        asked_of_slot(&asked, n, type);
        message_received(&asked, (uint64_t)(uintptr_t)*message);
        buffer_touch(buf, n, type, true);
    }
    return PMPI_Mrecv(buf, n, type, message, status);
}

// (What becomes of the request is not followed.)
int MPI_Imrecv(void *buf, int n, MPI_Datatype type, MPI_Message *message, MPI_Request *request) {
    ENTER(Imrecv, PMPI_Imrecv(buf, n, type, message, request));
    call_note(CALL_Imrecv, HERE);
    if (self.slot) {
        struct board_asked asked;
        asked_of_slot(&asked, n, type);
        message_received(&asked, (uint64_t)(uintptr_t)*message);
    }
    return PMPI_Imrecv(buf, n, type, message, request);
}
