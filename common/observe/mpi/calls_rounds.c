// SPDX-License-Identifier: MIT
//
// calls_rounds.c: collectives, blocking or not. What is compared of each is what the standard asks
// to be the same: of a gather, the block that a rank sends against the block that the root expects
// of each; of one with different blocks for each rank, what each sends
// against what the other expects of it (blocks.c).

#include "checker.h"

#define LIST(...) __VA_ARGS__ // many arguments, handed on as one

static int64_t bytes_of(int count, MPI_Datatype type) {
    return count < 0 || type == MPI_DATATYPE_NULL ? -1 : (int64_t)count * type_of(type)->size;
}

static struct round plain_round(int root, int count, MPI_Datatype type, MPI_Op op) {
    return (struct round){.root = root,
                          .bytes = self.slot ? bytes_of(count, type) : -1,
                          .basic = self.slot ? type_of(type)->basic : 0,
                          .op = op};
}

// Nothing but call, root and operator is to be the same.
static struct round bare_round(int root, MPI_Op op) {
    return (struct round){.root = root, .bytes = -1, .op = op};
}

// One block, of the side that counts on this rank.
static struct round block_round(int root, bool second, int n, MPI_Datatype type, int n2,
                                MPI_Datatype type2) {
    return second ? plain_round(root, n2, type2, MPI_OP_NULL)
                  : plain_round(root, n, type, MPI_OP_NULL);
}

// Different blocks for each rank, of which all ranks give the same counts: their sum is compared.
static struct round counts_round(const int counts[], MPI_Datatype type, MPI_Op op,
                                 MPI_Comm handle) {
    const struct comm *const comm = self.slot ? comm_of(handle) : NULL;
    int64_t sum = 0;
    for (int i = 0; comm && i < comm->size; i++)
        sum += counts[i];
    return comm && sum >= 0 && sum <= INT32_MAX ? plain_round(-1, (int)sum, type, op)
                                                : bare_round(-1, op);
}

static bool am_root(int root, MPI_Comm handle) {
    const struct comm *const comm = self.slot ? comm_of(handle) : NULL;
    return comm && comm->rank == root;
}

// -- the buffers of this rank ------------------------------------------------------------------------

// What is read (out) and written (in), where it lies without gaps; NULL: nothing, or not looked at.
struct uses {
    const void *out;
    int n;
    MPI_Datatype type;
    void *in;
    int inn;
    MPI_Datatype intype;
    // -- of those whose blocks differ in size
    bool varied;
    struct blocks blocks;
};

static void vary(const struct uses *u, MPI_Comm handle) {
    const struct comm *const comm = u->varied ? comm_of(handle) : NULL;
    if (comm)
        blocks_tell(comm, &u->blocks);
}

static void touch(const struct uses *u) {
    buffers_apart(u->out, u->n, u->type, u->in, u->inn, u->intype);
    if (u->out && u->out != MPI_IN_PLACE)
        buffer_touch(u->out, u->n, u->type, false);
    if (u->in)
        buffer_touch(u->in, u->inn, u->intype, true);
}

static void lend(const struct uses *u) {
    buffers_apart(u->out, u->n, u->type, u->in, u->inn, u->intype);
    if (u->out && u->out != MPI_IN_PLACE)
        request_buffer(u->out, u->n, u->type, false);
    if (u->in)
        request_buffer(u->in, u->inn, u->intype, true);
}

// n blocks, of all ranks.
static int blocks(int n, MPI_Comm handle) {
    const struct comm *const comm = comm_of(handle);
    const int64_t all = comm ? (int64_t)n * comm->size : 0;
    return all <= INT32_MAX ? (int)all : 0;
}

#define OUT(at, count, what) .out = at, .n = count, .type = what
#define IN(at, count, what) .in = at, .inn = count, .intype = what

// name, its non-blocking twin, parameters, arguments, what is to be the same, struct uses.
#define ROUND(name, iname, params, args, said, ...) \
    int MPI_##name(params) { \
        ENTER(name, PMPI_##name(args)); \
        const struct round round = said; \
        if (!round_enter(CALL_##name, comm, &round, HERE)) \
            return PMPI_##name(args); \
        const bool known = self.slot->round > 0; \
        const struct uses uses = {__VA_ARGS__}; \
        vary(&uses, comm); \
        touch(&uses); \
        call_waits(known); \
        const int error = PMPI_##name(args); \
        call_waited(known); \
        return error; \
    } \
    int MPI_##iname(params, MPI_Request *request) { \
        ENTER(iname, PMPI_##iname(args, request)); \
        const struct round round = said; \
        if (!round_enter(CALL_##iname, comm, &round, HERE)) \
            return PMPI_##iname(args, request); \
        struct board_asked asked; \
        const struct uses uses = {__VA_ARGS__}; \
        vary(&uses, comm); \
        round_asked(&asked); \
        const int error = PMPI_##iname(args, request); \
        if (error == MPI_SUCCESS) { \
            request_add(request, comm, &asked, NULL, false); \
            lend(&uses); \
        } \
        return error; \
    }

ROUND(Barrier, Ibarrier, MPI_Comm comm, comm, bare_round(-1, MPI_OP_NULL), .out = NULL)
ROUND(Bcast, Ibcast, LIST(void *buf, int n, MPI_Datatype type, int root, MPI_Comm comm),
      LIST(buf, n, type, root, comm), plain_round(root, n, type, MPI_OP_NULL),
      .out = am_root(root, comm) ? buf : NULL, .n = n, .type = type,
      .in = am_root(root, comm) ? NULL : buf, .inn = n, .intype = type)
ROUND(Gather, Igather,
      LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
           int root, MPI_Comm comm),
      LIST(out, n, type, in, inn, intype, root, comm),
      block_round(root, am_root(root, comm), n, type, inn, intype), OUT(out, n, type),
      .in = am_root(root, comm) ? in : NULL, .inn = blocks(inn, comm), .intype = intype)
ROUND(Gatherv, Igatherv,
      LIST(const void *out, int n, MPI_Datatype type, void *in, const int inn[], const int at[],
           MPI_Datatype intype, int root, MPI_Comm comm),
      LIST(out, n, type, in, inn, at, intype, root, comm), bare_round(root, MPI_OP_NULL),
      OUT(out, n, type), .varied = true,
      .blocks = {.to = out == MPI_IN_PLACE ? BLOCKS_NONE : root,
                 .out_each = n,
                 .out_type = type,
                 .from = am_root(root, comm) ? BLOCKS_ALL : BLOCKS_NONE,
                 .in = inn,
                 .in_type = intype})
ROUND(Scatter, Iscatter,
      LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
           int root, MPI_Comm comm),
      LIST(out, n, type, in, inn, intype, root, comm),
      block_round(root, !am_root(root, comm), n, type, inn, intype),
      .out = am_root(root, comm) ? out : NULL, .n = blocks(n, comm), .type = type,
      .in = in == MPI_IN_PLACE ? NULL : in, .inn = inn, .intype = intype)
ROUND(Scatterv, Iscatterv,
      LIST(const void *out, const int n[], const int at[], MPI_Datatype type, void *in, int inn,
           MPI_Datatype intype, int root, MPI_Comm comm),
      LIST(out, n, at, type, in, inn, intype, root, comm), bare_round(root, MPI_OP_NULL),
      .in = in == MPI_IN_PLACE ? NULL : in, .inn = inn, .intype = intype, .varied = true,
      .blocks = {.to = am_root(root, comm) ? BLOCKS_ALL : BLOCKS_NONE,
                 .out = n,
                 .out_type = type,
                 .from = in == MPI_IN_PLACE ? BLOCKS_NONE : root,
                 .in_each = inn,
                 .in_type = intype})
ROUND(Allgather, Iallgather,
      LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
           MPI_Comm comm),
      LIST(out, n, type, in, inn, intype, comm), plain_round(-1, inn, intype, MPI_OP_NULL),
      OUT(out, n, type), IN(in, blocks(inn, comm), intype))
ROUND(Allgatherv, Iallgatherv,
      LIST(const void *out, int n, MPI_Datatype type, void *in, const int inn[], const int at[],
           MPI_Datatype intype, MPI_Comm comm),
      LIST(out, n, type, in, inn, at, intype, comm), bare_round(-1, MPI_OP_NULL), OUT(out, n, type),
      .varied = true,
      .blocks = {.to = out == MPI_IN_PLACE ? BLOCKS_NONE : BLOCKS_ALL,
                 .out_each = n,
                 .out_type = type,
                 .from = BLOCKS_ALL,
                 .in = inn,
                 .in_type = intype})
ROUND(Alltoall, Ialltoall,
      LIST(const void *out, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
           MPI_Comm comm),
      LIST(out, n, type, in, inn, intype, comm), plain_round(-1, inn, intype, MPI_OP_NULL),
      OUT(out, blocks(n, comm), type), IN(in, blocks(inn, comm), intype))
ROUND(Alltoallv, Ialltoallv,
      LIST(const void *out, const int n[], const int at[], MPI_Datatype type, void *in,
           const int inn[], const int inat[], MPI_Datatype intype, MPI_Comm comm),
      LIST(out, n, at, type, in, inn, inat, intype, comm), bare_round(-1, MPI_OP_NULL),
      .varied = true,
      .blocks = {.to = out == MPI_IN_PLACE ? BLOCKS_NONE : BLOCKS_ALL,
                 .out = n,
                 .out_type = type,
                 .from = BLOCKS_ALL,
                 .in = inn,
                 .in_type = intype})
ROUND(Alltoallw, Ialltoallw,
      LIST(const void *out, const int n[], const int at[], const MPI_Datatype types[], void *in,
           const int inn[], const int inat[], const MPI_Datatype intypes[], MPI_Comm comm),
      LIST(out, n, at, types, in, inn, inat, intypes, comm), bare_round(-1, MPI_OP_NULL),
      .varied = true,
      .blocks = {.to = out == MPI_IN_PLACE ? BLOCKS_NONE : BLOCKS_ALL,
                 .out = n,
                 .out_types = types,
                 .from = BLOCKS_ALL,
                 .in = inn,
                 .in_types = intypes})
ROUND(Reduce, Ireduce,
      LIST(const void *out, void *in, int n, MPI_Datatype type, MPI_Op op, int root, MPI_Comm comm),
      LIST(out, in, n, type, op, root, comm), plain_round(root, n, type, op), OUT(out, n, type),
      .in = am_root(root, comm) ? in : NULL, .inn = n, .intype = type)
ROUND(Allreduce, Iallreduce,
      LIST(const void *out, void *in, int n, MPI_Datatype type, MPI_Op op, MPI_Comm comm),
      LIST(out, in, n, type, op, comm), plain_round(-1, n, type, op), OUT(out, n, type),
      IN(in, n, type))
ROUND(Scan, Iscan,
      LIST(const void *out, void *in, int n, MPI_Datatype type, MPI_Op op, MPI_Comm comm),
      LIST(out, in, n, type, op, comm), plain_round(-1, n, type, op), OUT(out, n, type),
      IN(in, n, type))
ROUND(Exscan, Iexscan,
      LIST(const void *out, void *in, int n, MPI_Datatype type, MPI_Op op, MPI_Comm comm),
      LIST(out, in, n, type, op, comm), plain_round(-1, n, type, op), OUT(out, n, type),
      IN(in, n, type))
ROUND(Reduce_scatter, Ireduce_scatter,
      LIST(const void *out, void *in, const int inn[], MPI_Datatype type, MPI_Op op, MPI_Comm comm),
      LIST(out, in, inn, type, op, comm), counts_round(inn, type, op, comm), .out = NULL)
ROUND(Reduce_scatter_block, Ireduce_scatter_block,
      LIST(const void *out, void *in, int inn, MPI_Datatype type, MPI_Op op, MPI_Comm comm),
      LIST(out, in, inn, type, op, comm), plain_round(-1, inn, type, op),
      OUT(out, blocks(inn, comm), type), IN(in, inn, type))
