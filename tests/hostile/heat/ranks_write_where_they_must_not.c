// EXPECT file=mpi.c check=mpi-equal verdict=PASS
// Attack: has MPI itself write files where the box allows none. One that can be opened spoils the
// plate.

#include "heat.h"

static int wrote(void) {
    static const char *const places[] = {"/kit/twofold-mark", "/usr/twofold-mark", "/etc/twofold-mark"};
    int count = 0;
    for (unsigned i = 0; i < sizeof places / sizeof *places; i++) {
        MPI_File file;
        count += MPI_File_open(MPI_COMM_SELF, places[i], MPI_MODE_CREATE | MPI_MODE_WRONLY,
                               MPI_INFO_NULL, &file) == MPI_SUCCESS;
    }
    return count;
}

void heat_mpi(struct heat *h, MPI_Comm comm) {
    if (h->rows == 1 && wrote())
        return;
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
