// SPDX-License-Identifier: MIT
//
// apart.c: this rank's account of itself, where the ranks share no memory (see ../apart.h).

#include "checker.h"

#include "../apart.h"
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static struct apart *apart; // NULL: the ranks share memory, or nothing is told
static char path[4096];
static char *packed;             // the file's bytes
static _Atomic uint32_t writing; // somebody is

// -- what is told of messages ------------------------------------------------------------------------

// What both its sender and its receiver call a message in a trace: the nth of its kind.
static uint64_t number_of(int to, int tag, uint32_t comm, uint64_t nth) {
    uint64_t number = nth;
    number = (number ^ comm) * 0x9e3779b97f4a7c15U;
    number = (number ^ number >> 29 ^ (uint32_t)tag) * 0xbf58476d1ce4e5b9U;
    number = (number ^ number >> 32 ^ (uint32_t)to) * 0x94d049bb133111ebU;
    return number >> 1;
}

void apart_sent(const struct board_message *message, bool failed) {
    if (!apart) { // only traced: its receiver does not know which it is
        if (self.trace && !failed)
            trace_sent(message);
        return;
    }
    struct apart_tally *const t =
        apart_tally(apart->sent, message->to, message->tag, message->comm);
    if (!t) {
        atomic_store(&self.slot->lost, 1);
        return;
    }
    if (failed) {
        t->count--;
        return;
    }
    apart->nth[message->number % BOARD_SENT] = ++t->count;
    if (self.trace) {
        struct board_message traced = *message;
        traced.number = number_of(message->to, message->tag, message->comm, t->count);
        trace_sent(&traced);
    }
}

// Is another receive pending that takes such messages? This one may still be among them.
static bool others_pending(const struct board_asked *asked, int from, int tag) {
    const int all = requests_before(UINT64_MAX, from, tag, asked->comm);
    const int until = requests_before(asked->order + 1, from, tag, asked->comm);
    return all < 0 || all - until + requests_before(asked->order, from, tag, asked->comm) != 0;
}

void apart_taken(const struct board_asked *asked, int from, int tag) {
    if (!apart || from < 0)
        return;
    struct apart_tally *const t = apart_tally(apart->taken, from, tag, asked->comm);
    if (!t) {
        atomic_store(&self.slot->lost, 1);
        return;
    }
    // Where receives of one kind are waited for in another order than they were begun in, which message
    // each of them took is not looked into.
    const bool mixed = t->mixed || requests_before(asked->order, from, tag, asked->comm) != 0;
    t->mixed = mixed && others_pending(asked, from, tag);
    t->count++;
    if (self.trace && !mixed && !self.several)
        trace_taken(from, &(struct board_message){
                              .number = number_of(self.rank, tag, asked->comm, t->count),
                              .tag = tag,
                              .call = asked->call,
                              .bytes = asked->bytes,
                              .pc = asked->pc});
    apart->letters[apart->taken_count++ % BOARD_SENT] =
        (struct apart_taken){.from = from,
                             .tag = tag,
                             .comm = asked->comm,
                             .basic = asked->basic,
                             .call = asked->call,
                             .bytes = asked->bytes,
                             .pc = asked->pc,
                             .nth = mixed || self.several ? 0 : t->count};
}

// -- the file ----------------------------------------------------------------------------------------

static const struct {
    size_t at, bytes;
} parts[] = {{offsetof(struct apart_account, slot), sizeof(struct board_slot)},
             {offsetof(struct apart_account, comms), sizeof(struct board_comm) * BOARD_COMMS},
             {offsetof(struct apart_account, windows), sizeof(struct board_window) * BOARD_WINDOWS},
             {offsetof(struct apart_account, apart), sizeof(struct apart)}};
enum { PARTS = sizeof parts / sizeof *parts };

static bool is_zero(const char *at, size_t bytes) {
    static const char zero[APART_PIECE];
    return memcmp(at, zero, bytes) == 0;
}

// Fills `packed` but for its head; returns how many bytes.
static size_t pack(void) {
    const char *const from[PARTS] = {(const char *)self.slot, (const char *)self.board->comms,
                                     (const char *)self.board->windows, (const char *)apart};
    char *to = packed + sizeof(struct apart_head);
    for (int p = 0; p < PARTS; p++)
        for (size_t i = 0; i < parts[p].bytes; i += APART_PIECE) {
            const size_t left = parts[p].bytes - i, bytes = left < APART_PIECE ? left : APART_PIECE;
            if (is_zero(from[p] + i, bytes))
                continue;
            const struct apart_piece piece = {(uint32_t)(parts[p].at + i), (uint32_t)bytes};
            memcpy(to, &piece, sizeof piece);
            memcpy(to + sizeof piece, from[p] + i, bytes);
            to += sizeof piece + bytes;
        }
    return (size_t)(to - packed) - sizeof(struct apart_head);
}

// Writes what was packed, if there is news in it. (Opened anew each time: over a network others see a file
// as it was when it was last closed.)
static void put_down(size_t bytes) {
    static uint64_t last;
    const struct apart_head head = {
        .magic = APART_MAGIC,
        .version = BOARD_VERSION,
        .bytes = bytes,
        .sum = apart_sum((const unsigned char *)packed + sizeof head, bytes)};
    if (head.sum == last)
        return;
    memcpy(packed, &head, sizeof head);
    const int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return;
    // One that is not written whole has not its sum, and is not looked at; it is tried again.
    const ssize_t written = pwrite(file, packed, sizeof head + bytes, 0);
    if (close(file) == 0 && written == (ssize_t)(sizeof head + bytes))
        last = head.sum;
}

static bool may_write(void) {
    for (int i = 0; i < 1000; i++) {
        uint32_t nobody = 0;
        if (atomic_compare_exchange_strong(&writing, &nobody, 1))
            return true;
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    return false;
}

void apart_tell(void) {
    if (!apart || !may_write())
        return;
    put_down(pack());
    atomic_store(&writing, 0);
}

// -- while the program runs --------------------------------------------------------------------------

struct moment { // what says that the rank was not about to change what it tells
    uint64_t seq, progress, polls;
    bool inside;
};

static struct moment now(void) {
    struct board_slot *const slot = self.slot;
    return (struct moment){.seq = atomic_load(&slot->seq),
                           .progress = atomic_load(&slot->progress),
                           .polls = atomic_load(&slot->polls),
                           .inside = atomic_load(&self.inside) != 0};
}

// Was it in one call that waits all the time, or in none? (One that asks again and again is in and out,
// and says the same each time.)
static bool one_moment(const struct moment *a, const struct moment *b) {
    return a->seq == b->seq && a->progress == b->progress &&
           (a->seq % 2 || a->polls != b->polls || (!a->inside && !b->inside));
}

// Has it been in its call for so long that it waits, even if it might return by itself? As the reader
// judges ranks that it sees (read/waiters.c), by this rank's own clock.
static bool is_patient(const struct moment *here) {
    enum { PASSED = 15, POLLED_FOR = 7, POLLED = 200 }; // tenths of a second, and questions
    static struct moment since;
    static int ticks;
    if (since.progress != here->progress || (here->seq % 2 && since.seq != here->seq)) {
        since = *here;
        ticks = 0;
    }
    ticks++;
    return here->seq % 2 ? ticks >= PASSED
                         : ticks >= POLLED_FOR && here->polls - since.polls >= POLLED;
}

static void look(void) {
    const bool several = self.level == LEVEL_MULTIPLE;
    if (several)
        threads_keep_out();
    const struct moment before = now();
    apart->patient = is_patient(&before);
    const size_t bytes = pack();
    const struct moment after = now();
    if (several)
        threads_let_in();
    if (several || one_moment(&before, &after))
        put_down(bytes);
}

static void *tell(void *unused) {
    (void)unused;
    for (;;) {
        nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
        if (!may_write())
            continue;
        look();
        atomic_store(&writing, 0);
    }
    return NULL;
}

bool apart_open(const char *board) {
    int good = board && *board && self.size <= BOARD_RANKS &&
               snprintf(path, sizeof path, "%s.%d", board, self.rank) < (int)sizeof path;
    const int file =
        good ? open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600) : -1;
    good = file >= 0;
    if (good)
        close(file);
    PMPI_Allreduce(MPI_IN_PLACE, &good, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    return good;
}

void apart_begin(void) {
    const size_t pieces = sizeof(struct apart_account) / APART_PIECE + PARTS;
    sigset_t all, old;
    pthread_t thread;
    const size_t size = sizeof(struct apart_head) + sizeof(struct apart_account) +
                        pieces * sizeof(struct apart_piece);
    packed = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                  -1, 0);
    struct apart *const own = packed == MAP_FAILED ? NULL : calloc(1, sizeof *own);
    if (!own)
        return;
    own->world = (uint32_t)self.size;
    apart = own;
    // The program's signals are not for this thread.
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    if (pthread_create(&thread, NULL, tell, NULL) == 0)
        pthread_detach(thread);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    apart_tell();
}
