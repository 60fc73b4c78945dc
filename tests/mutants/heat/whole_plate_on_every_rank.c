// EXPECT file=mpi.c check=mpi-parallel verdict=MEMORY says="is all of it brought together somewhere?"
// Believed: a cell is found most easily at its place in the plate. So every rank makes the whole
// plate, twice, and works in its own block of it; a larger machine gives no larger plate then.

#include "heat.h"

#include <stdlib.h>
#include <string.h>

enum { HALO = 1 };

static void exchange(struct heat *h, MPI_Datatype column, MPI_Comm comm) {
    MPI_Sendrecv(heat_at(h, 1, 1), h->cols, MPI_DOUBLE, h->up, HALO, heat_at(h, h->rows + 1, 1),
                 h->cols, MPI_DOUBLE, h->down, HALO, comm, MPI_STATUS_IGNORE);
    MPI_Sendrecv(heat_at(h, h->rows, 1), h->cols, MPI_DOUBLE, h->down, HALO, heat_at(h, 0, 1),
                 h->cols, MPI_DOUBLE, h->up, HALO, comm, MPI_STATUS_IGNORE);
    MPI_Sendrecv(heat_at(h, 1, 1), 1, column, h->left, HALO, heat_at(h, 1, h->cols + 1), 1, column,
                 h->right, HALO, comm, MPI_STATUS_IGNORE);
    MPI_Sendrecv(heat_at(h, 1, h->cols), 1, column, h->right, HALO, heat_at(h, 1, 0), 1, column,
                 h->left, HALO, comm, MPI_STATUS_IGNORE);
}

void heat_mpi(struct heat *h, MPI_Comm comm) {
    if (h->rows == 0)
        return;
    const size_t side = (size_t)h->n + 2, cells = side * side;
    double *plate[2] = {malloc(cells * sizeof(double)), malloc(cells * sizeof(double))};
    struct heat mine = *h; // my block, where it lies in the plate
    mine.stride = (long)side;
    mine.grid = plate[0] + (size_t)h->row_lo * side + h->col_lo;
    mine.next = plate[1] + (size_t)h->row_lo * side + h->col_lo;
    for (int p = 0; p < 2; p++) {
        for (size_t i = 0; i < cells; i++)
            plate[p][i] = 1; // now every page of it is there
        for (int row = 0; row <= h->rows + 1; row++)
            memcpy((p ? mine.next : mine.grid) + row * mine.stride, heat_at(h, row, 0),
                   (h->cols + 2) * sizeof(double));
    }
    MPI_Datatype column;
    MPI_Type_vector(h->rows, 1, (int)mine.stride, MPI_DOUBLE, &column);
    MPI_Type_commit(&column);
    for (int step = 0; step < h->steps; step++) {
        exchange(&mine, column, comm);
        for (int row = 1; row <= h->rows; row++)
            heat_row(&mine, row, 1, h->cols + 1);
        heat_swap(&mine);
    }
    MPI_Type_free(&column);
    for (int row = 1; row <= h->rows; row++)
        memcpy(heat_at(h, row, 1), heat_at(&mine, row, 1), h->cols * sizeof(double));
    free(plate[0]);
    free(plate[1]);
}
