// SPDX-License-Identifier: MIT
// Tests of common/kit/clock.c.

#include "runner.h"

#include "kit.h"

#include <pthread.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void now_never_goes_back(void) {
    double last = now();
    for (int i = 0; i < 100000; i++) {
        const double next = now();
        CU_ASSERT_FATAL(next >= last);
        last = next;
    }
}

static void now_counts_seconds(void) {
    const double before = now();
    usleep(50000);
    const double passed = now() - before;
    CU_ASSERT(passed >= 0.05); // a sleep may be long on a busy machine, never short
    CU_ASSERT(passed < 15);
}

static void waiting_takes_no_cpu_time(void) {
    const double before = cpu_seconds();
    usleep(200000);
    CU_ASSERT(cpu_seconds() - before < 0.1);
}

static void *burn(void *unused) {
    struct timespec t;
    do
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    while (t.tv_sec == 0 && t.tv_nsec < 60000000);
    return unused;
}

static void cpu_time_counts_every_thread(void) {
    pthread_t thread[3];
    const double before = cpu_seconds();
    for (int i = 0; i < 3; i++)
        CU_ASSERT_EQUAL_FATAL(pthread_create(&thread[i], NULL, burn, NULL), 0);
    for (int i = 0; i < 3; i++)
        pthread_join(thread[i], NULL);
    CU_ASSERT(cpu_seconds() - before > 0.15); // 3 x 60 ms
}

static void cpu_time_counts_children_that_have_ended(void) {
    const double before = cpu_seconds();
    const pid_t child = fork();
    if (child == 0) {
        burn(NULL);
        _exit(0);
    }
    CU_ASSERT_FATAL(child > 0);
    CU_ASSERT_EQUAL(waitpid(child, NULL, 0), child);
    CU_ASSERT(cpu_seconds() - before > 0.05);
}

static const struct test tests[] = {TEST(now_never_goes_back),
                                    TEST(now_counts_seconds),
                                    TEST(waiting_takes_no_cpu_time),
                                    TEST(cpu_time_counts_every_thread),
                                    TEST(cpu_time_counts_children_that_have_ended),
                                    {0}};

int main(void) {
    return run_tests("clock", tests, MPI_COMM_NULL);
}
