// EXPECT file=mpi.c check=mpi-equal verdict=PASS
// Attack: each rank leaves a process that holds the launcher's pipes open.

#include "heat.h"

#include <unistd.h>

static void leave(void) {
    if (fork() != 0)
        return;
    setsid();
    if (fork() == 0)
        execlp("sleep", "sleep", "7400.5", (char *)0);
    _exit(0);
}

void heat_mpi(struct heat *h, MPI_Comm comm) {
    if (h->rows == 1)
        leave();
    const int rows = h->rows, cols = h->cols;
    if (rows == 0)
        return;
    MPI_Datatype column;
    MPI_Type_vector(rows, 1, (int)h->stride, MPI_DOUBLE, &column);
    MPI_Type_commit(&column);
    for (int step = 0; step < h->steps; step++) {
        MPI_Sendrecv(heat_at(h, 1, 1), cols, MPI_DOUBLE, h->up, 1, heat_at(h, rows + 1, 1), cols,
                     MPI_DOUBLE, h->down, 1, comm, MPI_STATUS_IGNORE);
        MPI_Sendrecv(heat_at(h, rows, 1), cols, MPI_DOUBLE, h->down, 2, heat_at(h, 0, 1), cols,
                     MPI_DOUBLE, h->up, 2, comm, MPI_STATUS_IGNORE);
        MPI_Sendrecv(heat_at(h, 1, 1), 1, column, h->left, 3, heat_at(h, 1, cols + 1), 1, column,
                     h->right, 3, comm, MPI_STATUS_IGNORE);
        MPI_Sendrecv(heat_at(h, 1, cols), 1, column, h->right, 4, heat_at(h, 1, 0), 1, column,
                     h->left, 4, comm, MPI_STATUS_IGNORE);
        for (int row = 1; row <= rows; row++)
            heat_row(h, row, 1, cols + 1);
        heat_swap(h);
    }
    MPI_Type_free(&column);
}
