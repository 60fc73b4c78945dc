// FINDS n=1 kind=deadlock line=31 apart=no says="with tag 1, and rank 0 asks for tag 2"
// SPDX-License-Identifier: MIT
//
// One thread of a rank receives what another thread of the same rank sends, with another tag.

#include <mpi.h>
#include <threads.h>

#ifdef RIGHT
enum { SENT = 1, ASKED = 1 };
#else
enum { SENT = 1, ASKED = 2 };
#endif

static int got;

static int receive(void *unused) {
    (void)unused;
    return MPI_Recv(&got, 1, MPI_INT, 0, ASKED, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

int main(int argc, char **argv) {
    int granted, rank;
    thrd_t thread;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &granted);
    if (granted < MPI_THREAD_MULTIPLE)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    if (thrd_create(&thread, receive, NULL) != thrd_success)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Ssend(&(int){7}, 1, MPI_INT, rank, SENT, MPI_COMM_WORLD);
    thrd_join(thread, NULL);
    MPI_Finalize();
    return got != 7;
}
