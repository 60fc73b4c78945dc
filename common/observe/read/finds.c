// SPDX-License-Identifier: MIT
//
// finds.c: what the ranks noted on the board as wrong, said in sentences. The same finding of
// several ranks is said once.

#include "reader.h"
#include <stdio.h>
#include <string.h>

// A finding, with all ranks that have it.
struct group {
    const struct board_find *find; // of the first rank
    const struct board_slot *slot;
    int ranks[BOARD_RANKS], count;
    struct place place;
};

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
        [FAULT_ARG] = "Look at the arguments of this call, one by one."};
    const size_t fault = (size_t)f->n[0] < sizeof advice / sizeof *advice ? (size_t)f->n[0] : 0;
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": MPI refused %s", board_call_name(f->call));
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text, ": %s", f->text);
    if (fault == FAULT_RANK)
        add(e->text, sizeof e->text, " (the rank given was %lld)", (long long)f->n[1]);
    if (fault == FAULT_TAG)
        add(e->text, sizeof e->text, " (the tag given was %lld)", (long long)f->n[2]);
    add(e->text, sizeof e->text, ". MPI ends the program there.");
    add(e->advice, sizeof e->advice, "%s", advice[fault]);
}

// -- all -----------------------------------------------------------------------------------------------

static const struct {
    const char *kind;
    void (*say)(const struct group *, struct evidence *);
} rules[RULES] = {
    [RULE_MPI_ERROR] = {"misuse", mpi_error},
};

// Puts a rank's find into the group of others like it.
static void gather(struct group *groups, int *count, int most, const struct board_slot *slot,
                   int rank, const struct board_find *find) {
    const struct place place = place_find(slot, find->pc);
    for (int i = 0; i < *count; i++) {
        struct group *const g = &groups[i];
        if (g->find->rule == find->rule && g->place.line == place.line && place.line &&
            strcmp(g->place.file, place.file) == 0) {
            g->ranks[g->count++] = rank;
            return;
        }
    }
    if (*count < most)
        groups[(*count)++] =
            (struct group){.find = find, .slot = slot, .ranks = {rank}, .count = 1, .place = place};
}

void finds_find(const struct watch *watch, struct findings *findings) {
    enum { MOST = 32 };
    static struct group groups[MOST];
    int count = 0;
    for (int rank = 0; rank < (int)watch->board->ranks; rank++) {
        const struct board_slot *const slot = &watch->board->slots[rank];
        const uint32_t finds = atomic_load(&slot->find_count);
        for (uint32_t i = 0; i < finds && i < BOARD_FINDS; i++)
            if (slot->finds[i].rule < RULES && rules[slot->finds[i].rule].say)
                gather(groups, &count, MOST, slot, rank, &slot->finds[i]);
    }
    for (int i = 0; i < count; i++) {
        const struct group *const g = &groups[i];
        struct evidence *const e = findings_add(findings, rules[g->find->rule].kind);
        if (!e)
            return;
        e->rank = g->ranks[0];
        evidence_place(e, &g->place);
        snprintf(e->call, sizeof e->call, "%s", board_call_name(g->find->call));
        rules[g->find->rule].say(g, e);
    }
}
