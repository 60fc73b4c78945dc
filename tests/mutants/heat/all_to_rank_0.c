// EXPECT file=mpi.c check=mpi-parallel verdict=SERIAL says="of 4 ranks did the work: the busiest used"
// Believed: halos are hard, so all blocks are brought to rank 0, which computes the whole plate and
// hands the blocks out again. The plate is right; three ranks wait.

#include "heat.h"

#include <stdlib.h>
#include <string.h>

enum { COLLECT = 1, HAND_OUT = 2 };

// Where the block of a rank lies, told to rank 0: row_lo, col_lo, rows, cols.
struct place {
    int row, col, rows, cols;
};

static void copy_block(double *plate, int n, const struct place *at, double *block, int in) {
    for (int row = 0; row < at->rows; row++)
        for (int col = 0; col < at->cols; col++) {
            double *cell = &plate[(size_t)(at->row + row + 1) * (n + 2) + at->col + col + 1];
            double *own = &block[(size_t)row * at->cols + col];
            if (in)
                *cell = *own;
            else
                *own = *cell;
        }
}

void heat_mpi(struct heat *h, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    const int n = h->n;
    const struct place mine = {h->row_lo, h->col_lo, h->rows, h->cols};
    struct place *at = malloc(size * sizeof *at);
    MPI_Gather(&mine, 4, MPI_INT, at, 4, MPI_INT, 0, comm);
    double *block = malloc(((size_t)n * n + 1) * sizeof *block);
    for (int row = 0; row < h->rows; row++)
        memcpy(block + (size_t)row * h->cols, heat_at(h, row + 1, 1), h->cols * sizeof *block);
    // The border of the plate: whoever has it, sends its ghost cells along.
    double *edge = calloc(4 * (n + 2), sizeof *edge), *edges = calloc(4 * (n + 2), sizeof *edges);
    for (int i = 0; i < h->cols && h->rows; i++) {
        if (h->row_lo == 0)
            edge[h->col_lo + i + 1] = *heat_at(h, 0, i + 1);
        if (h->row_hi == n)
            edge[n + 2 + h->col_lo + i + 1] = *heat_at(h, h->rows + 1, i + 1);
    }
    for (int i = 0; i < h->rows && h->cols; i++) {
        if (h->col_lo == 0)
            edge[2 * (n + 2) + h->row_lo + i + 1] = *heat_at(h, i + 1, 0);
        if (h->col_hi == n)
            edge[3 * (n + 2) + h->row_lo + i + 1] = *heat_at(h, i + 1, h->cols + 1);
    }
    MPI_Reduce(edge, edges, 4 * (n + 2), MPI_DOUBLE, MPI_SUM, 0, comm);
    if (rank == 0) {
        double *now = calloc((size_t)(n + 2) * (n + 2), sizeof *now);
        for (int r = 0; r < size; r++) {
            if (r > 0)
                MPI_Recv(block, at[r].rows * at[r].cols, MPI_DOUBLE, r, COLLECT, comm,
                         MPI_STATUS_IGNORE);
            copy_block(now, n, &at[r], block, 1);
        }
        for (int i = 1; i <= n; i++) {
            now[i] = edges[i];
            now[(size_t)(n + 1) * (n + 2) + i] = edges[n + 2 + i];
            now[(size_t)i * (n + 2)] = edges[2 * (n + 2) + i];
            now[(size_t)i * (n + 2) + n + 1] = edges[3 * (n + 2) + i];
        }
        double *new = malloc((size_t)(n + 2) * (n + 2) * sizeof *new);
        memcpy(new, now, (size_t)(n + 2) * (n + 2) * sizeof *new);
        struct heat whole = *h;
        whole.rows = whole.cols = n;
        whole.stride = n + 2;
        whole.grid = now;
        whole.next = new;
        heat_serial(&whole);
        for (int r = size - 1; r >= 0; r--) {
            copy_block(whole.grid, n, &at[r], block, 0);
            if (r > 0)
                MPI_Send(block, at[r].rows * at[r].cols, MPI_DOUBLE, r, HAND_OUT, comm);
        }
        free(now);
        free(new);
    } else {
        MPI_Send(block, h->rows * h->cols, MPI_DOUBLE, 0, COLLECT, comm);
        MPI_Recv(block, h->rows * h->cols, MPI_DOUBLE, 0, HAND_OUT, comm, MPI_STATUS_IGNORE);
    }
    for (int row = 0; row < h->rows; row++)
        memcpy(heat_at(h, row + 1, 1), block + (size_t)row * h->cols, h->cols * sizeof *block);
    free(block);
    free(edge);
    free(edges);
    free(at);
}
