// EXPECT file=hybrid.c check=hybrid-equal verdict=WRONG says="holds 0, as h->next does before it is written"
// Believed: the rows that face a neighbour are computed with the inside. They are left out there,
// for they have to wait for ghost cells, and nobody comes back to them.

#include "heat.h"

enum { HALO = 1 };

void heat_hybrid(struct heat *h, MPI_Comm comm) {
    const int rows = h->rows, cols = h->cols;
    if (rows == 0)
        return;
    MPI_Datatype column;
    MPI_Type_vector(rows, 1, (int)h->stride, MPI_DOUBLE, &column);
    MPI_Type_commit(&column);
    const int first = h->up == MPI_PROC_NULL ? 1 : 2;
    const int last = h->down == MPI_PROC_NULL ? rows : rows - 1;
    for (int step = 0; step < h->steps; step++) {
        MPI_Sendrecv(heat_at(h, 1, 1), cols, MPI_DOUBLE, h->up, HALO, heat_at(h, rows + 1, 1), cols,
                     MPI_DOUBLE, h->down, HALO, comm, MPI_STATUS_IGNORE);
        MPI_Sendrecv(heat_at(h, rows, 1), cols, MPI_DOUBLE, h->down, HALO, heat_at(h, 0, 1), cols,
                     MPI_DOUBLE, h->up, HALO, comm, MPI_STATUS_IGNORE);
        MPI_Sendrecv(heat_at(h, 1, 1), 1, column, h->left, HALO, heat_at(h, 1, cols + 1), 1, column,
                     h->right, HALO, comm, MPI_STATUS_IGNORE);
        MPI_Sendrecv(heat_at(h, 1, cols), 1, column, h->right, HALO, heat_at(h, 1, 0), 1, column,
                     h->left, HALO, comm, MPI_STATUS_IGNORE);
#pragma omp parallel for schedule(static)
        for (int row = first; row <= last; row++)
            heat_row(h, row, 1, cols + 1);
        heat_swap(h);
    }
    MPI_Type_free(&column);
}
