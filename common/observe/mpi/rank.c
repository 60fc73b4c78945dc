// SPDX-License-Identifier: MIT
//
// rank.c: the board, this rank's slot on it, and what every wrapper begins and ends with.

#include "checker.h"
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct self self = {.rank = -1};

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

static bool is_system(const char *path) {
    return strncmp(path, "/lib/", 5) == 0 || strncmp(path, "/usr/lib", 8) == 0 ||
           strncmp(path, "/lib64/", 7) == 0 || strstr(path, "/check.so") || strstr(path, "libmpi");
}

// The program and the libraries that are not the system's: where its calls can come from.
static int add_module(struct dl_phdr_info *info, size_t size, void *slot_of) {
    (void)size;
    struct board_slot *const slot = slot_of;
    const bool program = slot->module_count == 0; // it is the first that is told
    struct board_module m = {.low = UINT64_MAX, .bias = info->dlpi_addr};
    if (slot->module_count == BOARD_MODULES || (!program && is_system(info->dlpi_name)))
        return 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *const part = &info->dlpi_phdr[i];
        const uint64_t low = info->dlpi_addr + part->p_vaddr, high = low + part->p_memsz;
        if (part->p_type != PT_LOAD || !(part->p_flags & PF_X))
            continue;
        m.low = low < m.low ? low : m.low;
        m.high = high > m.high ? high : m.high;
    }
    if (program) {
        const ssize_t length = readlink("/proc/self/exe", m.path, sizeof m.path - 1);
        m.path[length > 0 ? length : 0] = '\0';
    } else if (snprintf(m.path, sizeof m.path, "%s", info->dlpi_name) >= (int)sizeof m.path) {
        return 0;
    }
    if (m.high && *m.path)
        slot->modules[slot->module_count++] = m;
    return 0;
}

void rank_attach(void) {
    const char *const path = getenv("TWOFOLD_BOARD");
    struct board *const board = path && *path ? board_open(path) : NULL;
    if (!board)
        return;
    PMPI_Comm_rank(MPI_COMM_WORLD, &self.rank);
    PMPI_Comm_size(MPI_COMM_WORLD, &self.size);
    if (self.size > (int)board->ranks) {
        atomic_fetch_add(&board->foreign, 1);
        return;
    }
    struct board_slot *const slot = &board->slots[self.rank];
    self.board = board;
    slot->pid = getpid();
    dl_iterate_phdr(add_module, slot);
    atomic_store(&slot->state, STATE_RUNNING);
    self.slot = slot;
}

// -- calls -------------------------------------------------------------------------------------------

bool call_enter(enum board_call call, uint64_t pc) {
    struct board_slot *const slot = self.slot;
    if (!slot)
        return false;
    slot->call = call;
    slot->pc = pc;
    slot->comm = 0;
    slot->peer = slot->said_peer = slot->said_to = PEER_NONE;
    slot->root = -1;
    slot->round = slot->synchronised = slot->waits = slot->wait_any = 0;
    slot->mail = slot->mail_to = -1;
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
}

static void step(void) {
    struct board_slot *const slot = self.slot;
    const uint64_t seq = atomic_load_explicit(&slot->seq, memory_order_relaxed);
    atomic_store_explicit(&slot->seq, seq + 1, memory_order_release);
}

void call_inside(void) {
    step();
    // What follows is another process's to see, and no load of ours may be done before.
    atomic_thread_fence(memory_order_seq_cst);
}

void call_leave(void) {
    struct board_slot *const slot = self.slot;
    const uint64_t progress = atomic_load_explicit(&slot->progress, memory_order_relaxed);
    atomic_store_explicit(&slot->progress, progress + 1, memory_order_relaxed);
    step();
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
