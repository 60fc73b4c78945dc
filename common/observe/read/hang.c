// SPDX-License-Identifier: MIT
//
// hang.c: see hang.h. Two things can come of a look. Ranks that are stuck whatever MPI does: the
// program hangs. Or ranks that are stuck because the checker made their short sends synchronous:
// then the words are kept, the ranks are let go, and no more sends are made to wait. Should the
// program hang all the same, that is the finding, and the words about the sends are forgotten.

#include "hang.h"
#include "graph.h"
#include <stdlib.h>
#include <string.h>

struct hang {
    struct graph graph;
    struct findings sure, soft; // at most one each
    bool still;                 // it hangs, and a collective that does not fit explains it
};

struct hang *hang_new(const struct watch *watch, const struct holds_watch *holds) {
    struct hang *const hang = calloc(1, sizeof *hang);
    if (!hang)
        return NULL;
    hang->graph.watch = watch;
    hang->graph.holds = holds;
    return hang;
}

// Lets all go that wait only because they were made to.
static void release(const struct graph *graph) {
    struct board *const board = graph->watch->board;
    atomic_store(&board->relaxed, 1);
    for (int r = 0; r < graph->ranks; r++) {
        struct board_slot *const slot = &board->slots[r];
        const uint64_t seq = atomic_load(&slot->seq);
        if (seq % 2 && slot->synchronised)
            atomic_store(&slot->release, seq);
    }
}

static bool has_synchronised(const struct graph *graph) {
    for (int r = 0; r < graph->ranks; r++) {
        const struct node *const node = &graph->nodes[r];
        for (int i = 0; i < node->count && node->stuck; i++)
            if (waiter_is_synchronised(&graph->waiters[node->first + i]))
                return true;
    }
    return false;
}

// Is there a collective that does not go with the others'? It explains a hang, whatever was waited for.
static bool has_mismatch(const struct board *board) {
    for (uint32_t r = 0; r < board->ranks; r++) {
        const struct board_slot *const slot = &board->slots[r];
        for (uint32_t i = 0; i < atomic_load(&slot->find_count); i++)
            if (slot->finds[i].rule == RULE_COLL_CALL || slot->finds[i].rule == RULE_COLL_ROOT)
                return true;
    }
    return false;
}

// Has every rank been in one call for long, or ended, and not all of them come to the end?
static bool is_still(const struct graph *graph) {
    bool waits = false;
    for (int r = 0; r < graph->ranks; r++) {
        const struct node *const node = &graph->nodes[r];
        if (node->kind != NODE_GONE && !node->patient)
            return false;
        waits = waits || (node->kind != NODE_GONE && node->kind != NODE_LAST);
    }
    return waits;
}

bool hang_look(struct hang *hang) {
    const bool stuck = graph_look(&hang->graph);
    // Of a rank of several threads it is seen late that it waits, so it is not made to.
    if (hang->graph.others)
        atomic_store(&hang->graph.watch->board->relaxed, 1);
    if (!stuck)
        return hang->still = has_mismatch(hang->graph.watch->board) && is_still(&hang->graph);
    if (!has_synchronised(&hang->graph)) {
        deadlock_say(&hang->graph, &hang->sure);
        return true;
    }
    if (deadlock_is_soft(&hang->graph) && !hang->soft.count) {
        deadlock_say(&hang->graph, &hang->soft);
        if (hang->soft.count)
            add(hang->soft.at->text, sizeof hang->soft.at->text,
                " The program went on: it works only because the message is small, and the MPI "
                "library keeps a copy of it. With a longer one, or with another library, it hangs "
                "here.");
    }
    release(&hang->graph);
    return false;
}

static void hand_over(const struct findings *from, struct findings *to) {
    for (size_t i = 0; i < from->count; i++) {
        struct evidence *const e = findings_add(to, from->at[i].kind);
        if (e)
            *e = from->at[i];
    }
}

bool hang_is_sure(const struct hang *hang) {
    return hang->sure.count > 0 || hang->still;
}

void hang_free(struct hang *hang) {
    if (!hang)
        return;
    findings_free(&hang->sure);
    findings_free(&hang->soft);
    free(hang);
}

void hang_say(const struct hang *hang, struct findings *findings) {
    const struct board *const board = hang->graph.watch->board;
    // A rank that left, or a collective that does not go with the others', is said by ends.c and
    // finds.c, and explains the hang.
    for (uint32_t r = 0; r < board->ranks; r++)
        if (atomic_load(&board->slots[r].state) == STATE_EXITED)
            return;
    if (has_mismatch(board))
        return;
    hand_over(hang->sure.count ? &hang->sure : &hang->soft, findings);
}
