// SPDX-License-Identifier: MIT
//
// window.c: see window.h.

#include "window.h"
#include "race.h"
#include "tsan.h"

WEAK(PMPI_Allgather);
WEAK(PMPI_Comm_free);
WEAK(PMPI_Comm_rank);
WEAK(PMPI_Comm_size);
WEAK(PMPI_Comm_split);
WEAK(PMPI_Comm_test_inter);
WEAK(PMPI_Group_free);
WEAK(PMPI_Group_size);
WEAK(PMPI_Group_translate_ranks);
WEAK(PMPI_Win_get_group);
#pragma weak ompi_mpi_int // what MPI_INT stands for in Open MPI

static struct window *list;
static char busy; // threads may use several windows at once

struct window *window_of(MPI_Win win) {
    quiet_lock(&busy);
    struct window *window = list;
    while (window && window->win != win)
        window = window->next;
    quiet_unlock(&busy);
    return window;
}

// A communicator of the same ranks, without the attributes that the program may have given it.
void window_made(MPI_Win win, MPI_Comm comm, void *base, MPI_Aint bytes, int unit) {
    int rank = 0;
    struct window *const made = race_alloc(sizeof *made);
    made->win = win;
    made->base = base;
    made->bytes = bytes;
    if (PMPI_Comm_rank(comm, &rank) != MPI_SUCCESS ||
        PMPI_Comm_split(comm, 0, rank, &made->comm) != MPI_SUCCESS ||
        PMPI_Comm_size(made->comm, &made->size) != MPI_SUCCESS) {
        race_free(made);
        return;
    }
    made->units = race_alloc((size_t)made->size * sizeof *made->units);
    PMPI_Allgather(&unit, 1, MPI_INT, made->units, 1, MPI_INT, made->comm);
    made->fibers = race_alloc((size_t)(made->size + 1) * sizeof *made->fibers);
    for (int i = 0; i <= made->size; i++)
        made->fibers[i] = __tsan_create_fiber(0);
    __tsan_release(&made->begun[EPOCH_FENCE]);
    for (int epoch = 0; epoch < EPOCHS; epoch++)
        made->seen[epoch] = messages_seen();
    quiet_lock(&busy);
    made->next = list;
    list = made;
    quiet_unlock(&busy);
}

// What is still on its way to another rank stays.
void window_freed(MPI_Win win) {
    quiet_lock(&busy);
    struct window **place = &list;
    while (*place && (*place)->win != win)
        place = &(*place)->next;
    struct window *const freed = *place;
    if (freed)
        *place = freed->next;
    quiet_unlock(&busy);
    if (!freed)
        return;
    reach_sent(freed);
    PMPI_Comm_free(&freed->comm);
    for (int epoch = 0; epoch < EPOCHS; epoch++)
        race_free(freed->reached[epoch].at);
    for (int i = 0; i <= freed->size; i++)
        __tsan_destroy_fiber(freed->fibers[i]);
    race_free(freed->fibers);
    race_free(freed->units);
    race_free(freed->started.at);
    race_free(freed->posted.at);
    race_free(freed);
}

// -- what is reached --------------------------------------------------------------------------------

extern const char __executable_start[], etext[]; // the linker's: where the program's code lies

struct reached {
    struct window *window;
    struct reach reach;
    enum epoch epoch;
};

static void add_range(MPI_Aint from, size_t bytes, void *user) {
    struct reached *const reached = user;
    struct reach reach = reached->reach;
    reach.at += from;
    reach.bytes = (int64_t)bytes;
    quiet_lock(&busy);
    reach_add(&reached->window->reached[reached->epoch], &reach);
    quiet_unlock(&busy);
}

// Another rank has the program at another address, but its lines at the same distance from the begin.
void window_reached(MPI_Win win, const struct reaching *reaching, void *caller) {
    struct window *const window = window_of(win);
    const char *const place = caller;
    if (!window || window->locks || reaching->target < 0 || reaching->target >= window->size ||
        place < __executable_start || place >= etext)
        return;
    const enum epoch epoch = window->started.at ? EPOCH_START : EPOCH_FENCE;
    struct reached reached = {
        .window = window,
        .reach = {.at = (int64_t)reaching->at * window->units[reaching->target],
                  .place = place - __executable_start,
                  .target = reaching->target,
                  .written = reaching->written,
                  .atomic = reaching->atomic,
                  .told = messages_seen() != window->seen[epoch]},
        .epoch = epoch};
    buffer_ranges(reaching->count, reaching->type, add_range, &reached);
}

// -- epochs -----------------------------------------------------------------------------------------

void window_fenced(MPI_Win win) {
    struct window *const window = window_of(win);
    if (!window)
        return;
    reach_exchange(window);
    window->seen[EPOCH_FENCE] = messages_seen();
    __tsan_release(&window->begun[EPOCH_FENCE]);
}

void window_locked(MPI_Win win, int more) {
    struct window *const window = window_of(win);
    if (window)
        window->locks += more;
}

static void set_ranks(struct ranks *ranks, MPI_Win win, MPI_Group group) {
    MPI_Group all;
    int count = 0;
    race_free(ranks->at);
    *ranks = (struct ranks){0};
    if (PMPI_Group_size(group, &count) != MPI_SUCCESS ||
        PMPI_Win_get_group(win, &all) != MPI_SUCCESS)
        return;
    int *const numbers = race_alloc((size_t)count * sizeof *numbers);
    for (int i = 0; i < count; i++)
        numbers[i] = i;
    ranks->at = race_alloc((size_t)count * sizeof *ranks->at);
    if (PMPI_Group_translate_ranks(group, count, numbers, all, ranks->at) == MPI_SUCCESS)
        ranks->count = count;
    race_free(numbers);
    PMPI_Group_free(&all);
}

static void clear_ranks(struct ranks *ranks) {
    race_free(ranks->at);
    *ranks = (struct ranks){0};
}

void window_started(MPI_Win win, MPI_Group group) {
    struct window *const window = window_of(win);
    if (window)
        set_ranks(&window->started, win, group);
}

void window_completes(MPI_Win win) {
    struct window *const window = window_of(win);
    if (!window)
        return;
    for (int i = 0; i < window->started.count; i++)
        reach_send(window, window->started.at[i]);
    window->reached[EPOCH_START].count = 0;
    window->seen[EPOCH_START] = messages_seen();
    clear_ranks(&window->started);
}

void window_posted(MPI_Win win, MPI_Group group) {
    struct window *const window = window_of(win);
    if (!window)
        return;
    set_ranks(&window->posted, win, group);
    __tsan_release(&window->begun[EPOCH_START]);
}

void window_waited(MPI_Win win) {
    struct window *const window = window_of(win);
    if (!window)
        return;
    reach_receive(window);
    clear_ranks(&window->posted);
}
