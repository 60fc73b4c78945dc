// The owner of a window reads what it has posted before it waits.
// EXPECT misuse lines=24,26 variable=halo says="while the remote access of"
#include <mpi.h>
#include <stdio.h>

static int halo[2], sum;

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Win win;
    const int next = (rank + 1) % size;
    MPI_Win_create(halo, sizeof halo, sizeof *halo, MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    MPI_Group all, to, from;
    const int last = (rank + size - 1) % size;
    MPI_Comm_group(MPI_COMM_WORLD, &all);
    MPI_Group_incl(all, 1, &next, &to);
    MPI_Group_incl(all, 1, &last, &from);
    for (int step = 0; step < 3; step++) {
        MPI_Win_post(from, 0, win);
        MPI_Win_start(to, 0, win);
        MPI_Put(&step, 1, MPI_INT, next, 1, 1, MPI_INT, win);
        MPI_Win_complete(win);
        sum += halo[1];
        MPI_Win_wait(win);
    }
    MPI_Win_free(&win);
    MPI_Group_free(&all);
    MPI_Group_free(&to);
    MPI_Group_free(&from);
    printf("rank %d: %d\n", rank, sum);
    MPI_Finalize();
    return 0;
}
