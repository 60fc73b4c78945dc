// SPDX-License-Identifier: MIT
//
// side.h: what a collective sends, or receives, on this rank: one block, or one for each rank.

#ifndef TWOFOLD_RACE_SIDE_H
#define TWOFOLD_RACE_SIDE_H

#include "message.h"

// This rank among those that take part. size 0: in a communicator of two groups, which use buffers in
// other ways; those are not looked at.
struct member {
    int rank, size;
};
struct member member_of(MPI_Comm comm);

struct side {
    const void *at;     // NULL or MPI_IN_PLACE: nothing
    int blocks;         // how many
    int each;           // elements of a block
    const int *counts;  // NULL: `each`
    const int *offsets; // in extents of the type, with `types` in bytes; NULL: one behind the other
    MPI_Datatype type;
    const MPI_Datatype *types; // NULL: `type`
    bool but_own;              // the rank's own block is left alone
};

// Touches all blocks.
void side_touch(const struct side *side, struct member me, bool written, void *caller,
                enum user user);

#endif
