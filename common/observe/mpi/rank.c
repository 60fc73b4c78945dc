// SPDX-License-Identifier: MIT
//
// rank.c: the board, this rank's slot on it, and what every wrapper begins and ends with.

#include "checker.h"

#include "../modules.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct self self = {.rank = -1, .lowest = UINTPTR_MAX};

// -- the board ---------------------------------------------------------------------------------------

// Opens the file that the reader made. The memory is all there (the reader has allocated it), so
// writing to it never fails.
static struct board *board_open(const char *path) {
    struct stat stat;
    const int file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0)
        return NULL;
    struct board *board = NULL;
    if (fstat(file, &stat) == 0 && stat.st_size >= (off_t)sizeof *board) {
        board = mmap(NULL, (size_t)stat.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (board == MAP_FAILED)
            board = NULL;
    }
    close(file);
    if (board &&
        (board->magic != BOARD_MAGIC || board->version != BOARD_VERSION ||
         (size_t)stat.st_size < sizeof *board + board->ranks * sizeof(struct board_slot))) {
        munmap(board, (size_t)stat.st_size);
        board = NULL;
    }
    return board;
}

// Do all ranks see the board, and each what any other writes on it now? All call this. apart: they are to
// do as if not.
static bool board_is_shared(struct board *board, bool apart) {
    int good = !apart && board && self.size <= (int)board->ranks;
    // A first look at all slots: where it is a copy, from here on it is an old one.
    for (int r = 0; good && r < self.size; r++)
        good = atomic_load(&board->slots[r].state) == STATE_NONE;
    PMPI_Allreduce(MPI_IN_PLACE, &good, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    if (good)
        atomic_store(&board->slots[self.rank].state, STATE_RUNNING);
    PMPI_Barrier(MPI_COMM_WORLD);
    for (int r = 0; good && r < self.size; r++)
        good = atomic_load(&board->slots[r].state) == STATE_RUNNING;
    PMPI_Allreduce(MPI_IN_PLACE, &good, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    if (!good && board) {
        atomic_store(&board->slots[self.rank].state, STATE_NONE);
        atomic_store(&board->apart, 1);
    }
    return good;
}

// One that nobody else sees, where there is none to share.
static struct board *board_of_my_own(void) {
    const size_t size = sizeof(struct board) + (size_t)self.size * sizeof(struct board_slot);
    struct board *const board = self.size > BOARD_RANKS ? MAP_FAILED
                                                        : mmap(NULL, size, PROT_READ | PROT_WRITE,
                                                               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (board == MAP_FAILED)
        return NULL;
    board->ranks = (uint32_t)self.size;
    atomic_store(&board->relaxed, 1);
    self.apart = true;
    return board;
}

void rank_attach(void) {
    const char *const path = getenv("TWOFOLD_BOARD"), *const nodes = getenv("TWOFOLD_BOARD_NODES");
    struct board *board = path && *path ? board_open(path) : NULL;
    char node[sizeof board->node] = "";
    PMPI_Comm_rank(MPI_COMM_WORLD, &self.rank);
    PMPI_Comm_size(MPI_COMM_WORLD, &self.size);
    if (nodes && *nodes && !board_is_shared(board, strcmp(nodes, "apart") == 0))
        board = apart_open(path) || getenv("TWOFOLD_TRACE") ? board_of_my_own() : NULL;
    if (!board)
        return;
    if (self.size > (int)board->ranks) {
        atomic_fetch_add(&board->foreign, 1);
        return;
    }
    struct board_slot *const slot = &board->slots[self.rank];
    self.board = board;
    slot->pid = getpid();
    gethostname(node, sizeof node - 1);
    slot->elsewhere = nodes && *nodes && strcmp(node, board->node) != 0;
    slot->module_count = modules_list(slot->modules, BOARD_MODULES);
    atomic_store(&slot->state, STATE_RUNNING);
    self.slot = slot;
    self.trace = trace_open("mpi");
    if (self.trace)
        trace_rank();
}

bool rank_has(uint64_t pc) {
    for (uint32_t i = 0; i < self.slot->module_count; i++)
        if (pc >= self.slot->modules[i].low && pc < self.slot->modules[i].high)
            return true;
    return false;
}

// -- calls -------------------------------------------------------------------------------------------

// Those say for themselves what they order.
static bool is_one_sided(uint32_t call) {
    return call >= CALL_Win_lock && call <= CALL_Rget_accumulate;
}

// Until when it may have heard what others did: those that it met in a collective told what they
// had done when they came, and may have done more since.
static uint64_t heard_until(void) {
    const uint64_t now = trace_now();
    return self.met ? round_came(self.met, self.slot->round, now) : now;
}

static void acquire(void) {
    if (!self.windows || is_one_sided(self.slot->call))
        return;
    const uint64_t until = heard_until();
    if (until > self.acquired)
        self.acquired = until;
}

bool call_enter(enum board_call call, uint64_t pc) {
    struct board_slot *const slot = self.slot;
    if (!slot)
        return false;
    if (call != CALL_Send && call != CALL_Recv)
        messages_settle(1);
    slot->call = call;
    slot->pc = pc;
    slot->comm = 0;
    slot->peer = slot->said_peer = slot->said_to = PEER_NONE;
    slot->root = -1;
    slot->round = slot->synchronised = slot->waits = slot->wait_any = 0;
    slot->mail = slot->mail_to = -1;
    self.met = NULL;
    if (atomic_load_explicit(&slot->state, memory_order_relaxed) == STATE_FINALIZED) {
        struct board_find *const find = find_add(RULE_AFTER_END, pc, 0);
        if (find)
            find->call = call;
        apart_tell();
        return false;
    }
    if (self.frame >= self.lowest)
        buffers_out_of_scope();
    if (self.unreleased && !is_one_sided(call))
        accesses_released();
    return true;
}

void call_note(enum board_call call, uint64_t pc) {
    if (call_enter(call, pc))
        atomic_store_explicit(&self.slot->progress, self.slot->progress + 1, memory_order_relaxed);
}

bool call_peer(const struct comm *comm, int peer, int tag) {
    struct board_slot *const slot = self.slot;
    slot->said_peer = peer;
    slot->tag = tag == MPI_ANY_TAG ? TAG_ANY : tag;
    if (!comm)
        return false;
    slot->comm = comm->id;
    slot->peer = comm_world(comm, peer);
    return true;
}

void call_polled(bool yes) {
    _Atomic uint64_t *const counter = yes ? &self.slot->progress : &self.slot->polls;
    atomic_store_explicit(counter, *counter + 1, memory_order_relaxed);
    if (yes)
        acquire();
}

static void step(void) {
    struct board_slot *const slot = self.slot;
    const uint64_t seq = atomic_load_explicit(&slot->seq, memory_order_relaxed);
    atomic_store_explicit(&slot->seq, seq + 1, memory_order_release);
}

void call_waits(bool known) {
    if (known && !self.several) {
        step();
        // What follows, a message for one, another process may see, but not before this.
        atomic_thread_fence(memory_order_release);
        if (self.trace)
            trace_call();
    }
    if (self.level == LEVEL_MULTIPLE)
        thread_lets_in(known);
}

void call_waited(bool known) {
    struct board_slot *const slot = self.slot;
    if (self.level == LEVEL_MULTIPLE)
        thread_is_back();
    if (!known)
        return;
    const uint64_t progress = atomic_load_explicit(&slot->progress, memory_order_relaxed);
    atomic_store_explicit(&slot->progress, progress + 1, memory_order_relaxed);
    if (!self.several)
        step();
    acquire();
    if (self.call) {
        self.call->end = trace_now();
        self.call = NULL;
    }
}

// -- findings ----------------------------------------------------------------------------------------

struct board_find *find_add(enum board_rule rule, uint64_t pc, uint64_t pc2) {
    struct board_slot *const slot = self.slot;
    if (!slot)
        return NULL;
    const uint32_t count = atomic_load(&slot->find_count);
    for (uint32_t i = 0; i < count; i++)
        if (slot->finds[i].rule == rule && slot->finds[i].pc == pc && slot->finds[i].pc2 == pc2) {
            slot->finds[i].count++;
            return NULL;
        }
    if (count == BOARD_FINDS)
        return NULL;
    struct board_find *const find = &slot->finds[count];
    *find = (struct board_find){
        .rule = rule, .call = slot->call, .other = -1, .pc = pc, .pc2 = pc2, .count = 1};
    // The caller fills in the rest while the reader may look: it looks at the end of the run, or
    // when all ranks are stuck.
    atomic_store(&slot->find_count, count + 1);
    return find;
}
