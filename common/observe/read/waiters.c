// SPDX-License-Identifier: MIT
//
// waiters.c: who of a rank is in a call of MPI, and since when; and do its other threads sleep?

#include "../tasks.h"
#include "graph.h"
#include "process.h"
#include <errno.h>
#include <signal.h>

// How long a rank must be seen in a call that may return by itself, before it is believed to wait:
// so much time burnt in it, or so much passed (seconds).
static const double burnt = 0.15, passed = 1.5;
// A program that asks again and again: so long, and so often.
static const double polled_for = 0.7;
enum { POLLED = 200 };

static const struct board_slot *slot_of(const struct graph *graph, int rank) {
    return &graph->watch->board->slots[rank];
}

// Its next waiter. NULL: there is no more room.
static struct waiter *waiter_add(struct graph *graph, int rank, const struct board_at *at) {
    if (graph->waiter_count == WAITERS)
        return NULL;
    struct waiter *const waiter = &graph->waiters[graph->waiter_count++];
    waiter->rank = rank;
    waiter->at = at;
    waiter->shown = NULL;
    waiter->met = waiter->patient = waiter->free = waiter->any = false;
    waiter->count = 0;
    graph->nodes[rank].count++;
    return waiter;
}

// -- a rank as a whole ----------------------------------------------------------------------------------

// CPU time, s; -1: it is gone, or where it is its time cannot be seen.
static double cpu_of(const struct board_slot *slot) {
    return slot->elsewhere ? -1 : process_cpu(slot->pid);
}

// Notes since when the rank is where it is.
static void watch_rank(struct node *node, const struct board_slot *slot) {
    struct patience *const seen = &node->patience[0];
    const uint64_t polls = atomic_load(&slot->polls);
    const bool inside = node->seq % 2;
    if (seen->at == 0 || seen->progress != node->progress || (inside && seen->seq != node->seq)) {
        *seen = (struct patience){.seq = node->seq,
                                  .progress = node->progress,
                                  .polls = polls,
                                  .at = process_now(),
                                  .cpu = cpu_of(slot)};
        return;
    }
    const double wall = process_now() - seen->at;
    seen->enough = slot->patience ? slot->patience == PATIENCE_ENOUGH
                   : inside       ? wall >= passed || cpu_of(slot) - seen->cpu >= burnt
                                  : wall >= polled_for && polls - seen->polls >= POLLED;
}

static void find_rank(struct graph *graph, int rank) {
    struct node *const node = &graph->nodes[rank];
    const struct board_slot *const slot = slot_of(graph, rank);
    watch_rank(node, slot);
    node->patient = node->patience[0].enough;
    if (node->seq % 2 == 0 && board_call_wait(slot->call) != POLL)
        return;
    struct waiter *const waiter = waiter_add(graph, rank, &slot->at);
    if (waiter)
        waiter->patient = node->patient;
    if (node->seq % 2 && slot->call == CALL_Finalize)
        node->kind = NODE_LAST;
    else if (waiter)
        node->kind = NODE_WAITS;
}

// -- a rank of several threads --------------------------------------------------------------------------

// Notes since when the thread is in the call, and whether it has run since, or sleeps in it.
static bool watch_thread(struct patience *seen, uint64_t seq, const struct task *task) {
    if (seen->at == 0 || seen->seq != seq) {
        *seen = (struct patience){
            .seq = seq, .moved = task->moved, .at = process_now(), .cpu = task->cpu};
        return false;
    }
    seen->enough = (process_now() - seen->at >= passed || task->cpu - seen->cpu >= burnt) &&
                   (task->moved != seen->moved || task_needs_waking(task));
    return seen->enough;
}

// Those in a call of MPI. False: of one it is not known what it waits for.
static bool find_callers(struct graph *graph, int rank) {
    const struct board_slot *const slot = slot_of(graph, rank);
    for (int i = 0; i < BOARD_THREADS; i++) {
        const struct board_thread *const thread = &slot->threads[i];
        const uint64_t seq = atomic_load(&thread->seq);
        const int tid = atomic_load(&thread->tid);
        const uint32_t doing = atomic_load(&thread->doing);
        if (!tid || doing == THREAD_OUTSIDE)
            continue;
        struct waiter *const waiter =
            doing == THREAD_WAITS ? waiter_add(graph, rank, &thread->at) : NULL;
        if (!waiter)
            return false;
        const struct task task = task_look(slot->pid, tid, slot->mpi_caught);
        waiter->shown = thread;
        waiter->seq = seq;
        waiter->patient = watch_thread(&graph->nodes[rank].patience[i], seq, &task);
    }
    return true;
}

static bool is_mpis(const struct board_slot *slot, int tid) {
    for (int i = 0; i < BOARD_TASKS; i++)
        if (slot->mpi_tasks[i] == tid)
            return true;
    return false;
}

static bool is_caller(const struct graph *graph, const struct node *node, int tid) {
    for (int i = 0; i < node->count; i++)
        if (atomic_load(&graph->waiters[node->first + i].shown->tid) == tid)
            return true;
    return false;
}

// The others. False: one does not sleep, or that cannot be seen.
static bool find_sleepers(struct graph *graph, int rank) {
    const struct board_slot *const slot = slot_of(graph, rank);
    struct node *const node = &graph->nodes[rank];
    struct tasks tasks;
    tasks_list(slot->pid, &tasks);
    node->tasks = (uint32_t)tasks.count;
    for (int i = 0; i < tasks.count; i++) {
        if (is_mpis(slot, tasks.tid[i]) || is_caller(graph, node, tasks.tid[i]))
            continue;
        const struct task task = task_look(slot->pid, tasks.tid[i], slot->mpi_caught);
        if (!task_needs_waking(&task) || graph->sleeper_count == SLEEPERS)
            return false;
        graph->sleepers[graph->sleeper_count++] = task;
        node->asleep++;
    }
    return tasks.count > 0;
}

static bool is_at_the_end(const struct graph *graph, const struct node *node) {
    const struct waiter *const waiter = &graph->waiters[node->first];
    return node->count == 1 && waiter->at->call == CALL_Finalize;
}

// (Where none is in MPI, what they wait for is no affair of MPI's.)
static void find_threads(struct graph *graph, int rank) {
    const struct board_slot *const slot = slot_of(graph, rank);
    struct node *const node = &graph->nodes[rank];
    const bool known = !slot->elsewhere && atomic_load(&slot->many) <= MANY_CALL &&
                       find_callers(graph, rank) && node->count && find_sleepers(graph, rank);
    if (known)
        node->kind = is_at_the_end(graph, node) ? NODE_LAST : NODE_WAITS;
    node->patient = known;
    for (int i = 0; i < node->count; i++)
        node->patient = node->patient && graph->waiters[node->first + i].patient;
}

// -- one or the other -----------------------------------------------------------------------------------

// May another thread of the rank act while one waits?
static bool others_may_act(const struct board_slot *slot) {
    const uint32_t many = atomic_load(&slot->many);
    return many >= MANY_CALL || (many && (slot->elsewhere || tasks_of(slot->pid) != slot->tasks));
}

void waiters_find(struct graph *graph, int rank) {
    struct node *const node = &graph->nodes[rank];
    const struct board_slot *const slot = slot_of(graph, rank);
    const uint32_t state = atomic_load(&slot->state);
    node->seq = atomic_load(&slot->seq);
    node->progress = atomic_load(&slot->progress);
    node->kind = NODE_FREE;
    node->several = node->stuck = node->patient = false;
    node->first = graph->waiter_count;
    node->first_asleep = graph->sleeper_count;
    node->count = node->asleep = 0;
    // (Where a rank crashed, the launcher ends the others: that is no deadlock.)
    if (state == STATE_FINALIZED || state == STATE_EXITED ||
        (state == STATE_RUNNING && !slot->elsewhere && kill(slot->pid, 0) != 0 && errno == ESRCH))
        node->kind = NODE_GONE;
    else if (state == STATE_RUNNING && others_may_act(slot))
        node->several = true;
    if (node->several)
        find_threads(graph, rank);
    else if (state == STATE_RUNNING && node->kind == NODE_FREE)
        find_rank(graph, rank);
}

static bool threads_are_still(const struct graph *graph, const struct node *node,
                              const struct board_slot *slot) {
    for (int i = 0; i < node->count; i++) {
        const struct waiter *const waiter = &graph->waiters[node->first + i];
        if (atomic_load(&waiter->shown->seq) != waiter->seq)
            return false;
    }
    for (int i = 0; i < node->asleep; i++) {
        const struct task *const before = &graph->sleepers[node->first_asleep + i];
        const struct task task = task_look(slot->pid, before->tid, slot->mpi_caught);
        if (!task_needs_waking(&task) || task.moved != before->moved)
            return false;
    }
    return tasks_of(slot->pid) == node->tasks;
}

bool waiters_are_still(const struct graph *graph, int rank) {
    const struct board_slot *const slot = slot_of(graph, rank);
    const struct node *const node = &graph->nodes[rank];
    if (node->several)
        return threads_are_still(graph, node, slot);
    return atomic_load(&slot->seq) == node->seq && atomic_load(&slot->progress) == node->progress;
}
