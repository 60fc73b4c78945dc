// SPDX-License-Identifier: MIT
// Tests of common/kit/memory.c in one process; mpi_memory.c has those on ranks.

#include "memory.h"
#include "kit.h"
#include "runner.h"
#include "say.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void a_small_problem_fits(void) {
    words_clear();
    CU_ASSERT(memory_fits(0, MPI_COMM_NULL));
    CU_ASSERT(memory_fits(1e6, MPI_COMM_NULL));
    CU_ASSERT_PTR_NULL(refusal());
}

static void more_than_the_machine_has_is_refused_with_both_figures(void) {
    static const double huge[] = {1e15, 1e18, 1e300, INFINITY};
    for (size_t i = 0; i < sizeof huge / sizeof *huge; i++) {
        words_clear();
        CU_ASSERT(!memory_fits(huge[i], MPI_COMM_NULL));
        CU_ASSERT_PTR_NOT_NULL_FATAL(refusal());
        CU_ASSERT_PTR_NOT_NULL(strstr(refusal(), "GiB of memory"));
        CU_ASSERT_PTR_NOT_NULL(strstr(refusal(), "GiB free"));
        CU_ASSERT_PTR_NOT_NULL(strstr(refusal(), "make it smaller"));
    }
}

static void pages_are_zero_and_can_be_written_to_the_last_byte(void) {
    static const size_t sizes[] = {0, 1, 4096, 2097151, 2097152, 2097153, 9000001};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const size_t size = sizes[i];
        unsigned char *pages = memory_pages(size);
        CU_ASSERT_PTR_NOT_NULL_FATAL(pages);
        for (size_t at = 0; at < size; at += 511)
            CU_ASSERT_EQUAL_FATAL(pages[at], 0);
        if (size) {
            CU_ASSERT_EQUAL(pages[size - 1], 0);
            memset(pages, 0xAB, size);
        }
        memory_free(pages, size);
    }
    memory_free(NULL, 5);
}

// Resident memory of this process, bytes.
static double resident(void) {
    FILE *file = fopen("/proc/self/statm", "r");
    long pages = 0;
    if (file && fscanf(file, "%*d %ld", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

static void pages_take_no_memory_until_they_are_touched_and_give_it_back(void) {
    const size_t size = 64 << 20;
    const double before = resident();
    char *pages = memory_pages(size);
    CU_ASSERT_PTR_NOT_NULL_FATAL(pages);
    CU_ASSERT(resident() - before < 8e6);
    memset(pages, 1, size);
    CU_ASSERT(resident() - before > 60e6);
    memory_free(pages, size);
    CU_ASSERT(resident() - before < 8e6);
}

static void pages_that_the_system_cannot_give_are_refused(void) {
    words_clear();
    CU_ASSERT_PTR_NULL(memory_pages((size_t)1 << 62));
    CU_ASSERT_PTR_NOT_NULL_FATAL(refusal());
    CU_ASSERT_PTR_NOT_NULL(strstr(refusal(), "No memory"));
    words_clear();
    CU_ASSERT_PTR_NULL(memory_pages(SIZE_MAX));
    CU_ASSERT_PTR_NOT_NULL(refusal());
}

static void the_peak_stays_after_memory_is_given_back(void) {
    const double before = memory_peak_kb();
    CU_ASSERT(before > 0);
    const size_t size = 96 << 20;
    char *pages = memory_pages(size);
    CU_ASSERT_PTR_NOT_NULL_FATAL(pages);
    memset(pages, 1, size);
    memory_free(pages, size);
    CU_ASSERT(memory_peak_kb() >= before);
    CU_ASSERT(memory_peak_kb() > 96 * 1024);
}

static void watching_sees_what_is_held_for_a_while(void) {
    const size_t size = 48 << 20;
    CU_ASSERT_FATAL(memory_watch_start());
    char *pages = memory_pages(size);
    CU_ASSERT_PTR_NOT_NULL_FATAL(pages);
    memset(pages, 1, size);
    usleep(400000); // four samples
    memory_free(pages, size);
    const double with = memory_watch_stop();
    CU_ASSERT(with > 48 * 1024);
    CU_ASSERT_FATAL(memory_watch_start());
    CU_ASSERT(memory_watch_stop() < with - 40 * 1024); // a new watch forgets the old peak
}

// A process that holds so many bytes until it is ended.
static pid_t holder(size_t size) {
    int ready[2];
    char byte;
    if (pipe(ready) != 0)
        return -1;
    const pid_t child = fork();
    if (child == 0) {
        char *const pages = memory_pages(size);
        memset(pages, 1, size);
        (void)!write(ready[1], "", 1);
        for (;;)
            pause();
    }
    (void)!read(ready[0], &byte, 1);
    close(ready[0]);
    close(ready[1]);
    return child;
}

static void end_holder(pid_t child) {
    CU_ASSERT_FATAL(child > 0);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

static void watching_sees_a_process_that_is_started_meanwhile_and_none_from_before(void) {
    const size_t size = 48 << 20;
    CU_ASSERT_FATAL(memory_watch_start());
    const double without = memory_watch_stop();
    const pid_t before = holder(size);
    CU_ASSERT_FATAL(memory_watch_start());
    const double alone = memory_watch_stop();
    CU_ASSERT_FATAL(memory_watch_start());
    const pid_t meanwhile = holder(size);
    usleep(400000); // four samples
    end_holder(meanwhile);
    const double with = memory_watch_stop();
    end_holder(before);
    test_note("%.0f kB, %.0f beside a process, %.0f with one", without, alone, with);
    CU_ASSERT(alone < without + 8 * 1024);
    CU_ASSERT(with > without + 40 * 1024);
}

static const struct test tests[] = {
    TEST(a_small_problem_fits),
    TEST(more_than_the_machine_has_is_refused_with_both_figures),
    TEST(pages_are_zero_and_can_be_written_to_the_last_byte),
    TEST(pages_take_no_memory_until_they_are_touched_and_give_it_back),
    TEST(pages_that_the_system_cannot_give_are_refused),
    TEST(the_peak_stays_after_memory_is_given_back),
    TEST(watching_sees_what_is_held_for_a_while),
    TEST(watching_sees_a_process_that_is_started_meanwhile_and_none_from_before),
    {0}};

int main(void) {
    return run_tests("memory", tests, MPI_COMM_NULL);
}
