// FINDS n=2 kind=misuse line=33 says="and another calls MPI_Comm_dup"
// SPDX-License-Identifier: MIT
//
// Two threads are in collectives of one communicator at the same time. (The copy of an attribute
// lets the one wait inside of its call until the other's is over.)

#define _DEFAULT_SOURCE
#include <mpi.h>
#include <pthread.h>

static pthread_barrier_t meet;
static MPI_Comm comms[2];
static int rank;

static int copy(MPI_Comm comm, int key, void *state, void *value, void *copied, int *flag) {
    (void)comm, (void)key, (void)state, (void)value, (void)copied;
    *flag = 0;
    pthread_barrier_wait(&meet);
    pthread_barrier_wait(&meet);
    return MPI_SUCCESS;
}

#ifdef RIGHT
enum { USED = 1 };
#else
enum { USED = 0 };
#endif

static void *broadcast(void *value) {
    pthread_barrier_wait(&meet);
    // The root's is over when the value is on its way.
    if (rank == 0)
        MPI_Bcast(value, 1, MPI_INT, 0, comms[USED]);
    pthread_barrier_wait(&meet);
    return NULL;
}

int main(int argc, char **argv) {
    int granted, key, value;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &granted);
    if (granted < MPI_THREAD_MULTIPLE)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    value = rank == 0 ? 7 : 0;
    MPI_Comm_dup(MPI_COMM_WORLD, &comms[0]);
    MPI_Comm_dup(MPI_COMM_WORLD, &comms[1]);
    pthread_barrier_init(&meet, NULL, 2);
    MPI_Comm_create_keyval(copy, MPI_COMM_NULL_DELETE_FN, &key, NULL);
    MPI_Comm_set_attr(comms[0], key, &meet);

    pthread_t thread;
    MPI_Comm other;
    pthread_create(&thread, NULL, broadcast, &value);
    MPI_Comm_dup(comms[0], &other);
    pthread_join(thread, NULL);
    if (rank == 1)
        MPI_Bcast(&value, 1, MPI_INT, 0, comms[USED]);
    if (value != 7)
        MPI_Abort(MPI_COMM_WORLD, 2);

    MPI_Comm_free_keyval(&key);
    MPI_Comm_free(&other);
    MPI_Comm_free(&comms[1]);
    MPI_Comm_free(&comms[0]);
    MPI_Finalize();
    return 0;
}
