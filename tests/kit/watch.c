// SPDX-License-Identifier: MIT
// Tests of common/judge/watch.c: this program, started once more as "work", "grow"
// or "child", is what is watched.

#include "watch.h"
#include "process.h"
#include "records.h"
#include "runner.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MEGABYTES = 40, WORK_MS = 100 };

static void rest(long ms) {
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

// Uses WORK_MS of CPU time, however long that takes.
static void *work(void *unused) {
    struct timespec t, begin;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
    do
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    while ((t.tv_sec - begin.tv_sec) * 1000L + (t.tv_nsec - begin.tv_nsec) / 1000000L < WORK_MS);
    return unused;
}

static void *idle(void *unused) {
    rest(2 * WORK_MS);
    return unused;
}

// What a lab program does while it is watched: two of three threads work, in the call and before.
static int be_watched(void) {
    pthread_t two, three;
    work(NULL); // before the call: does not count
    rest(100);
    prctl(PR_SET_NAME, "twofold:call");
    if (pthread_create(&two, NULL, work, NULL) != 0 ||
        pthread_create(&three, NULL, idle, NULL) != 0)
        return 1;
    work(NULL);
    pthread_join(two, NULL);
    pthread_join(three, NULL);
    rest(100);
    prctl(PR_SET_NAME, "watch");
    return 0;
}

// One that takes memory in its call.
static int grow(void) {
    rest(100);
    prctl(PR_SET_NAME, "twofold:call");
    volatile char *const memory = malloc(MEGABYTES << 20); // volatile: it is really touched
    for (size_t i = 0; memory && i < (size_t)MEGABYTES << 20; i += 4096)
        memory[i] = 1;
    rest(200);
    prctl(PR_SET_NAME, "watch");
    const int kept = memory ? memory[MEGABYTES << 19] : 0;
    free((void *)memory);
    return kept == 1 ? 0 : 1;
}

// One whose kernel has a process of its own do all the work.
static int let_a_child_work(void) {
    rest(100);
    prctl(PR_SET_NAME, "twofold:call");
    const pid_t child = fork();
    if (child == 0) {
        work(NULL);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    rest(100);
    prctl(PR_SET_NAME, "watch");
    return child > 0 ? 0 : 1;
}

static struct seen look(const char *how_it_runs, const char *mode, int workers) {
    struct command command = {0};
    struct outcome o;
    struct watch watch;
    CU_ASSERT_FATAL(watch_begin(&watch, NULL, "."));
    command_add(&command, "/proc/self/exe");
    command_add(&command, "%s", mode);
    const struct how how = {
        .seconds = 15, .look = watch_look, .look_s = WATCH_EVERY, .user = &watch};
    CU_ASSERT(process_run(&command, &how, &o));
    CU_ASSERT_EQUAL(o.status, 0);
    outcome_free(&o);
    command_free(&command);
    return watch_end(&watch, how_it_runs, workers, 1, ".");
}

// Where others starve the watcher, or take their time out of this one's, it sees what it can: so
// there are some tries, of which one has to be right in all it says.
enum { TRIES = 6 };

static bool is_right_in_time(const struct seen *s) {
    return s->workers == 3 && s->worked < 3 && s->busiest_ms > 0.8 * WORK_MS &&
           s->busiest_ms < 1.3 * WORK_MS && s->least_ms < 0.1 * WORK_MS && s->call_ms > WORK_MS;
}

static void work_in_the_call_is_seen_and_what_came_before_is_not(void) {
    struct seen s = {0};
    for (int i = 0; i < TRIES && !is_right_in_time(&s); i++) {
        s = look("threads", "work", 3);
        test_note("workers %g, worked %g, busiest %g ms, least %g ms, all %g ms, call %g ms",
                  s.workers, s.worked, s.busiest_ms, s.least_ms, s.cpu_ms, s.call_ms);
    }
    CU_ASSERT(is_right_in_time(&s));
}

static bool is_right_in_memory(const struct seen *s) {
    // A sanitizer has some of its own for each byte.
    return s->grown_kb > 1000 * MEGABYTES && s->grown_kb < 1250 * MEGABYTES &&
           s->pss_kb >= s->grown_kb;
}

static void memory_taken_in_the_call_is_seen(void) {
    struct seen s = {0};
    for (int i = 0; i < TRIES && !is_right_in_memory(&s); i++) {
        s = look("threads", "grow", 1);
        test_note("grown %g kB, PSS %g kB", s.grown_kb, s.pss_kb);
    }
    CU_ASSERT(is_right_in_memory(&s));
}

// It is soon gone, so that a look now and then would miss most of them.
static void a_process_that_the_kernel_starts_is_seen(void) {
    int times = 0;
    for (int i = 0; i < TRIES; i++) {
        const struct seen s = look("threads", "child", 2);
        test_note("worked %g, busiest %g ms, all %g ms", s.worked, s.busiest_ms, s.cpu_ms);
        times += s.worked == 1 && s.busiest_ms >= 0.5 * WORK_MS;
    }
    CU_ASSERT(times >= TRIES - 2);
}

static void a_rank_is_a_worker_with_all_its_threads(void) {
    const struct seen s = look("ranks", "work", 2);
    CU_ASSERT_EQUAL(s.workers, 2);
    CU_ASSERT_EQUAL(s.worked, 1); // there is one process
    CU_ASSERT_EQUAL(s.least_ms, 0);
    CU_ASSERT_EQUAL(s.messages, -1);
    CU_ASSERT(s.busiest_ms == s.cpu_ms);
}

static void without_a_call_nothing_was_seen(void) {
    const struct seen s = look("threads", "none", 3);
    CU_ASSERT_EQUAL(s.workers, 0);
}

static void a_record_carries_what_was_seen(void) {
    char *line = NULL;
    size_t size = 0;
    FILE *const file = open_memstream(&line, &size);
    struct record r = {.version = "mpi", .workers = 4, .verdict = "PASS"}, back;
    r.seen = (struct seen){.workers = 4, .worked = 2, .cpu_ms = 12.5, .bytes = 4096};
    CU_ASSERT_FATAL(file != NULL);
    record_print(file, &r);
    fclose(file);
    line[strcspn(line, "\n")] = '\0';
    CU_ASSERT(record_parse(line, &back));
    CU_ASSERT_EQUAL(back.seen.workers, 4);
    CU_ASSERT_EQUAL(back.seen.worked, 2);
    CU_ASSERT_EQUAL(back.seen.cpu_ms, 12.5);
    CU_ASSERT_EQUAL(back.seen.bytes, 4096);
    free(line);
}

static const struct test tests[] = {TEST(work_in_the_call_is_seen_and_what_came_before_is_not),
                                    TEST(memory_taken_in_the_call_is_seen),
                                    TEST(a_process_that_the_kernel_starts_is_seen),
                                    TEST(a_rank_is_a_worker_with_all_its_threads),
                                    TEST(without_a_call_nothing_was_seen),
                                    TEST(a_record_carries_what_was_seen),
                                    {0}};

int main(int argc, char **argv) {
    if (argc > 1)
        return !strcmp(argv[1], "work")    ? be_watched()
               : !strcmp(argv[1], "grow")  ? grow()
               : !strcmp(argv[1], "child") ? let_a_child_work()
                                           : 0;
    return run_tests("watch", tests, MPI_COMM_NULL);
}
