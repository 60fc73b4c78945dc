// FINDS n=2 kind=misuse line=32 says="while another is in MPI_Recv"
// SPDX-License-Identifier: MIT
//
// Two threads call at once, and MPI granted one at a time.

#define _DEFAULT_SOURCE
#include <mpi.h>
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void lock(void) {
#ifdef RIGHT
    pthread_mutex_lock(&mutex);
#else
    (void)mutex;
#endif
}

static void unlock(void) {
#ifdef RIGHT
    pthread_mutex_unlock(&mutex);
#endif
}

static void *work(void *unused) {
    MPI_Datatype pair;
    (void)unused;
    usleep(100000);
    lock();
    MPI_Type_contiguous(2, MPI_INT, &pair);
    MPI_Type_free(&pair);
    unlock();
    return NULL;
}

int main(int argc, char **argv) {
    int rank;
    int granted;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_SERIALIZED, &granted);
    if (granted < MPI_THREAD_SERIALIZED)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = 0;
    pthread_t thread;
    if (rank == 0) {
        pthread_create(&thread, NULL, work, NULL);
        lock();
        MPI_Recv(&value, 1, MPI_INT, 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        unlock();
        pthread_join(thread, NULL);
    } else {
        usleep(200000);
        MPI_Send(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD);
    }
    MPI_Finalize();
    return 0;
}
