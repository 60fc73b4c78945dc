// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="exchange the halo before each step, not once"
// Believed: the ghost cells of both buffers are filled at the start, and that is that. They hold
// the neighbours' first temperatures in every step.

#include "heat.h"

enum { HALO = 1 };

static void exchange(struct heat *h, MPI_Datatype column, MPI_Comm comm) {
    const int rows = h->rows, cols = h->cols;
    MPI_Sendrecv(heat_at(h, 1, 1), cols, MPI_DOUBLE, h->up, HALO, heat_at(h, rows + 1, 1), cols,
                 MPI_DOUBLE, h->down, HALO, comm, MPI_STATUS_IGNORE);
    MPI_Sendrecv(heat_at(h, rows, 1), cols, MPI_DOUBLE, h->down, HALO, heat_at(h, 0, 1), cols,
                 MPI_DOUBLE, h->up, HALO, comm, MPI_STATUS_IGNORE);
    MPI_Sendrecv(heat_at(h, 1, 1), 1, column, h->left, HALO, heat_at(h, 1, cols + 1), 1, column,
                 h->right, HALO, comm, MPI_STATUS_IGNORE);
    MPI_Sendrecv(heat_at(h, 1, cols), 1, column, h->right, HALO, heat_at(h, 1, 0), 1, column,
                 h->left, HALO, comm, MPI_STATUS_IGNORE);
}

// The neighbours' cells that have come, in the other buffer too.
static void copy_ghosts(struct heat *h) {
    for (int row = 0; row <= h->rows + 1; row++)
        for (int col = 0; col <= h->cols + 1; col++)
            if (row == 0 || row == h->rows + 1 || col == 0 || col == h->cols + 1)
                h->next[row * h->stride + col] = *heat_at(h, row, col);
}

void heat_mpi(struct heat *h, MPI_Comm comm) {
    if (h->rows == 0)
        return;
    MPI_Datatype column;
    MPI_Type_vector(h->rows, 1, (int)h->stride, MPI_DOUBLE, &column);
    MPI_Type_commit(&column);
    exchange(h, column, comm);
    copy_ghosts(h);
    for (int step = 0; step < h->steps; step++) {
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
    MPI_Type_free(&column);
}
