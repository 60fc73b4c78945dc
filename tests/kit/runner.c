// SPDX-License-Identifier: MIT

#include "runner.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { REPORT = 4096, HUNG = 124 };

MPI_Comm test_comm = MPI_COMM_NULL;

// Where this rank is. A rank that waits for the others has done its part: it speaks up last, and
// only if nobody else did.
static struct {
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    char suite[128];
    const char *test; // NULL: between tests
    bool inside;      // false: waits for the other ranks
    double seconds;
    unsigned turn; // counts tests, so that the watcher sees a new one begin
    int rank, size;
} place = {.mutex = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER, .size = 1};

// One write, so that the lines of several ranks do not mix; no stdio, whose lock may be taken.
__attribute__((format(printf, 1, 2))) static void tell(const char *format, ...) {
    char text[REPORT];
    va_list args;
    va_start(args, format);
    const int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (length > 0 && write(STDOUT_FILENO, text, strlen(text)) < 0)
        _exit(HUNG);
}

static void give_up(bool inside) {
    if (inside && place.size > 1)
        tell("not ok - %s: %s\n# rank %d of %d was still inside after %g s; the tests after it "
             "were not run\n",
             place.suite, place.test, place.rank, place.size, place.seconds);
    else if (inside)
        tell("not ok - %s: %s\n# still inside after %g s; the tests after it were not run\n",
             place.suite, place.test, place.seconds);
    else
        tell("not ok - %s: %s\n# rank %d waited for the others until %g s had passed\n",
             place.suite, place.test, place.rank, place.seconds);
    // The first rank to leave takes the others with it: those still inside get time to say so.
    usleep(500000);
    _exit(HUNG);
}

static void *watch(void *unused) {
    (void)unused;
    pthread_mutex_lock(&place.mutex);
    for (;;) {
        while (!place.test)
            pthread_cond_wait(&place.wake, &place.mutex);
        const unsigned turn = place.turn;
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        const double at = (double)until.tv_nsec / 1e9 + place.seconds;
        until.tv_sec += (time_t)at;
        until.tv_nsec = (long)((at - (double)(time_t)at) * 1e9);
        int why = 0;
        while (place.turn == turn && why != ETIMEDOUT)
            why = pthread_cond_timedwait(&place.wake, &place.mutex, &until);
        if (place.turn == turn && place.inside)
            give_up(true);
        if (place.turn == turn) { // others hang: theirs is the word, and 2 s to say it
            until.tv_sec += 2;
            for (why = 0; place.turn == turn && why != ETIMEDOUT;)
                why = pthread_cond_timedwait(&place.wake, &place.mutex, &until);
            if (place.turn == turn)
                give_up(place.inside);
        }
    }
    return NULL;
}

static char notes[REPORT];

void test_note(const char *format, ...) {
    char line[REPORT / 2];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    for (char *c = line; *c; c++)
        if (*c == '\n') // a line of its own would not be one of ours
            *c = ' ';
    const size_t used = strlen(notes);
    snprintf(notes + used, sizeof notes - used, "# %s\n", line);
}

static void enter(const struct test *test) {
    pthread_mutex_lock(&place.mutex);
    notes[0] = '\0';
    place.turn++;
    place.test = test ? test->name : NULL;
    place.seconds = test && test->seconds > 0 ? test->seconds : 20;
    place.inside = true;
    pthread_cond_signal(&place.wake);
    pthread_mutex_unlock(&place.mutex);
}

static void leave(void) {
    pthread_mutex_lock(&place.mutex);
    place.inside = false;
    pthread_mutex_unlock(&place.mutex);
}

// The failed assertions of the test that ran last on this rank, and its notes.
static void describe(char *text, size_t cap) {
    text[0] = '\0';
    size_t used = 0;
    if (CU_get_failure_list())
        used = (size_t)snprintf(text, cap, "%s", notes);
    if (used >= cap)
        return;
    for (CU_pFailureRecord at = CU_get_failure_list(); at; at = at->pNext) {
        const char *file = at->strFileName ? at->strFileName : "?";
        int more;
        if (place.size > 1)
            more = snprintf(text + used, cap - used, "# rank %d of %d: %s:%u: %s\n", place.rank,
                            place.size, file, at->uiLineNumber, at->strCondition);
        else
            more = snprintf(text + used, cap - used, "# %s:%u: %s\n", file, at->uiLineNumber,
                            at->strCondition);
        if (more < 0 || (size_t)more >= cap - used)
            return;
        used += (size_t)more;
    }
}

// All ranks learn whether the test failed anywhere; rank 0 prints what each rank has to say.
static bool settle(const char *name, MPI_Comm comm) {
    char text[REPORT];
    int failures = (int)CU_get_number_of_failure_records();
    describe(text, sizeof text);
    if (comm == MPI_COMM_NULL) {
        tell("%sok - %s: %s\n%s", failures ? "not " : "", place.suite, name, text);
        return failures == 0;
    }
    MPI_Allreduce(MPI_IN_PLACE, &failures, 1, MPI_INT, MPI_SUM, comm);
    if (place.rank == 0)
        tell("%sok - %s: %s\n", failures ? "not " : "", place.suite, name);
    if (!failures)
        return true;
    char *const all = place.rank == 0 ? malloc((size_t)place.size * REPORT) : NULL;
    MPI_Gather(text, REPORT, MPI_CHAR, all, REPORT, MPI_CHAR, 0, comm);
    for (int rank = 0; all && rank < place.size; rank++)
        tell("%s", all + (size_t)rank * REPORT);
    free(all);
    return false;
}

int run_tests(const char *suite, const struct test *tests, MPI_Comm comm) {
    // Ours apart from the tests': a message a test forgot is never taken for a report.
    MPI_Comm ours = MPI_COMM_NULL;
    if (comm != MPI_COMM_NULL) {
        MPI_Comm_dup(comm, &ours);
        MPI_Comm_rank(comm, &place.rank);
        MPI_Comm_size(comm, &place.size);
        snprintf(place.suite, sizeof place.suite, "%s on %d rank%s", suite, place.size,
                 place.size == 1 ? "" : "s");
    } else {
        snprintf(place.suite, sizeof place.suite, "%s", suite);
    }
    test_comm = comm;

    pthread_t watcher;
    CU_pSuite unit = NULL;
    if (CU_initialize_registry() == CUE_SUCCESS)
        unit = CU_add_suite(place.suite, NULL, NULL);
    if (!unit || pthread_create(&watcher, NULL, watch, NULL) != 0) {
        tell("not ok - %s: the runner could not start\n# %s\n", place.suite, CU_get_error_msg());
        return 1;
    }
    pthread_detach(watcher);

    bool good = true;
    for (const struct test *test = tests; test->name; test++) {
        const CU_pTest one = CU_add_test(unit, test->name, test->run);
        enter(test);
        if (!one || CU_run_test(unit, one) != CUE_SUCCESS) {
            tell("not ok - %s: %s\n# CUnit would not run it: %s\n", place.suite, test->name,
                 CU_get_error_msg());
            _exit(1);
        }
        leave();
        good = settle(test->name, ours) && good;
        enter(NULL);
    }
    CU_cleanup_registry();
    if (ours != MPI_COMM_NULL)
        MPI_Comm_free(&ours);
    return good ? 0 : 1;
}

int run_mpi_tests(int argc, char **argv, const char *suite, const struct test *tests) {
    int provided;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &provided);
    const int status = run_tests(suite, tests, MPI_COMM_WORLD);
    MPI_Finalize();
    return status;
}
