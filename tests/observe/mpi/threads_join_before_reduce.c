// FINDS n=2 kind=deadlock line=34 apart=no says="thread 1 waits in MPI_Recv(source=0, tag=0) at threads_join_before_reduce.c:15"
// SPDX-License-Identifier: MIT
//
// A second thread of rank 1 receives what rank 0 sends behind a collective; but the main thread of rank 1
// comes to the collective only when that thread has ended.

#include <mpi.h>
#include <pthread.h>

static int rank, got = 1;

static void *receive(void *unused) {
    (void)unused;
    if (rank == 1)
        MPI_Recv(&got, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    return NULL;
}

int main(int argc, char **argv) {
    int granted, sum;
    pthread_t thread;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &granted);
    if (granted < MPI_THREAD_MULTIPLE)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    pthread_create(&thread, NULL, receive, NULL);
#ifdef RIGHT
    const int early = 0;
#else
    const int early = rank;
#endif
    if (early)
        pthread_join(thread, NULL);
    MPI_Allreduce(&rank, &sum, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
    if (rank == 0)
        MPI_Send(&sum, 1, MPI_INT, 1, 0, MPI_COMM_WORLD);
    if (!early)
        pthread_join(thread, NULL);
    MPI_Finalize();
    return got != 1;
}
