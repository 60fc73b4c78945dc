// SPDX-License-Identifier: MIT
//
// graph.c: see graph.h.

#include "graph.h"
#include "../tasks.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

// How long a rank must be seen in a call that may return by itself, before it is believed to wait:
// so much time burnt in it, or so much passed (seconds).
static const double burnt = 0.15, passed = 1.5;
// A program that asks again and again: so long, and so often.
static const double polled_for = 0.7;
enum { POLLED = 200 };

bool is_empty(const struct ranks *set) {
    for (size_t i = 0; i < sizeof set->bits / sizeof *set->bits; i++)
        if (set->bits[i])
            return false;
    return true;
}

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

// -- how long has it been there? ------------------------------------------------------------------------

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

// CPU time of a rank, s; -1: it is gone, or where it is its time cannot be seen.
static double cpu_of(const struct board_slot *slot) {
    char path[48], text[512];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)slot->pid);
    FILE *const file = slot->elsewhere ? NULL : fopen(path, "re");
    if (!file)
        return -1;
    const size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = '\0';
    // Behind the name, which may hold anything, stand state and numbers; utime and stime are the
    // 12th and 13th of them.
    char *at = strrchr(text, ')');
    for (int i = 0; at && i < 12; i++)
        at = strchr(at + 1, ' ');
    if (!at)
        return -1;
    char *end;
    const unsigned long long user = strtoull(at, &end, 10), system = strtoull(end, NULL, 10);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

// Notes since when the rank is where it is.
static void watch_patience(struct node *node, const struct board_slot *slot) {
    const uint64_t seq = node->seq, progress = node->progress;
    const uint64_t polls = atomic_load(&slot->polls);
    const bool inside = seq % 2;
    if (node->seen_at == 0 || node->seen_progress != progress ||
        (inside && node->seen_seq != seq)) {
        node->seen_seq = seq;
        node->seen_progress = progress;
        node->seen_polls = polls;
        node->seen_at = now();
        node->seen_cpu = cpu_of(slot);
        node->patient = false;
        return;
    }
    const double wall = now() - node->seen_at;
    if (inside)
        node->patient = wall >= passed || cpu_of(slot) - node->seen_cpu >= burnt;
    else
        node->patient = wall >= polled_for && polls - node->seen_polls >= POLLED;
}

// -- clauses ----------------------------------------------------------------------------------------------

static struct clause *clause_add(struct node *node, bool soft) {
    if (node->count == CLAUSES) {
        // More than can be followed. Those that are enough to know that it waits, if all are
        // needed; but if one is enough, it may be one of the others.
        if (node->any)
            node->kind = NODE_FREE;
        return NULL;
    }
    struct clause *const c = &node->clauses[node->count++];
    *c = (struct clause){.soft = soft, .peer = PEER_NONE};
    return c;
}

static void clause_of_message(struct graph *graph, int rank, const struct board_asked *a,
                              bool soft) {
    struct node *const node = &graph->nodes[rank];
    const struct board_comm *const comm = comm_find(graph->watch->board, a->comm);
    if (a->peer == PEER_ANY && !comm) {
        node->kind = NODE_FREE;
        return;
    }
    struct clause *const c = clause_add(node, soft);
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
        if (comm->members[i] != rank)
            put(&c->who, comm->members[i]);
}

// Is the member that has come in another call, or one with another root?
static bool is_elsewhere(const struct graph *graph, int member, const struct board_asked *a) {
    const struct board_slot *const slot = &graph->watch->board->slots[member];
    return atomic_load(&slot->seq) % 2 && slot->comm == a->comm && slot->round == a->round &&
           (slot->call != a->call || slot->root != a->root);
}

// A clause for each member that has not come to round `number` (one for all: each must).
static void clauses_of_round(struct graph *graph, int rank, const struct board_asked *a) {
    struct node *const node = &graph->nodes[rank];
    const struct board_comm *const comm = comm_find(graph->watch->board, a->comm);
    const enum board_wait wait = board_call_wait(a->call);
    const bool root = a->root == rank;
    if (!comm || !a->round) {
        node->kind = NODE_FREE;
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
        struct clause *c = node->count == CLAUSES ? NULL : clause_add(node, soft || come);
        if (!c)
            break;
        c->call = a->call;
        c->comm = a->comm;
        c->pc = a->pc;
        put(&c->who, member);
    }
}

static void clauses_of_request(struct graph *graph, const struct mail *mail, const bool *met,
                               int rank, int index) {
    const struct board_slot *const slot = &graph->watch->board->slots[rank];
    struct node *const node = &graph->nodes[rank];
    if (index < 0 || index >= BOARD_ASKED || !atomic_load(&slot->asked[index].used)) {
        node->kind = NODE_FREE;
        return;
    }
    const struct board_asked *const a = &slot->asked[index];
    const bool done = a->peer == PEER_NONE && !a->round;
    if (a->round) {
        clauses_of_round(graph, rank, a);
    } else if (a->call == CALL_Irecv || a->call == CALL_Recv_init) {
        if (!met[index] && !done)
            clause_of_message(graph, rank, a, false);
    } else if (a->call == CALL_Isend || a->call == CALL_Issend) {
        if (!done && !mail_is_given(mail, rank, a->sent))
            clause_of_message(graph, rank, a, a->call == CALL_Isend);
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
static bool waits_for(const struct board *board, const struct board_slot *slot, int rank,
                      int other) {
    const struct board_epoch *const own = epoch_of(board, slot->comm, rank);
    const struct board_epoch *const its = epoch_of(board, slot->comm, other);
    const enum board_wait wait = board_call_wait(slot->call);
    if (!own || !its)
        return false;
    if (wait == START)
        return own->access[other] && its->posted[rank] < own->started[other];
    if (wait == EXPOSED)
        return own->exposure[other] && its->completed[rank] < own->posted[other];
    // A lock: root says whether it is to be exclusive.
    for (int target = 0; target < (int)board->ranks; target++)
        if ((slot->peer == PEER_ANY || slot->peer == target) &&
            (its->held[target] == 2 || (its->held[target] && slot->root == 1)))
            return true;
    return false;
}

// A clause for each rank that must act first. Only a wait for accesses that others announced
// never ends by itself; a library may grant the rest early and wait later.
static void clauses_of_window(struct graph *graph, int rank) {
    const struct board *const board = graph->watch->board;
    const struct board_slot *const slot = &board->slots[rank];
    for (int other = 0; slot->comm && other < graph->ranks; other++) {
        if (!waits_for(board, slot, rank, other))
            continue;
        struct clause *const c =
            clause_add(&graph->nodes[rank], board_call_wait(slot->call) != EXPOSED);
        if (!c)
            return;
        c->call = slot->call;
        c->comm = slot->comm;
        c->pc = slot->pc;
        put(&c->who, other);
    }
}

static void clauses_of_call(struct graph *graph, const struct mail *mail, const bool *met,
                            bool slot_met, int rank) {
    const struct board_slot *const slot = &graph->watch->board->slots[rank];
    struct node *const node = &graph->nodes[rank];
    struct board_asked a = {.call = slot->call,
                            .peer = slot->peer,
                            .tag = slot->tag,
                            .comm = slot->comm,
                            .pc = slot->pc,
                            .root = slot->root,
                            .round = slot->round};
    const enum board_wait wait = board_call_wait(slot->call);
    node->kind = NODE_WAITS;
    if (wait == SEND && !mail_is_given(mail, rank, slot->mail))
        clause_of_message(graph, rank, &a, slot->call != CALL_Ssend && !slot->synchronised);
    if ((wait == RECV || wait == BOTH || wait == PROBE || (wait == POLL && !slot->waits)) &&
        slot->peer != PEER_NONE && !slot_met)
        clause_of_message(graph, rank, &a, wait == POLL);
    if (wait == BOTH && slot->mail_to >= 0 && !mail_is_given(mail, rank, slot->mail)) {
        a.peer = (int32_t)slot->mail_to;
        a.tag = slot->mail_tag;
        a.call = CALL_Send;
        clause_of_message(graph, rank, &a, true);
    }
    if (wait == ALL || wait == ROOT || wait == TOROOT || wait == NEAR)
        clauses_of_round(graph, rank, &a);
    if (wait == LOCK || wait == START || wait == EXPOSED)
        clauses_of_window(graph, rank);
    if (wait == WAITS || (wait == POLL && slot->waits)) {
        const int before = node->count;
        node->any = slot->wait_any;
        for (uint32_t i = 0; i < slot->waits && i < BOARD_WAITS && node->kind == NODE_WAITS; i++) {
            const int count = node->count;
            clauses_of_request(graph, mail, met, rank, slot->wait[i]);
            if (node->any && node->count == count)
                node->kind = NODE_FREE; // one that is done is enough
        }
        for (int i = before; wait == POLL && i < node->count; i++)
            node->clauses[i].soft = true;
    }
    if (wait == PASS || !node->count)
        node->kind = NODE_FREE;
}

// -- the look ---------------------------------------------------------------------------------------------

// May another thread of the rank act while one waits?
static bool others_may_act(const struct board_slot *slot) {
    const uint32_t many = atomic_load(&slot->many);
    return many >= MANY_CALL || (many && (slot->elsewhere || tasks_of(slot->pid) != slot->tasks));
}

static void classify(struct graph *graph, struct mail *mail) {
    static bool met[BOARD_RANKS][BOARD_ASKED];
    static bool slot_met[BOARD_RANKS];
    for (int r = 0; r < graph->ranks; r++) {
        const struct board_slot *const slot = &graph->watch->board->slots[r];
        struct node *const node = &graph->nodes[r];
        const uint32_t state = atomic_load(&slot->state);
        node->seq = atomic_load(&slot->seq);
        node->progress = atomic_load(&slot->progress);
        node->kind = NODE_FREE;
        node->any = node->stuck = false;
        node->count = 0;
        slot_met[r] = false;
        // (Where a rank crashed, the launcher ends the others: that is no deadlock.)
        if (state == STATE_FINALIZED || state == STATE_EXITED)
            node->kind = NODE_GONE;
        else if (state == STATE_RUNNING && !slot->elsewhere && kill(slot->pid, 0) != 0 &&
                 errno == ESRCH)
            node->kind = NODE_GONE;
        else if (state == STATE_RUNNING && node->seq % 2 && slot->call == CALL_Finalize)
            node->kind = NODE_LAST;
        if (state == STATE_RUNNING)
            watch_patience(node, slot);
        mail_give(mail, r, met[r], &slot_met[r]);
    }
    for (int r = 0; r < graph->ranks; r++) {
        const struct board_slot *const slot = &graph->watch->board->slots[r];
        struct node *const node = &graph->nodes[r];
        const bool polls = node->seq % 2 == 0 && board_call_wait(slot->call) == POLL;
        if (node->kind != NODE_FREE || atomic_load(&slot->state) != STATE_RUNNING)
            continue;
        const bool others = others_may_act(slot);
        graph->others = graph->others || others;
        if (!others && (node->seq % 2 || polls))
            clauses_of_call(graph, mail, met[r], slot_met[r], r);
    }
}

static bool can_go_on(const struct graph *graph, const struct node *node) {
    bool all = true, one = false;
    for (int i = 0; i < node->count; i++) {
        const struct clause *const c = &node->clauses[i];
        bool may = c->soft && !node->patient;
        for (int r = 0; r < graph->ranks && !may; r++)
            may = has(&c->who, r) && graph->nodes[r].kind == NODE_FREE;
        all = all && may;
        one = one || may;
    }
    return node->any ? one : all;
}

// Has none of them moved since it was read?
static bool still_there(const struct graph *graph) {
    for (int r = 0; r < graph->ranks; r++) {
        const struct board_slot *const slot = &graph->watch->board->slots[r];
        const struct node *const node = &graph->nodes[r];
        if ((node->stuck || node->kind == NODE_LAST) &&
            (atomic_load(&slot->seq) != node->seq ||
             atomic_load(&slot->progress) != node->progress))
            return false;
    }
    return true;
}

bool graph_look(struct graph *graph) {
    static struct mail mail;
    memset(&mail, 0, sizeof mail);
    graph->others = false;
    mail.board = graph->watch->board;
    mail.ranks = graph->ranks = (int)graph->watch->board->ranks;
    classify(graph, &mail);
    atomic_thread_fence(memory_order_seq_cst);
    for (bool more = true; more;) {
        more = false;
        for (int r = 0; r < graph->ranks; r++)
            if (graph->nodes[r].kind == NODE_WAITS && can_go_on(graph, &graph->nodes[r])) {
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
