// SPDX-License-Identifier: MIT
//
// blocks.c: collectives whose blocks differ in size (MPI_Gatherv, MPI_Alltoallv). What a rank sends
// to another must be what that one expects of it. Each rank writes down its own counts, and
// compares them with those of the ranks that have come before; so of two ranks the later one, or
// both, see what does not go together.

#include "checker.h"

static int64_t bytes_of(int count, MPI_Datatype type) {
    return count < 0 ? BLOCK_UNKNOWN : (int64_t)count * type_of(type)->size;
}

static void fill(int64_t *bytes, int size, int which, const int *counts, int each,
                 MPI_Datatype type, const MPI_Datatype *types) {
    for (int i = 0; i < size; i++) {
        bytes[i] = BLOCK_UNKNOWN;
        if (which == BLOCKS_ALL || which == i)
            bytes[i] = bytes_of(counts ? counts[i] : each, types ? types[i] : type);
    }
}

// What rank `from` sends rank `to` (of the world), of which one is this one; the other is where.
static void compare(const struct board_blocks *sender, const struct board_blocks *receiver,
                    int64_t sent, int64_t expected, int other) {
    const bool sends = other != self.rank && sender->pc == self.slot->pc &&
                       sender >= self.slot->blocks && sender < self.slot->blocks + BOARD_BLOCKS;
    const struct board_blocks *const theirs = sends ? receiver : sender;
    const bool types = sent > 0 && !basics_fit(sender->out_basic, receiver->in_basic);
    if (sent == BLOCK_UNKNOWN || expected == BLOCK_UNKNOWN || (sent == expected && !types))
        return;
    struct board_find *const find =
        find_add(sent == expected ? RULE_BLOCK_TYPE : RULE_BLOCK_COUNT, self.slot->pc, theirs->pc);
    if (!find)
        return;
    find->other = other;
    find->other_call = theirs->call;
    find->n[0] = sent == expected ? sender->out_basic : sent;
    find->n[1] = sent == expected ? receiver->in_basic : expected;
    find->n[2] = sends;
}

void blocks_tell(const struct comm *comm, const struct blocks *b) {
    struct board_slot *const slot = self.slot;
    const uint32_t place = slot->round % BOARD_BLOCKS;
    struct board_blocks *const mine = &slot->blocks[place];
    if (!slot->round || comm->size > BOARD_RANKS)
        return;
    atomic_store(&mine->round, 0);
    mine->comm = comm->id;
    mine->call = slot->call;
    mine->pc = slot->pc;
    mine->out_basic = b->out_types || b->to == BLOCKS_NONE ? 0 : type_of(b->out_type)->basic;
    mine->in_basic = b->in_types || b->from == BLOCKS_NONE ? 0 : type_of(b->in_type)->basic;
    fill(mine->out, comm->size, b->to, b->out, b->out_each, b->out_type, b->out_types);
    fill(mine->in, comm->size, b->from, b->in, b->in_each, b->in_type, b->in_types);
    atomic_store(&mine->round, slot->round);
    atomic_thread_fence(memory_order_seq_cst);
    for (int i = 0; i < comm->size; i++) {
        const struct board_blocks *const theirs = &self.board->slots[comm->world[i]].blocks[place];
        if (atomic_load(&theirs->round) != slot->round || theirs->comm != comm->id ||
            theirs->call != mine->call)
            continue;
        compare(mine, theirs, mine->out[i], theirs->in[comm->rank], comm->world[i]);
        if (theirs != mine)
            compare(theirs, mine, theirs->out[comm->rank], mine->in[i], comm->world[i]);
    }
}
