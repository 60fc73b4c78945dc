// SPDX-License-Identifier: MIT
//
// requests.c: requests. A library may give several requests the same handle (a send that was done
// at once needs none of its own), so a request is known by its handle and by the variable that
// holds it. A program may copy that variable; then the oldest one of that handle is meant.

#include "checker.h"
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

struct request {
    MPI_Request handle;
    const MPI_Request *where;
    MPI_Comm comm;
    struct board_asked asked; // what it asks for
    int index;                // on the board; -1: not there
    bool persistent, active, started;
    const char *buf; // of plain data (types.c); NULL: not looked at
    uint64_t sum;    // of a send's buffer, when it was begun
    struct request *next;
};

enum { BUCKETS = 512, NOWHERE = 0xffff };
static struct request *buckets[BUCKETS]; // newest first
static struct request *spare;
static int places[BOARD_ASKED], place_count = -1; // free places on the board
static int top;                                   // beyond the last place that was ever used

static struct request **bucket_of(MPI_Request handle) {
    const uint64_t hash = (uint64_t)(uintptr_t)handle * 0x9e3779b97f4a7c15U;
    return &buckets[hash >> 55];
}

static bool is_receive(uint32_t call) {
    return call == CALL_Irecv || call == CALL_Recv_init || call == CALL_Isendrecv;
}

// -- buffers of pending requests ------------------------------------------------------------------------

static struct request *pending[BOARD_ASKED]; // by place on the board

// A sum over the beginning and the end of a buffer. The program may have freed it meanwhile, so it
// is read as another process would; 0: it cannot be.
static uint64_t sum_of(const char *buf, uint64_t bytes) {
    enum { PART = 512 };
    uint64_t words[2 * PART / 8] = {0}, sum = 0x9e3779b97f4a7c15U;
    const size_t first = bytes < PART ? bytes : PART,
                 last = bytes - first < PART ? bytes - first : PART;
    const struct iovec own[2] = {{words, first}, {(char *)words + PART, last}};
    const struct iovec from[2] = {{(void *)(uintptr_t)buf, first},
                                  {(void *)(uintptr_t)(buf + bytes - last), last}};
    if (process_vm_readv(getpid(), own, 2, from, 2, 0) != (ssize_t)(first + last))
        return 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        sum = (sum ^ words[i]) * 0x100000001b3U + (sum >> 47);
    return sum ? sum : 1;
}

// Two requests under way may read the same bytes, but none may write what another reads or writes.
static void look_for_overlap(const struct request *r) {
    for (int i = 0; r->buf && i < top; i++) {
        const struct request *const other = pending[i];
        if (!other || !other->buf || other == r ||
            (!is_receive(r->asked.call) && !is_receive(other->asked.call)))
            continue;
        const char *const low = r->buf > other->buf ? r->buf : other->buf;
        const char *const a = r->buf + r->asked.bytes, *const b = other->buf + other->asked.bytes;
        const char *const high = a < b ? a : b;
        struct board_find *const find =
            low < high ? find_add(RULE_OVERLAP, r->asked.pc, other->asked.pc) : NULL;
        if (find) {
            find->call = r->asked.call;
            find->other_call = other->asked.call;
            find->n[0] = high - low;
        }
    }
}

static void look_at_buffer(const struct request *r) {
    if (!r->buf || !r->sum || is_receive(r->asked.call))
        return;
    const uint64_t sum = sum_of(r->buf, r->asked.bytes);
    struct board_find *const find =
        sum && sum != r->sum ? find_add(RULE_SEND_CHANGED, r->asked.pc, self.slot->pc) : NULL;
    if (find) {
        find->other_call = self.slot->call;
        find->call = r->asked.call;
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
    pending[r->index] = r;
    look_for_overlap(r);
    if (r->buf && !is_receive(r->asked.call))
        r->sum = sum_of(r->buf, r->asked.bytes);
    struct board_asked *const asked = &self.slot->asked[r->index];
    memcpy(asked, &r->asked, sizeof *asked);
    atomic_store_explicit(&asked->used, 1, memory_order_release);
}

static void hide(struct request *r) {
    if (r->index < 0)
        return;
    atomic_store_explicit(&self.slot->asked[r->index].used, 0, memory_order_release);
    pending[r->index] = NULL;
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
    if (!r) {
        atomic_store(&self.slot->lost, 1);
        return;
    }
    *r = (struct request){.handle = *where,
                          .where = where,
                          .comm = comm,
                          .index = -1,
                          .persistent = persistent,
                          .buf = asked->bytes && asked->peer != PEER_NONE ? buf : NULL};
    memcpy(&r->asked, asked, sizeof *asked);
    struct request **const bucket = bucket_of(*where);
    r->next = *bucket;
    *bucket = r;
    if (!persistent) {
        r->active = r->started = true;
        show(r);
    }
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
    struct request *const r = *request_find(*where, where);
    if (!r || !r->persistent)
        return;
    if (r->active) {
        find_add(RULE_STARTED_TWICE, self.slot->pc, r->asked.pc);
        return;
    }
    r->active = r->started = true;
    r->asked.order = self.order++;
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
        const struct comm *const comm = comm_of(r->comm);
        if (comm)
            message_taken(&r->asked, comm_world(comm, status->MPI_SOURCE), status->MPI_TAG);
    }
    if (is_sure(r, where))
        look_at_buffer(r);
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
        pending[r->index < 0 ? 0 : r->index] = NULL;
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
