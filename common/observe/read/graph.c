// SPDX-License-Identifier: MIT
//
// graph.c: see graph.h.

#include "graph.h"
#include <string.h>

const struct board_comm *comm_find(const struct board *board, uint32_t id) {
    for (int i = 0; id && i < BOARD_COMMS; i++)
        if (atomic_load(&board->comms[i].id) == id)
            return &board->comms[i];
    return NULL;
}

int comm_place(const struct board_comm *comm, int rank) {
    for (uint32_t i = 0; i < comm->size && i < BOARD_RANKS; i++)
        if (comm->members[i] == rank)
            return (int)i;
    return -1;
}

// -- the look ---------------------------------------------------------------------------------------------

static void classify(struct graph *graph, struct mail *mail) {
    static bool met[BOARD_RANKS][BOARD_ASKED];
    graph->others = false;
    graph->waiter_count = graph->sleeper_count = 0;
    for (int r = 0; r < graph->ranks; r++) {
        const struct node *const node = &graph->nodes[r];
        waiters_find(graph, r);
        graph->others = graph->others || node->several;
        mail_give(mail, r, &graph->waiters[node->first], node->count, met[r]);
    }
    for (int r = 0; r < graph->ranks; r++) {
        const struct node *const node = &graph->nodes[r];
        for (int i = 0; i < node->count && node->kind == NODE_WAITS; i++)
            clauses_find(graph, mail, met[r], &graph->waiters[node->first + i]);
    }
}

bool clause_is_met(const struct graph *graph, const struct waiter *waiter,
                   const struct clause *clause) {
    bool may = (clause->soft || waiter->shown) && !waiter->patient;
    for (int r = 0; r < graph->ranks && !may; r++)
        may = has(&clause->who, r) && graph->nodes[r].kind == NODE_FREE;
    return may;
}

static bool can_go_on(const struct graph *graph, const struct waiter *waiter) {
    bool all = true, one = false;
    for (int i = 0; i < waiter->count; i++) {
        const bool may = clause_is_met(graph, waiter, &waiter->clauses[i]);
        all = all && may;
        one = one || may;
    }
    return waiter->free || (waiter->any ? one : all);
}

// One of it is enough.
static bool is_free(const struct graph *graph, const struct node *node) {
    for (int i = 0; i < node->count; i++)
        if (can_go_on(graph, &graph->waiters[node->first + i]))
            return true;
    return false;
}

// Has none of them moved since it was read?
static bool still_there(const struct graph *graph) {
    for (int r = 0; r < graph->ranks; r++)
        if ((graph->nodes[r].stuck || graph->nodes[r].kind == NODE_LAST) &&
            !waiters_are_still(graph, r))
            return false;
    return true;
}

bool graph_look(struct graph *graph) {
    static struct mail mail;
    memset(&mail, 0, sizeof mail);
    mail.board = graph->watch->board;
    mail.ranks = graph->ranks = (int)graph->watch->board->ranks;
    classify(graph, &mail);
    atomic_thread_fence(memory_order_seq_cst);
    for (bool more = true; more;) {
        more = false;
        for (int r = 0; r < graph->ranks; r++)
            if (graph->nodes[r].kind == NODE_WAITS && is_free(graph, &graph->nodes[r])) {
                graph->nodes[r].kind = NODE_FREE;
                more = true;
            }
    }
    graph->stuck = 0;
    for (int r = 0; r < graph->ranks; r++) {
        graph->nodes[r].stuck = graph->nodes[r].kind == NODE_WAITS;
        graph->stuck += graph->nodes[r].stuck;
    }
    return graph->stuck && still_there(graph);
}
