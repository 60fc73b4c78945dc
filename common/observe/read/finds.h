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
    struct place place, other; // other: of a conflict only
};

// -- memory that MPI still uses (buffers.c) ----------------------------------------------------------

void send_changed(const struct group *g, struct evidence *e);
void overlap(const struct group *g, struct evidence *e);
void touched(const struct group *g, struct evidence *e);
void out_of_scope(const struct group *g, struct evidence *e);
void receive_written(const struct group *g, struct evidence *e);

// -- threads (levels.c) ----------------------------------------------------------------------------

void other_thread(const struct group *g, struct evidence *e);
void two_threads(const struct group *g, struct evidence *e);

// -- one-sided communication (windows.c) -----------------------------------------------------------

void no_epoch(const struct group *g, struct evidence *e);
void locked_twice(const struct group *g, struct evidence *e);
void not_locked(const struct group *g, struct evidence *e);
void epoch_order(const struct group *g, struct evidence *e);
void epoch_open(const struct group *g, struct evidence *e);
void beyond(const struct group *g, struct evidence *e);
void conflict(const struct group *g, struct evidence *e);

#endif
