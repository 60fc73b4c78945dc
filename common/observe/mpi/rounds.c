// SPDX-License-Identifier: MIT
//
// rounds.c: collectives. All members of a communicator begin the same ones in the same order, so
// each has a number. The first member to begin number k writes down how it did; the others compare.

#include "checker.h"
#include <string.h>

static const char *op_name(MPI_Op op) {
#define NAME(known) \
    if (op == (known)) \
        return #known;
    NAME(MPI_SUM)
    NAME(MPI_MAX)
    NAME(MPI_MIN)
    NAME(MPI_PROD)
    NAME(MPI_LAND)
    NAME(MPI_LOR)
    NAME(MPI_LXOR)
    NAME(MPI_BAND)
    NAME(MPI_BOR)
    NAME(MPI_BXOR)
    NAME(MPI_MAXLOC)
    NAME(MPI_MINLOC)
#undef NAME
    return op == MPI_OP_NULL ? "" : "an operator of its own";
}

static void compare(const struct board_round *first, const struct board_round *own,
                    const struct comm *comm, uint32_t number) {
    const enum board_rule rule = rounds_differ(first, own);
    struct board_find *const find = rule ? find_add(rule, own->pc, first->pc) : NULL;
    if (find)
        rounds_find(find, first, own, comm->id, number);
}

// Writes down or compares. The board keeps the last BOARD_ROUNDS; one whose place is still taken by
// an older one, which some member has not begun, is not compared.
static void tell(const struct comm *comm, uint32_t number, const struct board_round *own) {
    struct board_round *const round = &comm->shown->rounds[number % BOARD_ROUNDS];
    uint32_t open = self.apart ? atomic_load(&round->number) : 0; // nobody else will come to it
    if (atomic_compare_exchange_strong(&round->number, &open, BOARD_FILLING)) {
        round->call = own->call;
        round->basic = own->basic;
        round->who = own->who;
        round->root = own->root;
        round->bytes = own->bytes;
        round->pc = own->pc;
        memcpy(round->op, own->op, sizeof round->op);
        atomic_store(&round->come, 1);
        atomic_store_explicit(&round->number, number, memory_order_release);
        return;
    }
    for (int i = 0; i < 1000000 && open == BOARD_FILLING; i++)
        open = atomic_load_explicit(&round->number, memory_order_acquire);
    if (open != number)
        return;
    compare(round, own, comm, number);
    if (atomic_fetch_add(&round->come, 1) + 1 == (uint32_t)comm->size)
        atomic_store(&round->number, 0);
}

bool round_enter_in(enum board_call call, struct comm *comm, const struct round *round,
                    uint64_t pc) {
    if (!call_enter(call, pc))
        return false;
    struct board_slot *const slot = self.slot;
    slot->said_peer = round->root;
    if (!comm || !comm->shown || self.confused)
        return true;
    struct board_round own = {.call = call,
                              .basic = round->basic,
                              .who = self.rank,
                              .root = round->root >= 0 ? comm_world(comm, round->root) : -1,
                              .bytes = round->bytes < 0 ? UINT64_MAX : (uint64_t)round->bytes,
                              .pc = pc};
    strcpy(own.op, op_name(round->op));
    const uint32_t number = ++comm->round;
    slot->comm = comm->id;
    if (self.several)
        thread_meets(comm);
    slot->root = own.root;
    slot->round = number;
    if (!atomic_load(&comm->shown->disordered))
        tell(comm, number, &own);
    self.met = comm;
    atomic_store_explicit(&comm->shown->came[number % 2][comm->rank],
                          self.windows ? trace_now() : 0, memory_order_relaxed);
    atomic_store_explicit(&comm->shown->begun[comm->rank], number, memory_order_release);
    return true;
}

uint64_t round_came(const struct comm *comm, uint32_t number, uint64_t now) {
    uint64_t last = 0;
    for (int i = 0; i < comm->size; i++) {
        const uint32_t begun = atomic_load_explicit(&comm->shown->begun[i], memory_order_acquire);
        const uint64_t came = atomic_load(&comm->shown->came[number % 2][i]);
        if (begun < number)
            continue; // not there yet: it told nothing
        if (begun > number + 1 || !came)
            return now;
        last = came > last ? came : last;
    }
    return last;
}

bool round_enter(enum board_call call, MPI_Comm handle, const struct round *round, uint64_t pc) {
    return round_enter_in(call, self.slot ? comm_of(handle) : NULL, round, pc);
}

void round_asked(struct board_asked *asked) {
    const struct board_slot *const slot = self.slot;
    *asked = (struct board_asked){.call = slot->call,
                                  .peer = PEER_NONE,
                                  .comm = slot->comm,
                                  .pc = slot->pc,
                                  .sent = -1,
                                  .round = slot->round,
                                  .root = slot->root};
}
