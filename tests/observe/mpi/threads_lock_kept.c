// FINDS n=2 kind=deadlock line=38 apart=no says="thread 1 waits for a lock at threads_lock_kept.c:16"
// SPDX-License-Identifier: MIT
//
// The main thread keeps a lock while it receives, and the second thread of the other rank, which is to
// send, needs its own first.

#define _DEFAULT_SOURCE
#include <mpi.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int rank, counter;

static void *send(void *unused) {
    (void)unused;
    pthread_mutex_lock(&lock);
    const int value = ++counter;
    pthread_mutex_unlock(&lock);
    MPI_Send(&value, 1, MPI_INT, 1 - rank, 0, MPI_COMM_WORLD);
    return NULL;
}

int main(int argc, char **argv) {
    int granted, got = 0;
    pthread_t thread;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &granted);
    if (granted < MPI_THREAD_MULTIPLE)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    pthread_mutex_lock(&lock);
    pthread_create(&thread, NULL, send, NULL);
    counter = 10;
#ifdef RIGHT
    pthread_mutex_unlock(&lock);
#endif
    // Whose second thread cannot send meanwhile.
    MPI_Recv(&got, 1, MPI_INT, 1 - rank, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
#ifndef RIGHT
    pthread_mutex_unlock(&lock);
#endif
    pthread_join(thread, NULL);
    MPI_Finalize();
    return got != 11;
}
