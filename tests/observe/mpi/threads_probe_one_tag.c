// FINDS n=2 kind=misuse line=29 apart=no says="but another thread, which was told of it too, has received it"
// SPDX-License-Identifier: MIT
//
// Two threads are told of the same message by MPI_Probe, and both receive.

#define _DEFAULT_SOURCE
#include <mpi.h>
#include <pthread.h>

static pthread_barrier_t both;

static void *work(void *result) {
    int *const values = result, count;
    MPI_Status status;
#ifdef RIGHT
    MPI_Message message;
    MPI_Mprobe(1, 4, MPI_COMM_WORLD, &message, &status);
#else
    MPI_Probe(1, 4, MPI_COMM_WORLD, &status);
#endif
    MPI_Get_count(&status, MPI_INT, &count);
    if (count > 2)
        MPI_Abort(MPI_COMM_WORLD, 1);
    pthread_barrier_wait(&both);
#ifdef RIGHT
    MPI_Mrecv(values, count, MPI_INT, &message, MPI_STATUS_IGNORE);
#else
    // (Both messages have 2 items, so it goes well this time.)
    MPI_Recv(values, count, MPI_INT, status.MPI_SOURCE, status.MPI_TAG, MPI_COMM_WORLD,
             MPI_STATUS_IGNORE);
#endif
    return NULL;
}

int main(int argc, char **argv) {
    int rank, granted;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &granted);
    if (granted < MPI_THREAD_MULTIPLE)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int values[2][2] = {{1, 2}, {3, 4}};
    if (rank == 0) {
        pthread_t thread;
        pthread_barrier_init(&both, NULL, 2);
        pthread_create(&thread, NULL, work, values[0]);
        work(values[1]);
        pthread_join(thread, NULL);
    } else {
        MPI_Send(values[0], 2, MPI_INT, 0, 4, MPI_COMM_WORLD);
        MPI_Send(values[1], 2, MPI_INT, 0, 4, MPI_COMM_WORLD);
    }
    if (values[0][0] + values[1][0] != 4)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Finalize();
    return 0;
}
