// SPDX-License-Identifier: MIT
//
// requests.c: requests. A library may give several requests the same handle (a send that was done
// at once needs none of its own), so a request is known by its handle and by the variable that
// holds it. A program may copy that variable; then the oldest one of that handle is meant.

#include "checker.h"
#include <stdlib.h>
#include <string.h>

struct request {
    MPI_Request handle;
    const MPI_Request *where;
    MPI_Comm comm;
    struct board_asked asked; // what it asks for
    int index;                // on the board; -1: not there
    bool persistent, active, started;
    const char *buf; // of plain data (types.c); NULL: not looked at
    int lent[2];     // their places among the buffers (buffers.c); -1: none
    struct request *next;
};

enum { BUCKETS = 512, NOWHERE = 0xffff };
static struct request *buckets[BUCKETS]; // newest first
static struct request *spare, *added;
static int places[BOARD_ASKED], place_count = -1; // free places on the board
static int top;                                   // beyond the last place that was ever used

static struct request **bucket_of(MPI_Request handle) {
    const uint64_t hash = (uint64_t)(uintptr_t)handle * 0x9e3779b97f4a7c15U;
    return &buckets[hash >> 55];
}

static bool is_receive(uint32_t call) {
    return call == CALL_Irecv || call == CALL_Recv_init || call == CALL_Isendrecv;
}

// Does MPI write to its buffer?
static bool writes_to_buffer(uint32_t call) {
    return is_receive(call) || call == CALL_Rget;
}

static void give_back(struct request *r, bool sure) {
    for (int i = 0; i < 2; i++) {
        buffer_back(r->lent[i], sure);
        r->lent[i] = -1;
    }
}

// -- on the board ----------------------------------------------------------------------------------------

static void show(struct request *r) {
    if (place_count < 0)
        for (place_count = 0; place_count < BOARD_ASKED; place_count++)
            places[place_count] = BOARD_ASKED - 1 - place_count;
    r->index = -1;
    if (!place_count) {
        atomic_store(&self.slot->lost, 1);
        return;
    }
    r->index = places[--place_count];
    if (r->index >= top)
        top = r->index + 1;
    const struct buffer buffer = {.at = r->buf,
                                  .bytes = r->asked.bytes,
                                  .written = writes_to_buffer(r->asked.call),
                                  .call = r->asked.call,
                                  .pc = r->asked.pc};
    r->lent[0] = r->buf ? buffer_lend(&buffer) : -1;
    struct board_asked *const asked = &self.slot->asked[r->index];
    memcpy(asked, &r->asked, sizeof *asked);
    atomic_store_explicit(&asked->used, 1, memory_order_release);
}

static void hide(struct request *r) {
    if (r->index < 0)
        return;
    atomic_store_explicit(&self.slot->asked[r->index].used, 0, memory_order_release);
    places[place_count++] = r->index;
    r->index = -1;
}

// -- the table -------------------------------------------------------------------------------------------

void request_add(const MPI_Request *where, MPI_Comm comm, const struct board_asked *asked,
                 const void *buf, bool persistent) {
    struct request *r = spare;
    if (r)
        spare = r->next;
    else
        r = malloc(sizeof *r);
    added = NULL;
    if (!r) {
        atomic_store(&self.slot->lost, 1);
        return;
    }
    *r = (struct request){.handle = *where,
                          .where = where,
                          .comm = comm,
                          .index = -1,
                          .lent = {-1, -1},
                          .persistent = persistent,
                          .buf = asked->bytes && asked->peer != PEER_NONE ? buf : NULL};
    memcpy(&r->asked, asked, sizeof *asked);
    added = r;
    struct request **const bucket = bucket_of(*where);
    r->next = *bucket;
    *bucket = r;
    if (!persistent) {
        r->active = r->started = true;
        show(r);
    }
}

void request_buffer(const void *at, int count, MPI_Datatype type, bool written) {
    const struct type *const t = type_of(at && added ? type : MPI_DATATYPE_NULL);
    if (count <= 0 || !t->plain || !t->size || (added->lent[0] >= 0 && added->lent[1] >= 0))
        return;
    const struct buffer buffer = {.at = at,
                                  .bytes = (uint64_t)count * (uint64_t)t->size,
                                  .written = written,
                                  .call = added->asked.call,
                                  .pc = added->asked.pc};
    added->lent[added->lent[0] >= 0] = buffer_lend(&buffer);
}

void request_of_window(uint64_t key, int target) {
    if (added)
        buffer_of_window(added->lent[0], key, target);
}

// The link to a request; *link is NULL where there is none.
static struct request **request_find(MPI_Request handle, const MPI_Request *where) {
    struct request **oldest = NULL, **link = bucket_of(handle);
    for (; *link; link = &(*link)->next) {
        if ((*link)->handle != handle)
            continue;
        if ((*link)->where == where)
            return link;
        oldest = link;
    }
    return oldest ? oldest : link;
}

// Is it certain that the program means this one, and not another that was given the same handle?
static bool is_sure(const struct request *r, const MPI_Request *where) {
    for (const struct request *other = *bucket_of(r->handle); other; other = other->next)
        if (other != r && other->handle == r->handle &&
            (r->where != where || other->where == where))
            return false;
    return true;
}

static void request_drop(struct request **link) {
    struct request *const r = *link;
    give_back(r, false);
    hide(r);
    *link = r->next;
    r->next = spare;
    spare = r;
}

int requests_before(uint64_t order, int from, int tag, uint32_t comm) {
    int count = 0;
    for (int i = 0; i < top; i++) {
        const struct board_asked *const a = &self.slot->asked[i];
        if (!atomic_load_explicit(&a->used, memory_order_relaxed) || !is_receive(a->call) ||
            a->comm != comm || a->order >= order || (a->peer != PEER_ANY && a->peer != from) ||
            (a->tag != TAG_ANY && a->tag != tag))
            continue;
        if (a->peer == PEER_ANY || a->tag == TAG_ANY)
            return -1;
        count++;
    }
    return count;
}

// -- what happens to one ------------------------------------------------------------------------------------

void request_started(const MPI_Request *where) {
    struct request **const link = request_find(*where, where), *const r = *link;
    if (!r || !r->persistent)
        return;
    if (r->active) {
        find_add(RULE_STARTED_TWICE, self.slot->pc, r->asked.pc);
        request_drop(link); // MPI may go on with another one in its place: nothing is known now
        atomic_store(&self.slot->lost, 1);
        return;
    }
    r->active = r->started = true;
    r->asked.order = self.order++;
    if (!is_receive(r->asked.call))
        r->asked.sent = message_started(&r->asked);
    show(r);
}

void requests_wait(int count, const MPI_Request requests[], bool any) {
    struct board_slot *const slot = self.slot;
    uint32_t waits = 0;
    for (int i = 0; i < count; i++) {
        if (requests[i] == MPI_REQUEST_NULL)
            continue;
        const struct request *const r = *request_find(requests[i], &requests[i]);
        if (r && r->persistent && !r->active)
            continue;
        if (waits == BOARD_WAITS)
            break;
        if (r && is_receive(r->asked.call) && slot->call < CALL_Test && is_sure(r, &requests[i]))
            buffer_still(r->lent[0], requests[i]);
        slot->wait[waits++] = r && r->index >= 0 ? (uint16_t)r->index : NOWHERE;
    }
    slot->waits = waits;
    slot->wait_any = any;
}

void request_done(MPI_Request handle, const MPI_Request *where, const MPI_Status *status) {
    struct request **const link = request_find(handle, where), *const r = *link;
    int cancelled = 0;
    if (!r || (r->persistent && !r->active))
        return;
    if (is_receive(r->asked.call) && status->MPI_SOURCE >= 0 && r->asked.peer != PEER_NONE &&
        PMPI_Test_cancelled(status, &cancelled) == MPI_SUCCESS && !cancelled) {
        const struct comm *const comm = comm_to(r->comm);
        if (comm)
            message_taken(&r->asked, comm_world(comm, status->MPI_SOURCE), status->MPI_TAG);
    }
    give_back(r, is_sure(r, where));
    if (r->persistent) {
        r->active = false;
        hide(r);
    } else {
        request_drop(link);
    }
}

void request_freed(MPI_Request handle, const MPI_Request *where) {
    struct request **const link = request_find(handle, where), *const r = *link;
    if (!r)
        return;
    if (r->persistent && !r->started)
        find_add(RULE_NEVER_STARTED, r->asked.pc, 0);
    if (r->active && is_receive(r->asked.call)) {
        find_add(RULE_FREED_ACTIVE, self.slot->pc, r->asked.pc);
        give_back(r, false);
        r->index = -1; // it stays on the board: its message is received all the same
    }
    request_drop(link);
}

void requests_left(void) {
    for (int i = 0; i < BUCKETS; i++)
        for (const struct request *r = buckets[i]; r; r = r->next) {
            const enum board_rule rule = !r->persistent ? RULE_REQUEST_LEFT
                                         : !r->started  ? RULE_NEVER_STARTED
                                         : r->active    ? RULE_REQUEST_LEFT
                                                        : RULE_PERSISTENT;
            struct board_find *const find = find_add(rule, r->asked.pc, 0);
            if (find) {
                find->call = r->asked.call;
                find->other = r->asked.peer;
                find->n[0] = r->asked.tag;
            }
        }
}
