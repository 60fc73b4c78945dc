// SPDX-License-Identifier: MIT
//
// calls_sends.c: sends, blocking, begun and persistent.

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
    call_waits(true);
    const uint64_t seq = atomic_load(&slot->seq);
    const _Atomic uint32_t *const relaxed = &self.board->relaxed;
    *error = PMPI_Issend(p->bytes, count, type, to, tag, comm, &p->request);
    for (int i = 1; *error == MPI_SUCCESS && !done && atomic_load(&slot->release) != seq &&
                    !atomic_load(relaxed);
         i++) {
        *error = PMPI_Test(&p->request, &done, MPI_STATUS_IGNORE);
        if (!done && i % 8 == 0)
            sched_yield();
    }
    call_waited(true);
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
    const struct comm *const comm = comm_to(handle);
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
    }
    call_waits(known);
    error = PMPI_Send(buf, n, type, to, tag, handle);
    call_waited(known);
    messages_settle(BOARD_DUE); // now, while the message is on its way
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
    call_waits(false);
    const int error = PMPI_Buffer_detach(where, size);
    call_waited(false);
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
        const struct comm *const comm = comm_to(handle); \
        const bool known = call_peer(comm, to, tag) && self.slot->peer >= 0; \
        if (known) { \
            self.slot->mail = message_push(CALL_##name, comm, to, tag, n, type, self.slot->pc); \
            before buffer_touch(buf, n, type, false); \
        } \
        call_waits(known); \
        const int error = PMPI_##name(buf, n, type, to, tag, handle); \
        call_waited(known); \
        if (error != MPI_SUCCESS) \
            message_failed(self.slot->mail); \
        return error; \
    }
#define AS_IT_IS
SEND(Ssend, AS_IT_IS)
SEND(Rsend, AS_IT_IS)
SEND(Bsend, bsend_fits(n, type);)

// -- sends that are begun ------------------------------------------------------------------------------

#define ISEND(name, before) \
    int MPI_##name(const void *buf, int n, MPI_Datatype type, int to, int tag, MPI_Comm handle, \
                   MPI_Request *request) { \
        ENTER(name, PMPI_##name(buf, n, type, to, tag, handle, request)); \
        call_note(CALL_##name, HERE); \
        if (!self.slot) \
            return PMPI_##name(buf, n, type, to, tag, handle, request); \
        const struct comm *const comm = comm_to(handle); \
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
            call_peer(comm_to(handle), peer, tag); \
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
