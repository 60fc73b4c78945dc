// SPDX-License-Identifier: MIT
//
// deadlock.c: says who waits for whom, and why that never ends.

#include "graph.h"
#include <stdio.h>
#include <string.h>

enum { SHOWN = 4 }; // ranks of a circle that are told one by one

struct circle {
    int ranks[BOARD_RANKS], count;
    bool closed; // the last waits for the first; else it waits for one that has ended
};

static const struct board_slot *slot_of(const struct graph *graph, int rank) {
    return &graph->watch->board->slots[rank];
}

// -- words --------------------------------------------------------------------------------------------------

void say_comm(char *text, size_t cap, const struct board *board, uint32_t id) {
    const struct board_comm *const comm = comm_find(board, id);
    if (id == 1 || !comm) {
        add(text, cap, "%s", id == 1 ? "MPI_COMM_WORLD" : "its communicator");
        return;
    }
    const struct place place = place_find(&board->slots[comm->maker], comm->pc);
    add(text, cap, "the communicator of %u ranks made", comm->size);
    place_say(text, cap, &place);
}

static bool is_send(uint32_t call) {
    return call == CALL_Send || call == CALL_Ssend || call == CALL_Rsend || call == CALL_Isend ||
           call == CALL_Issend;
}

static bool is_round(uint32_t call) {
    const enum board_wait wait = board_call_wait(call);
    return wait == ALL || wait == ROOT || wait == TOROOT || wait == NEAR;
}

static bool is_window(uint32_t call) {
    const enum board_wait wait = board_call_wait(call);
    return wait == LOCK || wait == START || wait == EXPOSED;
}

// Are its ranks others than those in MPI_COMM_WORLD? Then which communicator it is helps.
static bool is_renumbered(const struct board_comm *comm) {
    for (uint32_t i = 0; comm && i < comm->size; i++)
        if (comm->members[i] != i)
            return true;
    return false;
}

// "(source=1, tag=7)" or "(dest=1, tag=7)", in ranks of the world.
static void say_partner(char *text, size_t cap, const struct graph *graph, uint32_t call, int peer,
                        int tag, uint32_t comm) {
    add(text, cap, "(%s=", is_send(call) ? "dest" : "source");
    if (peer == PEER_ANY)
        add(text, cap, "MPI_ANY_SOURCE");
    else
        add(text, cap, "%d", peer);
    if (tag == TAG_ANY)
        add(text, cap, ", tag=MPI_ANY_TAG");
    else
        add(text, cap, ", tag=%d", tag);
    if (is_renumbered(comm_find(graph->watch->board, comm))) {
        add(text, cap, ", in ");
        say_comm(text, cap, graph->watch->board, comm);
    }
    add(text, cap, ")");
}

// "rank 0 waits in MPI_Recv(source=1, tag=7) at mpi.c:42".
static void say_wait(char *text, size_t cap, const struct graph *graph, int rank,
                     const struct clause *clause) {
    const struct board_slot *const slot = slot_of(graph, rank);
    const enum board_wait wait = board_call_wait(slot->call);
    const struct place place = place_find(slot, slot->pc);
    add(text, cap, wait == POLL ? "rank %d asks again and again with %s" : "rank %d waits in %s",
        rank, board_call_name(slot->call));
    if (wait == RECV || wait == PROBE || wait == SEND || (wait == POLL && !slot->waits))
        say_partner(text, cap, graph, slot->call, slot->peer, slot->tag, slot->comm);
    if (wait == LOCK && slot->peer >= 0)
        add(text, cap, "(rank=%d)", slot->peer);
    place_say(text, cap, &place);
    if (wait == BOTH) {
        add(text, cap, clause->call == CALL_Send ? ", whose send" : ", whose receive");
        say_partner(text, cap, graph, clause->call, clause->peer, clause->tag, clause->comm);
        add(text, cap, " is not met");
    }
    if (slot->waits) {
        const struct place made = place_find(slot, clause->pc);
        add(text, cap, " for its %s", board_call_name(clause->call));
        if (!is_round(clause->call))
            say_partner(text, cap, graph, clause->call, clause->peer, clause->tag, clause->comm);
        place_say(text, cap, &made);
    }
}

// -- the circle ---------------------------------------------------------------------------------------------

// The clause of a stuck rank that is to be told: the first that nobody can meet.
static const struct clause *clause_of(const struct graph *graph, int rank) {
    const struct node *const node = &graph->nodes[rank];
    for (int i = 0; i < node->count; i++) {
        bool may = false;
        for (int r = 0; r < graph->ranks && !may; r++)
            may = has(&node->clauses[i].who, r) && graph->nodes[r].kind == NODE_FREE;
        if (!may && (!node->clauses[i].soft || node->patient))
            return &node->clauses[i];
    }
    return &node->clauses[0];
}

// Whom it waits for: a stuck one before one that has ended; -1: for nobody (itself).
static int next_of(const struct graph *graph, int rank) {
    const struct clause *const clause = clause_of(graph, rank);
    int ended = -1;
    for (int r = 0; r < graph->ranks; r++) {
        if (!has(&clause->who, r))
            continue;
        if (graph->nodes[r].stuck)
            return r;
        ended = ended < 0 ? r : ended;
    }
    return ended;
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

// The one to be told: a wait for one that has ended explains itself; else the shortest circle.
static void choose(const struct graph *graph, struct circle *best) {
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

bool deadlock_is_soft(const struct graph *graph) {
    static struct circle circle;
    choose(graph, &circle);
    bool soft = false;
    for (int i = 0; i < circle.count; i++)
        soft = soft || slot_of(graph, circle.ranks[i])->synchronised;
    return soft && circle.closed;
}

// -- what may have been meant -------------------------------------------------------------------------------

// A message of this rank's that the other one has taken with a matched probe, and not received. Says so.
static bool say_held(char *text, size_t cap, const struct graph *graph, int rank,
                     const struct clause *clause) {
    const struct board_slot *const slot = slot_of(graph, rank);
    const uint64_t head = atomic_load(&slot->sent_head), tail = atomic_load(&slot->sent_tail);
    for (uint64_t i = head; i < tail && i - head < BOARD_SENT; i++) {
        const struct board_message *const m = &slot->sent[i % BOARD_SENT];
        if (atomic_load(&m->state) != MESSAGE_HELD || m->to != clause->peer || m->pc != clause->pc)
            continue;
        add(text, cap,
            " Rank %d has taken that message with MPI_Mprobe, and never received it with "
            "MPI_Mrecv.",
            m->to);
        return true;
    }
    return false;
}

// A message on its way to `rank` that it does not receive because the tag or the communicator is
// another one. Says so.
static bool say_near_miss(char *text, size_t cap, const struct graph *graph, int rank,
                          const struct clause *clause) {
    for (int from = 0; from < graph->ranks; from++) {
        const struct board_slot *const slot = slot_of(graph, from);
        const uint64_t head = atomic_load(&slot->sent_head), tail = atomic_load(&slot->sent_tail);
        if (!has(&clause->who, from))
            continue;
        for (uint64_t i = head; i < tail && i - head < BOARD_SENT; i++) {
            const struct board_message *const m = &slot->sent[i % BOARD_SENT];
            if (atomic_load(&m->state) != MESSAGE_FLYING || m->to != rank)
                continue;
            const struct place place = place_find(slot, m->pc);
            add(text, cap, " But rank %d has sent rank %d a message", from, rank);
            place_say(text, cap, &place);
            if (m->comm != clause->comm) {
                add(text, cap, " in ");
                say_comm(text, cap, graph->watch->board, m->comm);
                add(text, cap, ", and rank %d receives in ", rank);
                say_comm(text, cap, graph->watch->board, clause->comm);
                add(text, cap, ": a message is received only in the communicator it was sent in.");
            } else {
                add(text, cap,
                    " with tag %d, and rank %d asks for tag %d: with which tag is it "
                    "meant to come?",
                    m->tag, rank, clause->tag);
            }
            return true;
        }
    }
    return false;
}

static void say_absent(char *text, size_t cap, const struct graph *graph, int rank) {
    const struct board_slot *const slot = slot_of(graph, rank);
    const struct node *const node = &graph->nodes[rank];
    const uint32_t state = atomic_load(&slot->state);
    const struct place place = place_find(slot, slot->pc);
    if (node->kind == NODE_LAST) {
        add(text, cap, "rank %d has reached MPI_Finalize", rank);
        place_say(text, cap, &place);
    } else if (state == STATE_FINALIZED) {
        add(text, cap, "rank %d has finished", rank);
    } else if (state == STATE_EXITED || state == STATE_RUNNING) {
        add(text, cap, "rank %d has ended without MPI_Finalize", rank);
    } else {
        add(text, cap, "rank %d was ended", rank);
    }
}

static const char *advice_of(const struct graph *graph, const struct circle *circle, bool near) {
    int sends = 0, receives = 0, rounds = 0, windows = 0;
    for (int i = 0; i < circle->count; i++) {
        const struct clause *const clause = clause_of(graph, circle->ranks[i]);
        sends += is_send(clause->call);
        rounds += is_round(clause->call);
        windows += is_window(clause->call);
        receives += !is_send(clause->call) && !is_round(clause->call) && !is_window(clause->call);
    }
    if (near)
        return "Give send and receive the same tag and communicator; a receive with MPI_ANY_TAG "
               "takes any tag, and the status tells which it was.";
    if (windows)
        return "Each MPI_Win_lock needs its MPI_Win_unlock before the rank waits for anything "
               "else; "
               "each MPI_Win_start needs an MPI_Win_post of every rank of its group, and each "
               "MPI_Win_wait an MPI_Win_complete of every rank that was named in MPI_Win_post.";
    if (rounds)
        return "Every rank of the communicator must make every collective call, in the same order: "
               "look for one inside an if on the rank, behind a return or in a loop that some "
               "ranks "
               "leave earlier.";
    if (!circle->closed)
        return receives ? "Count the messages: each receive needs one send to this rank. Does the "
                          "loop receive once too often, or does the sender leave before it sends?"
                        : "Count the messages: each send needs one receive on the other rank. Does "
                          "the loop send once too often, or does the receiver leave too early?";
    if (sends && !receives)
        return "Let one side receive first (even ranks send first, odd ranks receive first), or "
               "use "
               "MPI_Sendrecv, or begin the receives with MPI_Irecv before the sends.";
    if (receives && !sends)
        return "All of them receive first, and what each waits for would be sent later. Send "
               "before "
               "receiving on one side, or use MPI_Sendrecv, or begin the receives with MPI_Irecv.";
    return "Bring the calls into an order in which, on each pair of ranks, the send of the one and "
           "the receive of the other come up at the same time; MPI_Irecv before the sends makes "
           "the "
           "order matter less.";
}

// -- the finding --------------------------------------------------------------------------------------------

// The other ranks of a collective that wait in it like `rank`: said together.
static int companions(const struct graph *graph, int rank, int *ranks) {
    const struct board_slot *const slot = slot_of(graph, rank);
    int count = 0;
    for (int r = 0; r < graph->ranks; r++) {
        const struct board_slot *const other = slot_of(graph, r);
        if (r == rank ||
            (graph->nodes[r].stuck && is_round(slot->call) && other->call == slot->call &&
             other->pc - other->modules[0].bias == slot->pc - slot->modules[0].bias &&
             other->comm == slot->comm))
            ranks[count++] = r;
    }
    return count;
}

// What the other rank has not done, of a call on a window.
static void say_window(char *text, size_t cap, const struct graph *graph, int rank, int other) {
    switch (board_call_wait(clause_of(graph, rank)->call)) {
    case LOCK:
        add(text, cap, ", which rank %d holds", other);
        break;
    case START:
        add(text, cap, ", to which rank %d has posted no MPI_Win_post", other);
        break;
    case EXPOSED:
        add(text, cap, ", and rank %d has not called MPI_Win_complete", other);
        break;
    default:
        break;
    }
}

// Returns how many ranks it tells of.
static int say_one(char *text, size_t cap, const struct graph *graph, int rank) {
    const struct board_slot *const slot = slot_of(graph, rank);
    int ranks[BOARD_RANKS];
    const int count = companions(graph, rank, ranks);
    if (count < 2) {
        say_wait(text, cap, graph, rank, clause_of(graph, rank));
        return 1;
    }
    const struct place place = place_find(slot, slot->pc);
    say_ranks(text, cap, ranks, count);
    add(text, cap, " wait in %s", board_call_name(slot->call));
    place_say(text, cap, &place);
    return count;
}

void deadlock_say(const struct graph *graph, struct findings *findings) {
    static struct circle circle;
    struct evidence *const e = findings_add(findings, "deadlock");
    choose(graph, &circle);
    if (!e || !circle.count)
        return;
    const int first = circle.ranks[0], last = circle.ranks[circle.count - 1];
    const struct board_slot *const slot = slot_of(graph, first);
    const struct place place = place_find(slot, slot->pc);
    char *const text = e->text;
    const size_t cap = sizeof e->text;
    e->rank = first;
    evidence_place(e, &place);
    snprintf(e->call, sizeof e->call, "%s", board_call_name(slot->call));
    int told = 0;
    for (int i = 0; i < circle.count && i < SHOWN; i++) {
        add(text, cap, i ? "; " : "");
        told += say_one(text, cap, graph, circle.ranks[i]);
        const int next = next_of(graph, circle.ranks[i]);
        if (next >= 0 && is_round(clause_of(graph, circle.ranks[i])->call))
            add(text, cap, ", to which rank %d has not come", next);
        if (next >= 0)
            say_window(text, cap, graph, circle.ranks[i], next);
    }
    told += circle.count > SHOWN ? circle.count - SHOWN : 0;
    if (circle.count > SHOWN)
        add(text, cap, "; and %d more ranks in the same way", circle.count - SHOWN);
    if (circle.closed && circle.count > 1) {
        add(text, cap, ": a circle of %d, each waits for the next.", circle.count);
    } else if (circle.closed) {
        add(text, cap, ": it waits for itself.");
    } else {
        const int next = next_of(graph, last);
        const struct clause *const clause = clause_of(graph, last);
        add(text, cap, "; ");
        if (next < 0)
            add(text, cap, "no rank is there to act");
        else if (clause->peer == PEER_ANY)
            add(text, cap, "no rank is left that could send it anything");
        else
            say_absent(text, cap, graph, next);
        add(text, cap, ".");
    }
    bool near = false, held = false;
    for (int i = 0; i < circle.count && !near; i++) {
        const struct clause *const clause = clause_of(graph, circle.ranks[i]);
        if (is_send(clause->call))
            held = say_held(text, cap, graph, circle.ranks[i], clause) || held;
        else if (!is_round(clause->call) && !is_window(clause->call))
            near = say_near_miss(text, cap, graph, circle.ranks[i], clause);
    }
    if (graph->stuck > told)
        add(text, cap, " %d ranks are stuck in all.", graph->stuck);
    add(e->advice, sizeof e->advice, "%s",
        held ? "Each message that MPI_Mprobe or MPI_Improbe found needs its MPI_Mrecv."
             : advice_of(graph, &circle, near));
}
