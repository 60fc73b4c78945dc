// FINDS n=3 kind=leak line=34 says="the communicator made"
// SPDX-License-Identifier: MIT
//
// Three threads of each rank compute sums, each in a communicator of its own, and one is not freed.

#define _DEFAULT_SOURCE
#include <mpi.h>
#include <pthread.h>

enum { THREADS = 3, STEPS = 100 };
static MPI_Comm comms[THREADS];

static void *work(void *number) {
    const int which = *(const int *)number;
    int size, sum = 0;
    MPI_Comm_size(comms[which], &size);
    for (int step = 1; step <= STEPS; step++) {
        MPI_Allreduce(&step, &sum, 1, MPI_INT, MPI_SUM, comms[which]);
        if (sum != step * size)
            MPI_Abort(MPI_COMM_WORLD, 1);
        MPI_Bcast(&sum, 1, MPI_INT, which, comms[which]);
    }
    return NULL;
}

int main(int argc, char **argv) {
    int granted, numbers[THREADS];
    pthread_t threads[THREADS];
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &granted);
    if (granted < MPI_THREAD_MULTIPLE)
        MPI_Abort(MPI_COMM_WORLD, 1);
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        MPI_Comm_dup(MPI_COMM_WORLD, &comms[i]);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, work, &numbers[i]);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
#ifdef RIGHT
    const int first = 0;
#else
    const int first = 1;
#endif
    for (int i = first; i < THREADS; i++)
        MPI_Comm_free(&comms[i]);
    MPI_Finalize();
    return 0;
}
