// SPDX-License-Identifier: MIT
// Tests of common/kit/service.c, with tests/kit/toy/helper.c as the program beside the lab.

#include "kit.h"
#include "runner.h"
#include "say.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct service service;

static bool start(const char *mode) {
    char *argv[] = {"helper", (char *)mode, NULL};
    words_clear();
    return service_start(&service, "helper", argv);
}

static bool is_gone(int pid) {
    return kill(pid, 0) != 0 && errno == ESRCH;
}

// Children of this process that are not reaped.
static bool no_child_is_left(void) {
    return waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD;
}

static void a_service_is_ready_when_it_said_its_first_line(void) {
    CU_ASSERT_FATAL(start(""));
    char ready[64];
    snprintf(ready, sizeof ready, "ready %d", service.pid);
    CU_ASSERT_STRING_EQUAL(service.ready, ready);
    const int pid = service.pid;
    service_stop(&service);
    CU_ASSERT(is_gone(pid));
    CU_ASSERT_EQUAL(service.pid, 0);
    CU_ASSERT(no_child_is_left());
}

static void both_ends_of_its_pipes_are_ours(void) {
    char byte = '?';
    CU_ASSERT_FATAL(start(""));
    CU_ASSERT_EQUAL(write(service.in, "x", 1), 1);
    CU_ASSERT_EQUAL(read(service.out, &byte, 1), 1);
    CU_ASSERT_EQUAL(byte, 'x');
    service_stop(&service);
}

static void many_services_come_and_go_without_leaving_anything(void) {
    const int before = dup(0);
    close(before);
    for (int i = 0; i < 30; i++) {
        CU_ASSERT_FATAL(start(""));
        service_stop(&service);
    }
    const int after = dup(0); // the lowest free descriptor: none was lost
    close(after);
    CU_ASSERT_EQUAL(after, before);
    CU_ASSERT(no_child_is_left());
}

// How long the first of two services takes to stop. One that still had an end of the other's pipe
// open would be killed only after a second.
static double seconds_to_stop_the_first(void) {
    CU_ASSERT_FATAL(start(""));
    struct service first = service;
    CU_ASSERT_FATAL(start(""));
    struct service second = service;
    const double before = now();
    service_stop(&first);
    const double seconds = now() - before;
    service_stop(&second);
    return seconds;
}

static void two_services_do_not_keep_each_other_alive(void) {
    double least = 10;
    for (int i = 0; i < 5 && least > 0.9; i++) { // a busy machine may be slow, but not five times
        const double seconds = seconds_to_stop_the_first();
        least = seconds < least ? seconds : least;
    }
    CU_ASSERT(least < 0.9);
    CU_ASSERT(no_child_is_left());
}

static void a_deaf_service_is_killed(void) {
    CU_ASSERT_FATAL(start("deaf"));
    const int pid = service.pid;
    const double before = now();
    service_stop(&service);
    CU_ASSERT(now() - before < 8);
    CU_ASSERT(is_gone(pid));
    CU_ASSERT(no_child_is_left());
}

static void a_service_that_ends_at_once_is_refused_soon(void) {
    const double before = now();
    CU_ASSERT(!start("gone"));
    CU_ASSERT(now() - before < 5);
    CU_ASSERT_PTR_NOT_NULL_FATAL(refusal());
    CU_ASSERT_PTR_NOT_NULL(strstr(refusal(), "helper did not start"));
    CU_ASSERT(no_child_is_left());
}

static void a_service_that_says_nothing_is_given_up(void) {
    const double before = now();
    CU_ASSERT(!start("mute"));
    CU_ASSERT(now() - before > 5 && now() - before < 20);
    CU_ASSERT_PTR_NOT_NULL(refusal());
    CU_ASSERT(no_child_is_left());
}

static void an_endless_first_line_is_refused(void) {
    CU_ASSERT(!start("long"));
    CU_ASSERT_PTR_NOT_NULL(refusal());
    CU_ASSERT(no_child_is_left());
}

static void a_program_that_is_not_built_is_named(void) {
    char *argv[] = {"nosuch", NULL};
    words_clear();
    CU_ASSERT(!service_start(&service, "nosuch", argv));
    CU_ASSERT_PTR_NOT_NULL_FATAL(refusal());
    CU_ASSERT_PTR_NOT_NULL(strstr(refusal(), "nosuch"));
    CU_ASSERT_PTR_NOT_NULL(strstr(refusal(), "not built"));
    CU_ASSERT(no_child_is_left());
}

static void stopping_what_never_started_does_nothing(void) {
    struct service none = {.in = -1, .out = -1};
    service_stop(&none);
    CU_ASSERT(no_child_is_left());
}

static void a_service_dies_with_its_parent_even_if_that_is_killed(void) {
    int ends[2], pid = 0;
    CU_ASSERT_EQUAL_FATAL(pipe(ends), 0);
    const pid_t parent = fork();
    if (parent == 0) {
        close(ends[0]);
        pid = start("deaf") ? service.pid : 0;
        if (write(ends[1], &pid, sizeof pid) != sizeof pid)
            _exit(1);
        for (;;)
            pause();
    }
    close(ends[1]);
    CU_ASSERT_EQUAL(read(ends[0], &pid, sizeof pid), sizeof pid);
    close(ends[0]);
    CU_ASSERT_FATAL(pid > 0);
    CU_ASSERT(!is_gone(pid));
    kill(parent, SIGKILL);
    waitpid(parent, NULL, 0);
    // It becomes a child of init, or of whoever collects orphans, and may stay a zombie there.
    bool dead = false;
    for (int i = 0; i < 200 && !dead; i++) {
        char path[64], state = 'Z';
        snprintf(path, sizeof path, "/proc/%d/stat", pid);
        FILE *file = fopen(path, "r");
        if (file) {
            if (fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
                state = 'Z';
            fclose(file);
        }
        dead = state == 'Z' || state == 'X';
        usleep(10000);
    }
    CU_ASSERT(dead);
}

static void words_are_kept_one_by_one(void) {
    struct service_words words = {0};
    service_word(&words, "origin");
    service_word(&words, "%d", 17);
    CU_ASSERT_STRING_EQUAL(words.argv[0], "origin");
    CU_ASSERT_STRING_EQUAL(words.argv[1], "17");
    CU_ASSERT_PTR_NULL(words.argv[2]);
    for (int i = 0; i < 2000; i++)
        service_word(&words, "%d", i); // what has no room is left out
    CU_ASSERT(words.count < sizeof words.argv / sizeof *words.argv);
    CU_ASSERT_PTR_NULL(words.argv[words.count]);
}

static void one_that_the_judge_started_is_taken(void) {
    char dir[] = "/tmp/twofold-given-XXXXXX", path[64];
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/7.ready", dir);
    FILE *file = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs("ready unix:/somewhere\n", file);
    fclose(file);
    setenv("TWOFOLD_SERVICES", dir, 1);
    service_case(7);
    CU_ASSERT(service_there("helper"));
    CU_ASSERT(start(""));
    CU_ASSERT_STRING_EQUAL(service.ready, "ready unix:/somewhere");
    CU_ASSERT_EQUAL(service.pid, 0);
    service_stop(&service);
    service_case(8); // for which there is none
    CU_ASSERT_FALSE(service_there("helper"));
    CU_ASSERT_FALSE(start(""));
    CU_ASSERT_PTR_NOT_NULL_FATAL(refusal());
    CU_ASSERT_PTR_NOT_NULL(strstr(refusal(), "case 8"));
    unsetenv("TWOFOLD_SERVICES");
    unlink(path);
    rmdir(dir);
    CU_ASSERT(no_child_is_left());
}

static void one_is_there_if_it_is_built(void) {
    CU_ASSERT(service_there("helper"));
    CU_ASSERT_FALSE(service_there("nosuch"));
}

static void everybody_learns_where_it_listens(void) {
    struct service_words words = {0};
    char where[64], wanted[64];
    service_word(&words, "helper");
    CU_ASSERT_FATAL(service_share(&service, &words, MPI_COMM_NULL, where, sizeof where));
    snprintf(wanted, sizeof wanted, "%d", service.pid); // which it says behind "ready"
    CU_ASSERT_STRING_EQUAL(where, wanted);
    service_stop(&service);
    CU_ASSERT(no_child_is_left());
}

static const struct test tests[] = {
    TEST(a_service_is_ready_when_it_said_its_first_line),
    TEST(both_ends_of_its_pipes_are_ours),
    TEST(many_services_come_and_go_without_leaving_anything),
    TEST(two_services_do_not_keep_each_other_alive),
    TEST(a_deaf_service_is_killed),
    TEST(a_service_that_ends_at_once_is_refused_soon),
    {"a_service_that_says_nothing_is_given_up", a_service_that_says_nothing_is_given_up, 40},
    TEST(an_endless_first_line_is_refused),
    TEST(a_program_that_is_not_built_is_named),
    TEST(words_are_kept_one_by_one),
    TEST(one_is_there_if_it_is_built),
    TEST(everybody_learns_where_it_listens),
    TEST(one_that_the_judge_started_is_taken),
    TEST(stopping_what_never_started_does_nothing),
    TEST(a_service_dies_with_its_parent_even_if_that_is_killed),
    {0}};

int main(void) {
    return run_tests("service", tests, MPI_COMM_NULL);
}
