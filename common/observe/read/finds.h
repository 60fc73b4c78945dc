// SPDX-License-Identifier: MIT
//
// finds.h: the part of reader.h that few files share: a find of several ranks, and the sentences
// about it.

#ifndef TWOFOLD_FINDS_H
#define TWOFOLD_FINDS_H

#include "graph.h"

// A finding, with all ranks that have it.
struct group {
    const struct board_find *find; // of the first rank
    const struct board_slot *slot;
    const struct board *board;
    int ranks[BOARD_RANKS], count;
    bool turned;               // place is that of the other access, and `other` the find's own
    struct place place, other; // other: of a find that is of two places alike
};

// -- calls that do not go together (calls.c) --------------------------------------------------------

void mpi_error(const struct group *g, struct evidence *e);
void coll_call(const struct group *g, struct evidence *e);
void coll_root(const struct group *g, struct evidence *e);
void coll_op(const struct group *g, struct evidence *e);
void coll_type(const struct group *g, struct evidence *e);
void coll_count(const struct group *g, struct evidence *e);
void block_count(const struct group *g, struct evidence *e);
void block_type(const struct group *g, struct evidence *e);
void type_differs(const struct group *g, struct evidence *e);

// -- requests, and what is never freed (handles.c) -----------------------------------------------------

void request_left(const struct group *g, struct evidence *e);
void never_started(const struct group *g, struct evidence *e);
void persistent_left(const struct group *g, struct evidence *e);
void started_twice(const struct group *g, struct evidence *e);
void freed_active(const struct group *g, struct evidence *e);
void left_comm(const struct group *g, struct evidence *e);
void left_group(const struct group *g, struct evidence *e);
void left_type(const struct group *g, struct evidence *e);
void left_op(const struct group *g, struct evidence *e);
void left_win(const struct group *g, struct evidence *e);
void left_file(const struct group *g, struct evidence *e);
void left_info(const struct group *g, struct evidence *e);

// -- memory that MPI still uses (buffers.c) ----------------------------------------------------------

void send_changed(const struct group *g, struct evidence *e);
void overlap(const struct group *g, struct evidence *e);
void touched(const struct group *g, struct evidence *e);
void after_end(const struct group *g, struct evidence *e);
void alias(const struct group *g, struct evidence *e);
void no_buffer(const struct group *g, struct evidence *e);
void out_of_scope(const struct group *g, struct evidence *e);
void receive_written(const struct group *g, struct evidence *e);

// -- threads (levels.c) ----------------------------------------------------------------------------

void other_thread(const struct group *g, struct evidence *e);
void two_threads(const struct group *g, struct evidence *e);
void same_comm(const struct group *g, struct evidence *e);
void probe_taken(const struct group *g, struct evidence *e);

// -- one-sided communication (windows.c) -----------------------------------------------------------

void no_epoch(const struct group *g, struct evidence *e);
void locked_twice(const struct group *g, struct evidence *e);
void not_locked(const struct group *g, struct evidence *e);
void epoch_order(const struct group *g, struct evidence *e);
void epoch_open(const struct group *g, struct evidence *e);
void beyond(const struct group *g, struct evidence *e);
void conflict(const struct group *g, struct evidence *e);

#endif
