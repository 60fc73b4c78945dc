// SPDX-License-Identifier: MIT
//
// graph.h: who waits for whom.
//
// Theory of operation. For each rank that is inside a call, the board says what would end that
// call: a message from a rank (or from any of several), the receipt of its own, the coming of
// others to a collective. Those are its clauses: sets of ranks, one of which must act. First the
// messages on their way are given to the receives that are pending, as MPI would do it (mail.c);
// what is met is no clause. Then all that could go on is found: a rank that is not in a call; one
// without a clause; one that has in every clause a rank that could go on. Who is left cannot, ever.
//
// Some calls may return though nobody acts: a standard send that the library buffers, a root's
// part in a broadcast. Their clauses are soft. A rank in such a call counts as stuck only when it
// has been seen in it for a while, burning time (a tick says so): then the library does wait.
//
// No clock decides the rest: what was read is true of one instant if no stuck rank has moved
// meanwhile (seq, see board.h).

#ifndef TWOFOLD_GRAPH_H
#define TWOFOLD_GRAPH_H

#include "reader.h"

enum { CLAUSES = 64 }; // remembered of a rank

struct ranks { // a set
    uint64_t bits[BOARD_RANKS / 64];
};

struct clause {
    struct ranks who;
    bool soft;
    uint32_t call; // of the request that it is about, or of the call itself
    int32_t peer, tag;
    uint32_t comm;
    uint64_t pc; // where the request was made
};

enum node_kind {
    NODE_FREE, // may go on
    NODE_GONE, // ended
    NODE_LAST, // in MPI_Finalize
    NODE_WAITS // in a call that has clauses
};

struct node {
    enum node_kind kind;
    uint64_t seq, progress;
    bool any; // one clause met is enough
    int count;
    struct clause clauses[CLAUSES];
    bool stuck;
    // -- since when it is seen in this call
    uint64_t seen_seq, seen_progress, seen_polls;
    double seen_at, seen_cpu;
    bool patient; // seen in it for a while
};

struct graph {
    const struct watch *watch;
    int ranks, stuck;
    bool others; // some rank has threads that may act while one waits
    struct node nodes[BOARD_RANKS];
};

static inline bool has(const struct ranks *set, int rank) {
    return set->bits[rank / 64] >> (rank % 64) & 1;
}
static inline void put(struct ranks *set, int rank) {
    set->bits[rank / 64] |= (uint64_t)1 << (rank % 64);
}
bool is_empty(const struct ranks *set);

// The communicator with that id; NULL: it is not on the board.
const struct board_comm *comm_find(const struct board *board, uint32_t id);
// A rank's place in it; -1: it is no member.
int comm_place(const struct board_comm *comm, int rank);
// "MPI_COMM_WORLD", "the communicator of 3 ranks made at mpi.c:12".
void say_comm(char *text, size_t cap, const struct board *board, uint32_t id);

// Looks at the board once. True: some ranks are stuck for ever; nodes[].stuck says which, and their
// clauses why.
bool graph_look(struct graph *graph);

// -- mail.c: which messages meet which receives ---------------------------------------------------------

struct mail {
    const struct board *board;
    int ranks;
    // By sender and place in its ring: given to a receive (or perhaps to one that takes any).
    bool given[BOARD_RANKS][BOARD_SENT];
    bool maybe[BOARD_RANKS][BOARD_SENT];
};

// Gives out all mail to `rank`. met[i]: its asked[i] has a message; *slot_met: so has the call that
// it is in (a receive or a probe).
void mail_give(struct mail *mail, int rank, bool *met, bool *slot_met);
// Is this message of `from` met by a receive?
bool mail_is_given(const struct mail *mail, int from, int64_t number);

// -- deadlock.c: a graph as a finding --------------------------------------------------------------------

void deadlock_say(const struct graph *graph, struct findings *findings);
// Are there among the stuck ranks some in a standard send that waits only since it was made to, and
// which wait in a circle?
bool deadlock_is_soft(const struct graph *graph);

#endif
