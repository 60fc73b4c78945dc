// The ticket that is drawn is looked at before the call that draws it has ended.
// EXPECT misuse lines=18,19 variable=ticket says="while the one-sided call of"
#include <mpi.h>
#include <stdio.h>

static int mine, ticket;
static const int one = 1;

int main(int argc, char **argv) {
    int rank, size;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    MPI_Win win;
    mine = rank;
    MPI_Win_create(&mine, sizeof mine, sizeof mine, MPI_INFO_NULL, MPI_COMM_WORLD, &win);
    MPI_Win_lock(MPI_LOCK_SHARED, 0, 0, win);
    MPI_Fetch_and_op(&one, &ticket, MPI_INT, 0, 0, MPI_SUM, win);
    const int next = ticket + 1;
    MPI_Win_unlock(0, win);
    printf("rank %d of %d: %d\n", rank, size, next);
    MPI_Win_free(&win);
    MPI_Finalize();
    return 0;
}
