// FINDS n=3 kind=misuse line=20 apart=no says="of the same bytes with MPI_Get at reader_beside_writer.c:27"
// SPDX-License-Identifier: MIT
//
// One rank writes a value, the others read it under the same shared lock.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    static int memory[4];
    MPI_Win win;
    MPI_Win_create(memory, sizeof memory, sizeof *memory, MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    int value = 42;
    MPI_Win_lock_all(0, win);
    MPI_Barrier(MPI_COMM_WORLD); // all have it now
    if (rank == 0) {
        MPI_Put(&value, 1, MPI_INT, 2, 0, 1, MPI_INT, win);
        MPI_Win_flush(2, win);
    }
#ifdef RIGHT
    MPI_Barrier(MPI_COMM_WORLD); // written
#endif
    if (rank > 0)
        MPI_Get(&value, 1, MPI_INT, 2, 0, 1, MPI_INT, win);
    MPI_Win_unlock_all(win);
    MPI_Win_free(&win);
    MPI_Finalize();
    return 0;
}
