// FINDS n=2 kind=deadlock line=42 apart=no says="a circle of 2"
// SPDX-License-Identifier: MIT
//
// Both ranks receive first. In the right one a second thread sends meanwhile; in the wrong one it
// has ended.

#define _DEFAULT_SOURCE
#include <mpi.h>
#include <pthread.h>
#include <unistd.h>

static int rank;

static void *help(void *value) {
#ifdef RIGHT
    usleep(500000); // so long the main threads of both ranks wait
    if (rank == 0)
        MPI_Send(value, 1, MPI_INT, 1, 0, MPI_COMM_WORLD);
#else
    (void)value;
#endif
    return NULL;
}

int main(int argc, char **argv) {
    int granted;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &granted);
    if (granted < MPI_THREAD_MULTIPLE)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = 1, got = 0;
    pthread_t thread;
    pthread_create(&thread, NULL, help, &value);
#ifdef RIGHT
    const int last = 1;
#else
    pthread_join(thread, NULL);
    const int last = 0;
#endif

    MPI_Recv(&got, 1, MPI_INT, 1 - rank, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    if (rank >= last)
        MPI_Send(&got, 1, MPI_INT, 1 - rank, 0, MPI_COMM_WORLD);
#ifdef RIGHT
    pthread_join(thread, NULL);
#endif
    MPI_Finalize();
    return 0;
}
