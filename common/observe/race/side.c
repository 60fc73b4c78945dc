// SPDX-License-Identifier: MIT
//
// side.c: see side.h.

#include "side.h"

WEAK(PMPI_Comm_rank);
WEAK(PMPI_Comm_size);
WEAK(PMPI_Comm_test_inter);
WEAK(PMPI_Type_get_extent);

struct member member_of(MPI_Comm comm) {
    struct member me = {-1, 0};
    int between = 1;
    if (PMPI_Comm_test_inter(comm, &between) != MPI_SUCCESS || between ||
        PMPI_Comm_rank(comm, &me.rank) != MPI_SUCCESS ||
        PMPI_Comm_size(comm, &me.size) != MPI_SUCCESS)
        me.size = 0;
    return me;
}

// Of the given block, in bytes from the side's begin.
static MPI_Aint offset_of(const struct side *side, int block, MPI_Datatype type) {
    MPI_Aint low = 0, extent = 0;
    const int number = side->offsets ? side->offsets[block] : block;
    if (side->types)
        return number;
    if (PMPI_Type_get_extent(type, &low, &extent) != MPI_SUCCESS)
        return 0;
    return extent * number * (side->offsets ? 1 : side->each);
}

void side_touch(const struct side *side, struct member me, bool written, void *caller,
                enum user user) {
    if (!side->at || side->at == MPI_IN_PLACE || me.size == 0)
        return;
    for (int i = 0; i < side->blocks; i++) {
        MPI_Datatype type = side->types ? side->types[i] : side->type;
        const int count = side->counts ? side->counts[i] : side->each;
        if (count > 0 && !(side->but_own && i == me.rank))
            buffer_touch(&(struct buffer){(const char *)side->at + offset_of(side, i, type), count,
                                          type, written, caller},
                         user);
    }
}
