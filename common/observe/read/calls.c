// SPDX-License-Identifier: MIT
//
// calls.c: calls that MPI refuses, and those of several ranks that do not go together: collectives
// compared, blocks and messages against what was asked for.

#include "finds.h"
#include <stdio.h>
#include <string.h>

// -- errors of MPI -----------------------------------------------------------------------------------

void mpi_error(const struct group *g, struct evidence *e) {
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
    add(e->text, sizeof e->text, "%s",
        f->other < 0 ? ". MPI ends the program there."
                     : ". It did nothing but return the error, as MPI_ERRORS_RETURN asks, and the "
                       "program went on.");
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

void coll_call(const struct group *g, struct evidence *e) {
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

void coll_root(const struct group *g, struct evidence *e) {
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

void coll_op(const struct group *g, struct evidence *e) {
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

void coll_type(const struct group *g, struct evidence *e) {
    say_both(g, e, "call");
    add(e->text, sizeof e->text,
        ", but the one with %s, the other with %s: the numbers that arrive "
        "mean something else.",
        basic_name(g->find->n[0]), basic_name(g->find->n[1]));
    add(e->advice, sizeof e->advice, "All ranks describe the data with the same datatype.");
}

void coll_count(const struct group *g, struct evidence *e) {
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

void block_count(const struct group *g, struct evidence *e) {
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

void block_type(const struct group *g, struct evidence *e) {
    say_block(g, e, basic_name(g->find->n[0]), basic_name(g->find->n[1]));
    add(e->text, sizeof e->text, ": the bytes arrive, and the numbers mean something else.");
    add(e->advice, sizeof e->advice, "Both sides describe the data with the same datatype.");
}

// -- messages and their receives ------------------------------------------------------------------------

void type_differs(const struct group *g, struct evidence *e) {
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
