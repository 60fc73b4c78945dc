// FINDS n=2 kind=deadlock line=24 says="a circle of 2"
// SPDX-License-Identifier: MIT
//
// One thread at a time calls MPI, as a lock sees to it. The second thread of each rank keeps the lock while
// it receives, and the main thread of the other one sends when its own has ended.

#include <mpi.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int rank;

static void *receive(void *value) {
#ifdef RIGHT
    int here = 0;
    while (!here) {
        pthread_mutex_lock(&lock);
        MPI_Iprobe(1 - rank, 0, MPI_COMM_WORLD, &here, MPI_STATUS_IGNORE);
        pthread_mutex_unlock(&lock);
    }
#endif
    // What was found is received at once; what was not is waited for, with the lock.
    pthread_mutex_lock(&lock);
    MPI_Recv(value, 1, MPI_INT, 1 - rank, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(int argc, char **argv) {
    int granted, got = 0;
    pthread_t thread;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_SERIALIZED, &granted);
    if (granted < MPI_THREAD_SERIALIZED)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    pthread_create(&thread, NULL, receive, &got);
#ifdef RIGHT
    MPI_Request request;
    pthread_mutex_lock(&lock);
    MPI_Isend(&rank, 1, MPI_INT, 1 - rank, 0, MPI_COMM_WORLD, &request);
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
#else
    pthread_join(thread, NULL);
    MPI_Send(&rank, 1, MPI_INT, 1 - rank, 0, MPI_COMM_WORLD);
#endif
    MPI_Finalize();
    return got != 1 - rank;
}
