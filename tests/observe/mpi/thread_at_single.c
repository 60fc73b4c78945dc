// FINDS n=2 kind=misuse line=16 says="but MPI granted MPI_THREAD_SINGLE"
// FINDS n=2 kind=misuse line=17 says="but MPI granted MPI_THREAD_SINGLE"
// SPDX-License-Identifier: MIT
//
// A second thread gives the answer, and the first one only waits for it. It never calls at the same
// time; but with MPI_Init no other thread than the first may call at all.

#include <mpi.h>
#include <pthread.h>

enum { QUESTION, ANSWER };

static void *answer(void *of) {
    int *const value = of;
    const int from = 0;
    MPI_Recv(value, 1, MPI_INT, from, QUESTION, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Send(value, 1, MPI_INT, from, ANSWER, MPI_COMM_WORLD);
    return NULL;
}

int main(int argc, char **argv) {
    int rank;
#ifdef RIGHT
    int granted;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_SERIALIZED, &granted);
    if (granted < MPI_THREAD_SERIALIZED)
        MPI_Abort(MPI_COMM_WORLD, 1);
#else
    MPI_Init(&argc, &argv);
#endif
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = rank;
    pthread_t thread;
    if (rank == 1) {
        pthread_create(&thread, NULL, answer, &value);
        pthread_join(thread, NULL);
    } else {
        MPI_Send(&value, 1, MPI_INT, 1, QUESTION, MPI_COMM_WORLD);
        MPI_Recv(&value, 1, MPI_INT, 1, ANSWER, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    }
    MPI_Finalize();
    return 0;
}
