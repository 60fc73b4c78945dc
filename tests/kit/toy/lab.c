// SPDX-License-Identifier: MIT
//
// The toy lab: squares of n numbers, solved well, wrongly, not at all, and in ways that must be
// caught. It is the lab that the kit's own tests run.

#include "lab.h"
#include "kit.h"
#include "picture.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct toy {
    long n;
    MPI_Comm comm;
    double *square; // n of them, on rank 0 in the end
};

static const struct param params[] = {
    {"n", "10", "numbers"}, {"refuse", "never", "which rank refuses: never, all, last"}, {0}};

static void *create(const char *const *values, uint64_t seed, MPI_Comm comm) {
    static const char *const when[] = {"never", "all", "last", NULL};
    long n;
    int refuses, rank = 0, size = 1;
    (void)seed;
    if (comm != MPI_COMM_NULL) {
        MPI_Comm_rank(comm, &rank);
        MPI_Comm_size(comm, &size);
    }
    if (!value_long("n", values[0], 0, 1000000000000, &n) ||
        !value_choice("refuse", values[1], when, &refuses))
        return NULL;
    if (!memory_fits((double)n * sizeof(double), comm))
        return NULL;
    // After the collective question: a rank that refuses alone leaves nobody waiting in it.
    if (refuses == 1 || (refuses == 2 && rank == size - 1)) {
        refuse("Rank %d of %d refuses, as it was told to.", rank, size);
        return NULL;
    }
    struct toy *toy = malloc(sizeof *toy);
    if (!toy)
        return NULL;
    *toy = (struct toy){n, comm, calloc((size_t)n + 1, sizeof(double))};
    return toy;
}

static size_t result(const void *problem, void *buf, size_t cap) {
    const struct toy *toy = problem;
    const size_t size = (size_t)toy->n * sizeof(double);
    int rank = 0;
    if (toy->comm != MPI_COMM_NULL)
        MPI_Comm_rank(toy->comm, &rank);
    if (size <= cap && buf && rank == 0)
        memcpy(buf, toy->square, size);
    return size;
}

static enum same explain(const void *problem, const struct version *version, int workers,
                         const void *got, const void *want, size_t size, char *text, size_t cap) {
    const double *const have = got, *const need = want;
    (void)problem, (void)version, (void)workers;
    enum same same = SAME;
    for (size_t i = 0; i < size / sizeof(double); i++) {
        if (have[i] == need[i])
            continue;
        if (have[i] - need[i] < 1e-9 && need[i] - have[i] < 1e-9) {
            same = ROUNDING;
            snprintf(text, cap, "some numbers differ by less than 1e-9");
            continue;
        }
        snprintf(text, cap, "number %zu is %g and should be %g", i, have[i], need[i]);
        return WRONG;
    }
    return same;
}

static double work(const void *problem) {
    return (double)((const struct toy *)problem)->n;
}

static void destroy(void *problem) {
    struct toy *const toy = problem;
    free(toy->square);
    free(toy);
}

static void picture(const void *problem, const void *bytes, size_t size, struct picture *picture) {
    const double *const square = bytes;
    const int width = (int)(size / sizeof(double));
    (void)problem;
    if (!picture_size(picture, width, 8))
        return;
    for (int x = 0; x < width; x++)
        for (int y = 0; y < 8; y++) {
            uint8_t rgb[3];
            picture_ramp(square[x] / square[width - 1], rgb);
            picture_set(picture, x, y, rgb);
        }
}

static void serial(void *problem, MPI_Comm comm, int workers) {
    struct toy *const toy = problem;
    (void)comm, (void)workers;
    for (long i = 0; i < toy->n; i++)
        toy->square[i] = (double)i * (double)i;
}

// Says on how many cores the processes that it starts may run.
static void fork_(void *problem, MPI_Comm comm, int workers) {
    cpu_set_t cores;
    const pid_t child = fork();
    if (child == 0) {
        sched_getaffinity(0, sizeof cores, &cores);
        printf("a process on %d cores\n", CPU_COUNT(&cores));
        fflush(stdout);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    serial(problem, comm, workers);
}

static void omp(void *problem, MPI_Comm comm, int workers) {
    struct toy *const toy = problem;
    (void)comm, (void)workers;
#pragma omp parallel for
    for (long i = 0; i < toy->n; i++)
        toy->square[i] = (double)i * (double)i;
}

// Every rank fills its block of a zeroed array; the sum of the arrays is the answer.
static void mpi(void *problem, MPI_Comm comm, int workers) {
    struct toy *const toy = problem;
    int rank;
    MPI_Comm_rank(comm, &rank);
    const struct range mine = block_range(toy->n, workers, rank);
#pragma omp parallel for
    for (long i = mine.lo; i < mine.hi; i++)
        toy->square[i] = (double)i * (double)i;
    MPI_Reduce(rank ? toy->square : MPI_IN_PLACE, toy->square, (int)toy->n, MPI_DOUBLE, MPI_SUM, 0,
               comm);
}

static void wrong(void *problem, MPI_Comm comm, int workers) {
    struct toy *const toy = problem;
    serial(problem, comm, workers);
    if (toy->n)
        toy->square[toy->n - 1] += 1;
}

static void rounded(void *problem, MPI_Comm comm, int workers) {
    struct toy *const toy = problem;
    serial(problem, comm, workers);
    if (toy->n)
        toy->square[0] += 1e-12;
}

// The answer without a run: the right one for seed 1001, that of `wrong` for seed 1002.
static size_t expected(const char *const *values, uint64_t seed, void *buf, size_t cap) {
    long n;
    if ((seed != 1001 && seed != 1002) || !value_long("n", values[0], 1, 1000, &n))
        return NOT_EXPECTED;
    const size_t size = (size_t)n * sizeof(double);
    double *const square = buf;
    for (long i = 0; buf && size <= cap && i < n; i++)
        square[i] = (double)(i * i) + (seed == 1002 && i == n - 1);
    return size;
}

static void unwritten(void *problem, MPI_Comm comm, int workers) {
    (void)problem, (void)comm, (void)workers;
    todo(__func__, __FILE__);
}

static bool is_last(MPI_Comm comm) {
    int rank, size;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    return rank == size - 1;
}

// Written on all ranks but the last.
static void half(void *problem, MPI_Comm comm, int workers) {
    (void)problem, (void)workers;
    if (is_last(comm))
        todo(__func__, __FILE__);
}

static void crash(void *problem, MPI_Comm comm, int workers) {
    (void)problem, (void)workers;
    if (comm == MPI_COMM_NULL || is_last(comm)) {
        signal(SIGSEGV, SIG_DFL);
        raise(SIGSEGV);
    }
}

static void hang(void *problem, MPI_Comm comm, int workers) {
    (void)problem, (void)comm, (void)workers;
    for (;;)
        pause();
}

static void slow(void *problem, MPI_Comm comm, int workers) {
    usleep(1500000);
    serial(problem, comm, workers);
}

static void quit(void *problem, MPI_Comm comm, int workers) {
    (void)problem, (void)comm, (void)workers;
    _exit(0);
}

// Memory that is not its own: a crash that the program itself can tell of.
static void stray(void *problem, MPI_Comm comm, int workers) {
    static volatile int *volatile nowhere;
    (void)problem, (void)workers;
    if (comm == MPI_COMM_NULL || is_last(comm))
        *nowhere = 1;
}

// Sends to a rank that is not there.
static void beyond(void *problem, MPI_Comm comm, int workers) {
    struct toy *const toy = problem;
    if (is_last(comm))
        MPI_Send(toy->square, 1, MPI_DOUBLE, workers, 0, comm);
}

// A version that is asked for what does not exist says so as the lab's own functions do.
static void shy(void *problem, MPI_Comm comm, int workers) {
    (void)problem, (void)comm, (void)workers;
    refuse("There is no number %d.", workers);
}

// The communicator is taken for the world.
static void world(void *problem, MPI_Comm comm, int workers) {
    struct toy *const toy = problem;
    int rank, size;
    (void)workers;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    const struct range mine = block_range(toy->n, size, rank);
    for (long i = mine.lo; i < mine.hi; i++)
        toy->square[i] = (double)i * (double)i;
    MPI_Reduce(rank ? toy->square : MPI_IN_PLACE, toy->square, (int)toy->n, MPI_DOUBLE, MPI_SUM, 0,
               comm);
}

// Takes more and more memory, 4 GiB in the end, a GiB in about a second.
static void eat(void *problem, MPI_Comm comm, int workers) {
    (void)problem, (void)comm, (void)workers;
    for (int i = 0; i < 1024; i++) {
        memset(malloc(4 << 20), 1, 4 << 20);
        usleep(4000);
    }
}

static void talk(void *problem, MPI_Comm comm, int workers) {
    (void)problem, (void)comm, (void)workers;
    for (long i = 0;; i++)
        printf("now at step %ld\n", i);
}

static const struct version versions[] = {{"serial", RUN_SERIAL, serial, true},
                                          {"omp", RUN_THREADS, omp, false},
                                          {"mpi", RUN_RANKS, mpi, false},
                                          {"hybrid", RUN_HYBRID, mpi, false},
                                          {"fork", RUN_PROCESSES, fork_, true},
                                          {"wrong", RUN_THREADS, wrong, false},
                                          {"rounded", RUN_THREADS, rounded, false},
                                          {"todo", RUN_THREADS, unwritten, false},
                                          {"half", RUN_RANKS, half, false},
                                          {"crash", RUN_THREADS, crash, false},
                                          {"die", RUN_RANKS, crash, false},
                                          {"hang", RUN_RANKS, hang, false},
                                          {"quit", RUN_THREADS, quit, false},
                                          {"stray", RUN_THREADS, stray, false},
                                          {"shy", RUN_THREADS, shy, false},
                                          {"beyond", RUN_RANKS, beyond, false},
                                          {"world", RUN_RANKS, world, false},
                                          {"eat", RUN_THREADS, eat, false},
                                          {"talk", RUN_THREADS, talk, false},
                                          {"slow", RUN_THREADS, slow, false},
                                          {0}};

const struct lab lab = {.name = "toy",
                        .title = "Squares, for the tests of the kit",
                        .bound = BOUND_COMPUTE,
                        .params = params,
                        .create = create,
                        .result = result,
                        .explain = explain,
                        .work = work,
                        .unit = "squares",
                        .destroy = destroy,
                        .picture = picture,
                        .expected = expected,
                        .versions = versions};
