// FINDS n=2 kind=misuse line=24 says="reads memory that MPI_Irecv"
// FINDS n=2 kind=misuse line=30 says="writes to memory that MPI_Isend"
// FINDS n=2 kind=misuse line=38 says="memory that MPI_Get"
// SPDX-License-Identifier: MIT
//
// Memory is used by one call while another still receives or sends there.

#include <mpi.h>

int main(int argc, char **argv) {
    int rank;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = 1, other = 0, got = 0;
    MPI_Request request;
    MPI_Win win;
    MPI_Win_create(&other, sizeof other, 1, MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    if (rank == 0) {
        MPI_Irecv(&value, 1, MPI_INT, 1, 0, MPI_COMM_WORLD, &request);
#ifdef RIGHT
        MPI_Wait(&request, MPI_STATUS_IGNORE);
#endif
        MPI_Send(&value, 1, MPI_INT, 1, 1, MPI_COMM_WORLD);
    } else {
        MPI_Isend(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, &request);
#ifdef RIGHT
        MPI_Wait(&request, MPI_STATUS_IGNORE);
#endif
        MPI_Recv(&value, 1, MPI_INT, 0, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    }
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    MPI_Win_lock(MPI_LOCK_SHARED, 1 - rank, 0, win);
    MPI_Get(&got, 1, MPI_INT, 1 - rank, 0, 1, MPI_INT, win);
#ifdef RIGHT
    MPI_Win_flush(1 - rank, win);
#endif
    MPI_Bcast(&got, 1, MPI_INT, 0, MPI_COMM_WORLD);
    MPI_Win_unlock(1 - rank, win);
    MPI_Win_free(&win);
    MPI_Finalize();
    return 0;
}
