// SPDX-License-Identifier: MIT
//
// mpi.c: manager and workers. What is one clause for threads is a protocol for ranks:
//
//     manager -> worker   one int: the number of a row, or STOP
//     worker -> manager   a row of counts; the tag is the row's number
//
// Nobody waits: the manager computes too, in pieces so small that messages do not lie long; and a
// worker has its next row before it has finished this one, and computes it while this one travels.

#include "mandelbrot.h"

#include <stdlib.h>

enum {
    MANAGER = 0,
    STOP = -1,
    AHEAD = 2, // rows that a worker has: one at work, one in store
    PIECE = 64 // pixels the manager computes between two looks
};

static void deal(int row, int worker, MPI_Comm comm) {
    MPI_Send(&row, 1, MPI_INT, worker, 0, comm);
}

static void manage(struct mandelbrot *m, int size, MPI_Comm comm) {
    const int n = m->n;
    int next = 0;            // the first row that nobody has
    int done = 0;            // rows that are in the picture
    int mine = 0, begun = n; // the manager's own row, and how much of it is done: all

    // Decompose: the first rows for every worker; the rest as they come back.
    for (int i = 0; i < AHEAD; i++)
        for (int worker = 1; worker < size && next < n; worker++)
            deal(next++, worker, comm);

    while (done < n) {
        int waiting;
        MPI_Status message;
        MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, comm, &waiting, &message);
        if (waiting) {
            // Combine: the tag says where the row belongs. Then refill its worker's store.
            int worker = message.MPI_SOURCE, row = message.MPI_TAG;
            MPI_Recv(m->count + (size_t)row * n, n, MPI_UINT32_T, worker, row, comm,
                     MPI_STATUS_IGNORE);
            done++;
            if (next < n)
                deal(next++, worker, comm);
        } else if (begun < n) {
            // Compute: no message, so one more piece of my own row.
            int end = begun + PIECE < n ? begun + PIECE : n;
            mandelbrot_piece(m, mine, begun, end, m->count + (size_t)mine * n + begun);
            begun = end;
            done += begun == n;
        } else if (next < n) {
            mine = next++;
            begun = 0;
        }
    }
    // Check: all rows are in the picture, so no worker has one: each is told to stop, once.
    for (int worker = 1; worker < size; worker++)
        deal(STOP, worker, comm);
}

static void work(const struct mandelbrot *m, MPI_Comm comm) {
    uint32_t *count[2]; // one row is computed while the one before it travels
    MPI_Request sent[2] = {MPI_REQUEST_NULL, MPI_REQUEST_NULL};
    for (int i = 0; i < 2; i++)
        count[i] = malloc(m->n * sizeof *count[i]);
    for (int turn = 0;; turn = 1 - turn) {
        int row;
        MPI_Recv(&row, 1, MPI_INT, MANAGER, 0, comm, MPI_STATUS_IGNORE);
        if (row == STOP)
            break;
        MPI_Wait(&sent[turn], MPI_STATUS_IGNORE); // this buffer's last row has gone
        mandelbrot_row(m, row, count[turn]);
        MPI_Isend(count[turn], m->n, MPI_UINT32_T, MANAGER, row, comm, &sent[turn]);
    }
    MPI_Waitall(2, sent, MPI_STATUSES_IGNORE);
    for (int i = 0; i < 2; i++)
        free(count[i]);
}

void mandelbrot_mpi(struct mandelbrot *m, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    if (rank == MANAGER)
        manage(m, size, comm);
    else
        work(m, comm);
}
