// SPDX-License-Identifier: MIT
//
// deadlock.c: says who waits for whom, and why that never ends.

#include "deadlock.h"
#include <stdio.h>

enum { SHOWN = 4 }; // ranks of a circle that are told one by one

static const struct board_slot *slot_of(const struct graph *graph, int rank) {
    return &graph->watch->board->slots[rank];
}

bool deadlock_is_soft(const struct graph *graph) {
    static struct circle circle;
    circle_choose(graph, &circle);
    bool soft = false;
    for (int i = 0; i < circle.count; i++)
        soft = soft || waiter_is_synchronised(told_of(graph, circle.ranks[i]));
    return soft && circle.closed;
}

// -- advice ---------------------------------------------------------------------------------------------

static const char *advice_of(const struct graph *graph, const struct circle *circle, bool near) {
    int sends = 0, receives = 0, rounds = 0, windows = 0;
    for (int i = 0; i < circle->count; i++) {
        const struct clause *const clause = clause_of(graph, told_of(graph, circle->ranks[i]));
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

// Do some of these ranks have threads that wait outside MPI?
static bool has_sleepers(const struct graph *graph, const struct circle *circle) {
    for (int i = 0; i < circle->count; i++)
        if (graph->nodes[circle->ranks[i]].asleep)
            return true;
    return false;
}

// The other ranks of a collective that wait in it like `rank`: said together.
static int companions(const struct graph *graph, int rank, int *ranks) {
    const struct board_slot *const slot = slot_of(graph, rank);
    int count = 0;
    for (int r = 0; r < graph->ranks; r++) {
        const struct board_slot *const other = slot_of(graph, r);
        if (r == rank || (graph->nodes[r].stuck && !graph->nodes[r].several &&
                          is_round(slot->call) && other->call == slot->call &&
                          other->pc - other->modules[0].bias == slot->pc - slot->modules[0].bias &&
                          other->comm == slot->comm))
            ranks[count++] = r;
    }
    return count;
}

// Returns how many ranks it tells of.
static int say_one(char *text, size_t cap, const struct graph *graph, int rank) {
    const struct board_slot *const slot = slot_of(graph, rank);
    const struct waiter *const told = told_of(graph, rank);
    int ranks[BOARD_RANKS];
    const int count = told->shown ? 1 : companions(graph, rank, ranks);
    if (count < 2) {
        add(text, cap, "rank %d%s", rank, told->shown ? ": " : " ");
        if (told->shown)
            add(text, cap, "thread %d ",
                thread_number(graph, rank, atomic_load(&told->shown->tid)));
        say_wait(text, cap, graph, told, clause_of(graph, told));
        return 1;
    }
    const struct place place = place_find(slot, slot->pc);
    say_ranks(text, cap, ranks, count);
    add(text, cap, " wait in %s", board_call_name(slot->call));
    place_say(text, cap, &place);
    return count;
}

// What may have been meant to meet one of the rank's waits. True: a message that is there and does not
// fit; *held: one that is there and was not received.
static bool say_meant(char *text, size_t cap, const struct graph *graph, int rank, bool *held) {
    const struct node *const node = &graph->nodes[rank];
    bool near = false;
    for (int i = 0; i < node->count && !near; i++) {
        const struct clause *const clause = clause_of(graph, &graph->waiters[node->first + i]);
        if (is_send(clause->call))
            *held = say_held(text, cap, graph, rank, clause) || *held;
        else if (!is_round(clause->call) && !is_window(clause->call))
            near = say_near_miss(text, cap, graph, rank, clause);
    }
    return near;
}

void deadlock_say(const struct graph *graph, struct findings *findings) {
    static struct circle circle;
    struct evidence *const e = findings_add(findings, "deadlock");
    circle_choose(graph, &circle);
    if (!e || !circle.count)
        return;
    const int first = circle.ranks[0], last = circle.ranks[circle.count - 1];
    const struct waiter *const told_first = told_of(graph, first);
    const struct place place = place_find(slot_of(graph, first), told_first->at->pc);
    char *const text = e->text;
    const size_t cap = sizeof e->text;
    e->rank = first;
    if (told_first->shown)
        e->thread = thread_number(graph, first, atomic_load(&told_first->shown->tid));
    evidence_place(e, &place);
    snprintf(e->call, sizeof e->call, "%s", board_call_name(told_first->at->call));
    int told = 0;
    for (int i = 0; i < circle.count && i < SHOWN; i++) {
        add(text, cap, i ? "; " : "");
        told += say_one(text, cap, graph, circle.ranks[i]);
        const struct waiter *const waiter = told_of(graph, circle.ranks[i]);
        const int next = next_of(graph, circle.ranks[i]);
        if (next >= 0 && is_round(clause_of(graph, waiter)->call))
            add(text, cap, ", to which rank %d has not come", next);
        if (next >= 0)
            say_window(text, cap, clause_of(graph, waiter), next);
        if (waiter->shown)
            say_other_threads(text, cap, graph, waiter);
    }
    told += circle.count > SHOWN ? circle.count - SHOWN : 0;
    if (circle.count > SHOWN)
        add(text, cap, "; and %d more ranks in the same way", circle.count - SHOWN);
    if (circle.closed && circle.count > 1) {
        add(text, cap, ": a circle of %d, each waits for the next.", circle.count);
    } else if (circle.closed && graph->nodes[first].several) {
        add(text, cap, ": no thread of it is left that could go on.");
    } else if (circle.closed) {
        add(text, cap, ": it waits for itself.");
    } else {
        const int next = next_of(graph, last);
        const struct clause *const clause = clause_of(graph, told_of(graph, last));
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
    for (int i = 0; i < circle.count && !near; i++)
        near = say_meant(text, cap, graph, circle.ranks[i], &held);
    if (graph->stuck > told)
        add(text, cap, " %d ranks are stuck in all.", graph->stuck);
    add(e->advice, sizeof e->advice, "%s",
        held ? "Each message that MPI_Mprobe or MPI_Improbe found needs its MPI_Mrecv."
             : advice_of(graph, &circle, near));
    if (has_sleepers(graph, &circle))
        add(e->advice, sizeof e->advice,
            " A thread that waits for others of its rank (at a barrier, for a lock, for the end of "
            "one) sends and receives nothing meanwhile: let it do so first, or another thread.");
}
