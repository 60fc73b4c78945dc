// SPDX-License-Identifier: MIT
//
// gather.c: given, to compare with. Each rank computes one block of neighbouring rows in memory of
// its own, and one collective call brings the blocks to rank 0. It needs no protocol: who computes
// what is known before the start. For that it pays with waiting.

#include "kit.h"
#include "mandelbrot.h"

#include <stdlib.h>

void mandelbrot_gather(struct mandelbrot *m, MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);

    // Decompose: `size` blocks of rows; some have one row more, some may be empty.
    int *rows = malloc(size * sizeof *rows), *start = malloc(size * sizeof *start);
    for (int r = 0; r < size; r++) {
        struct range block = block_range(m->n, size, r);
        rows[r] = (int)(block.hi - block.lo);
        start[r] = (int)block.lo;
    }

    // Compute my block.
    uint32_t *mine = malloc((size_t)rows[rank] * m->n * sizeof *mine);
    for (int i = 0; i < rows[rank]; i++)
        mandelbrot_row(m, start[rank] + i, mine + (size_t)i * m->n);

    // Combine: all blocks, in the order of the ranks, are the picture.
    MPI_Datatype row;
    MPI_Type_contiguous(m->n, MPI_UINT32_T, &row);
    MPI_Type_commit(&row);
    MPI_Gatherv(mine, rows[rank], row, m->count, rows, start, row, 0, comm);
    MPI_Type_free(&row);
    free(mine);
    free(start);
    free(rows);
}
