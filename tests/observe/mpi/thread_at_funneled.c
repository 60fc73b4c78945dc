// FINDS n=2 kind=misuse line=12 says="but MPI granted MPI_THREAD_FUNNELED"
// SPDX-License-Identifier: MIT
//
// A second thread sends, and only the first may call.

#include <mpi.h>
#include <pthread.h>

static void *work(void *unused) {
    int value = 1;
    (void)unused;
    MPI_Send(&value, 1, MPI_INT, 1, 0, MPI_COMM_WORLD);
    return NULL;
}

int main(int argc, char **argv) {
    int rank;
#ifdef RIGHT
    const int level = MPI_THREAD_SERIALIZED;
#else
    const int level = MPI_THREAD_FUNNELED;
#endif
    int granted;
    MPI_Init_thread(&argc, &argv, level, &granted);
    if (granted < level)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);

    int value = 0;
    pthread_t thread;
    if (rank == 0) {
        pthread_create(&thread, NULL, work, NULL);
        pthread_join(thread, NULL);
    } else {
        MPI_Recv(&value, 1, MPI_INT, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    }
    MPI_Finalize();
    return 0;
}
