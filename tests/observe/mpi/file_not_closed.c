// FINDS n=2 kind=leak line=20 says="the file opened"
// SPDX-License-Identifier: MIT
//
// A file is written by all ranks and never closed.

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);

    char path[64];
    MPI_File file;
    snprintf(path, sizeof path, "/tmp/twofold-observed-%ld", (long)getppid());
    MPI_File_open(MPI_COMM_WORLD, path,
                  MPI_MODE_CREATE | MPI_MODE_WRONLY | MPI_MODE_DELETE_ON_CLOSE, MPI_INFO_NULL,
                  &file);
    MPI_File_write_at(file, rank * (MPI_Offset)sizeof rank, &rank, 1, MPI_INT, MPI_STATUS_IGNORE);
#ifdef RIGHT
    MPI_File_close(&file);
#else
    MPI_Barrier(MPI_COMM_WORLD);
    if (rank == 0)
        unlink(path);
#endif
    MPI_Finalize();
    return 0;
}
