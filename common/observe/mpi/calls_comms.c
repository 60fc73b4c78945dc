// SPDX-License-Identifier: MIT
//
// calls_comms.c: making and freeing communicators. All members of the old one make the new one
// together, so these are collectives, too.

#include "checker.h"

#define LIST(...) __VA_ARGS__ // many arguments, handed on as one

#define MAKE(name, params, args) \
    int MPI_##name(MPI_Comm old, params, MPI_Comm *made) { \
        ENTER(name, PMPI_##name(old, args, made)); \
        const struct round round = {.root = -1, .bytes = -1, .op = MPI_OP_NULL}; \
        if (!round_enter(CALL_##name, old, &round, HERE)) \
            return PMPI_##name(old, args, made); \
        const uint64_t pc = self.slot->pc; \
        const bool known = self.slot->round > 0; \
        call_waits(known); \
        const int error = PMPI_##name(old, args, made); \
        call_waited(known); \
        if (error == MPI_SUCCESS) \
            comm_made(comm_of(old), *made, pc); \
        return error; \
    }
MAKE(Comm_split, LIST(int color, int key), LIST(color, key))
MAKE(Comm_split_type, LIST(int kind, int key, MPI_Info info), LIST(kind, key, info))
MAKE(Comm_create, MPI_Group group, group)
MAKE(Comm_dup_with_info, MPI_Info info, info)
MAKE(Cart_create, LIST(int n, const int dims[], const int periods[], int reorder),
     LIST(n, dims, periods, reorder))
MAKE(Cart_sub, const int remain[], remain)
MAKE(Graph_create, LIST(int n, const int index[], const int edges[], int reorder),
     LIST(n, index, edges, reorder))
MAKE(Dist_graph_create,
     LIST(int n, const int nodes[], const int degrees[], const int targets[], const int weights[],
          MPI_Info info, int reorder),
     LIST(n, nodes, degrees, targets, weights, info, reorder))
MAKE(Dist_graph_create_adjacent,
     LIST(int in, const int sources[], const int inw[], int out, const int targets[],
          const int outw[], MPI_Info info, int reorder),
     LIST(in, sources, inw, out, targets, outw, info, reorder))

int MPI_Comm_dup(MPI_Comm old, MPI_Comm *made) {
    ENTER(Comm_dup, PMPI_Comm_dup(old, made));
    const struct round round = {.root = -1, .bytes = -1, .op = MPI_OP_NULL};
    if (!round_enter(CALL_Comm_dup, old, &round, HERE))
        return PMPI_Comm_dup(old, made);
    const uint64_t pc = self.slot->pc;
    const bool known = self.slot->round > 0;
    call_waits(known);
    const int error = PMPI_Comm_dup(old, made);
    call_waited(known);
    if (error == MPI_SUCCESS)
        comm_made(comm_of(old), *made, pc);
    return error;
}

// -- two groups -----------------------------------------------------------------------------------------

int MPI_Intercomm_create(MPI_Comm local, int leader, MPI_Comm all, int other, int tag,
                         MPI_Comm *made) {
    ENTER(Intercomm_create, PMPI_Intercomm_create(local, leader, all, other, tag, made));
    const struct round round = {.root = leader, .bytes = -1, .op = MPI_OP_NULL};
    const bool known =
        round_enter(CALL_Intercomm_create, local, &round, HERE) && self.slot->round > 0;
    const uint64_t pc = self.slot ? self.slot->pc : 0;
    call_waits(known);
    const int error = PMPI_Intercomm_create(local, leader, all, other, tag, made);
    call_waited(known);
    if (error == MPI_SUCCESS && self.slot)
        comm_made_between(*made, pc);
    return error;
}

int MPI_Intercomm_merge(MPI_Comm old, int high, MPI_Comm *made) {
    ENTER(Intercomm_merge, PMPI_Intercomm_merge(old, high, made));
    call_note(CALL_Intercomm_merge, HERE);
    const uint64_t pc = self.slot ? self.slot->pc : 0;
    call_waits(false);
    const int error = PMPI_Intercomm_merge(old, high, made);
    call_waited(false);
    if (error == MPI_SUCCESS && self.slot)
        comm_made(comm_to(old), *made, pc);
    return error;
}

int MPI_Comm_free(MPI_Comm *comm) {
    ENTER(Comm_free, PMPI_Comm_free(comm));
    call_note(CALL_Comm_free, HERE);
    if (self.slot)
        comm_forget(*comm);
    call_waits(false);
    const int error = PMPI_Comm_free(comm);
    call_waited(false);
    return error;
}
