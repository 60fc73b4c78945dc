// SPDX-License-Identifier: MIT
// Tests of what is seen of threads that sleep (common/observe/read/asleep.c), on threads of this program.

#include "../../common/observe/read/asleep.h"
#include "runner.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mutex, shared_mutex;
static pthread_cond_t condition, shared_condition;
static _Atomic int tid, rounds;
static int ends, pipe_of[2];

static void begin_words(void) {
    pthread_mutexattr_t on_mutex;
    pthread_condattr_t on_condition;
    pthread_mutex_init(&mutex, NULL);
    pthread_cond_init(&condition, NULL);
    pthread_mutexattr_init(&on_mutex);
    pthread_condattr_init(&on_condition);
    pthread_mutexattr_setpshared(&on_mutex, PTHREAD_PROCESS_SHARED);
    pthread_condattr_setpshared(&on_condition, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&shared_mutex, &on_mutex);
    pthread_cond_init(&shared_condition, &on_condition);
    pthread_mutexattr_destroy(&on_mutex);
    pthread_condattr_destroy(&on_condition);
    ends = 0;
    atomic_store(&tid, 0);
    atomic_store(&rounds, 0);
}

static void say_tid(void) {
    atomic_store(&tid, (int)syscall(SYS_gettid));
}

static void wait_for(pthread_cond_t *what, pthread_mutex_t *with) {
    pthread_mutex_lock(with);
    say_tid();
    while (!ends) {
        pthread_cond_wait(what, with);
        atomic_fetch_add(&rounds, 1);
    }
    pthread_mutex_unlock(with);
}

static void *on_condition(void *unused) {
    wait_for(&condition, &mutex);
    return unused;
}

static void *on_shared_condition(void *unused) {
    wait_for(&shared_condition, &shared_mutex);
    return unused;
}

static void *for_an_hour(void *unused) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 3600;
    pthread_mutex_lock(&mutex);
    say_tid();
    while (!ends)
        pthread_cond_timedwait(&condition, &mutex, &until);
    pthread_mutex_unlock(&mutex);
    return unused;
}

static void *on_file(void *unused) {
    char byte;
    say_tid();
    while (read(pipe_of[0], &byte, 1) < 0)
        ;
    return unused;
}

static void *on_end(void *thread) {
    say_tid();
    pthread_join(*(pthread_t *)thread, NULL);
    return NULL;
}

static void *at_work(void *stop) {
    say_tid();
    while (!atomic_load((_Atomic int *)stop))
        ;
    return NULL;
}

static void wake(pthread_cond_t *what, pthread_mutex_t *with, int and_end) {
    pthread_mutex_lock(with);
    ends = and_end;
    pthread_cond_broadcast(what);
    pthread_mutex_unlock(with);
}

static uint64_t harmless; // signals whose handlers are MPI's

// Looks until the thread that has said its number sleeps.
static struct task look_until_asleep(void) {
    struct task task = {0};
    while (!task.asleep) {
        sched_yield();
        if (atomic_load(&tid))
            task = task_look(getpid(), atomic_load(&tid), harmless);
    }
    return task;
}

static void one_at_a_condition_needs_waking(void) {
    pthread_t thread;
    begin_words();
    pthread_create(&thread, NULL, on_condition, NULL);
    const struct task task = look_until_asleep();
    CU_ASSERT_EQUAL(task.what, FOR_A_WORD);
    CU_ASSERT_TRUE(task_needs_waking(&task));
    wake(&condition, &mutex, 1);
    pthread_join(thread, NULL);
}

static void one_that_was_woken_and_sleeps_again_has_moved(void) {
    pthread_t thread;
    begin_words();
    pthread_create(&thread, NULL, on_condition, NULL);
    const struct task before = look_until_asleep(), same = look_until_asleep();
    CU_ASSERT_EQUAL(before.moved, same.moved);
    wake(&condition, &mutex, 0);
    while (!atomic_load(&rounds))
        sched_yield();
    const struct task after = look_until_asleep();
    CU_ASSERT_TRUE(after.moved > before.moved);
    wake(&condition, &mutex, 1);
    pthread_join(thread, NULL);
}

static void one_that_another_process_may_wake_does_not_need_it(void) {
    pthread_t thread;
    begin_words();
    pthread_create(&thread, NULL, on_shared_condition, NULL);
    const struct task task = look_until_asleep();
    CU_ASSERT_EQUAL(task.what, FOR_SHARED);
    CU_ASSERT_FALSE(task_needs_waking(&task));
    wake(&shared_condition, &shared_mutex, 1);
    pthread_join(thread, NULL);
}

static void one_that_waits_for_an_hour_does_not_need_it(void) {
    pthread_t thread;
    begin_words();
    pthread_create(&thread, NULL, for_an_hour, NULL);
    const struct task task = look_until_asleep();
    CU_ASSERT_EQUAL(task.what, FOR_A_TIME);
    CU_ASSERT_FALSE(task_needs_waking(&task));
    wake(&condition, &mutex, 1);
    pthread_join(thread, NULL);
}

static void do_nothing(int signal_number) {
    (void)signal_number;
}

static void where_a_clock_sends_a_signal_it_does_not_need_it(void) {
    pthread_t thread;
    begin_words();
    signal(SIGALRM, do_nothing);
    pthread_create(&thread, NULL, on_condition, NULL);
    const struct task task = look_until_asleep();
    harmless = (uint64_t)1 << (SIGALRM - 1);
    const struct task with_mpis = look_until_asleep();
    harmless = 0;
    signal(SIGALRM, SIG_DFL);
    CU_ASSERT_EQUAL(task.what, FOR_A_SIGNAL);
    CU_ASSERT_FALSE(task_needs_waking(&task));
    CU_ASSERT_EQUAL(with_mpis.what, FOR_A_WORD);
    wake(&condition, &mutex, 1);
    pthread_join(thread, NULL);
}

static void one_that_reads_does_not_need_it(void) {
    pthread_t thread;
    begin_words();
    CU_ASSERT_EQUAL_FATAL(pipe(pipe_of), 0);
    pthread_create(&thread, NULL, on_file, NULL);
    const struct task task = look_until_asleep();
    CU_ASSERT_EQUAL(task.what, FOR_OTHER);
    CU_ASSERT_FALSE(task_needs_waking(&task));
    CU_ASSERT_EQUAL(write(pipe_of[1], "", 1), 1);
    pthread_join(thread, NULL);
    close(pipe_of[0]);
    close(pipe_of[1]);
}

static void one_that_joins_names_the_other(void) {
    pthread_t other, thread;
    begin_words();
    pthread_create(&other, NULL, on_condition, NULL);
    const int joined = look_until_asleep().tid;
    atomic_store(&tid, 0);
    pthread_create(&thread, NULL, on_end, &other);
    const struct task task = look_until_asleep();
    CU_ASSERT_EQUAL(task.what, FOR_AN_END);
    CU_ASSERT_EQUAL(task.joins, joined);
    CU_ASSERT_TRUE(task_needs_waking(&task));
    wake(&condition, &mutex, 1);
    pthread_join(thread, NULL);
}

static void one_that_computes_is_awake_and_one_that_has_ended_is_not_there(void) {
    static _Atomic int stop;
    pthread_t thread;
    begin_words();
    pthread_create(&thread, NULL, at_work, &stop);
    while (!atomic_load(&tid))
        sched_yield();
    const struct task working = task_look(getpid(), atomic_load(&tid), 0);
    CU_ASSERT_TRUE(working.there);
    CU_ASSERT_FALSE(working.asleep);
    CU_ASSERT_FALSE(task_needs_waking(&working));
    atomic_store(&stop, 1);
    pthread_join(thread, NULL);
    const struct task ended = task_look(getpid(), working.tid, 0);
    CU_ASSERT_FALSE(ended.there);
    CU_ASSERT_FALSE(task_needs_waking(&ended));
}

static const struct test tests[] = {
    TEST(one_at_a_condition_needs_waking),
    TEST(one_that_was_woken_and_sleeps_again_has_moved),
    TEST(one_that_another_process_may_wake_does_not_need_it),
    TEST(one_that_waits_for_an_hour_does_not_need_it),
    TEST(where_a_clock_sends_a_signal_it_does_not_need_it),
    TEST(one_that_reads_does_not_need_it),
    TEST(one_that_joins_names_the_other),
    TEST(one_that_computes_is_awake_and_one_that_has_ended_is_not_there),
    {0}};

int main(void) {
    return run_tests("asleep", tests, MPI_COMM_NULL);
}
