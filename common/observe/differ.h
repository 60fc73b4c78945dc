// SPDX-License-Identifier: MIT
//
// differ.h: what two ranks say of the same message or collective: does it go together? Asked by the rank
// that comes later, or by the reader, where the ranks share no memory (apart.h).

#ifndef TWOFOLD_DIFFER_H
#define TWOFOLD_DIFFER_H

#include "board.h"
#include <stdbool.h>
#include <string.h>

// Do the basic types go together?
static inline bool basics_fit(uint32_t a, uint32_t b) {
    return a / 256 == 0 || b / 256 == 0 || a / 256 == b / 256;
}

// RULE_NONE: they go together.
static inline enum board_rule rounds_differ(const struct board_round *first,
                                            const struct board_round *own) {
    const bool bytes = own->bytes != UINT64_MAX && first->bytes != UINT64_MAX;
    if (first->call != own->call)
        return RULE_COLL_CALL;
    if (first->root != own->root)
        return RULE_COLL_ROOT;
    if (strcmp(first->op, own->op) != 0)
        return RULE_COLL_OP;
    if (bytes && first->bytes && own->bytes && !basics_fit(first->basic, own->basic))
        return RULE_COLL_TYPE;
    return bytes && first->bytes != own->bytes ? RULE_COLL_COUNT : RULE_NONE;
}

// Fills in such a find, of a rule that is there. number: which collective of that communicator.
static inline void rounds_find(struct board_find *find, const struct board_round *first,
                               const struct board_round *own, uint32_t comm, uint32_t number) {
    find->call = own->call;
    find->other = first->who;
    find->other_call = first->call;
    find->n[2] = number;
    find->n[3] = comm;
    if (find->rule == RULE_COLL_ROOT) {
        find->n[0] = own->root;
        find->n[1] = first->root;
    } else if (find->rule == RULE_COLL_TYPE) {
        find->n[0] = own->basic;
        find->n[1] = first->basic;
    } else if (find->rule == RULE_COLL_COUNT) {
        find->n[0] = (int64_t)own->bytes;
        find->n[1] = (int64_t)first->bytes;
    } else if (find->rule == RULE_COLL_OP) {
        strcpy(find->text, own->op);
        strcpy(find->text2, first->op);
    }
}

#endif
