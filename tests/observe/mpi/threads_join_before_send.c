// FINDS n=2 kind=deadlock line=20 apart=no says="thread 0 waits for thread 1 to end at threads_join_before_send.c:38"
// SPDX-License-Identifier: MIT
//
// A second thread of each rank receives what the main thread of the other one sends: here only when the
// second thread has ended. In the right one it sends first, if late.

#define _DEFAULT_SOURCE
#include <mpi.h>
#include <pthread.h>
#ifdef RIGHT
#include <unistd.h>
#endif

enum { TAG = 5 };
static int rank;

static void *receive(void *value) {
    MPI_Recv(value, 1, MPI_INT, 1 - rank, TAG - 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    // From here on both threads of both ranks are in MPI, or sleep.
    MPI_Recv(value, 1, MPI_INT, 1 - rank, TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    return NULL;
}

int main(int argc, char **argv) {
    int granted, got = 0;
    pthread_t thread;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &granted);
    if (granted < MPI_THREAD_MULTIPLE)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    pthread_create(&thread, NULL, receive, &got);
    MPI_Send(&rank, 1, MPI_INT, 1 - rank, TAG - 1, MPI_COMM_WORLD);
#ifdef RIGHT
    usleep(2500000); // so long the others wait
    MPI_Send(&rank, 1, MPI_INT, 1 - rank, TAG, MPI_COMM_WORLD);
    pthread_join(thread, NULL);
#else
    pthread_join(thread, NULL);
    MPI_Send(&rank, 1, MPI_INT, 1 - rank, TAG, MPI_COMM_WORLD);
#endif
    MPI_Finalize();
    return got != 1 - rank;
}
