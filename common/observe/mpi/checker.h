// SPDX-License-Identifier: MIT
//
// checker.h: the inside of build/lib/check.so, the part of the observer that lives in the program.
//
// Theory of operation. Each MPI_X that matters has a wrapper (calls_*.c) of the same shape: note
// on the board what the call is about to do (call_enter), call PMPI_X, say that it is over
// (call_leave), then note what came of it. What a call needs to be known by (communicators,
// datatypes, requests) is kept in tables of this process, keyed by MPI's handles.
//
// The checker never changes what a program computes. Without a board (none was made, it cannot be
// opened, it is another version's, too many ranks) every wrapper is just the call. What does not
// fit into a table is not followed, and the board says so (lost).
//
//     rank.c      the board, this rank's slot, entering and leaving, findings
//     life.c      MPI_Init to MPI_Finalize, signals, errors, exit
//     comms.c     communicators and how they are known to all their members
//     types.c     what a datatype consists of
//     messages.c  messages on their way
//     requests.c  requests
//     rounds.c    collectives compared
//     handles.c   what is made and must be freed

#ifndef TWOFOLD_CHECKER_H
#define TWOFOLD_CHECKER_H

#include "../board.h"
#include <mpi.h>
#include <stdbool.h>
#include <stddef.h>

// -- this rank (rank.c) ------------------------------------------------------------------------------

struct self {
    struct board *board;
    struct board_slot *slot; // NULL: nothing is noted
    int rank, size;          // in MPI_COMM_WORLD
    uint64_t order;          // receives posted so far
};
extern struct self self;

// Where the wrapper that uses this was called from.
#define HERE ((uint64_t)(uintptr_t)__builtin_return_address(0))

// Opens the board, after PMPI_Init; leaves self.slot NULL where it cannot.
void rank_attach(void);
// Begins to note a call. False: nothing is to be noted. Then the call's own fields are to be
// filled in, and call_inside() says that they hold.
bool call_enter(enum board_call call, uint64_t pc);
void call_inside(void);
// Right after PMPI_X returned.
void call_leave(void);
// A find of this call. One more of the same rule at the same place is counted, and NULL returned;
// so is one for which there is no room.
struct board_find *find_add(enum board_rule rule, uint64_t pc, uint64_t pc2);

#endif
