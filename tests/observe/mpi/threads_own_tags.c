// FINDS n=2 kind=leak line=29 says="MPI_Isend"
// FINDS n=2 kind=misuse line=26 says="sends is written to before MPI_Wait"
// SPDX-License-Identifier: MIT
//
// Four threads of each rank exchange with their partners, each with its own tag. One of them writes
// to what it still sends, and never completes its last send.

#define _DEFAULT_SOURCE
#include <mpi.h>
#include <pthread.h>

enum { THREADS = 4, STEPS = 200 };
static int rank;

static void *work(void *number) {
    const int tag = *(const int *)number, other = 1 - rank;
    static int lasts[THREADS];
    int value = tag, got, sum = 0, found = 0;
    MPI_Request request;
    for (int step = 0; step < STEPS; step++) {
        MPI_Sendrecv(&step, 1, MPI_INT, other, tag, &got, 1, MPI_INT, other, tag, MPI_COMM_WORLD,
                     MPI_STATUS_IGNORE);
        sum += got;
    }
    if (rank == 0)
        MPI_Issend(&value, 1, MPI_INT, other, tag, MPI_COMM_WORLD, &request);
#ifndef RIGHT
    if (rank == 0 && tag == 2) {
        MPI_Isend(&lasts[tag], 1, MPI_INT, other, THREADS, MPI_COMM_WORLD, &(MPI_Request){0});
        value = -1;
    }
#endif
    if (rank == 0)
        MPI_Wait(&request, MPI_STATUS_IGNORE);
    while (rank == 1 && !found)
        MPI_Iprobe(other, tag, MPI_COMM_WORLD, &found, MPI_STATUS_IGNORE);
    if (rank == 1)
        MPI_Recv(&value, 1, MPI_INT, other, tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
#ifndef RIGHT
    if (rank == 1 && tag == 2)
        MPI_Recv(&lasts[tag], 1, MPI_INT, other, THREADS, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
#endif
    if (sum != STEPS * (STEPS - 1) / 2 + lasts[tag])
        MPI_Abort(MPI_COMM_WORLD, 1);
    return NULL;
}

int main(int argc, char **argv) {
    int granted, numbers[THREADS];
    pthread_t threads[THREADS];
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &granted);
    if (granted < MPI_THREAD_MULTIPLE)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        pthread_create(&threads[i], NULL, work, &numbers[i]);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    MPI_Finalize();
    return 0;
}
