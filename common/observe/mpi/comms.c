// SPDX-License-Identifier: MIT
//
// comms.c: communicators. What all members of one call it, its id, is not agreed upon with
// messages: it is made of what each of them knows, the id of the communicator it was made of, how
// many were made of that before, and its first member.

#include "checker.h"
#include <stdlib.h>
#include <string.h>

enum { COMMS = 512 };
static struct comm *comms[COMMS];
static int comm_count;
static struct comm *last; // most calls ask for the same one again

struct comm *comm_to(MPI_Comm handle) {
    if (last && last->handle == handle)
        return last;
    for (int i = comm_count - 1; i >= 0; i--)
        if (comms[i]->handle == handle)
            return last = comms[i];
    return NULL;
}

struct comm *comm_of(MPI_Comm handle) {
    struct comm *const comm = comm_to(handle);
    return comm && !comm->inter ? comm : NULL;
}

int comm_world(const struct comm *comm, int rank) {
    if (rank == MPI_ANY_SOURCE)
        return PEER_ANY;
    return rank >= 0 && rank < comm->size ? comm->world[rank] : PEER_NONE;
}

// -- on the board --------------------------------------------------------------------------------------

bool board_lock(void) {
    for (int i = 0; i < 100000000; i++) {
        uint32_t open = 0;
        if (atomic_compare_exchange_weak(&self.board->lock, &open, 1))
            return true;
    }
    return false; // its holder died
}

void board_unlock(void) {
    atomic_store(&self.board->lock, 0);
}

// The first member that comes writes it down.
static struct board_comm *show(const struct comm *comm) {
    struct board_comm *free_one = NULL, *freed = NULL, *found = NULL;
    if (!board_lock())
        return NULL;
    for (int i = 0; i < BOARD_COMMS && !found; i++) {
        struct board_comm *const c = &self.board->comms[i];
        const uint32_t id = atomic_load(&c->id);
        if (id == comm->id)
            found = c;
        else if (!id && !free_one)
            free_one = c;
        else if (self.apart && atomic_load(&c->left))
            freed = c;
    }
    free_one = free_one ? free_one : freed;
    if (!found && free_one) {
        found = free_one;
        memset(found, 0, sizeof *found);
        found->size = (uint32_t)comm->size;
        found->maker = self.rank;
        found->pc = comm->pc;
        for (int i = 0; i < comm->size; i++)
            found->members[i] = (uint16_t)comm->world[i];
        atomic_store(&found->id, comm->id);
    }
    board_unlock();
    if (!found)
        atomic_fetch_add(&self.slot->lost, 1);
    return found;
}

// -- made and freed --------------------------------------------------------------------------------------

static void comm_drop(struct comm *comm) {
    if (self.several) // another thread may be in a call that uses it
        return;
    free(comm->world);
    free(comm);
}

// A communicator without an id yet; of one between two groups, the ranks are the others'. NULL: no
// memory, or no such communicator.
static struct comm *comm_new(MPI_Comm handle, uint64_t pc) {
    int inter = 1;
    MPI_Group group, world;
    if (comm_count == COMMS || PMPI_Comm_test_inter(handle, &inter) != MPI_SUCCESS)
        return NULL;
    struct comm *const comm = calloc(1, sizeof *comm);
    if (!comm)
        return NULL;
    comm->handle = handle;
    comm->pc = pc;
    PMPI_Comm_rank(handle, &comm->rank);
    comm->inter = inter;
    if (inter)
        PMPI_Comm_remote_size(handle, &comm->size);
    else
        PMPI_Comm_size(handle, &comm->size);
    comm->world = malloc((size_t)comm->size * sizeof *comm->world);
    int *const own = malloc((size_t)comm->size * sizeof *own);
    if (!comm->world || !own) {
        free(own);
        comm_drop(comm);
        return NULL;
    }
    for (int i = 0; i < comm->size; i++)
        own[i] = i;
    if (inter)
        PMPI_Comm_remote_group(handle, &group);
    else
        PMPI_Comm_group(handle, &group);
    PMPI_Comm_group(MPI_COMM_WORLD, &world);
    PMPI_Group_translate_ranks(group, comm->size, own, world, comm->world);
    PMPI_Group_free(&group);
    PMPI_Group_free(&world);
    free(own);
    return comm;
}

static void comm_keep(struct comm *comm, uint32_t id) {
    comm->id = id ? id : 1;
    if (comm->size <= self.size && comm->size > 1 && !comm->inter)
        comm->shown = show(comm);
    comms[comm_count++] = last = comm;
}

void comms_begin(void) {
    struct comm *const own = comm_new(MPI_COMM_SELF, 0), *const all = comm_new(MPI_COMM_WORLD, 0);
    if (own)
        comm_keep(own, 2);
    if (all)
        comm_keep(all, 1);
}

static uint32_t mix(uint32_t hash, uint32_t word) {
    hash = (hash ^ word) * 0x9e3779b1U;
    return hash ^ (hash >> 15);
}

void comm_made(struct comm *parent, MPI_Comm handle, uint64_t pc) {
    if (!parent)
        return;
    const uint32_t number = ++parent->made;
    struct comm *const comm = handle == MPI_COMM_NULL ? NULL : comm_new(handle, pc);
    if (comm)
        comm_keep(comm, mix(mix(mix(7, parent->id), number), (uint32_t)comm->world[0]));
}

// The ranks of this side of a communicator between two groups, in the world, as one number.
static uint32_t side_of(MPI_Comm handle) {
    MPI_Group group, world;
    int size = 0;
    uint32_t hash = 13;
    PMPI_Comm_size(handle, &size);
    PMPI_Comm_group(handle, &group);
    PMPI_Comm_group(MPI_COMM_WORLD, &world);
    for (int i = 0; i < size; i++) {
        int rank = -1;
        PMPI_Group_translate_ranks(group, 1, &i, world, &rank);
        hash = mix(hash, (uint32_t)rank);
    }
    PMPI_Group_free(&group);
    PMPI_Group_free(&world);
    return hash;
}

// How many communicators between these two groups this is, from 1: all members make each of them, so
// they count alike. 0: there are more pairs of groups than fit.
static uint32_t number_of_pair(uint32_t pair) {
    static struct {
        uint32_t pair;
        uint32_t made;
    } pairs[64];
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (!pairs[i].made || pairs[i].pair == pair) {
            pairs[i].pair = pair;
            return ++pairs[i].made;
        }
    return 0;
}

void comm_made_between(MPI_Comm handle, uint64_t pc) {
    struct comm *const comm = handle == MPI_COMM_NULL ? NULL : comm_new(handle, pc);
    if (!comm)
        return;
    uint32_t theirs = 13;
    for (int i = 0; i < comm->size; i++)
        theirs = mix(theirs, (uint32_t)comm->world[i]);
    const uint32_t ours = side_of(handle), low = ours < theirs ? ours : theirs;
    const uint32_t pair = mix(mix(17, low), low ^ ours ^ theirs);
    const uint32_t number = number_of_pair(pair);
    if (number)
        comm_keep(comm, mix(pair, number));
    else
        comm_drop(comm);
}

struct comm *comm_of_window(struct comm *parent, uint64_t pc) {
    struct comm *const comm = parent ? calloc(1, sizeof *comm) : NULL;
    int *const world = comm ? malloc((size_t)parent->size * sizeof *world) : NULL;
    if (!world) {
        free(comm);
        return NULL;
    }
    memcpy(world, parent->world, (size_t)parent->size * sizeof *world);
    *comm = *parent;
    comm->handle = MPI_COMM_NULL;
    comm->world = world;
    comm->round = comm->made = 0;
    comm->pc = pc;
    comm->id = mix(mix(11, parent->id), ++parent->made);
    comm->shown = comm->size > 1 ? show(comm) : NULL;
    return comm;
}

// The last one out makes room on the board. (On one of its own this rank is the only one. What it has
// freed stays there for the reader, while there is room.)
static void hide(const struct comm *comm) {
    if (comm->shown && atomic_fetch_add(&comm->shown->left, 1) + 1 == comm->shown->size)
        atomic_store(&comm->shown->id, 0);
}

void comm_window_free(struct comm *comm) {
    hide(comm);
    comm_drop(comm);
}

void comm_forget(MPI_Comm handle) {
    for (int i = 0; i < comm_count; i++) {
        struct comm *const comm = comms[i];
        if (comm->handle != handle)
            continue;
        hide(comm);
        comms[i] = comms[--comm_count];
        last = NULL;
        comm_drop(comm);
        return;
    }
}

void comms_left(void) {
    for (int i = 0; i < comm_count; i++)
        if (comms[i]->pc)
            find_add(RULE_LEFT_COMM, comms[i]->pc, 0);
}
