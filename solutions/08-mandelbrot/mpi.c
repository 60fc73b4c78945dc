// SPDX-License-Identifier: MIT
//
// mpi.c: manager and workers. What is one clause for threads is a protocol for ranks:
//
//     manager -> worker   one int: the number of a row, or STOP
//     worker -> manager   a row of counts; the tag is the row's number
//
// The manager's core would be idle between two messages: so it computes too, in pieces so small
// that a worker who asks meanwhile hardly waits.

#include "mandelbrot.h"

#include <stdbool.h>
#include <stdlib.h>

enum { MANAGER = 0, STOP = -1, PIECE = 16 /* pixels the manager computes between two looks */ };

// Deals the next row to a worker, or STOP if none is left: then false.
static bool deal(int worker, int *next, int n, MPI_Comm comm) {
    int row = *next < n ? (*next)++ : STOP;
    MPI_Send(&row, 1, MPI_INT, worker, 0, comm);
    return row != STOP;
}

static void manage(struct mandelbrot *m, int size, MPI_Comm comm) {
    const int n = m->n;
    int next = 0;            // the first row that nobody has
    int busy = 0;            // workers that have a row
    int mine = 0, begun = n; // the manager's own row, and how much of it is done: all

    // Decompose: a first row for every worker; the rest as they come back.
    for (int worker = 1; worker < size; worker++)
        busy += deal(worker, &next, n, comm);

    while (busy > 0 || begun < n || next < n) {
        int waiting;
        MPI_Status message;
        MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, comm, &waiting, &message);
        if (waiting) {
            // Combine: the tag says where the row belongs. Then keep its worker busy.
            int worker = message.MPI_SOURCE, row = message.MPI_TAG;
            MPI_Recv(m->count + (size_t)row * n, n, MPI_UINT32_T, worker, row, comm,
                     MPI_STATUS_IGNORE);
            busy -= !deal(worker, &next, n, comm);
        } else if (begun < n) {
            // Compute: nobody waits, so one more piece of my own row.
            int end = begun + PIECE < n ? begun + PIECE : n;
            mandelbrot_piece(m, mine, begun, end, m->count + (size_t)mine * n + begun);
            begun = end;
        } else if (next < n) {
            mine = next++;
            begun = 0;
        }
    }
    // Check: all rows were dealt, no worker has one, and each was told to stop once.
}

static void work(const struct mandelbrot *m, MPI_Comm comm) {
    uint32_t *count = malloc(m->n * sizeof *count);
    for (;;) {
        int row;
        MPI_Recv(&row, 1, MPI_INT, MANAGER, 0, comm, MPI_STATUS_IGNORE);
        if (row == STOP)
            break;
        mandelbrot_row(m, row, count);
        MPI_Send(count, m->n, MPI_UINT32_T, MANAGER, row, comm);
    }
    free(count);
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
