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

static char tokens[TOKENS], messages;

char *request_token(MPI_Request request) {
    uint64_t h = 0;
    memcpy(&h, &request, sizeof(MPI_Request));
    h = (h ^ h >> 29) * UINT64_C(0xBF58476D1CE4E5B9);
    return &tokens[(h ^ h >> 32) % TOKENS];
}

static void touch_range(const void *at, size_t size, bool written) {
    if (written)
        __tsan_write_range((void *)(uintptr_t)at, size);
    else
        __tsan_read_range((void *)(uintptr_t)at, size);
}

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

static void touch_gaps(const struct buffer *b, MPI_Aint low, MPI_Aint length, MPI_Aint extent) {
    char *const set = bytes_of(b->type, low, length);
    for (int i = 0; set && i < b->count; i++) {
        const char *const element = (const char *)b->at + i * extent + low;
        for (MPI_Aint from = 0, to; from < length; from = to) {
            for (to = from + 1; to < length && set[to] == set[from];)
                to++;
            if (set[from])
                touch_range(element + from, (size_t)(to - from), b->written);
        }
    }
    race_free(set);
}

static void touch(const struct buffer *b) {
    MPI_Aint first = 0, extent = 0, low = 0, length = 0;
    int size = 0;
    if (!b->at || b->at == MPI_BOTTOM || b->at == MPI_IN_PLACE || b->count <= 0 ||
        PMPI_Type_size(b->type, &size) != MPI_SUCCESS || size <= 0 ||
        PMPI_Type_get_extent(b->type, &first, &extent) != MPI_SUCCESS ||
        PMPI_Type_get_true_extent(b->type, &low, &length) != MPI_SUCCESS)
        return;
    if (size == extent && size == length)
        touch_range((const char *)b->at + low, (size_t)size * (size_t)b->count, b->written);
    else
        touch_gaps(b, low, length, extent);
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

void buffer_touch(const struct buffer *buffer, enum user user) {
    static void (*const marks[])(void) = {[USER_CALL] = race_by_call,
                                          [USER_MESSAGE] = race_by_message,
                                          [USER_ROUND] = race_by_round,
                                          [USER_ACCESS] = race_by_access};
    const uintptr_t mark = (uintptr_t)marks[user];
    __tsan_func_entry(buffer->caller);
    __tsan_func_entry((void *)(mark + 1)); // TSan takes it for where a call returns to
    touch(buffer);
    __tsan_func_exit();
    __tsan_func_exit();
}

void *pending_begin(void) {
    static __thread char begun;
    void *const here = __tsan_get_current_fiber();
    __tsan_release(&begun);
    __tsan_switch_to_fiber(__tsan_create_fiber(0), TSAN_NO_SYNC);
    __tsan_acquire(&begun);
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
}

void message_received(void) {
    __tsan_acquire(&messages);
}
