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
// Where several threads of a rank may act, it waits when each of them does: in a call of MPI, with
// clauses of its own, or asleep in the kernel until another thread of the rank wakes it (asleep.h).
// One that computes frees its rank. Since which of two threads was served first is not seen, the
// clauses of such a rank are all soft, and a thread is believed to wait only if it has run since it
// was first seen in the call (and has found nothing), or sleeps in it.
//
// No clock decides the rest: what was read is true of one instant if no stuck rank has moved
// meanwhile (seq, see board.h).

#ifndef TWOFOLD_GRAPH_H
#define TWOFOLD_GRAPH_H

#include "asleep.h"
#include "holds.h"
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
    NODE_WAITS // all of it that could act waits for others
};

// Since when someone is seen in a call.
struct patience {
    uint64_t seq, progress, polls, moved;
    double at, cpu;
    bool enough; // for a while
};

// One that is in a call of MPI: a rank, or one of its threads.
struct waiter {
    int rank;
    const struct board_at *at;
    const struct board_thread *shown; // of a thread; NULL: of the rank as a whole
    uint64_t seq;                     // of the thread
    bool met;                         // the message that it waits for is there
    bool patient;                     // seen in the call for a while
    bool free;                        // it waits for nothing that is known
    bool any;                         // one clause met is enough
    int count;
    struct clause clauses[CLAUSES];
};

struct node {
    enum node_kind kind;
    bool several; // threads of it may act while one waits
    bool stuck, patient;
    uint64_t seq, progress;
    int first, count;                        // its waiters
    int first_asleep, asleep;                // its threads outside MPI that need waking
    uint32_t tasks;                          // threads of the process, where several
    struct patience patience[BOARD_THREADS]; // of the rank as a whole, or by place on the board
};

struct mail {
    const struct board *board;
    int ranks;
    // By sender and place in its ring: given to a receive (or perhaps to one that takes any).
    bool given[BOARD_RANKS][BOARD_SENT];
    bool maybe[BOARD_RANKS][BOARD_SENT];
};

enum { WAITERS = 1024, SLEEPERS = 4096 };
struct graph {
    const struct watch *watch;
    const struct holds_watch *holds; // names threads of OpenMP; NULL: nothing is known of them
    int ranks, stuck;
    bool others; // some rank has threads that may act while one waits
    int waiter_count, sleeper_count;
    struct node nodes[BOARD_RANKS];
    struct waiter waiters[WAITERS];
    struct task sleepers[SLEEPERS];
};

static inline bool has(const struct ranks *set, int rank) {
    return set->bits[rank / 64] >> (rank % 64) & 1;
}
static inline void put(struct ranks *set, int rank) {
    set->bits[rank / 64] |= (uint64_t)1 << (rank % 64);
}

// The communicator with that id; NULL: it is not on the board.
const struct board_comm *comm_find(const struct board *board, uint32_t id);
// A rank's place in it; -1: it is no member.
int comm_place(const struct board_comm *comm, int rank);
// "MPI_COMM_WORLD", "the communicator of 3 ranks made at mpi.c:12".
void say_comm(char *text, size_t cap, const struct board *board, uint32_t id);

// Is it in a standard send that waits only since it was made to?
static inline bool waiter_is_synchronised(const struct waiter *waiter) {
    return !waiter->shown && waiter->at->synchronised;
}

// May this one of its clauses come true, as far as the look knows?
bool clause_is_met(const struct graph *graph, const struct waiter *waiter,
                   const struct clause *clause);

// Looks at the board once. True: some ranks are stuck for ever; nodes[].stuck says which, and their
// clauses why.
bool graph_look(struct graph *graph);

// -- waiters.c: who of a rank waits ---------------------------------------------------------------------

// Fills in the rank's node, but for the clauses.
void waiters_find(struct graph *graph, int rank);
// Have they not moved since, of a rank that is stuck or in MPI_Finalize?
bool waiters_are_still(const struct graph *graph, int rank);

// -- clauses.c: what would end its call -----------------------------------------------------------------

// met: of the rank's requests, as mail_give() says.
void clauses_find(const struct graph *graph, const struct mail *mail, const bool *met,
                  struct waiter *waiter);

// -- mail.c: which messages meet which receives ---------------------------------------------------------

// Gives out all mail to `rank`. met[i]: its asked[i] has a message; waiters[].met: so has the call that
// such a one of it is in (a receive or a probe).
void mail_give(struct mail *mail, int rank, struct waiter *waiters, int count, bool *met);
// Is it still on its way, and not just received?
bool mail_flies(const struct board *board, int from, uint64_t number);
// Is this message of `from` met by a receive?
bool mail_is_given(const struct mail *mail, int from, int64_t number);

// -- deadlock.c: a graph as a finding --------------------------------------------------------------------

void deadlock_say(const struct graph *graph, struct findings *findings);
// Are there among the stuck ranks some in a standard send that waits only since it was made to, and
// which wait in a circle?
bool deadlock_is_soft(const struct graph *graph);

#endif
