// SPDX-License-Identifier: MIT
//
// buffers.c: memory that MPI has been lent: what a pending request or a one-sided access still
// reads or writes. Nobody else may write what is read, or touch what is written, until it is back.

#include "windows.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/uio.h>
#include <unistd.h>

// SMALL: a message of so many bytes arrives in one piece.
enum { LENT = 1024, SMALL = 512 };
static struct lent {
    struct buffer buffer;
    uint64_t sum;    // of its content when it was lent; 0: not known
    uintptr_t stack; // where the stack ends that it is on; 0: it is on none
    bool used;
    bool request; // of a window's accesses that a request gives back
} lent[LENT];     // self.lent: beyond the last that is used

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

// How many bytes the two share, where that does harm.
static int64_t shared(const struct buffer *b, const struct lent *other) {
    const char *const a = b->at + b->bytes, *const z = other->buffer.at + other->buffer.bytes;
    const char *const low = b->at > other->buffer.at ? b->at : other->buffer.at;
    const char *const high = a < z ? a : z;
    return other->used && low < high && (b->written || other->buffer.written) ? high - low : 0;
}

static struct board_find *meet(enum board_rule rule, const struct buffer *b) {
    struct board_find *find = NULL;
    for (int i = 0; i < self.lent; i++) {
        const int64_t bytes = shared(b, &lent[i]);
        find = bytes ? find_add(rule, b->pc, lent[i].buffer.pc) : NULL;
        if (!find)
            continue;
        find->call = b->call;
        find->other_call = lent[i].buffer.call;
        find->n[0] = bytes;
        find->n[1] = b->written;
        find->n[2] = lent[i].buffer.written;
    }
    return find;
}

void buffer_touch_now(const void *at, int count, MPI_Datatype type, bool written) {
    const struct type *const t =
        type_of(at && at != MPI_IN_PLACE && count > 0 ? type : MPI_DATATYPE_NULL);
    const struct buffer b = {.at = at,
                             .bytes = (uint64_t)count * (uint64_t)t->size,
                             .written = written,
                             .call = self.slot->call,
                             .pc = self.slot->pc};
    uint64_t low = 0;
    if (!t->plain || !t->size)
        return;
    meet(RULE_TOUCHED, &b);
    const struct window *const own = window_at(at, b.bytes, &low);
    if (own)
        access_note(own, written ? ACCESS_STORE : ACCESS_LOAD, MODE_OWN, self.rank, low,
                    low + b.bytes, t->basic, true);
}

void buffers_apart(const void *out, int n, MPI_Datatype type, const void *in, int inn,
                   MPI_Datatype intype) {
    if (!self.slot || !out || !in || out == MPI_IN_PLACE || in == MPI_IN_PLACE || n <= 0 ||
        inn <= 0)
        return;
    const struct type *const t = type_of(type), *const u = type_of(intype);
    const uintptr_t a = (uintptr_t)out, b = (uintptr_t)in;
    const uintptr_t a_end = a + (uintptr_t)n * (uintptr_t)t->size,
                    b_end = b + (uintptr_t)inn * (uintptr_t)u->size;
    const uintptr_t low = a > b ? a : b, high = a_end < b_end ? a_end : b_end;
    if (!t->plain || !u->plain || low >= high) // (with gaps, the bytes may lie between each other)
        return;
    struct board_find *const find = find_add(RULE_ALIAS, self.slot->pc, 0);
    if (!find)
        return;
    find->call = self.slot->call;
    find->n[0] = (int64_t)(high - low);
}

// -- on the stack ---------------------------------------------------------------------------------------

// Where this thread's stack ends; 0: it is not known.
static uintptr_t stack_end(void) {
    static _Thread_local uintptr_t end;
    pthread_attr_t attr;
    void *low;
    size_t size;
    if (!end && pthread_getattr_np(pthread_self(), &attr) == 0) {
        if (pthread_attr_getstack(&attr, &low, &size) == 0)
            end = (uintptr_t)low + size;
        pthread_attr_destroy(&attr);
    }
    return end;
}

static void find_lowest(void) {
    self.lowest = UINTPTR_MAX;
    for (int i = 0; i < self.lent; i++) {
        const uintptr_t end = (uintptr_t)lent[i].buffer.at + lent[i].buffer.bytes;
        if (lent[i].used && lent[i].stack && end < self.lowest)
            self.lowest = end;
    }
}

static void note_stack(struct lent *l) {
    const uintptr_t at = (uintptr_t)l->buffer.at, end = stack_end();
    l->stack = at >= self.frame && at < end ? end : 0;
    if (l->stack && at + l->buffer.bytes < self.lowest)
        self.lowest = at + l->buffer.bytes;
}

void buffers_out_of_scope(void) {
    for (int i = 0; i < self.lent; i++) {
        struct lent *const l = &lent[i];
        const uintptr_t end = (uintptr_t)l->buffer.at + l->buffer.bytes;
        if (!l->used || !l->stack || self.frame < end || self.frame >= l->stack)
            continue;
        l->stack = l->sum = 0; // told once; what stands there now is other functions' affair
        struct board_find *const find = find_add(RULE_OUT_OF_SCOPE, l->buffer.pc, self.slot->pc);
        if (find) {
            find->call = l->buffer.call;
            find->other_call = self.slot->call;
        }
    }
    find_lowest();
}

// -- lent and given back ----------------------------------------------------------------------------------

int buffer_lend(const struct buffer *b) {
    meet(RULE_OVERLAP, b);
    for (int i = 0; i < LENT; i++) {
        if (lent[i].used)
            continue;
        lent[i] = (struct lent){.buffer = *b, .used = true};
        if (!b->written || b->bytes <= SMALL)
            lent[i].sum = sum_of(b->at, b->bytes);
        self.lent = i < self.lent ? self.lent : i + 1;
        note_stack(&lent[i]);
        return i;
    }
    return -1;
}

// One that was read and is not the same any more.
static void look(const struct lent *l) {
    const uint64_t sum = l->sum && !l->buffer.written ? sum_of(l->buffer.at, l->buffer.bytes) : 0;
    struct board_find *const find =
        sum && sum != l->sum ? find_add(RULE_SEND_CHANGED, l->buffer.pc, self.slot->pc) : NULL;
    if (find) {
        find->other_call = self.slot->call;
        find->call = l->buffer.call;
    }
}

void buffer_back(int place, bool sure) {
    if (place < 0)
        return;
    if (sure)
        look(&lent[place]);
    lent[place].used = false;
    while (self.lent && !lent[self.lent - 1].used)
        self.lent--;
    if (lent[place].stack)
        find_lowest();
}

void buffer_of_window(int place, uint64_t key, int target) {
    if (place < 0)
        return;
    lent[place].buffer.key = key;
    lent[place].buffer.target = target;
    lent[place].request = true;
}

// It is the program's again, and its place is still the request's.
static void empty(struct lent *l) {
    look(l);
    l->buffer.bytes = l->sum = l->stack = 0;
    l->buffer.key = 0;
    find_lowest();
}

void buffers_back(uint64_t key, int target) {
    for (int i = self.lent; i-- > 0;) {
        if (!lent[i].used || lent[i].buffer.key != key ||
            (target >= 0 && lent[i].buffer.target != target))
            continue;
        if (lent[i].request)
            empty(&lent[i]);
        else
            buffer_back(i, true);
    }
}

void buffer_still(int place, MPI_Request request) {
    int done = 1;
    struct lent *const l = place < 0 ? NULL : &lent[place];
    const uint64_t sum = l && l->sum && l->buffer.written && l->buffer.bytes <= SMALL
                             ? sum_of(l->buffer.at, l->buffer.bytes)
                             : 0;
    // If the message had come by then, the request would be complete.
    if (!sum || sum == l->sum ||
        PMPI_Request_get_status(request, &done, MPI_STATUS_IGNORE) != MPI_SUCCESS || done)
        return;
    l->sum = sum;
    struct board_find *const find = find_add(RULE_RECEIVE_WRITTEN, l->buffer.pc, self.slot->pc);
    if (find) {
        find->call = l->buffer.call;
        find->other_call = self.slot->call;
    }
}
