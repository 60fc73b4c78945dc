// SPDX-License-Identifier: MIT
//
// finds.c: what the ranks noted on the board as wrong, said in sentences. The same finding of
// several ranks is said once.

#include "finds.h"
#include <stdio.h>
#include <string.h>

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
    [RULE_ALIAS] = {"misuse", alias},
    [RULE_NO_BUFFER] = {"misuse", no_buffer},
    [RULE_OUT_OF_SCOPE] = {"misuse", out_of_scope},
    [RULE_RECEIVE_WRITTEN] = {"misuse", receive_written},
    [RULE_LEFT_COMM] = {"leak", left_comm},
    [RULE_LEFT_GROUP] = {"leak", left_group},
    [RULE_LEFT_TYPE] = {"leak", left_type},
    [RULE_LEFT_OP] = {"leak", left_op},
    [RULE_LEFT_WIN] = {"leak", left_win},
    [RULE_LEFT_FILE] = {"leak", left_file},
    [RULE_LEFT_INFO] = {"leak", left_info},
    [RULE_AFTER_END] = {"misuse", after_end},
    [RULE_THREAD] = {"misuse", other_thread},
    [RULE_CONCURRENT] = {"misuse", two_threads},
    [RULE_SAME_COMM] = {"misuse", same_comm},
    [RULE_PROBE_TAKEN] = {"misuse", probe_taken},
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
        find->rule != RULE_BLOCK_TYPE && find->rule != RULE_SAME_COMM)
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

// Collectives that differ where threads call them in any order: that they do is what is wrong.
static bool is_explained(const struct board *board, const struct board_find *find) {
    if (find->rule < RULE_COLL_CALL || find->rule > RULE_COLL_COUNT)
        return false;
    for (uint32_t rank = 0; rank < board->ranks; rank++) {
        const struct board_slot *const slot = &board->slots[rank];
        for (uint32_t i = 0; i < atomic_load(&slot->find_count); i++)
            if (slot->finds[i].rule == RULE_SAME_COMM && slot->finds[i].n[3] == find->n[3])
                return true;
    }
    return false;
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
            if (slot->finds[i].rule < RULES && rules[slot->finds[i].rule].say &&
                !is_explained(watch->board, &slot->finds[i]))
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
