// FINDS n=2 kind=deadlock line=41 apart=no says="thread 0 waits for a condition at thread_keeps_others_waiting.c:52"
// SPDX-License-Identifier: MIT
//
// The main thread hands work to a second one and waits until it is done. The second one waits for an
// answer of the other rank, which was never asked. In the right one it asks, and a third thread answers
// when it has computed.

#define _DEFAULT_SOURCE
#include <mpi.h>
#include <pthread.h>

enum { ASK, ANSWER };
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int rank, done;

#ifdef RIGHT
static double compute(void) {
    double sum = 0, begin = MPI_Wtime();
    while (MPI_Wtime() < begin + 2.5)
        sum += 1 / (1 + sum);
    return sum;
}

static void *answer(void *unused) {
    double value;
    (void)unused;
    MPI_Recv(NULL, 0, MPI_INT, 1 - rank, ASK, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    value = compute();
    MPI_Send(&value, 1, MPI_DOUBLE, 1 - rank, ANSWER, MPI_COMM_WORLD);
    return NULL;
}
#endif

static void *ask(void *unused) {
    double value;
    (void)unused;
#ifdef RIGHT
    MPI_Send(NULL, 0, MPI_INT, 1 - rank, ASK, MPI_COMM_WORLD);
#endif
    MPI_Recv(&value, 1, MPI_DOUBLE, 1 - rank, ANSWER, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    pthread_mutex_lock(&mutex);
    done = 1;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&mutex);
    return NULL;
}

static void wait_until_done(void) {
    pthread_mutex_lock(&mutex);
    while (!done)
        pthread_cond_wait(&changed, &mutex);
    pthread_mutex_unlock(&mutex);
}

int main(int argc, char **argv) {
    int granted;
    pthread_t asks;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &granted);
    if (granted < MPI_THREAD_MULTIPLE)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
#ifdef RIGHT
    pthread_t answers;
    pthread_create(&answers, NULL, answer, NULL);
#endif
    pthread_create(&asks, NULL, ask, NULL);
    wait_until_done();
    pthread_join(asks, NULL);
#ifdef RIGHT
    pthread_join(answers, NULL);
#endif
    MPI_Finalize();
    return 0;
}
