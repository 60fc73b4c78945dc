// SPDX-License-Identifier: MIT
//
// differences.c: what ranks that share no memory say of one message, or of one collective, and what of that
// does not go together. Others find that by themselves, in the call.

#include "../differ.h"
#include "apart.h"

// A find of that rank. NULL: it is known, or there is no room.
static struct board_find *find_add(struct apart_view *view, int rank, enum board_rule rule,
                                   uint64_t pc, uint64_t pc2) {
    enum { MOST = sizeof view->finds / sizeof *view->finds };
    for (int i = 0; i < view->find_count; i++)
        if (view->finders[i] == rank && view->finds[i].rule == rule && view->finds[i].pc == pc &&
            view->finds[i].pc2 == pc2)
            return NULL;
    if (view->find_count == MOST)
        return NULL;
    struct board_find *const find = &view->finds[view->find_count];
    view->finders[view->find_count++] = rank;
    *find = (struct board_find){.rule = rule, .other = -1, .pc = pc, .pc2 = pc2, .count = 1};
    return find;
}

// -- collectives -----------------------------------------------------------------------------------------

static const struct board_comm *comm_of(const struct apart_view *view, int rank, uint32_t id) {
    const struct apart_account *const told = rank < view->ranks ? view->images[rank].told : NULL;
    for (int i = 0; told && i < BOARD_COMMS; i++)
        if (told->comms[i].id == id)
            return &told->comms[i];
    return NULL;
}

// What the rank says of the communicator's collective number `number`; NULL: nothing, any more or yet.
static const struct board_round *round_of(const struct board_comm *comm, uint32_t number) {
    const struct board_round *const round = &comm->rounds[number % BOARD_ROUNDS];
    return round->number == number ? round : NULL;
}

// Compares what a member says of its collectives with what `first`, the first of the members, does.
static void compare_rounds(struct apart_view *view, int rank, const struct board_comm *first,
                           const struct board_comm *comm) {
    for (int i = 0; i < BOARD_ROUNDS; i++) {
        const struct board_round *const own = &comm->rounds[i];
        const uint32_t number = own->number;
        const struct board_round *const other =
            number && number != BOARD_FILLING ? round_of(first, number) : NULL;
        const enum board_rule rule = other ? rounds_differ(other, own) : RULE_NONE;
        struct board_find *const find =
            rule ? find_add(view, rank, rule, own->pc, other->pc) : NULL;
        if (find)
            rounds_find(find, other, own, comm->id, number);
    }
}

static void compare_comm(struct apart_view *view, const struct board_comm *c) {
    const struct board_comm *first = NULL;
    for (uint32_t m = 0; m < c->size && m < BOARD_RANKS && !c->disordered; m++) {
        const struct board_comm *const own = comm_of(view, c->members[m], c->id);
        if (first && own)
            compare_rounds(view, c->members[m], first, own);
        first = first ? first : own;
    }
}

// -- messages --------------------------------------------------------------------------------------------

// The message of that kind and number that was sent; NULL: it is not known any more.
static const struct board_message *message_of(const struct apart_view *view, int to,
                                              const struct apart_taken *letter) {
    const struct apart_account *const told = view->images[letter->from].told;
    if (told->slot.lost)
        return NULL;
    const uint64_t head = told->slot.sent_head, tail = told->slot.sent_tail;
    for (uint64_t i = head; i < tail && i - head < BOARD_SENT; i++) {
        const struct board_message *const m = &told->slot.sent[board_place(i)];
        if (m->state == MESSAGE_FLYING && told->apart.nth[i % BOARD_SENT] == letter->nth &&
            m->to == to && m->tag == letter->tag && m->comm == letter->comm)
            return m;
    }
    return NULL;
}

static void compare_letter(struct apart_view *view, int rank, const struct apart_taken *letter) {
    const struct board_message *const m = letter->nth ? message_of(view, rank, letter) : NULL;
    if (!m || !m->bytes || !letter->bytes || basics_fit(letter->basic, m->basic))
        return;
    struct board_find *const find = find_add(view, rank, RULE_TYPE, letter->pc, m->pc);
    if (!find)
        return;
    find->call = letter->call;
    find->other = letter->from;
    find->other_call = m->call;
    find->n[0] = letter->basic;
    find->n[1] = m->basic;
}

// (Those whose senders run several threads that send: which of two was first is not known.)
static void compare_letters(struct apart_view *view, int rank) {
    const struct apart_account *const told = view->images[rank].told;
    const uint64_t count = told->apart.taken_count;
    for (uint64_t i = count > BOARD_SENT ? count - BOARD_SENT : 0; i < count && !told->slot.lost;
         i++) {
        const struct apart_taken *const letter = &told->apart.letters[i % BOARD_SENT];
        const struct apart_account *const sender = letter->from >= 0 && letter->from < view->ranks
                                                       ? view->images[letter->from].told
                                                       : NULL;
        if (sender && sender->slot.many < MANY_CALL)
            compare_letter(view, rank, letter);
    }
}

void apart_compare(struct apart_view *view, bool last) {
    struct board *const board = view->board;
    for (int i = 0; i < BOARD_COMMS; i++)
        if (board->comms[i].id)
            compare_comm(view, &board->comms[i]);
    for (int r = 0; last && r < view->ranks; r++)
        if (view->images[r].told)
            compare_letters(view, r);
    for (int i = 0; i < view->find_count; i++) {
        struct board_slot *const slot = &board->slots[view->finders[i]];
        if (slot->find_count < BOARD_FINDS)
            slot->finds[slot->find_count++] = view->finds[i];
    }
}
