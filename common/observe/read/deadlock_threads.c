// SPDX-License-Identifier: MIT
//
// deadlock_threads.c: the threads of a rank, in words (deadlock.h).

#include "deadlock.h"
#include "holds_parts.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 5, TEXT = 400, ALIKE = 16 };

// -- numbers -------------------------------------------------------------------------------------------

// What OpenMP's tap knows of the thread. NULL: nothing; else *holds tells of its process.
static const struct hold_slot *hold_of(const struct graph *graph, int pid, int tid,
                                       const struct holds **holds) {
    for (int i = 0; graph->holds && i < graph->holds->count; i++) {
        *holds = graph->holds->file[i];
        for (uint32_t k = 0; k < HOLDS_THREADS && k < atomic_load(&(*holds)->threads); k++)
            if ((*holds)->pid == pid && (*holds)->slots[k].tid == tid)
                return &(*holds)->slots[k];
    }
    return NULL;
}

// The kernel's numbers grow, but for the first thread's, which may be the highest.
int thread_number(const struct graph *graph, int rank, int tid) {
    const struct node *const node = &graph->nodes[rank];
    const int pid = graph->watch->board->slots[rank].pid;
    const struct holds *holds;
    const struct hold_slot *const hold = hold_of(graph, pid, tid, &holds);
    int older = tid != pid;
    if (hold)
        return hold->number;
    for (int i = 0; i < node->count && tid != pid; i++) {
        const int other = atomic_load(&graph->waiters[node->first + i].shown->tid);
        older += other < tid && other != pid;
    }
    for (int i = 0; i < node->asleep && tid != pid; i++) {
        const int other = graph->sleepers[node->first_asleep + i].tid;
        older += other < tid && other != pid;
    }
    return older;
}

// -- what each does ------------------------------------------------------------------------------------

struct told {
    int number;
    char does[TEXT];
};

static int by_number(const void *a, const void *b) {
    return ((const struct told *)a)->number - ((const struct told *)b)->number;
}

// Where the program's own code waits. NULL: it is not known.
static const struct board_sleep *sleep_of(const struct board_slot *slot, int tid) {
    for (int i = 0; i < BOARD_SLEEPS; i++)
        if (atomic_load(&slot->sleeps[i].tid) == tid && slot->sleeps[i].what <= SLEEP_SEMAPHORE)
            return &slot->sleeps[i];
    return NULL;
}

// "waits at a barrier at a.c:12".
static void say_asleep(char *text, size_t cap, const struct graph *graph, int rank,
                       const struct task *task) {
    static const char *const what[] = {[SLEEP_JOIN] = "waits for a thread to end",
                                       [SLEEP_LOCK] = "waits for a lock",
                                       [SLEEP_CONDITION] = "waits for a condition",
                                       [SLEEP_BARRIER] = "waits at a barrier",
                                       [SLEEP_SEMAPHORE] = "waits for a semaphore"};
    const struct board_slot *const slot = &graph->watch->board->slots[rank];
    const struct board_sleep *const sleep = sleep_of(slot, task->tid);
    const struct holds *holds;
    const struct hold_slot *const hold = hold_of(graph, slot->pid, task->tid, &holds);
    if (hold && hold->at.wait != HOLD_NONE) {
        holds_does(holds, hold, text, cap);
        return;
    }
    if (task->what == FOR_AN_END)
        add(text, cap, "waits for thread %d to end", thread_number(graph, rank, task->joins));
    else
        add(text, cap, "%s",
            sleep ? what[sleep->what] : "sleeps outside MPI until another thread wakes it");
    if (sleep) {
        const struct place place = place_find(slot, sleep->pc);
        place_say(text, cap, &place);
    }
}

// Those but for `but`, by number. NULL: no memory is left, or there are none.
static struct told *list(const struct graph *graph, const struct waiter *but, int *count) {
    const struct node *const node = &graph->nodes[but->rank];
    struct told *const told = calloc((size_t)node->count + (size_t)node->asleep, sizeof *told);
    *count = 0;
    for (int i = 0; told && i < node->count; i++) {
        const struct waiter *const waiter = &graph->waiters[node->first + i];
        struct told *const one = &told[*count];
        if (waiter == but)
            continue;
        one->number = thread_number(graph, but->rank, atomic_load(&waiter->shown->tid));
        say_wait(one->does, sizeof one->does, graph, waiter, clause_of(graph, waiter));
        ++*count;
    }
    for (int i = 0; told && i < node->asleep; i++) {
        const struct task *const task = &graph->sleepers[node->first_asleep + i];
        struct told *const one = &told[(*count)++];
        one->number = thread_number(graph, but->rank, task->tid);
        say_asleep(one->does, sizeof one->does, graph, but->rank, task);
    }
    if (told)
        qsort(told, (size_t)*count, sizeof *told, by_number);
    return told;
}

void say_other_threads(char *text, size_t cap, const struct graph *graph,
                       const struct waiter *but) {
    int count, alike[ALIKE], said = 0;
    struct told *const told = list(graph, but, &count);
    for (int i = 0; i < count; i++) {
        int same = 0;
        if (!*told[i].does)
            continue;
        for (int k = i + 1; k < count; k++)
            if (strcmp(told[k].does, told[i].does) == 0) {
                *told[k].does = '\0';
                if (same < ALIKE)
                    alike[same++] = told[k].number;
            }
        if (said++ == SHOWN) {
            add(text, cap, ", and others wait in other places");
            break;
        }
        add(text, cap, ", thread %d %s", told[i].number, told[i].does);
        holds_alike(text, cap, alike, same);
    }
    free(told);
}
