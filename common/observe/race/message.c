// SPDX-License-Identifier: MIT
//
// message.c: see message.h.

#include "message.h"
#include "race.h"
#include "tsan.h"
#include <stdint.h>
#include <string.h>

WEAK(PMPI_Type_get_extent);
WEAK(PMPI_Type_get_true_extent);
WEAK(PMPI_Type_size);
WEAK(PMPI_Pack_size);
WEAK(PMPI_Unpack);
#pragma weak ompi_mpi_comm_self // what MPI_COMM_SELF stands for in Open MPI

enum { TOKENS = 1 << 12, EXTENT_MOST = 1 << 20 }; // bytes of a type with gaps that is looked at

static char tokens[TOKENS], messages, told;
static unsigned seen;

char *request_token(MPI_Request request) {
    uint64_t h = 0;
    memcpy(&h, &request, sizeof(MPI_Request));
    h = (h ^ h >> 29) * UINT64_C(0xBF58476D1CE4E5B9);
    return &tokens[(h ^ h >> 32) % TOKENS];
}

// Of a type, in bytes: what an element takes, and where its data begins and how far they reach.
struct layout {
    MPI_Aint extent, low, length;
};

// The bytes of one element, from `low` of its address on: those that unpacking it sets. The caller
// frees them. NULL: the type cannot be looked at.
static char *bytes_of(MPI_Datatype type, MPI_Aint low, MPI_Aint extent) {
    int size = 0, packed = 0, at = 0;
    if (PMPI_Type_size(type, &size) != MPI_SUCCESS || size <= 0 || extent > EXTENT_MOST ||
        PMPI_Pack_size(1, type, MPI_COMM_SELF, &packed) != MPI_SUCCESS || packed < size)
        return NULL;
    char *const from = race_alloc((size_t)packed), *const into = race_alloc((size_t)extent);
    memset(from, 1, (size_t)packed);
    const int result = PMPI_Unpack(from, packed, &at, into - low, 1, type, MPI_COMM_SELF);
    race_free(from);
    if (result == MPI_SUCCESS)
        return into;
    race_free(into);
    return NULL;
}

// Sees the ranges of `count` elements with gaps.
static void see_gaps(int count, MPI_Datatype type, struct layout l, see_range *see, void *user) {
    char *const set = bytes_of(type, l.low, l.length);
    for (int i = 0; set && i < count; i++) {
        for (MPI_Aint from = 0, to; from < l.length; from = to) {
            for (to = from + 1; to < l.length && set[to] == set[from];)
                to++;
            if (set[from])
                see(i * l.extent + l.low + from, (size_t)(to - from), user);
        }
    }
    race_free(set);
}

void buffer_ranges(int count, MPI_Datatype type, see_range *see, void *user) {
    struct layout l = {0};
    MPI_Aint first = 0;
    int size = 0;
    if (count <= 0 || PMPI_Type_size(type, &size) != MPI_SUCCESS || size <= 0 ||
        PMPI_Type_get_extent(type, &first, &l.extent) != MPI_SUCCESS ||
        PMPI_Type_get_true_extent(type, &l.low, &l.length) != MPI_SUCCESS)
        return;
    if (size == l.extent && size == l.length)
        see(l.low, (size_t)size * (size_t)count, user);
    else
        see_gaps(count, type, l, see, user);
}

// The names of these stand in a report above the line of the call, and tell whoever reads it what
// the access is (../omp/log.c). They are never called.
#define MARK(name) \
    __attribute__((noinline)) static void name(void) { \
        __asm__ volatile("# " #name); \
    }
MARK(race_by_call)
MARK(race_by_message)
MARK(race_by_round)
MARK(race_by_access)
MARK(race_by_rank)

void memory_touch(const void *at, size_t bytes, bool written, void *caller, enum user user) {
    static void (*const marks[])(void) = {[USER_CALL] = race_by_call,
                                          [USER_MESSAGE] = race_by_message,
                                          [USER_ROUND] = race_by_round,
                                          [USER_ACCESS] = race_by_access,
                                          [USER_RANK] = race_by_rank};
    const uintptr_t mark = (uintptr_t)marks[user];
    __tsan_func_entry(caller);
    __tsan_func_entry((void *)(mark + 1)); // TSan takes it for where a call returns to
    if (written)
        __tsan_write_range((void *)(uintptr_t)at, bytes);
    else
        __tsan_read_range((void *)(uintptr_t)at, bytes);
    __tsan_func_exit();
    __tsan_func_exit();
}

struct touching {
    const struct buffer *buffer;
    enum user user;
};

static void touch_range(MPI_Aint from, size_t bytes, void *user) {
    const struct touching *const t = user;
    memory_touch((const char *)t->buffer->at + from, bytes, t->buffer->written, t->buffer->caller,
                 t->user);
}

void buffer_touch(const struct buffer *buffer, enum user user) {
    struct touching touching = {buffer, user};
    if (buffer->at && buffer->at != MPI_BOTTOM && buffer->at != MPI_IN_PLACE)
        buffer_ranges(buffer->count, buffer->type, touch_range, &touching);
}

void *pending_begin(void) {
    void *const here = __tsan_get_current_fiber(), *const fiber = __tsan_create_fiber(0);
    __tsan_switch_to_fiber(fiber, TSAN_NO_SYNC); // it comes after what was before its creation
    return here;
}

void pending_end(void *begun, char *token) {
    void *const fiber = __tsan_get_current_fiber();
    __tsan_release(token);
    __tsan_switch_to_fiber(begun, TSAN_NO_SYNC);
    __tsan_destroy_fiber(fiber);
}

void buffer_pend(const struct buffer *buffer, MPI_Request request) {
    void *const begun = pending_begin();
    buffer_touch(buffer, USER_MESSAGE);
    pending_end(begun, request_token(request));
}

void request_done(MPI_Request request) {
    __tsan_acquire(request_token(request));
}

void message_sent(void) {
    __tsan_release(&messages);
    __tsan_release(&told);
}

void epoch_sent(void) {
    __tsan_release(&messages);
}

void message_received(void) {
    __tsan_acquire(&messages);
    __atomic_add_fetch(&seen, 1, __ATOMIC_RELAXED);
}

unsigned messages_seen(void) {
    return __atomic_load_n(&seen, __ATOMIC_RELAXED);
}

void message_told(void) {
    __tsan_acquire(&told);
}
