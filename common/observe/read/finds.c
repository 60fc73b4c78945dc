// SPDX-License-Identifier: MIT
//
// finds.c: what the ranks noted on the board as wrong, said in sentences. The same finding of
// several ranks is said once.

#include "finds.h"
#include <stdio.h>
#include <string.h>

// -- errors of MPI -----------------------------------------------------------------------------------

static void mpi_error(const struct group *g, struct evidence *e) {
    const struct board_find *const f = g->find;
    static const char *const advice[] = {
        [FAULT_OTHER] = "Look at the arguments of this call, one by one.",
        [FAULT_BUFFER] = "The buffer must not be NULL where count is not 0; MPI_IN_PLACE is for "
                         "some arguments of collectives only.",
        [FAULT_COUNT] = "A count is never negative: print it before the call. Is it the size of a "
                        "part that is empty on this rank?",
        [FAULT_TYPE] = "A derived datatype must be committed (MPI_Type_commit) before it is used, "
                       "and not used after MPI_Type_free.",
        [FAULT_TAG] = "A tag lies between 0 and MPI_TAG_UB; MPI_ANY_TAG is for receives only.",
        [FAULT_COMM] = "The communicator is MPI_COMM_NULL or was freed. MPI_Comm_create and "
                       "MPI_Comm_split give MPI_COMM_NULL to ranks that do not take part: those "
                       "must not call.",
        [FAULT_RANK] =
            "Ranks go from 0 to size - 1 of the communicator. At the edges of the "
            "domain rank - 1 and rank + 1 do not exist: use MPI_PROC_NULL there, or wrap "
            "around with (rank + size - 1) % size.",
        [FAULT_REQUEST] = "Was this request started, and not completed or freed before? Set a "
                          "request to MPI_REQUEST_NULL where it may stay unused.",
        [FAULT_ROOT] = "The root is a rank of this communicator, from 0 to its size - 1.",
        [FAULT_GROUP] = "The group is MPI_GROUP_NULL or was freed.",
        [FAULT_OP] =
            "MPI's own operators work on some types only (MPI_BAND not on floating point), "
            "and one's own must not be used after MPI_Op_free.",
        [FAULT_TRUNCATE] =
            "The message is longer than the receive buffer. Receive as many items as "
            "are sent, or ask with MPI_Probe and MPI_Get_count first.",
        [FAULT_ARG] = "Look at the arguments of this call, one by one.",
        [FAULT_EPOCH] =
            "One-sided calls stand between two MPI_Win_fence, between MPI_Win_start and "
            "MPI_Win_complete, or between MPI_Win_lock and MPI_Win_unlock of that "
            "rank; these do not mix on one window at one time.",
        [FAULT_WINDOW] = "Look at the memory, its size in bytes and the unit that this window was "
                         "made with; an offset counts in units of the other rank."};
    const size_t fault = (size_t)f->n[0] < sizeof advice / sizeof *advice ? (size_t)f->n[0] : 0;
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": MPI refused %s", board_call_name(f->call));
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text, ": %s", f->text);
    if (fault == FAULT_RANK && board_call_wait(f->call) == BOTH)
        add(e->text, sizeof e->text, " (the ranks given were dest=%lld, source=%lld)",
            (long long)f->n[3], (long long)f->n[1]);
    else if (fault == FAULT_RANK || fault == FAULT_ROOT)
        add(e->text, sizeof e->text, " (the rank given was %lld)", (long long)f->n[1]);
    if (fault == FAULT_TAG)
        add(e->text, sizeof e->text, " (the tag given was %lld)", (long long)f->n[2]);
    add(e->text, sizeof e->text, ". MPI ends the program there.");
    add(e->advice, sizeof e->advice, "%s", advice[fault]);
}

// -- collectives compared -----------------------------------------------------------------------------

// "rank 1 calls MPI_Reduce at mpi.c:9, rank 0 calls MPI_Bcast at mpi.c:7".
static void say_both(const struct group *g, struct evidence *e, const char *verb) {
    const struct board_find *const f = g->find;
    const struct place other = place_find(&g->board->slots[f->other], f->pc2);
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, " %s%s %s", verb, g->count == 1 ? "s" : "",
        board_call_name(f->call));
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text, ", rank %d %ss %s", f->other, verb,
        board_call_name(f->other_call));
    place_say(e->text, sizeof e->text, &other);
}

static void say_number(const struct group *g, struct evidence *e) {
    const struct board_find *const f = g->find;
    add(e->text, sizeof e->text, ", each as collective call number %lld in ", (long long)f->n[2]);
    say_comm(e->text, sizeof e->text, g->board, (uint32_t)f->n[3]);
}

static void coll_call(const struct group *g, struct evidence *e) {
    say_both(g, e, "call");
    say_number(g, e);
    add(e->text, sizeof e->text,
        ". These do not go together: the program hangs there, or the data of the one call end up "
        "in "
        "the other.");
    add(e->advice, sizeof e->advice,
        "All ranks of a communicator make the same collective calls in the same order; a blocking "
        "one does not go together with its non-blocking twin.");
}

static void coll_root(const struct group *g, struct evidence *e) {
    say_both(g, e, "call");
    add(e->text, sizeof e->text,
        ", but the one says that rank %lld is the root, the other that rank %lld is (ranks in "
        "MPI_COMM_WORLD).",
        (long long)g->find->n[0], (long long)g->find->n[1]);
    add(e->advice, sizeof e->advice,
        "All ranks give the same root: a constant, or a value that all of them have computed "
        "alike; "
        "not `rank`.");
}

static void coll_op(const struct group *g, struct evidence *e) {
    say_both(g, e, "call");
    add(e->text, sizeof e->text,
        ", but the one with %s, the other with %s: what comes out is neither.", g->find->text,
        g->find->text2);
    add(e->advice, sizeof e->advice, "All ranks give the same operator.");
}

static const char *basic_name(int64_t basic) {
    static const char *const names[] = {
#define BASIC(name, class) #name,
#include "../basics.def"
#undef BASIC
    };
    const size_t i = (size_t)basic % 256;
    return i < sizeof names / sizeof *names ? names[i] : "a type of its own";
}

static void coll_type(const struct group *g, struct evidence *e) {
    say_both(g, e, "call");
    add(e->text, sizeof e->text,
        ", but the one with %s, the other with %s: the numbers that arrive "
        "mean something else.",
        basic_name(g->find->n[0]), basic_name(g->find->n[1]));
    add(e->advice, sizeof e->advice, "All ranks describe the data with the same datatype.");
}

static void coll_count(const struct group *g, struct evidence *e) {
    const uint32_t call = g->find->call;
    const bool block = call == CALL_Gather || call == CALL_Scatter || call == CALL_Allgather ||
                       call == CALL_Alltoall || call == CALL_Igather || call == CALL_Iscatter ||
                       call == CALL_Iallgather || call == CALL_Ialltoall;
    say_both(g, e, "call");
    add(e->text, sizeof e->text, ", but the one with %lld bytes%s, the other with %lld.",
        (long long)g->find->n[0], block ? " for each rank" : "", (long long)g->find->n[1]);
    add(e->advice, sizeof e->advice, "%s",
        block ? "The count is that of one rank's block, not of the whole, on the root as on the "
                "others. If the blocks differ in size, use the call with a v at its end "
                "(MPI_Gatherv, "
                "MPI_Scatterv, MPI_Allgatherv, MPI_Alltoallv)."
              : "All ranks give the same count; send the count first if only one rank knows it.");
}

// -- a block, from one rank to another --

// "rank 0 sends rank 1 12 bytes with MPI_Scatterv at mpi.c:9, but rank 1, at mpi.c:9, expects 16".
static void say_block(const struct group *g, struct evidence *e, const char *sent,
                      const char *expected) {
    const struct board_find *const f = g->find;
    const int mine = g->ranks[0], sender = f->n[2] ? mine : f->other;
    const int receiver = f->n[2] ? f->other : mine;
    const bool at_place = (sender == mine) != g->turned;
    add(e->text, sizeof e->text, "rank %d sends rank %d %s with %s", sender, receiver, sent,
        board_call_name(f->call));
    place_say(e->text, sizeof e->text, at_place ? &g->place : &g->other);
    add(e->text, sizeof e->text, ", but rank %d", receiver);
    place_say(e->text, sizeof e->text, at_place ? &g->other : &g->place);
    add(e->text, sizeof e->text, " expects %s of it", expected);
}

static void block_count(const struct group *g, struct evidence *e) {
    char sent[32], expected[32];
    snprintf(sent, sizeof sent, "%lld bytes", (long long)g->find->n[0]);
    snprintf(expected, sizeof expected, "%lld bytes", (long long)g->find->n[1]);
    say_block(g, e, sent, expected);
    add(e->text, sizeof e->text,
        ": MPI ends the program there, or items are missing or lie in the wrong place.");
    add(e->advice, sizeof e->advice,
        "Each rank's own count is the one that stands in the others' list of counts at its rank; "
        "compute both by the same function. Counts are in items of the datatype beside them.");
}

static void block_type(const struct group *g, struct evidence *e) {
    say_block(g, e, basic_name(g->find->n[0]), basic_name(g->find->n[1]));
    add(e->text, sizeof e->text, ": the bytes arrive, and the numbers mean something else.");
    add(e->advice, sizeof e->advice, "Both sides describe the data with the same datatype.");
}

// -- messages and their receives ------------------------------------------------------------------------

static void type_differs(const struct group *g, struct evidence *e) {
    const struct board_find *const f = g->find;
    const struct place other = place_find(&g->board->slots[f->other], f->pc2);
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, " receive%s %s with %s", g->count == 1 ? "s" : "",
        basic_name(f->n[0]), board_call_name(f->call));
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text, ", but rank %d sends %s with %s", f->other, basic_name(f->n[1]),
        board_call_name(f->other_call));
    place_say(e->text, sizeof e->text, &other);
    add(e->text, sizeof e->text, ": the bytes arrive, and the numbers mean something else.");
    add(e->advice, sizeof e->advice,
        "Describe the data with the same datatype on both sides: the one of the array in C.");
}

// -- requests ---------------------------------------------------------------------------------------------

// "ranks 0 and 1: the request of MPI_Irecv at mpi.c:12 (3 times)".
static void say_made(const struct group *g, struct evidence *e, const char *what) {
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": %s", what);
    place_say(e->text, sizeof e->text, &g->place);
    if (g->find->count > 1)
        add(e->text, sizeof e->text, " (%llu of them on rank %d)",
            (unsigned long long)g->find->count, g->ranks[0]);
}

static void request_left(const struct group *g, struct evidence *e) {
    char what[64];
    snprintf(what, sizeof what, "the request of %s", board_call_name(g->find->call));
    say_made(g, e, what);
    add(e->text, sizeof e->text,
        " was never completed before MPI_Finalize: whether its data were sent or have arrived is "
        "not known, and its memory is lost.");
    add(e->advice, sizeof e->advice,
        "Wait for every request (MPI_Wait, MPI_Waitall), also where the data are not looked at. Is "
        "the variable overwritten by the next request before it is waited for?");
}

static void never_started(const struct group *g, struct evidence *e) {
    char what[80];
    snprintf(what, sizeof what, "the persistent request of %s", board_call_name(g->find->call));
    say_made(g, e, g->find->call == CALL_Request_free ? "the persistent request made" : what);
    add(e->text, sizeof e->text, " was never started, so nothing was sent or received by it.");
    add(e->advice, sizeof e->advice,
        "Start it with MPI_Start each time that it is to send or receive, then wait for it.");
}

static void persistent_left(const struct group *g, struct evidence *e) {
    char what[80];
    snprintf(what, sizeof what, "the persistent request of %s", board_call_name(g->find->call));
    say_made(g, e, what);
    add(e->text, sizeof e->text, " was never freed.");
    add(e->advice, sizeof e->advice,
        "MPI_Wait completes a persistent request and keeps it for the next start; after the last "
        "one, call MPI_Request_free.");
}

static void started_twice(const struct group *g, struct evidence *e) {
    const struct place made = place_find(g->slot, g->find->pc2);
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": the persistent request made");
    place_say(e->text, sizeof e->text, &made);
    add(e->text, sizeof e->text, " is started");
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text, " while it is still under way from the start before.");
    add(e->advice, sizeof e->advice, "Wait for it (MPI_Wait) before it is started again.");
}

static void freed_active(const struct group *g, struct evidence *e) {
    const struct place made = place_find(g->slot, g->find->pc2);
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": the receive begun");
    place_say(e->text, sizeof e->text, &made);
    add(e->text, sizeof e->text, " is freed");
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text,
        " before it is complete: now nobody can tell when its data have arrived.");
    add(e->advice, sizeof e->advice, "Wait for it (MPI_Wait) in place of MPI_Request_free.");
}

// -- what was made and never freed ------------------------------------------------------------------------

static void say_left(const struct group *g, struct evidence *e, const char *what,
                     const char *freed_by) {
    say_made(g, e, what);
    add(e->text, sizeof e->text, " was never freed.");
    add(e->advice, sizeof e->advice, "Call %s when it is not needed any more, before MPI_Finalize.",
        freed_by);
    *e->call = '\0';
}

static void left_comm(const struct group *g, struct evidence *e) {
    say_left(g, e, "the communicator made", "MPI_Comm_free");
}
static void left_group(const struct group *g, struct evidence *e) {
    say_left(g, e, "the group made", "MPI_Group_free");
}
static void left_type(const struct group *g, struct evidence *e) {
    say_left(g, e, "the datatype made", "MPI_Type_free");
}
static void left_op(const struct group *g, struct evidence *e) {
    say_left(g, e, "the operator made", "MPI_Op_free");
}
static void left_win(const struct group *g, struct evidence *e) {
    say_left(g, e, "the window made", "MPI_Win_free");
}

// -- all -----------------------------------------------------------------------------------------------

static const struct {
    const char *kind;
    void (*say)(const struct group *, struct evidence *);
} rules[RULES] = {
    [RULE_MPI_ERROR] = {"misuse", mpi_error},
    [RULE_COLL_CALL] = {"misuse", coll_call},
    [RULE_COLL_ROOT] = {"misuse", coll_root},
    [RULE_COLL_OP] = {"misuse", coll_op},
    [RULE_COLL_TYPE] = {"misuse", coll_type},
    [RULE_COLL_COUNT] = {"misuse", coll_count},
    [RULE_BLOCK_COUNT] = {"misuse", block_count},
    [RULE_BLOCK_TYPE] = {"misuse", block_type},
    [RULE_TYPE] = {"misuse", type_differs},
    [RULE_REQUEST_LEFT] = {"leak", request_left},
    [RULE_NEVER_STARTED] = {"misuse", never_started},
    [RULE_PERSISTENT] = {"leak", persistent_left},
    [RULE_STARTED_TWICE] = {"misuse", started_twice},
    [RULE_FREED_ACTIVE] = {"misuse", freed_active},
    [RULE_SEND_CHANGED] = {"misuse", send_changed},
    [RULE_OVERLAP] = {"misuse", overlap},
    [RULE_TOUCHED] = {"misuse", touched},
    [RULE_OUT_OF_SCOPE] = {"misuse", out_of_scope},
    [RULE_RECEIVE_WRITTEN] = {"misuse", receive_written},
    [RULE_LEFT_COMM] = {"leak", left_comm},
    [RULE_LEFT_GROUP] = {"leak", left_group},
    [RULE_LEFT_TYPE] = {"leak", left_type},
    [RULE_LEFT_OP] = {"leak", left_op},
    [RULE_LEFT_WIN] = {"leak", left_win},
    [RULE_THREAD] = {"misuse", other_thread},
    [RULE_CONCURRENT] = {"misuse", two_threads},
    [RULE_NO_EPOCH] = {"misuse", no_epoch},
    [RULE_LOCKED_TWICE] = {"misuse", locked_twice},
    [RULE_NOT_LOCKED] = {"misuse", not_locked},
    [RULE_EPOCH_ORDER] = {"misuse", epoch_order},
    [RULE_EPOCH_OPEN] = {"misuse", epoch_open},
    [RULE_BEYOND] = {"misuse", beyond},
    [RULE_CONFLICT] = {"misuse", conflict},
};

// Of two places, does a come before b?
static bool is_before(const struct place *a, const struct place *b) {
    const int order = strcmp(a->file, b->file);
    return order ? order < 0 : a->line < b->line;
}

// Two ranks may each have noted that they meet: it is told at the place that comes first, of one
// place by the lower rank.
static bool is_told_there(const struct board *board, int rank, const struct board_slot *slot,
                          const struct board_find *find, struct place *place, struct place *other) {
    if (find->rule != RULE_CONFLICT && find->rule != RULE_BLOCK_COUNT &&
        find->rule != RULE_BLOCK_TYPE)
        return false;
    *other = place_find(find->other < 0 ? slot : &board->slots[find->other], find->pc2);
    if (!is_before(other, place) &&
        (is_before(place, other) || find->other < 0 || find->other >= rank))
        return false;
    const struct place swap = *place;
    *place = *other;
    *other = swap;
    return true;
}

// Puts a rank's find into the group of others like it.
static void gather(struct group *groups, int *count, int most, const struct board *board, int rank,
                   const struct board_find *find) {
    const struct board_slot *const slot = &board->slots[rank];
    struct place place = place_find(slot, find->pc), other = {0};
    const bool turned = is_told_there(board, rank, slot, find, &place, &other);
    for (int i = 0; i < *count; i++) {
        struct group *const g = &groups[i];
        if (g->find->rule == find->rule && g->place.line == place.line && place.line &&
            g->other.line == other.line && strcmp(g->place.file, place.file) == 0) {
            if (g->count < BOARD_RANKS && g->ranks[g->count - 1] != rank)
                g->ranks[g->count++] = rank;
            return;
        }
    }
    if (*count < most)
        groups[(*count)++] = (struct group){.find = find,
                                            .slot = slot,
                                            .board = board,
                                            .ranks = {rank},
                                            .count = 1,
                                            .turned = turned,
                                            .place = place,
                                            .other = other};
}

void finds_find(const struct watch *watch, bool hung, struct findings *findings) {
    enum { MOST = 32 };
    static struct group groups[MOST];
    int count = 0;
    for (int rank = 0; rank < (int)watch->board->ranks; rank++) {
        const struct board_slot *const slot = &watch->board->slots[rank];
        const uint32_t finds = atomic_load(&slot->find_count);
        for (uint32_t i = 0; i < finds && i < BOARD_FINDS; i++)
            if (slot->finds[i].rule < RULES && rules[slot->finds[i].rule].say)
                gather(groups, &count, MOST, watch->board, rank, &slot->finds[i]);
        if (atomic_load(&slot->thread_finds) == 2)
            gather(groups, &count, MOST, watch->board, rank, &slot->thread_find);
    }
    for (int i = 0; i < count; i++) {
        const struct group *const g = &groups[i];
        const bool cause = g->find->rule == RULE_COLL_CALL || g->find->rule == RULE_COLL_ROOT;
        struct evidence *const e =
            findings_add(findings, hung && cause ? "deadlock" : rules[g->find->rule].kind);
        if (!e)
            return;
        e->rank = g->ranks[0];
        evidence_place(e, &g->place);
        snprintf(e->call, sizeof e->call, "%s",
                 board_call_name(g->turned ? g->find->other_call : g->find->call));
        rules[g->find->rule].say(g, e);
    }
}
