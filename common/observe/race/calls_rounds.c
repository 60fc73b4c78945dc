// SPDX-License-Identifier: MIT
//
// calls_rounds.c: collectives, blocking or not: which blocks each reads and which it writes. What
// counts at the root alone is not looked at elsewhere.

#include "side.h"

#define CALLER __builtin_return_address(0)

// Sides: nothing; one block; one as long for each rank; one of its own for each.
#define NOTHING .at = NULL
#define ONE(where, n, what) .at = where, .blocks = 1, .each = n, .type = what
#define ALL(where, n, what) .at = where, .blocks = me.size, .each = n, .type = what
#define VARIED(where, n, from, what) \
    .at = where, .blocks = me.size, .counts = n, .offsets = from, .type = what
#define TYPED(where, n, from, what) \
    .at = where, .blocks = me.size, .counts = n, .offsets = from, .types = what

#define AT_ROOT(where) (me.rank == root ? (where) : NULL)
// In place: the block that this rank would send already stands where it is received.
#define IN_PLACE(out) .but_own = (out) == MPI_IN_PLACE
// .. of a reduction: what is to be reduced does.
#define FROM(out, in) ((out) == MPI_IN_PLACE ? (in) : (out))

static int sum(const int *counts, int size) {
    int all = 0;
    for (int i = 0; i < size; i++)
        all += counts[i];
    return all;
}

// name, its non-blocking twin, parameters, arguments, what is read, what is written.
#define ROUND(name, iname, params, args, outside, inside) \
    WEAK(PMPI_##name); \
    int MPI_##name(params) { \
        const struct member me = member_of(comm); \
        side_touch(&(struct side){outside}, me, false, CALLER, USER_CALL); \
        message_sent(); \
        const int result = PMPI_##name(args); \
        message_received(); \
        if (result == MPI_SUCCESS) \
            side_touch(&(struct side){inside}, me, true, CALLER, USER_CALL); \
        return result; \
    } \
    WEAK(PMPI_##iname); \
    int MPI_##iname(params, MPI_Request *request) { \
        const struct member me = member_of(comm); \
        message_sent(); \
        const int result = PMPI_##iname(args, request); \
        if (result != MPI_SUCCESS) \
            return result; \
        void *const begun = pending_begin(); \
        side_touch(&(struct side){outside}, me, false, CALLER, USER_ROUND); \
        side_touch(&(struct side){inside}, me, true, CALLER, USER_ROUND); \
        pending_end(begun, request_token(*request)); \
        return result; \
    }

ROUND(Barrier, Ibarrier, MPI_Comm comm, comm, NOTHING, NOTHING)
ROUND(Bcast, Ibcast, LIST(void *buf, int n, MPI_Datatype type, int root, MPI_Comm comm),
      LIST(buf, n, type, root, comm), ONE(AT_ROOT(buf), n, type),
      ONE(me.rank == root ? NULL : buf, n, type))
ROUND(Gather, Igather,
      LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
           int root, MPI_Comm comm),
      LIST(out, n, type, in, inn, intype, root, comm), ONE(out, n, type),
      LIST(ALL(AT_ROOT(in), inn, intype), IN_PLACE(out)))
ROUND(Gatherv, Igatherv,
      LIST(const void *out, int n, MPI_Datatype type, void *in, const int inn[], const int at[],
           MPI_Datatype intype, int root, MPI_Comm comm),
      LIST(out, n, type, in, inn, at, intype, root, comm), ONE(out, n, type),
      LIST(VARIED(AT_ROOT(in), inn, at, intype), IN_PLACE(out)))
ROUND(Scatter, Iscatter,
      LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
           int root, MPI_Comm comm),
      LIST(out, n, type, in, inn, intype, root, comm), ALL(AT_ROOT(out), n, type),
      ONE(in, inn, intype))
ROUND(Scatterv, Iscatterv,
      LIST(const void *out, const int n[], const int at[], MPI_Datatype type, void *in, int inn,
           MPI_Datatype intype, int root, MPI_Comm comm),
      LIST(out, n, at, type, in, inn, intype, root, comm), VARIED(AT_ROOT(out), n, at, type),
      ONE(in, inn, intype))
ROUND(Allgather, Iallgather,
      LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
           MPI_Comm comm),
      LIST(out, n, type, in, inn, intype, comm), ONE(out, n, type),
      LIST(ALL(in, inn, intype), IN_PLACE(out)))
ROUND(Allgatherv, Iallgatherv,
      LIST(const void *out, int n, MPI_Datatype type, void *in, const int inn[], const int at[],
           MPI_Datatype intype, MPI_Comm comm),
      LIST(out, n, type, in, inn, at, intype, comm), ONE(out, n, type),
      LIST(VARIED(in, inn, at, intype), IN_PLACE(out)))
ROUND(Alltoall, Ialltoall,
      LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
           MPI_Comm comm),
      LIST(out, n, type, in, inn, intype, comm), ALL(out, n, type),
      LIST(ALL(in, inn, intype), IN_PLACE(out)))
ROUND(Alltoallv, Ialltoallv,
      LIST(const void *out, const int n[], const int at[], MPI_Datatype type, void *in,
           const int inn[], const int inat[], MPI_Datatype intype, MPI_Comm comm),
      LIST(out, n, at, type, in, inn, inat, intype, comm), VARIED(out, n, at, type),
      LIST(VARIED(in, inn, inat, intype), IN_PLACE(out)))
ROUND(Alltoallw, Ialltoallw,
      LIST(const void *out, const int n[], const int at[], const MPI_Datatype types[], void *in,
           const int inn[], const int inat[], const MPI_Datatype intypes[], MPI_Comm comm),
      LIST(out, n, at, types, in, inn, inat, intypes, comm), TYPED(out, n, at, types),
      LIST(TYPED(in, inn, inat, intypes), IN_PLACE(out)))
ROUND(Reduce, Ireduce,
      LIST(const void *out, void *in, int n, MPI_Datatype type, MPI_Op op, int root, MPI_Comm comm),
      LIST(out, in, n, type, op, root, comm), ONE(out, n, type), ONE(AT_ROOT(in), n, type))
ROUND(Allreduce, Iallreduce,
      LIST(const void *out, void *in, int n, MPI_Datatype type, MPI_Op op, MPI_Comm comm),
      LIST(out, in, n, type, op, comm), ONE(out, n, type), ONE(in, n, type))
ROUND(Scan, Iscan,
      LIST(const void *out, void *in, int n, MPI_Datatype type, MPI_Op op, MPI_Comm comm),
      LIST(out, in, n, type, op, comm), ONE(out, n, type), ONE(in, n, type))
// (the first rank receives nothing)
ROUND(Exscan, Iexscan,
      LIST(const void *out, void *in, int n, MPI_Datatype type, MPI_Op op, MPI_Comm comm),
      LIST(out, in, n, type, op, comm), ONE(FROM(out, in), n, type),
      ONE(me.rank == 0 ? NULL : in, n, type))
ROUND(Reduce_scatter, Ireduce_scatter,
      LIST(const void *out, void *in, const int inn[], MPI_Datatype type, MPI_Op op, MPI_Comm comm),
      LIST(out, in, inn, type, op, comm), ONE(FROM(out, in), sum(inn, me.size), type),
      ONE(in, me.size ? inn[me.rank] : 0, type))
ROUND(Reduce_scatter_block, Ireduce_scatter_block,
      LIST(const void *out, void *in, int inn, MPI_Datatype type, MPI_Op op, MPI_Comm comm),
      LIST(out, in, inn, type, op, comm), ALL(FROM(out, in), inn, type), ONE(in, inn, type))

// Among the neighbours of a topology: only the order that they give is kept.
ROUND(Neighbor_allgather, Ineighbor_allgather,
      LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
           MPI_Comm comm),
      LIST(out, n, type, in, inn, intype, comm), NOTHING, NOTHING)
ROUND(Neighbor_allgatherv, Ineighbor_allgatherv,
      LIST(const void *out, int n, MPI_Datatype type, void *in, const int inn[], const int at[],
           MPI_Datatype intype, MPI_Comm comm),
      LIST(out, n, type, in, inn, at, intype, comm), NOTHING, NOTHING)
ROUND(Neighbor_alltoall, Ineighbor_alltoall,
      LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
           MPI_Comm comm),
      LIST(out, n, type, in, inn, intype, comm), NOTHING, NOTHING)
ROUND(Neighbor_alltoallv, Ineighbor_alltoallv,
      LIST(const void *out, const int n[], const int at[], MPI_Datatype type, void *in,
           const int inn[], const int inat[], MPI_Datatype intype, MPI_Comm comm),
      LIST(out, n, at, type, in, inn, inat, intype, comm), NOTHING, NOTHING)
ROUND(Neighbor_alltoallw, Ineighbor_alltoallw,
      LIST(const void *out, const int n[], const MPI_Aint at[], const MPI_Datatype types[],
           void *in, const int inn[], const MPI_Aint inat[], const MPI_Datatype intypes[],
           MPI_Comm comm),
      LIST(out, n, at, types, in, inn, inat, intypes, comm), NOTHING, NOTHING)
