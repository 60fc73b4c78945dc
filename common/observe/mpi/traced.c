// SPDX-License-Identifier: MIT
//
// traced.c: what a trace (../trace/trace.h) shows of a rank.

#include "checker.h"

#include <stdarg.h>
#include <string.h>

// -- clocks -------------------------------------------------------------------------------------------

enum { ROUNDS = 12, TAG = 1 };

// How far this clock is ahead of rank 0's, in ns. Of several questions to rank 0 the one that was
// answered fastest counts: its answer was given half of that time ago (Cristian, 1989).
static int64_t ahead_of_0(MPI_Comm comm) {
    int64_t ahead = 0;
    uint64_t fastest = UINT64_MAX, theirs = 0;
    if (self.rank != 0) {
        for (int i = 0; i < ROUNDS; i++) {
            const uint64_t asked = trace_now();
            PMPI_Send(&i, 1, MPI_INT, 0, TAG, comm);
            PMPI_Recv(&theirs, 1, MPI_UINT64_T, 0, TAG, comm, MPI_STATUS_IGNORE);
            const uint64_t answered = trace_now();
            if (answered - asked < fastest) {
                fastest = answered - asked;
                ahead = (int64_t)(asked + fastest / 2 - theirs);
            }
        }
        return ahead;
    }
    for (int rank = 1; rank < self.size; rank++)
        for (int i = 0, got; i < ROUNDS; i++) {
            PMPI_Recv(&got, 1, MPI_INT, rank, TAG, comm, MPI_STATUS_IGNORE);
            const uint64_t now = trace_now();
            PMPI_Send(&now, 1, MPI_UINT64_T, rank, TAG, comm);
        }
    return 0;
}

// Not all ranks can see each other's memory: they are on several machines.
static bool many_nodes(void) {
    MPI_Comm node;
    int size = self.size;
    PMPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, self.rank, MPI_INFO_NULL, &node);
    PMPI_Comm_size(node, &size);
    PMPI_Comm_free(&node);
    return size < self.size;
}

void trace_rank(void) {
    MPI_Comm comm;
    self.trace->rank = self.rank;
    self.trace->ranks = self.size;
    if (many_nodes() && PMPI_Comm_dup(MPI_COMM_WORLD, &comm) == MPI_SUCCESS) {
        self.trace->ahead = ahead_of_0(comm);
        PMPI_Comm_free(&comm);
    }
}

// -- events -------------------------------------------------------------------------------------------

void trace_call(void) {
    const struct board_slot *const slot = self.slot;
    self.call = trace_begin(self.trace, TRACE_CALL, slot->pc);
    if (!self.call)
        return;
    self.call->what = (uint16_t)slot->call;
    self.call->peer = slot->mail_to >= 0 ? (int32_t)slot->mail_to : slot->peer;
    self.call->tag = slot->tag;
    self.call->bytes = slot->bytes;
}

static void message(enum trace_kind kind, int peer, const struct board_message *m) {
    struct trace_event *const event = trace_begin(self.trace, kind, m->pc);
    if (!event)
        return;
    event->peer = peer;
    event->tag = m->tag;
    event->bytes = m->bytes;
    event->number = (int64_t)m->number;
    event->what = (uint16_t)m->call;
    event->end = event->begin;
}

void trace_sent(const struct board_message *m) {
    message(TRACE_SENT, m->to, m);
}

void trace_taken(int from, const struct board_message *m) {
    message(TRACE_TAKEN, from, m);
}

int MPI_Pcontrol(const int level, ...) {
    static struct trace_event *kernel;
    if (self.trace && level == 1 && !kernel)
        kernel = trace_begin(self.trace, TRACE_KERNEL, HERE);
    if (kernel && level == 0) {
        kernel->end = trace_now();
        kernel = NULL;
    }
    return PMPI_Pcontrol(level);
}
