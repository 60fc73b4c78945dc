// SPDX-License-Identifier: MIT
//
// rounds.c: the calls that all ranks of a communicator make together. See count.h.

#include "count.h"

// -- collectives ---------------------------------------------------------------------------------

// Does this rank hold the root's buffer? (Between two groups the root says MPI_ROOT.)
static bool is_root(int root, MPI_Comm comm) {
    int inter = 0;
    PMPI_Comm_test_inter(comm, &inter);
    return inter ? root == MPI_ROOT : root == rank_of(comm);
}

// How many ranks a rank exchanges with in an all-to-all.
static int others(MPI_Comm comm) {
    int inter = 0, size = 0;
    PMPI_Comm_test_inter(comm, &inter);
    if (inter)
        PMPI_Comm_remote_size(comm, &size);
    else
        PMPI_Comm_size(comm, &size);
    return size;
}

// How many neighbours a rank sends to.
static int neighbours(MPI_Comm comm) {
    int kind = MPI_UNDEFINED, n = 0, in = 0, weighted = 0;
    PMPI_Topo_test(comm, &kind);
    if (kind == MPI_CART) {
        PMPI_Cartdim_get(comm, &n);
        n *= 2;
    } else if (kind == MPI_GRAPH) {
        PMPI_Graph_neighbors_count(comm, rank_of(comm), &n);
    } else if (kind == MPI_DIST_GRAPH) {
        PMPI_Dist_graph_neighbors_count(comm, &in, &n, &weighted);
    }
    return n;
}

static uint64_t sum_of(int n, const int counts[], MPI_Datatype type) {
    uint64_t sum = 0;
    for (int i = 0; i < n; i++)
        sum += size_of(counts[i], type);
    return sum;
}

static uint64_t sum_of_types(int n, const int counts[], const MPI_Datatype types[]) {
    uint64_t sum = 0;
    for (int i = 0; i < n; i++)
        sum += size_of(counts[i], types[i]);
    return sum;
}

// With MPI_IN_PLACE the arguments of the send side mean nothing, those of the receive side count.
static uint64_t block(const void *out, int n, MPI_Datatype type, int inn, MPI_Datatype intype) {
    return out == MPI_IN_PLACE ? size_of(inn, intype) : size_of(n, type);
}

#define COLLECTIVE(name, iname, params, args, given) \
    int MPI_##name(params) { \
        WAITING(PMPI_##name(args), collective(given)); \
    } \
    int MPI_##iname(params, MPI_Request *request) { \
        PROMPT(PMPI_##iname(args, request), collective(given)); \
    }
COLLECTIVE(Barrier, Ibarrier, MPI_Comm comm, comm, 0)
COLLECTIVE(Bcast, Ibcast, LIST(void *buf, int n, MPI_Datatype type, int root, MPI_Comm comm),
           LIST(buf, n, type, root, comm), is_root(root, comm) ? size_of(n, type) : 0)
COLLECTIVE(Gather, Igather,
           LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
                int root, MPI_Comm comm),
           LIST(out, n, type, in, inn, intype, root, comm),
           out == MPI_IN_PLACE || root == MPI_ROOT ? 0 : size_of(n, type))
COLLECTIVE(Gatherv, Igatherv,
           LIST(const void *out, int n, MPI_Datatype type, void *in, const int inn[],
                const int at[], MPI_Datatype intype, int root, MPI_Comm comm),
           LIST(out, n, type, in, inn, at, intype, root, comm),
           out == MPI_IN_PLACE || root == MPI_ROOT ? 0 : size_of(n, type))
COLLECTIVE(Scatter, Iscatter,
           LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
                int root, MPI_Comm comm),
           LIST(out, n, type, in, inn, intype, root, comm),
           is_root(root, comm) ? (uint64_t)others(comm) * size_of(n, type) : 0)
COLLECTIVE(Scatterv, Iscatterv,
           LIST(const void *out, const int n[], const int at[], MPI_Datatype type, void *in,
                int inn, MPI_Datatype intype, int root, MPI_Comm comm),
           LIST(out, n, at, type, in, inn, intype, root, comm),
           is_root(root, comm) ? sum_of(others(comm), n, type) : 0)
COLLECTIVE(Allgather, Iallgather,
           LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
                MPI_Comm comm),
           LIST(out, n, type, in, inn, intype, comm), block(out, n, type, inn, intype))
COLLECTIVE(Allgatherv, Iallgatherv,
           LIST(const void *out, int n, MPI_Datatype type, void *in, const int inn[],
                const int at[], MPI_Datatype intype, MPI_Comm comm),
           LIST(out, n, type, in, inn, at, intype, comm),
           block(out, n, type, inn[out == MPI_IN_PLACE ? rank_of(comm) : 0], intype))
COLLECTIVE(Alltoall, Ialltoall,
           LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
                MPI_Comm comm),
           LIST(out, n, type, in, inn, intype, comm),
           (uint64_t)others(comm) * block(out, n, type, inn, intype))
COLLECTIVE(Alltoallv, Ialltoallv,
           LIST(const void *out, const int n[], const int at[], MPI_Datatype type, void *in,
                const int inn[], const int inat[], MPI_Datatype intype, MPI_Comm comm),
           LIST(out, n, at, type, in, inn, inat, intype, comm),
           out == MPI_IN_PLACE ? sum_of(others(comm), inn, intype) : sum_of(others(comm), n, type))
COLLECTIVE(Alltoallw, Ialltoallw,
           LIST(const void *out, const int n[], const int at[], const MPI_Datatype types[],
                void *in, const int inn[], const int inat[], const MPI_Datatype intypes[],
                MPI_Comm comm),
           LIST(out, n, at, types, in, inn, inat, intypes, comm),
           out == MPI_IN_PLACE ? sum_of_types(others(comm), inn, intypes)
                               : sum_of_types(others(comm), n, types))
COLLECTIVE(Reduce, Ireduce,
           LIST(const void *out, void *in, int n, MPI_Datatype type, MPI_Op op, int root,
                MPI_Comm comm),
           LIST(out, in, n, type, op, root, comm), root == MPI_ROOT ? 0 : size_of(n, type))
COLLECTIVE(Allreduce, Iallreduce,
           LIST(const void *out, void *in, int n, MPI_Datatype type, MPI_Op op, MPI_Comm comm),
           LIST(out, in, n, type, op, comm), size_of(n, type))
COLLECTIVE(Scan, Iscan,
           LIST(const void *out, void *in, int n, MPI_Datatype type, MPI_Op op, MPI_Comm comm),
           LIST(out, in, n, type, op, comm), size_of(n, type))
COLLECTIVE(Exscan, Iexscan,
           LIST(const void *out, void *in, int n, MPI_Datatype type, MPI_Op op, MPI_Comm comm),
           LIST(out, in, n, type, op, comm), size_of(n, type))
COLLECTIVE(Reduce_scatter, Ireduce_scatter,
           LIST(const void *out, void *in, const int inn[], MPI_Datatype type, MPI_Op op,
                MPI_Comm comm),
           LIST(out, in, inn, type, op, comm), sum_of(others(comm), inn, type))
COLLECTIVE(Reduce_scatter_block, Ireduce_scatter_block,
           LIST(const void *out, void *in, int inn, MPI_Datatype type, MPI_Op op, MPI_Comm comm),
           LIST(out, in, inn, type, op, comm), (uint64_t)others(comm) * size_of(inn, type))

COLLECTIVE(Neighbor_allgather, Ineighbor_allgather,
           LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
                MPI_Comm comm),
           LIST(out, n, type, in, inn, intype, comm), size_of(n, type))
COLLECTIVE(Neighbor_allgatherv, Ineighbor_allgatherv,
           LIST(const void *out, int n, MPI_Datatype type, void *in, const int inn[],
                const int at[], MPI_Datatype intype, MPI_Comm comm),
           LIST(out, n, type, in, inn, at, intype, comm), size_of(n, type))
COLLECTIVE(Neighbor_alltoall, Ineighbor_alltoall,
           LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
                MPI_Comm comm),
           LIST(out, n, type, in, inn, intype, comm), (uint64_t)neighbours(comm) * size_of(n, type))
COLLECTIVE(Neighbor_alltoallv, Ineighbor_alltoallv,
           LIST(const void *out, const int n[], const int at[], MPI_Datatype type, void *in,
                const int inn[], const int inat[], MPI_Datatype intype, MPI_Comm comm),
           LIST(out, n, at, type, in, inn, inat, intype, comm), sum_of(neighbours(comm), n, type))
COLLECTIVE(Neighbor_alltoallw, Ineighbor_alltoallw,
           LIST(const void *out, const int n[], const MPI_Aint at[], const MPI_Datatype types[],
                void *in, const int inn[], const MPI_Aint inat[], const MPI_Datatype intypes[],
                MPI_Comm comm),
           LIST(out, n, at, types, in, inn, inat, intypes, comm),
           sum_of_types(neighbours(comm), n, types))
