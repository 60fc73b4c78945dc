// SPDX-License-Identifier: MIT
//
// deadlock_circle.c: which of the stuck ranks are to be told of (deadlock.h).

#include "deadlock.h"
#include <string.h>

const struct clause *clause_of(const struct graph *graph, const struct waiter *waiter) {
    for (int i = 0; i < waiter->count; i++)
        if (!clause_is_met(graph, waiter, &waiter->clauses[i]))
            return &waiter->clauses[i];
    return &waiter->clauses[0];
}

// Whom this one waits for: a stuck rank, another than its own if there is one, before one that has
// ended; -1: nobody.
static int next_of_waiter(const struct graph *graph, const struct waiter *waiter) {
    const struct clause *const clause = clause_of(graph, waiter);
    int ended = -1;
    for (int r = 0; r < graph->ranks; r++) {
        if (!has(&clause->who, r))
            continue;
        if (graph->nodes[r].stuck && r != waiter->rank)
            return r;
        ended = ended < 0 ? r : ended;
    }
    return has(&clause->who, waiter->rank) ? waiter->rank : ended;
}

// How well a wait explains why the rank is stuck: one for a rank that has ended, for another rank, for
// another thread.
static int worth(const struct graph *graph, const struct waiter *waiter) {
    const int next = next_of_waiter(graph, waiter);
    return next == waiter->rank ? 0 : next >= 0 && graph->nodes[next].stuck ? 1 : 2;
}

static int number_of(const struct graph *graph, const struct waiter *waiter) {
    return waiter->shown ? thread_number(graph, waiter->rank, atomic_load(&waiter->shown->tid)) : 0;
}

const struct waiter *told_of(const struct graph *graph, int rank) {
    const struct node *const node = &graph->nodes[rank];
    const struct waiter *best = &graph->waiters[node->first];
    for (int i = 1; i < node->count; i++) {
        const struct waiter *const waiter = &graph->waiters[node->first + i];
        const int more = worth(graph, waiter) - worth(graph, best);
        if (more > 0 || (more == 0 && number_of(graph, waiter) < number_of(graph, best)))
            best = waiter;
    }
    return best;
}

int next_of(const struct graph *graph, int rank) {
    return next_of_waiter(graph, told_of(graph, rank));
}

// Follows who waits for whom from a stuck rank until a circle closes or someone has ended.
static void follow(const struct graph *graph, int from, struct circle *circle) {
    int place[BOARD_RANKS], rank = from;
    memset(place, -1, sizeof place);
    *circle = (struct circle){0};
    while (rank >= 0 && graph->nodes[rank].stuck && place[rank] < 0) {
        place[rank] = circle->count;
        circle->ranks[circle->count++] = rank;
        rank = next_of(graph, rank);
    }
    circle->closed = rank >= 0 && graph->nodes[rank].stuck;
    if (circle->closed) {
        const int first = place[rank];
        memmove(circle->ranks, circle->ranks + first,
                (size_t)(circle->count - first) * sizeof *circle->ranks);
        circle->count -= first;
    } else if (circle->count > 1) {
        // The one that waits for the ended is the root of it all.
        circle->ranks[0] = circle->ranks[circle->count - 1];
        circle->count = 1;
    }
}

void circle_choose(const struct graph *graph, struct circle *best) {
    static struct circle circle;
    best->count = 0;
    for (int r = 0; r < graph->ranks; r++) {
        if (!graph->nodes[r].stuck)
            continue;
        follow(graph, r, &circle);
        if (!best->count || (best->closed && !circle.closed) ||
            (best->closed == circle.closed && circle.count < best->count))
            *best = circle;
    }
}
