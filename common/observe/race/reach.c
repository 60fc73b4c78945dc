// SPDX-License-Identifier: MIT
//
// reach.c: ranks tell each other what they reached, and the owner of the memory plays it.

#include "race.h"
#include "tsan.h"
#include "window.h"
#include <string.h>

WEAK(PMPI_Alltoall);
WEAK(PMPI_Alltoallv);
WEAK(PMPI_Get_count);
WEAK(PMPI_Isend);
WEAK(PMPI_Probe);
WEAK(PMPI_Recv);
WEAK(PMPI_Test);
#pragma weak ompi_mpi_byte // what these stand for in Open MPI
#pragma weak ompi_mpi_int

enum { REACHES_MOST = 1 << 16 }; // of an epoch; more are not looked at

extern const char __executable_start[]; // the linker's: where the program begins

void reach_add(struct reaches *reaches, const struct reach *reach) {
    if (reaches->count == REACHES_MOST)
        return;
    if (reaches->count == reaches->room) {
        const size_t room = reaches->room ? 2 * reaches->room : 16;
        struct reach *const more = race_alloc(room * sizeof *more);
        if (reaches->count)
            memcpy(more, reaches->at, reaches->count * sizeof *more);
        race_free(reaches->at);
        reaches->at = more;
        reaches->room = room;
    }
    reaches->at[reaches->count++] = *reach;
}

// -- plays ------------------------------------------------------------------------------------------

static void play_one(const struct window *window, const struct reach *reach) {
    if (reach->at < 0 || reach->bytes <= 0 || reach->bytes > window->bytes ||
        reach->at > window->bytes - reach->bytes)
        return;
    memory_touch(window->base + reach->at, (size_t)reach->bytes, reach->written,
                 (void *)((uintptr_t)__executable_start + (uintptr_t)reach->place), USER_RANK);
}

static void play_some(const struct window *window, const struct reaches *reaches, bool atomic,
                      bool told) {
    for (size_t i = 0; i < reaches->count; i++)
        if (reaches->at[i].atomic == atomic && reaches->at[i].told == told)
            play_one(window, &reaches->at[i]);
}

// Those that are atomic, or the others, on a fiber, after what was before the epoch.
static void play(struct window *window, enum epoch epoch, void *fiber,
                 const struct reaches *reaches, bool atomic) {
    void *const here = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(fiber, TSAN_NO_SYNC);
    __tsan_acquire(&window->begun[epoch]);
    play_some(window, reaches, atomic, false);
    message_told();
    play_some(window, reaches, atomic, true);
    __tsan_release(&window->over);
    __tsan_switch_to_fiber(here, TSAN_NO_SYNC);
}

// by: what each rank of the window did. Accumulates of all ranks are on one fiber, for they may
// meet; what else two ranks do is on two.
static void play_all(struct window *window, enum epoch epoch, const struct reaches *by) {
    for (int rank = 0; rank < window->size; rank++)
        if (by[rank].count) {
            play(window, epoch, window->fibers[rank], &by[rank], false);
            play(window, epoch, window->fibers[window->size], &by[rank], true);
        }
    __tsan_acquire(&window->over);
}

// -- all tell all -----------------------------------------------------------------------------------

static int bytes_for(const struct reaches *reaches, int target) {
    int bytes = 0;
    for (size_t i = 0; i < reaches->count; i++)
        if (reaches->at[i].target == target)
            bytes += (int)sizeof *reaches->at;
    return bytes;
}

// Those for the given target, one behind the other. Returns where the next may stand.
static struct reach *copy_for(const struct reaches *reaches, int target, struct reach *into) {
    for (size_t i = 0; i < reaches->count; i++)
        if (reaches->at[i].target == target)
            *into++ = reaches->at[i];
    return into;
}

// Sets where each block begins; returns their sum. All in bytes.
static int set_offsets(const int *bytes, int *offsets, int size) {
    int sum = 0;
    for (int i = 0; i < size; i++) {
        offsets[i] = sum;
        sum += bytes[i];
    }
    return sum;
}

void reach_exchange(struct window *window) {
    struct reaches *const made = &window->reached[EPOCH_FENCE];
    const int size = window->size;
    int *const numbers = race_alloc(4 * (size_t)size * sizeof *numbers);
    int *const out = numbers, *const out_at = out + size, *const in = out_at + size;
    int *const in_at = in + size;
    for (int rank = 0; rank < size; rank++)
        out[rank] = bytes_for(made, rank);
    PMPI_Alltoall(out, 1, MPI_INT, in, 1, MPI_INT, window->comm);
    struct reach *const told = race_alloc((size_t)set_offsets(out, out_at, size));
    struct reach *const heard = race_alloc((size_t)set_offsets(in, in_at, size));
    struct reach *next = told;
    for (int rank = 0; rank < size; rank++)
        next = copy_for(made, rank, next);
    PMPI_Alltoallv(told, out, out_at, MPI_BYTE, heard, in, in_at, MPI_BYTE, window->comm);
    struct reaches *const by = race_alloc((size_t)size * sizeof *by);
    for (int rank = 0; rank < size; rank++)
        by[rank] = (struct reaches){.at = heard + (size_t)in_at[rank] / sizeof *heard,
                                    .count = (size_t)in[rank] / sizeof *heard};
    play_all(window, EPOCH_FENCE, by);
    made->count = 0;
    race_free(by);
    race_free(heard);
    race_free(told);
    race_free(numbers);
}

// -- one tells another ------------------------------------------------------------------------------

// A message to an owner, which takes it when it waits: MPI_Win_complete must not.
struct sending {
    struct sending *next;
    MPI_Request request;
    struct reach *reaches;
};

void reach_sent(struct window *window) {
    struct sending **place = &window->sendings;
    while (*place) {
        struct sending *const sending = *place;
        int arrived = 0;
        if (PMPI_Test(&sending->request, &arrived, MPI_STATUS_IGNORE) != MPI_SUCCESS || !arrived) {
            place = &sending->next;
            continue;
        }
        *place = sending->next;
        race_free(sending->reaches);
        race_free(sending);
    }
}

void reach_send(struct window *window, int target) {
    const struct reaches *const made = &window->reached[EPOCH_START];
    const int bytes = bytes_for(made, target);
    struct sending *const sending = race_alloc(sizeof *sending);
    sending->reaches = race_alloc((size_t)bytes);
    copy_for(made, target, sending->reaches);
    reach_sent(window);
    PMPI_Isend(sending->reaches, bytes, MPI_BYTE, target, 0, window->comm, &sending->request);
    sending->next = window->sendings;
    window->sendings = sending;
}

static void receive_from(const struct window *window, int origin, struct reaches *reaches) {
    MPI_Status status;
    int bytes = 0;
    PMPI_Probe(origin, 0, window->comm, &status);
    PMPI_Get_count(&status, MPI_BYTE, &bytes);
    reaches->at = race_alloc((size_t)bytes);
    reaches->count = (size_t)bytes / sizeof *reaches->at;
    PMPI_Recv(reaches->at, bytes, MPI_BYTE, origin, 0, window->comm, MPI_STATUS_IGNORE);
}

void reach_receive(struct window *window) {
    struct reaches *const by = race_alloc((size_t)window->size * sizeof *by);
    for (int i = 0; i < window->posted.count; i++)
        receive_from(window, window->posted.at[i], &by[window->posted.at[i]]);
    play_all(window, EPOCH_START, by);
    for (int rank = 0; rank < window->size; rank++)
        race_free(by[rank].at);
    race_free(by);
}
