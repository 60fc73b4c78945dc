// SPDX-License-Identifier: MIT
//
// deadlock_words.c: see deadlock.h.

#include "deadlock.h"

static const struct board_slot *slot_of(const struct graph *graph, int rank) {
    return &graph->watch->board->slots[rank];
}

// -- waits ---------------------------------------------------------------------------------------------

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

bool is_send(uint32_t call) {
    return call == CALL_Send || call == CALL_Ssend || call == CALL_Rsend || call == CALL_Isend ||
           call == CALL_Issend;
}

bool is_round(uint32_t call) {
    const enum board_wait wait = board_call_wait(call);
    return wait == ALL || wait == ROOT || wait == TOROOT || wait == NEAR;
}

bool is_window(uint32_t call) {
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

void say_wait(char *text, size_t cap, const struct graph *graph, const struct waiter *waiter,
              const struct clause *clause) {
    const struct board_slot *const slot = slot_of(graph, waiter->rank);
    const struct board_at *const call = waiter->at;
    const enum board_wait wait = board_call_wait(call->call);
    const struct place place = place_find(slot, call->pc);
    add(text, cap, wait == POLL ? "asks again and again with %s" : "waits in %s",
        board_call_name(call->call));
    if (wait == RECV || wait == PROBE || wait == SEND || (wait == POLL && !call->waits))
        say_partner(text, cap, graph, call->call, call->peer, call->tag, call->comm);
    if (wait == LOCK && call->peer >= 0)
        add(text, cap, "(rank=%d)", call->peer);
    place_say(text, cap, &place);
    if (wait == BOTH) {
        add(text, cap, clause->call == CALL_Send ? ", whose send" : ", whose receive");
        say_partner(text, cap, graph, clause->call, clause->peer, clause->tag, clause->comm);
        add(text, cap, " is not met");
    }
    if (call->waits) {
        const struct place made = place_find(slot, clause->pc);
        add(text, cap, " for its %s", board_call_name(clause->call));
        if (!is_round(clause->call))
            say_partner(text, cap, graph, clause->call, clause->peer, clause->tag, clause->comm);
        place_say(text, cap, &made);
    }
}

void say_window(char *text, size_t cap, const struct clause *clause, int other) {
    switch (board_call_wait(clause->call)) {
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

// -- what may have been meant ---------------------------------------------------------------------------

// A message of this rank's that the other one has taken with a matched probe, and not received. Says so.
bool say_held(char *text, size_t cap, const struct graph *graph, int rank,
              const struct clause *clause) {
    const struct board_slot *const slot = slot_of(graph, rank);
    const uint64_t head = atomic_load(&slot->sent_head), tail = atomic_load(&slot->sent_tail);
    for (uint64_t i = head; i < tail && i - head < BOARD_SENT; i++) {
        const struct board_message *const m = &slot->sent[board_place(i)];
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
bool say_near_miss(char *text, size_t cap, const struct graph *graph, int rank,
                   const struct clause *clause) {
    for (int from = 0; from < graph->ranks; from++) {
        const struct board_slot *const slot = slot_of(graph, from);
        const uint64_t head = atomic_load(&slot->sent_head), tail = atomic_load(&slot->sent_tail);
        if (!has(&clause->who, from))
            continue;
        for (uint64_t i = head; i < tail && i - head < BOARD_SENT; i++) {
            const struct board_message *const m = &slot->sent[board_place(i)];
            if (m->to != rank || !mail_flies(graph->watch->board, from, i))
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

void say_absent(char *text, size_t cap, const struct graph *graph, int rank) {
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
