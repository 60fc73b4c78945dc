// SPDX-License-Identifier: MIT
//
// pingpong.c: 8 bytes to and fro between two ranks: what a call of MPI costs, and so what is added to
// each.
//
//     pingpong ROUNDS      prints {"wall_ms":...,"work":MESSAGES}

#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    int rank, size;
    double value = 0;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    const long rounds = argc == 2 ? atol(argv[1]) : 0;
    if (rounds < 1 || size != 2) {
        if (rank == 0)
            fprintf(stderr, "usage: mpirun -n 2 pingpong ROUNDS\n");
        MPI_Finalize();
        return 2;
    }
    MPI_Barrier(MPI_COMM_WORLD);
    const double begin = MPI_Wtime();
    for (long i = 0; i < rounds; i++) {
        if (rank == 0)
            MPI_Send(&value, 1, MPI_DOUBLE, 1, 0, MPI_COMM_WORLD);
        MPI_Recv(&value, 1, MPI_DOUBLE, 1 - rank, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        if (rank == 1)
            MPI_Send(&value, 1, MPI_DOUBLE, 0, 0, MPI_COMM_WORLD);
    }
    const double end = MPI_Wtime();
    if (rank == 0)
        printf("{\"wall_ms\":%.6f,\"work\":%ld}\n", 1e3 * (end - begin), 2 * rounds);
    MPI_Finalize();
    return 0;
}
