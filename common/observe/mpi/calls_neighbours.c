// SPDX-License-Identifier: MIT
//
// calls_neighbours.c: collectives among the neighbours of a topology. All members of the
// communicator make the same ones in the same order, as any other; but a rank waits only for the
// neighbours whose blocks it receives, and only what two neighbours say of their block is compared.

#include "checker.h"

#define LIST(...) __VA_ARGS__ // many arguments, handed on as one

// The neighbours of this rank, by rank in the communicator, in the order of their blocks; an edge of
// a grid has MPI_PROC_NULL.
struct topology {
    int ins, outs;
    int in[BOARD_RANKS], out[BOARD_RANKS];
};

static bool grid(MPI_Comm handle, struct topology *t) {
    int dims = 0;
    if (PMPI_Cartdim_get(handle, &dims) != MPI_SUCCESS || 2 * dims > BOARD_RANKS)
        return false;
    for (int d = 0; d < dims; d++)
        if (PMPI_Cart_shift(handle, d, 1, &t->in[2 * d], &t->in[2 * d + 1]) != MPI_SUCCESS)
            return false;
    t->ins = t->outs = 2 * dims;
    for (int i = 0; i < t->ins; i++)
        t->out[i] = t->in[i];
    return true;
}

static bool graph(MPI_Comm handle, int rank, struct topology *t) {
    if (PMPI_Graph_neighbors_count(handle, rank, &t->ins) != MPI_SUCCESS || t->ins > BOARD_RANKS ||
        PMPI_Graph_neighbors(handle, rank, t->ins, t->in) != MPI_SUCCESS)
        return false;
    t->outs = t->ins;
    for (int i = 0; i < t->ins; i++)
        t->out[i] = t->in[i];
    return true;
}

static bool dist_graph(MPI_Comm handle, struct topology *t) {
    int weighted, weight[BOARD_RANKS], other[BOARD_RANKS];
    return PMPI_Dist_graph_neighbors_count(handle, &t->ins, &t->outs, &weighted) == MPI_SUCCESS &&
           t->ins <= BOARD_RANKS && t->outs <= BOARD_RANKS &&
           PMPI_Dist_graph_neighbors(handle, t->ins, t->in, weight, t->outs, t->out, other) ==
               MPI_SUCCESS;
}

// False: they cannot be told, or are more than fit.
static bool topology_of(const struct comm *comm, struct topology *t) {
    int kind = MPI_UNDEFINED;
    t->ins = t->outs = 0;
    if (comm->size > BOARD_RANKS || PMPI_Topo_test(comm->handle, &kind) != MPI_SUCCESS)
        return false;
    return kind == MPI_CART         ? grid(comm->handle, t)
           : kind == MPI_GRAPH      ? graph(comm->handle, comm->rank, t)
           : kind == MPI_DIST_GRAPH ? dist_graph(comm->handle, t)
                                    : false;
}

// Block number i goes to or comes from whom[i]: so many items, by rank; -1: none, or several that
// differ, which are not compared.
static void items(const int *whom, int number, const int *counts, int each, int *of, int size) {
    static bool seen[BOARD_RANKS];
    for (int r = 0; r < size; r++) {
        of[r] = -1;
        seen[r] = false;
    }
    for (int i = 0; i < number; i++) {
        const int count = counts ? counts[i] : each;
        if (whom[i] < 0 || whom[i] >= size)
            continue;
        of[whom[i]] = seen[whom[i]] && of[whom[i]] != count ? -1 : count;
        seen[whom[i]] = true;
    }
}

// What one rank says of its blocks; NULL counts: all have `each`. MPI_DATATYPE_NULL: the types
// differ, and nothing is compared.
struct side {
    const int *counts;
    int each;
    MPI_Datatype type;
};

// Notes whom the slot's call waits for, and compares its blocks with the neighbours'.
static void near_tell(MPI_Comm handle, const struct side *out, const struct side *in) {
    static struct topology t;
    static int to[BOARD_RANKS], from[BOARD_RANKS];
    struct comm *const comm = comm_of(handle);
    if (!comm || !comm->shown || !self.slot->round || !topology_of(comm, &t))
        return;
    for (int i = 0; i < t.ins; i++)
        if (t.in[i] >= 0 && t.in[i] < comm->size)
            comm->shown->near[comm->rank][t.in[i] / 64] |= (uint64_t)1 << t.in[i] % 64;
    if (out->type == MPI_DATATYPE_NULL || in->type == MPI_DATATYPE_NULL)
        return;
    items(t.out, t.outs, out->counts, out->each, to, comm->size);
    items(t.in, t.ins, in->counts, in->each, from, comm->size);
    blocks_tell(comm, &(struct blocks){.to = BLOCKS_ALL,
                                       .out = to,
                                       .out_type = out->type,
                                       .from = BLOCKS_ALL,
                                       .in = from,
                                       .in_type = in->type});
}

// name, its non-blocking twin, parameters, arguments, the two sides.
#define NEAR_ROUND(name, iname, params, args, outside, inside) \
    int MPI_##name(params) { \
        ENTER(name, PMPI_##name(args)); \
        const struct round round = {.root = -1, .bytes = -1, .op = MPI_OP_NULL}; \
        if (!round_enter(CALL_##name, comm, &round, HERE)) \
            return PMPI_##name(args); \
        const bool known = self.slot->round > 0; \
        near_tell(comm, &(struct side){outside}, &(struct side){inside}); \
        call_waits(known); \
        const int error = PMPI_##name(args); \
        call_waited(known); \
        return error; \
    } \
    int MPI_##iname(params, MPI_Request *request) { \
        ENTER(iname, PMPI_##iname(args, request)); \
        const struct round round = {.root = -1, .bytes = -1, .op = MPI_OP_NULL}; \
        if (!round_enter(CALL_##iname, comm, &round, HERE)) \
            return PMPI_##iname(args, request); \
        struct board_asked asked; \
        near_tell(comm, &(struct side){outside}, &(struct side){inside}); \
        round_asked(&asked); \
        const int error = PMPI_##iname(args, request); \
        if (error == MPI_SUCCESS) \
            request_add(request, comm, &asked, NULL, false); \
        return error; \
    }

NEAR_ROUND(Neighbor_allgather, Ineighbor_allgather,
           LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
                MPI_Comm comm),
           LIST(out, n, type, in, inn, intype, comm), LIST(.each = n, .type = type),
           LIST(.each = inn, .type = intype))
NEAR_ROUND(Neighbor_allgatherv, Ineighbor_allgatherv,
           LIST(const void *out, int n, MPI_Datatype type, void *in, const int inn[],
                const int at[], MPI_Datatype intype, MPI_Comm comm),
           LIST(out, n, type, in, inn, at, intype, comm), LIST(.each = n, .type = type),
           LIST(.counts = inn, .type = intype))
NEAR_ROUND(Neighbor_alltoall, Ineighbor_alltoall,
           LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
                MPI_Comm comm),
           LIST(out, n, type, in, inn, intype, comm), LIST(.each = n, .type = type),
           LIST(.each = inn, .type = intype))
NEAR_ROUND(Neighbor_alltoallv, Ineighbor_alltoallv,
           LIST(const void *out, const int n[], const int at[], MPI_Datatype type, void *in,
                const int inn[], const int inat[], MPI_Datatype intype, MPI_Comm comm),
           LIST(out, n, at, type, in, inn, inat, intype, comm), LIST(.counts = n, .type = type),
           LIST(.counts = inn, .type = intype))
NEAR_ROUND(Neighbor_alltoallw, Ineighbor_alltoallw,
           LIST(const void *out, const int n[], const MPI_Aint at[], const MPI_Datatype types[],
                void *in, const int inn[], const MPI_Aint inat[], const MPI_Datatype intypes[],
                MPI_Comm comm),
           LIST(out, n, at, types, in, inn, inat, intypes, comm), LIST(.type = MPI_DATATYPE_NULL),
           LIST(.type = MPI_DATATYPE_NULL))
