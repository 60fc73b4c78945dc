// SPDX-License-Identifier: MIT
//
// clauses.c: what must be done by others before a call is over (graph.h).

#include "graph.h"

static struct clause *clause_add(struct waiter *waiter, bool soft) {
    if (waiter->count == CLAUSES) {
        // More than can be followed. Those that are enough to know that it waits, if all are
        // needed; but if one is enough, it may be one of the others.
        if (waiter->any)
            waiter->free = true;
        return NULL;
    }
    struct clause *const c = &waiter->clauses[waiter->count++];
    *c = (struct clause){.soft = soft, .peer = PEER_NONE};
    return c;
}

static void clause_of_message(const struct graph *graph, struct waiter *waiter,
                              const struct board_asked *a, bool soft) {
    const struct board_comm *const comm = comm_find(graph->watch->board, a->comm);
    if (a->peer == PEER_ANY && !comm) {
        waiter->free = true;
        return;
    }
    struct clause *const c = clause_add(waiter, soft);
    if (!c)
        return;
    c->call = a->call;
    c->peer = a->peer;
    c->tag = a->tag;
    c->comm = a->comm;
    c->pc = a->pc;
    if (a->peer >= 0)
        put(&c->who, a->peer);
    for (uint32_t i = 0; a->peer == PEER_ANY && i < comm->size; i++)
        if (comm->members[i] != waiter->rank || waiter->shown)
            put(&c->who, comm->members[i]);
}

// Is the member that has come in another call, or one with another root?
static bool is_elsewhere(const struct graph *graph, int member, const struct board_asked *a) {
    const struct node *const node = &graph->nodes[member];
    for (int i = 0; i < node->count; i++) {
        const struct board_at *const call = graph->waiters[node->first + i].at;
        if (call->comm == a->comm && call->round == a->round &&
            (call->call != a->call || call->root != a->root))
            return true;
    }
    return false;
}

// A clause for each member that has not come to round `number` (one for all: each must).
static void clauses_of_round(const struct graph *graph, struct waiter *waiter,
                             const struct board_asked *a) {
    const int rank = waiter->rank;
    const struct board_comm *const comm = comm_find(graph->watch->board, a->comm);
    const enum board_wait wait = board_call_wait(a->call);
    const bool root = a->root == rank;
    if (!comm || !a->round || atomic_load(&comm->disordered)) {
        waiter->free = true;
        return;
    }
    const int me = wait == NEAR ? comm_place(comm, rank) : -1;
    // (A neighbour whose block is empty need not be waited for.)
    const bool soft = (wait == ROOT && root) || (wait == TOROOT && !root) || wait == NEAR;
    for (uint32_t i = 0; i < comm->size; i++) {
        const int member = comm->members[i];
        const bool counts = wait == ALL || (wait == ROOT && (root || member == a->root)) ||
                            (wait == TOROOT && (root || member == a->root)) ||
                            (me >= 0 && comm->near[me][i / 64] >> i % 64 & 1);
        const bool come = atomic_load(&comm->begun[i]) >= a->round;
        if (!counts || member == rank || (come && !is_elsewhere(graph, member, a)))
            continue;
        // One absent member is enough to wait for; the last clause stands for all that follow.
        struct clause *c = waiter->count == CLAUSES ? NULL : clause_add(waiter, soft || come);
        if (!c)
            break;
        c->call = a->call;
        c->comm = a->comm;
        c->pc = a->pc;
        put(&c->who, member);
    }
}

static void clauses_of_request(const struct graph *graph, const struct mail *mail, const bool *met,
                               struct waiter *waiter, int index) {
    const int rank = waiter->rank;
    const struct board_slot *const slot = &graph->watch->board->slots[rank];
    if (index < 0 || index >= BOARD_ASKED || !atomic_load(&slot->asked[index].used)) {
        waiter->free = true;
        return;
    }
    const struct board_asked *const a = &slot->asked[index];
    const bool done = a->peer == PEER_NONE && !a->round;
    if (a->round) {
        clauses_of_round(graph, waiter, a);
    } else if (a->call == CALL_Irecv || a->call == CALL_Recv_init) {
        if (!met[index] && !done)
            clause_of_message(graph, waiter, a, false);
    } else if (a->call == CALL_Isend || a->call == CALL_Issend) {
        if (!done && !mail_is_given(mail, rank, a->sent))
            clause_of_message(graph, waiter, a, a->call == CALL_Isend);
    }
}

// What this rank, and any other, has open of a window; NULL: it is not on the board.
static const struct board_epoch *epoch_of(const struct board *board, uint32_t window, int rank) {
    for (int i = 0; i < BOARD_WINDOWS; i++)
        if (atomic_load(&board->windows[i].id) == window)
            return &board->slots[rank].epochs[i];
    return NULL;
}

// Must `other` act before this call on a window is over?
static bool waits_for(const struct board *board, const struct board_at *call, int rank, int other) {
    const struct board_epoch *const own = epoch_of(board, call->comm, rank);
    const struct board_epoch *const its = epoch_of(board, call->comm, other);
    const enum board_wait wait = board_call_wait(call->call);
    if (!own || !its)
        return false;
    if (wait == START)
        return own->access[other] && its->posted[rank] < own->started[other];
    if (wait == EXPOSED)
        return own->exposure[other] && its->completed[rank] < own->posted[other];
    // A lock: root says whether it is to be exclusive.
    for (int target = 0; target < (int)board->ranks; target++)
        if ((call->peer == PEER_ANY || call->peer == target) &&
            (its->held[target] == 2 || (its->held[target] && call->root == 1)))
            return true;
    return false;
}

// A clause for each rank that must act first. Only a wait for accesses that others announced
// never ends by itself; a library may grant the rest early and wait later.
static void clauses_of_window(const struct graph *graph, struct waiter *waiter) {
    const struct board *const board = graph->watch->board;
    const struct board_at *const call = waiter->at;
    for (int other = 0; call->comm && other < graph->ranks; other++) {
        if (!waits_for(board, call, waiter->rank, other))
            continue;
        struct clause *const c = clause_add(waiter, board_call_wait(call->call) != EXPOSED);
        if (!c)
            return;
        c->call = call->call;
        c->comm = call->comm;
        c->pc = call->pc;
        put(&c->who, other);
    }
}

static void clauses_of_requests(const struct graph *graph, const struct mail *mail, const bool *met,
                                struct waiter *waiter) {
    const struct board_at *const call = waiter->at;
    const int before = waiter->count;
    waiter->any = call->wait_any;
    for (uint32_t i = 0; i < call->waits && i < BOARD_WAITS && !waiter->free; i++) {
        const int count = waiter->count;
        clauses_of_request(graph, mail, met, waiter, call->wait[i]);
        if (waiter->any && waiter->count == count)
            waiter->free = true; // one that is done is enough
    }
    for (int i = before; board_call_wait(call->call) == POLL && i < waiter->count; i++)
        waiter->clauses[i].soft = true;
}

void clauses_find(const struct graph *graph, const struct mail *mail, const bool *met,
                  struct waiter *waiter) {
    const struct board_at *const call = waiter->at;
    struct board_asked a = {.call = call->call,
                            .peer = call->peer,
                            .tag = call->tag,
                            .comm = call->comm,
                            .pc = call->pc,
                            .root = call->root,
                            .round = call->round};
    const enum board_wait wait = board_call_wait(call->call);
    if (wait == SEND && !mail_is_given(mail, waiter->rank, call->mail))
        clause_of_message(graph, waiter, &a,
                          call->call != CALL_Ssend && !waiter_is_synchronised(waiter));
    if ((wait == RECV || wait == BOTH || wait == PROBE || (wait == POLL && !call->waits)) &&
        call->peer != PEER_NONE && !waiter->met)
        clause_of_message(graph, waiter, &a, wait == POLL);
    if (wait == BOTH && call->mail_to >= 0 && !mail_is_given(mail, waiter->rank, call->mail)) {
        a.peer = (int32_t)call->mail_to;
        a.tag = call->mail_tag;
        a.call = CALL_Send;
        clause_of_message(graph, waiter, &a, true);
    }
    if (wait == ALL || wait == ROOT || wait == TOROOT || wait == NEAR)
        clauses_of_round(graph, waiter, &a);
    if (wait == LOCK || wait == START || wait == EXPOSED)
        clauses_of_window(graph, waiter);
    if (wait == WAITS || (wait == POLL && call->waits))
        clauses_of_requests(graph, mail, met, waiter);
    waiter->free = waiter->free || wait == PASS || !waiter->count;
}
