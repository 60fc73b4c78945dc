// FINDS n=2 kind=leak line=19 says="the info object made"
// SPDX-License-Identifier: MIT
//
// Hints for a window are made and never freed.

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);

    int *memory;
    MPI_Info hints;
    MPI_Win window;
    MPI_Info_create(&hints);
    MPI_Info_set(hints, "no_locks", "true");
    MPI_Win_allocate(sizeof *memory, sizeof *memory, hints, MPI_COMM_WORLD, &memory, &window);
    MPI_Win_free(&window);
#ifdef RIGHT
    MPI_Info_free(&hints);
#endif
    MPI_Finalize();
    return 0;
}
