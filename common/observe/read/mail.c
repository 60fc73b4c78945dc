// SPDX-License-Identifier: MIT
//
// mail.c: gives the messages on their way to the receives that are pending, as MPI does: the
// receive posted first is served first, and of what fits it the message sent first. Which message
// a receive from any source takes cannot be known; it is met if there is one, and leaves it there,
// so that nobody is called stuck who may not be.

#include "graph.h"
#include <stdlib.h>

struct wish { // a receive or probe
    int32_t peer, tag;
    uint32_t comm;
    uint64_t order;
    bool probe;
    bool *met;
};

static int by_order(const void *a, const void *b) {
    const struct wish *const x = a, *const y = b;
    return (x->order > y->order) - (x->order < y->order);
}

static bool receives(uint32_t call) {
    return call == CALL_Irecv || call == CALL_Recv_init || call == CALL_Isendrecv;
}

bool mail_flies(const struct board *board, int from, uint64_t number) {
    const struct board_slot *const slot = &board->slots[from];
    const struct board_message *const m = &slot->sent[board_place(number)];
    const struct board_slot *const to =
        m->to >= 0 && m->to < (int)board->ranks ? &board->slots[m->to] : NULL;
    const uint32_t due = to ? atomic_load(&to->due_count) : 0;
    int before = 0;
    if (atomic_load(&m->state) != MESSAGE_FLYING)
        return false;
    for (uint32_t i = 0; i < due && i < BOARD_DUE; i++)
        before += to->due[i].from == from && to->due[i].tag == m->tag && to->due[i].comm == m->comm;
    for (uint64_t i = atomic_load(&slot->sent_head); before && i < number; i++) {
        const struct board_message *const other = &slot->sent[board_place(i)];
        before -= atomic_load(&other->state) == MESSAGE_FLYING && other->to == m->to &&
                  other->tag == m->tag && other->comm == m->comm;
    }
    return before == 0;
}

// The first message of `from` to rank that fits and is not given.
static int64_t first_fit(const struct mail *mail, int from, int rank, const struct wish *wish) {
    const struct board_slot *const slot = &mail->board->slots[from];
    const uint64_t head = atomic_load(&slot->sent_head), tail = atomic_load(&slot->sent_tail);
    for (uint64_t i = head; i < tail && i - head < BOARD_SENT; i++) {
        const struct board_message *const m = &slot->sent[board_place(i)];
        if (m->to == rank && m->comm == wish->comm &&
            (wish->tag == TAG_ANY || wish->tag == m->tag) && !mail->given[from][i % BOARD_SENT] &&
            mail_flies(mail->board, from, i))
            return (int64_t)i;
    }
    return -1;
}

static void serve(struct mail *mail, int rank, const struct wish *wish) {
    const bool any = wish->peer == PEER_ANY;
    for (int from = any ? 0 : wish->peer; from < (any ? mail->ranks : wish->peer + 1); from++) {
        if (from < 0 || from >= mail->ranks)
            continue;
        if (atomic_load(&mail->board->slots[from].lost))
            *wish->met = true; // it may be one that was not followed
        const int64_t number = first_fit(mail, from, rank, wish);
        if (number < 0)
            continue;
        *wish->met = true;
        if (any)
            mail->maybe[from][number % BOARD_SENT] = true;
        else if (!wish->probe)
            mail->given[from][number % BOARD_SENT] = true;
    }
}

// As a receive or probe of the call that one of the rank is in. False: it is none.
static bool wish_of(struct waiter *waiter, struct wish *wish) {
    const struct board_at *const call = waiter->at;
    const enum board_wait wait = board_call_wait(call->call);
    const bool receive = wait == RECV || wait == BOTH;
    waiter->met = false;
    *wish = (struct wish){call->peer,
                          call->tag,
                          call->comm,
                          receive ? call->order : UINT64_MAX,
                          wait == PROBE || wait == POLL,
                          &waiter->met};
    return call->comm && (receive || wait == PROBE || (wait == POLL && call->peer != PEER_NONE));
}

void mail_give(struct mail *mail, int rank, struct waiter *waiters, int count, bool *met) {
    const struct board_slot *const slot = &mail->board->slots[rank];
    struct wish wishes[BOARD_ASKED + BOARD_THREADS];
    size_t wished = 0;
    for (int i = 0; i < BOARD_ASKED; i++) {
        const struct board_asked *const a = &slot->asked[i];
        met[i] = false;
        if (atomic_load(&a->used) && receives(a->call))
            wishes[wished++] = (struct wish){a->peer, a->tag, a->comm, a->order, false, &met[i]};
    }
    for (int i = 0; i < count; i++)
        wished += wish_of(&waiters[i], &wishes[wished]);
    qsort(wishes, wished, sizeof *wishes, by_order);
    for (size_t i = 0; i < wished; i++)
        serve(mail, rank, &wishes[i]);
}

bool mail_is_given(const struct mail *mail, int from, int64_t number) {
    const struct board_slot *const slot = &mail->board->slots[from];
    if (number < 0 || (uint64_t)number < atomic_load(&slot->sent_head))
        return true; // not followed, or received long ago
    const size_t place = (size_t)number % BOARD_SENT;
    const struct board_message *const m = &slot->sent[place];
    // A rank whose receives are not all followed may well have one for it.
    return mail->given[from][place] || mail->maybe[from][place] ||
           (!mail_flies(mail->board, from, (uint64_t)number) &&
            atomic_load(&m->state) != MESSAGE_HELD) ||
           m->to < 0 || m->to >= mail->ranks || atomic_load(&mail->board->slots[m->to].lost);
}
