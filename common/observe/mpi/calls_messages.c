// SPDX-License-Identifier: MIT
//
// calls_messages.c: sends, receives and probes.

#include "checker.h"
#include <sched.h>
#include <stdlib.h>
#include <string.h>

// -- a standard send made synchronous -----------------------------------------------------------------
//
// MPI_Send may wait until its message is received. For a short message libraries do not, and so
// hide deadlocks. Here some of them do wait: the first few of each call in the source. Should
// that be what makes the program hang, the reader says so and gives leave to go on (release), as
// the library would have done: so the message is sent from a copy, which may stay behind.

enum { SYNCHRONISED = 40, SITES = 256, SHORT = 16384 };

struct parked {
    MPI_Request request;
    struct parked *next;
    char bytes[];
};
static struct parked *parked; // sends that were let go before they were received

static bool is_to_wait(int64_t number, int count, MPI_Datatype type, uint64_t pc) {
    static struct {
        uint64_t pc;
        int count;
    } sites[SITES];
    const struct type *const t = type_of(type);
    const uint64_t site = (pc * 0x9e3779b97f4a7c15U) >> 56;
    if (sites[site].pc != pc) {
        sites[site].pc = pc;
        sites[site].count = 0;
    }
    return number >= 0 && sites[site].count < SYNCHRONISED && ++sites[site].count && t->plain &&
           (int64_t)count * t->size <= SHORT && !atomic_load(&self.board->relaxed);
}

// Sends and waits, inside the call. False: it could not be done; nothing was sent.
static bool send_and_wait(const void *buf, int count, MPI_Datatype type, int to, int tag,
                          MPI_Comm comm, int *error) {
    const size_t bytes = (size_t)count * (size_t)type_of(type)->size;
    struct parked *const p = malloc(sizeof *p + bytes);
    struct board_slot *const slot = self.slot;
    int done = 0;
    if (!p)
        return false;
    if (bytes)
        memcpy(p->bytes, buf, bytes);
    slot->synchronised = 1;
    call_inside();
    const uint64_t seq = atomic_load(&slot->seq);
    *error = PMPI_Issend(p->bytes, count, type, to, tag, comm, &p->request);
    for (int i = 1; *error == MPI_SUCCESS && !done && atomic_load(&slot->release) != seq; i++) {
        *error = PMPI_Test(&p->request, &done, MPI_STATUS_IGNORE);
        if (!done && i % 8 == 0)
            sched_yield();
    }
    call_leave();
    if (done || *error != MPI_SUCCESS) {
        free(p);
    } else {
        p->next = parked;
        parked = p;
    }
    return true;
}

int MPI_Send(const void *buf, int n, MPI_Datatype type, int to, int tag, MPI_Comm handle) {
    ENTER(Send, PMPI_Send(buf, n, type, to, tag, handle));
    int error;
    if (!call_enter(CALL_Send, HERE))
        return PMPI_Send(buf, n, type, to, tag, handle);
    const struct comm *const comm = comm_of(handle);
    struct board_slot *const slot = self.slot;
    const bool known = call_peer(comm, to, tag) && slot->peer >= 0;
    if (known) {
        slot->mail = message_push(CALL_Send, comm, to, tag, n, type, slot->pc);
        buffer_touch(buf, n, type, false);
        if (is_to_wait(slot->mail, n, type, slot->pc) &&
            send_and_wait(buf, n, type, to, tag, handle, &error)) {
            if (error != MPI_SUCCESS)
                message_failed(slot->mail);
            return error;
        }
        call_inside();
    }
    error = PMPI_Send(buf, n, type, to, tag, handle);
    if (known)
        call_leave();
    if (error != MPI_SUCCESS)
        message_failed(slot->mail);
    return error;
}

// -- the memory of buffered sends ------------------------------------------------------------------------

static int64_t attached; // bytes

int MPI_Buffer_attach(void *buffer, int size) {
    ENTER(Buffer_attach, PMPI_Buffer_attach(buffer, size));
    call_note(CALL_Buffer_attach, HERE);
    const int error = PMPI_Buffer_attach(buffer, size);
    if (error == MPI_SUCCESS)
        attached = size;
    return error;
}

int MPI_Buffer_detach(void *where, int *size) {
    ENTER(Buffer_detach, PMPI_Buffer_detach(where, size));
    call_note(CALL_Buffer_detach, HERE);
    const int error = PMPI_Buffer_detach(where, size);
    if (error == MPI_SUCCESS)
        attached = 0;
    return error;
}

// Is as much attached as this one message needs?
static void bsend_fits(int n, MPI_Datatype type) {
    const int64_t needed = (int64_t)n * type_of(type)->size + MPI_BSEND_OVERHEAD;
    struct board_find *const find =
        needed > attached && !self.confused ? find_add(RULE_NO_BUFFER, self.slot->pc, 0) : NULL;
    if (!find)
        return;
    find->call = self.slot->call;
    find->n[0] = needed;
    find->n[1] = attached;
}

// -- the other blocking sends --------------------------------------------------------------------------

#define SEND(name, before) \
    int MPI_##name(const void *buf, int n, MPI_Datatype type, int to, int tag, MPI_Comm handle) { \
        ENTER(name, PMPI_##name(buf, n, type, to, tag, handle)); \
        if (!call_enter(CALL_##name, HERE)) \
            return PMPI_##name(buf, n, type, to, tag, handle); \
        const struct comm *const comm = comm_of(handle); \
        const bool known = call_peer(comm, to, tag) && self.slot->peer >= 0; \
        if (known) { \
            self.slot->mail = message_push(CALL_##name, comm, to, tag, n, type, self.slot->pc); \
            before buffer_touch(buf, n, type, false); \
            call_inside(); \
        } \
        const int error = PMPI_##name(buf, n, type, to, tag, handle); \
        if (known) \
            call_leave(); \
        if (error != MPI_SUCCESS) \
            message_failed(self.slot->mail); \
        return error; \
    }
#define AS_IT_IS
SEND(Ssend, AS_IT_IS)
SEND(Rsend, AS_IT_IS)
SEND(Bsend, bsend_fits(n, type);)

// -- sends that are begun ------------------------------------------------------------------------------

static void asked_of_slot(struct board_asked *asked, int count, MPI_Datatype type) {
    const struct board_slot *const slot = self.slot;
    const struct type *const t = type_of(type);
    *asked = (struct board_asked){.call = slot->call,
                                  .peer = slot->peer,
                                  .tag = slot->tag,
                                  .comm = slot->comm,
                                  .basic = t->basic,
                                  .bytes = (uint64_t)(count > 0 ? count : 0) * (uint64_t)t->size,
                                  .pc = slot->pc,
                                  .order = slot->order,
                                  .sent = slot->mail,
                                  .root = -1};
}

#define ISEND(name, before) \
    int MPI_##name(const void *buf, int n, MPI_Datatype type, int to, int tag, MPI_Comm handle, \
                   MPI_Request *request) { \
        ENTER(name, PMPI_##name(buf, n, type, to, tag, handle, request)); \
        call_note(CALL_##name, HERE); \
        if (!self.slot) \
            return PMPI_##name(buf, n, type, to, tag, handle, request); \
        const struct comm *const comm = comm_of(handle); \
        before if (call_peer(comm, to, tag)) self.slot->mail = \
            message_push(CALL_##name, comm, to, tag, n, type, self.slot->pc); \
        const int error = PMPI_##name(buf, n, type, to, tag, handle, request); \
        if (error == MPI_SUCCESS) { \
            struct board_asked asked; \
            asked_of_slot(&asked, n, type); \
            request_add(request, handle, &asked, type_of(type)->plain ? buf : NULL, false); \
        } else { \
            message_failed(self.slot->mail); \
        } \
        return error; \
    }
ISEND(Isend, AS_IT_IS)
ISEND(Issend, AS_IT_IS)
ISEND(Irsend, AS_IT_IS)
ISEND(Ibsend, bsend_fits(n, type);)

// A persistent one is only described; each start sends.
#define INIT(name, buffer) \
    int MPI_##name(buffer buf, int n, MPI_Datatype type, int peer, int tag, MPI_Comm handle, \
                   MPI_Request *request) { \
        ENTER(name, PMPI_##name(buf, n, type, peer, tag, handle, request)); \
        call_note(CALL_##name, HERE); \
        const int error = PMPI_##name(buf, n, type, peer, tag, handle, request); \
        if (self.slot && error == MPI_SUCCESS) { \
            struct board_asked asked; \
            call_peer(comm_of(handle), peer, tag); \
            asked_of_slot(&asked, n, type); \
            request_add(request, handle, &asked, type_of(type)->plain ? buf : NULL, true); \
        } \
        return error; \
    }
INIT(Send_init, const void *)
INIT(Ssend_init, const void *)
INIT(Rsend_init, const void *)
INIT(Bsend_init, const void *)
INIT(Recv_init, void *)

// -- receives --------------------------------------------------------------------------------------------

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
    const struct comm *const comm = comm_of(handle);
    const bool known = call_peer(comm, from, tag) && self.slot->peer != PEER_NONE;
    struct board_asked asked;
    MPI_Status own;
    MPI_Status *const st = status == MPI_STATUS_IGNORE ? &own : status;
    receive_begin(&asked, n, type);
    if (known) {
        buffer_touch(buf, n, type, true);
        call_inside();
    }
    const int error = PMPI_Recv(buf, n, type, from, tag, handle, st);
    if (known)
        call_leave();
    if (known && error == MPI_SUCCESS)
        received(&asked, comm, st);
    return error;
}

int MPI_Irecv(void *buf, int n, MPI_Datatype type, int from, int tag, MPI_Comm handle,
              MPI_Request *request) {
    ENTER(Irecv, PMPI_Irecv(buf, n, type, from, tag, handle, request));
    call_note(CALL_Irecv, HERE);
    const int error = PMPI_Irecv(buf, n, type, from, tag, handle, request);
    if (self.slot && error == MPI_SUCCESS) {
        struct board_asked asked;
        call_peer(comm_of(handle), from, tag);
        receive_begin(&asked, n, type);
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
    const struct comm *const comm = comm_of(handle);
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
    if (known)
        call_inside();
    const int error =
        PMPI_Sendrecv(out, n, type, to, tag, in, inn, intype, from, intag, handle, st);
    if (known)
        call_leave();
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
    const struct comm *const comm = comm_of(handle);
    struct board_asked asked;
    MPI_Status own;
    MPI_Status *const st = status == MPI_STATUS_IGNORE ? &own : status;
    const bool known = both_enter(CALL_Sendrecv_replace, n, type, to, tag, from, intag, comm, HERE);
    receive_begin(&asked, n, type);
    if (known) {
        buffer_touch(buf, n, type, true);
        call_inside();
    }
    const int error = PMPI_Sendrecv_replace(buf, n, type, to, tag, from, intag, handle, st);
    if (known)
        call_leave();
    if (error != MPI_SUCCESS)
        message_failed(self.slot->mail);
    else if (asked.peer != PEER_NONE)
        received(&asked, comm, st);
    return error;
}

// -- probes ----------------------------------------------------------------------------------------------

int MPI_Probe(int from, int tag, MPI_Comm handle, MPI_Status *status) {
    ENTER(Probe, PMPI_Probe(from, tag, handle, status));
    if (!call_enter(CALL_Probe, HERE))
        return PMPI_Probe(from, tag, handle, status);
    const bool known = call_peer(comm_of(handle), from, tag) && self.slot->peer != PEER_NONE;
    if (known)
        call_inside();
    const int error = PMPI_Probe(from, tag, handle, status);
    if (known)
        call_leave();
    return error;
}

int MPI_Iprobe(int from, int tag, MPI_Comm handle, int *flag, MPI_Status *status) {
    ENTER(Iprobe, PMPI_Iprobe(from, tag, handle, flag, status));
    if (!call_enter(CALL_Iprobe, HERE))
        return PMPI_Iprobe(from, tag, handle, flag, status);
    call_peer(comm_of(handle), from, tag);
    const int error = PMPI_Iprobe(from, tag, handle, flag, status);
    call_polled(error != MPI_SUCCESS || *flag);
    return error;
}

// A matched probe takes the message out of the others' reach; it is received by its handle.
static void taken_by_probe(const struct board_asked *asked, MPI_Comm handle,
                           const MPI_Status *status, MPI_Message message) {
    const struct comm *const comm = comm_of(handle);
    if (comm && status->MPI_SOURCE >= 0)
        message_held(asked, comm_world(comm, status->MPI_SOURCE), status->MPI_TAG,
                     (uint64_t)(uintptr_t)message);
}

int MPI_Mprobe(int from, int tag, MPI_Comm handle, MPI_Message *message, MPI_Status *status) {
    ENTER(Mprobe, PMPI_Mprobe(from, tag, handle, message, status));
    if (!call_enter(CALL_Mprobe, HERE))
        return PMPI_Mprobe(from, tag, handle, message, status);
    const bool known = call_peer(comm_of(handle), from, tag) && self.slot->peer != PEER_NONE;
    struct board_asked asked;
    MPI_Status own;
    MPI_Status *const st = status == MPI_STATUS_IGNORE ? &own : status;
    receive_begin(&asked, 0, MPI_BYTE);
    if (known)
        call_inside();
    const int error = PMPI_Mprobe(from, tag, handle, message, st);
    if (known)
        call_leave();
    if (known && error == MPI_SUCCESS)
        taken_by_probe(&asked, handle, st, *message);
    return error;
}

int MPI_Improbe(int from, int tag, MPI_Comm handle, int *flag, MPI_Message *message,
                MPI_Status *status) {
    ENTER(Improbe, PMPI_Improbe(from, tag, handle, flag, message, status));
    if (!call_enter(CALL_Improbe, HERE))
        return PMPI_Improbe(from, tag, handle, flag, message, status);
    const bool known = call_peer(comm_of(handle), from, tag) && self.slot->peer != PEER_NONE;
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
