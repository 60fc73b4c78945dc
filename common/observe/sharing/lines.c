// SPDX-License-Identifier: MIT
//
// lines.c: see sharing.h.

#include "../modules.h"
#include "../race/race.h"
#include "sharing.h"
#include <inttypes.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    LINE = 64,              // bytes of a cache line
    LINES = 1 << 17,        // that are followed; of more only the first ones
    PROBES = 8,             // places at which a line may stand in the table
    THREADS = 8,            // that are followed
    PAIRS = 256,            // of places in the code
    SLACK = 256,            // events by which two threads may be out of step
    SHORT = 2000,           // events between two barriers that do not count
    TASK_STACK = 512 << 10, // bytes near a task's frame: its own
};

// What a thread wrote on a line between two barriers. Each on a cache line of its own.
struct mark {
    _Alignas(LINE) uint64_t epoch; // between which; 0: nothing
    uint64_t first, last;          // by its clock
    uint64_t bytes;                // a bit each
    uint64_t count;
    uintptr_t caller; // the place from which most of it came (by a vote that keeps one place)
    uint64_t votes;
};

// A thread writes its own mark in `now` and asks nobody. When it comes here again behind a barrier,
// all are through with what was before it: then, while the line is busy, it compares its mark with
// theirs and puts it by in `before`, where those that come later find it.
struct line {
    atomic_uintptr_t number; // address / LINE; 0: free
    atomic_flag busy;
    struct mark now[THREADS], before[THREADS];
};

struct pair {
    uintptr_t a, b;
    uint64_t writes, lines;
};

static struct line *lines;
static struct line *used[LINES]; // those with a number, in the order in which they came
static atomic_int used_count;
static struct pair pairs[PAIRS];
static atomic_flag pairs_busy = ATOMIC_FLAG_INIT;
static atomic_ullong events;
static atomic_int threads;

// Of this thread: its number from 1 on, where it is, and how far it has got since then.
static __thread int self;
static __thread uint64_t epoch, now;

static void take(atomic_flag *busy) {
    while (atomic_flag_test_and_set_explicit(busy, memory_order_acquire))
        sched_yield();
}

static void give(atomic_flag *busy) {
    atomic_flag_clear_explicit(busy, memory_order_release);
}

// -- what came of a line between two barriers ---------------------------------------------------------

static void add_pair(uintptr_t a, uintptr_t b, uint64_t writes) {
    const uintptr_t low = a < b ? a : b, high = a < b ? b : a;
    take(&pairs_busy);
    for (int i = 0; i < PAIRS; i++)
        if (!pairs[i].lines || (pairs[i].a == low && pairs[i].b == high)) {
            pairs[i].a = low;
            pairs[i].b = high;
            pairs[i].writes += writes;
            pairs[i].lines++;
            break;
        }
    give(&pairs_busy);
}

// How many events of a's time on the line lie in that of b.
static uint64_t overlap(const struct mark *a, const struct mark *b) {
    const uint64_t from = b->first > SLACK ? b->first - SLACK : 0, to = b->last + SLACK;
    const uint64_t first = a->first > from ? a->first : from, last = a->last < to ? a->last : to;
    return last >= first ? last - first + 1 : 0;
}

// What thread b wrote on the line in this epoch. NULL: nothing.
static const struct mark *mark_of(const struct line *line, int b, uint64_t when) {
    return line->now[b].epoch == when      ? &line->now[b]
           : line->before[b].epoch == when ? &line->before[b]
                                           : NULL;
}

// Compares the mark of thread a with those of the others, and puts it by. The line is busy.
static void close_mark(struct line *line, int a) {
    const struct mark *const mine = &line->now[a], *other = NULL;
    uint64_t length = mine->last, most = 0;
    for (int b = 0; b < THREADS; b++) {
        const struct mark *const its = b == a ? NULL : mark_of(line, b, mine->epoch);
        if (!its)
            continue;
        length = its->last > length ? its->last : length;
        const uint64_t both = mine->bytes & its->bytes ? 0 : overlap(mine, its);
        if (both > most) {
            most = both;
            other = its;
        }
    }
    if (other && length >= SHORT)
        add_pair(mine->caller, other->caller, mine->count * most / (mine->last - mine->first + 1));
    line->before[a] = *mine;
}

// -- while the program runs ---------------------------------------------------------------------------

// Notes that the thread is behind another barrier, or in another region, than before.
static const struct task *step(void) {
    const struct task *const task = task_now();
    const struct team *const team = task->team;
    const uint64_t here =
        team && team->size > 1 ? (uint64_t)team->number << 32 | (task->phase + 1) : 0;
    if (here != epoch) {
        if (epoch)
            atomic_fetch_add(&events, now);
        epoch = here;
        now = 0;
    }
    now++;
    return task;
}

void sharing_event(void) {
    step();
}

// The line of this number. NULL: the table has no room for it.
static struct line *find(uintptr_t number) {
    for (uintptr_t i = 0; i < PROBES; i++) {
        struct line *const line = &lines[(number * 2654435761u + i) % LINES];
        uintptr_t there = atomic_load_explicit(&line->number, memory_order_relaxed);
        if (!there && atomic_compare_exchange_strong(&line->number, &there, number)) {
            used[atomic_fetch_add(&used_count, 1)] = line;
            return line;
        }
        if (there == number)
            return line;
    }
    return NULL;
}

static void note(uintptr_t number, uint64_t bytes, uintptr_t caller) {
    struct line *const line = find(number);
    if (!line)
        return;
    struct mark *const mark = &line->now[self - 1];
    if (mark->epoch != epoch) {
        take(&line->busy);
        if (mark->epoch)
            close_mark(line, self - 1);
        *mark = (struct mark){.epoch = epoch, .first = now};
        give(&line->busy);
    }
    mark->count++;
    mark->last = now;
    mark->bytes |= bytes;
    if (mark->caller == caller || !mark->votes) {
        mark->caller = caller;
        mark->votes++;
    } else {
        mark->votes--;
    }
}

void sharing_write(void *address, size_t size, void *caller) {
    const struct task *const task = step();
    const uintptr_t at = (uintptr_t)address, frame = (uintptr_t)__builtin_frame_address(0);
    if (!epoch || !lines || !size)
        return;
    // A task's stack is its own, and serves another task afterwards.
    if (task->parent && at - frame + TASK_STACK < 2 * TASK_STACK)
        return;
    if (!self)
        self = atomic_fetch_add(&threads, 1) + 1;
    if (self > THREADS)
        return;
    for (uintptr_t from = at; from < at + size;) {
        const uintptr_t offset = from % LINE, left = at + size - from;
        const uintptr_t count = left < LINE - offset ? left : LINE - offset;
        const uint64_t bytes = (count == LINE ? ~UINT64_C(0) : (UINT64_C(1) << count) - 1)
                               << offset;
        note(from / LINE, bytes, (uintptr_t)caller);
        from += count;
    }
}

// -- the program's life -------------------------------------------------------------------------------

__attribute__((constructor)) static void begin(void) {
    void *const memory = mmap(NULL, LINES * sizeof *lines, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (getenv("TWOFOLD_SHARING") && memory != MAP_FAILED)
        lines = memory;
}

// What is not written is not seen: the reader then says nothing.
__attribute__((destructor)) static void end(void) {
    const char *const path = getenv("TWOFOLD_SHARING");
    struct board_module program;
    FILE *const file = path && lines && modules_list(&program, 1) == 1 ? fopen(path, "we") : NULL;
    if (!file)
        return;
    for (int i = 0; i < used_count; i++)
        for (int a = 0; a < THREADS; a++)
            if (used[i]->now[a].epoch)
                close_mark(used[i], a);
    fprintf(file, "events %llu\n", atomic_load(&events));
    for (int i = 0; i < PAIRS && pairs[i].lines; i++)
        fprintf(file, "pair %" PRIuPTR " %" PRIuPTR " %" PRIu64 " %" PRIu64 "\n",
                pairs[i].a - (uintptr_t)program.bias, pairs[i].b - (uintptr_t)program.bias,
                pairs[i].writes, pairs[i].lines);
    fclose(file);
}
