// One variable is sent to all ranks by MPI_Put, and nothing ends the one before the next.
// EXPECT misuse lines=19,20 variable=value says="may still read it"
#include <mpi.h>
#include <stdio.h>

static int value;

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Win win;
    int *slots;
    MPI_Win_allocate(size * (MPI_Aint)sizeof *slots, sizeof *slots, MPI_INFO_NULL, MPI_COMM_WORLD,
                     &slots, &win);
    MPI_Win_lock_all(0, win);
    for (int i = 0; i < size; i++) {
        value = rank * size + i;
        MPI_Put(&value, 1, MPI_INT, i, rank, 1, MPI_INT, win);
    }
    MPI_Win_unlock_all(win);
    MPI_Barrier(MPI_COMM_WORLD);
    printf("rank %d: %d\n", rank, slots[0]);
    MPI_Win_free(&win);
    MPI_Finalize();
    return 0;
}
