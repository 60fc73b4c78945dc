// SPDX-License-Identifier: MIT
// Tests of common/judge/process.c: however a command ends, nothing of it is left.

#include "process.h"
#include "runner.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct outcome o;

static bool shell(const char *script, struct how how) {
    struct command command = {0};
    command_add(&command, "sh");
    command_add(&command, "-c");
    command_add(&command, "%s", script);
    how.capture_out = how.capture_err = true;
    const bool good = process_run(&command, &how, &o);
    command_free(&command);
    return good;
}

// Naps of this program alone, for it runs beside its sanitized twin: sleep $NAP.
static void name_nap(void) {
    char nap[64];
    snprintf(nap, sizeof nap, "7100.%d", (int)getpid());
    setenv("NAP", nap, 1);
}

// Is anybody still in such a nap? ([.]: or the search would find itself)
static bool somebody_naps(void) {
    char look[256];
    snprintf(look, sizeof look, "grep -qsa 'sleep.7100[.]%d' /proc/[0-9]*/cmdline", (int)getpid());
    return system(look) == 0;
}

static void a_command_that_ends_tells_its_status_and_output(void) {
    CU_ASSERT(shell("echo out; echo err >&2; exit 3", (struct how){0}));
    CU_ASSERT(o.started && !o.over_time && !o.interrupted);
    CU_ASSERT_EQUAL(o.status, 3);
    CU_ASSERT_EQUAL(o.left, 0);
    CU_ASSERT_STRING_EQUAL(o.out, "out\n");
    CU_ASSERT_STRING_EQUAL(o.err, "err\n");
    CU_ASSERT_PTR_NOT_NULL(strstr(o.text, "status 3"));
    outcome_free(&o);
}

static void a_signal_is_told_as_a_shell_would(void) {
    CU_ASSERT(shell("kill -SEGV $$", (struct how){0}));
    CU_ASSERT_EQUAL(o.status, 128 + SIGSEGV);
    CU_ASSERT_EQUAL(o.signal, SIGSEGV);
    outcome_free(&o);
}

static void a_program_that_is_not_there_is_named(void) {
    struct command command = {0};
    command_add(&command, "/nowhere/program");
    CU_ASSERT(!process_run(&command, &(struct how){0}, &o));
    CU_ASSERT(!o.started);
    CU_ASSERT_PTR_NOT_NULL(strstr(o.text, "/nowhere/program"));
    outcome_free(&o);
    command_free(&command);
}

static void a_command_over_its_time_is_ended_with_all_its_children(void) {
    CU_ASSERT(shell("sleep $NAP & setsid sleep $NAP & sleep $NAP", (struct how){.seconds = 0.3}));
    CU_ASSERT(o.over_time);
    CU_ASSERT(o.wall < 10);
    CU_ASSERT(!somebody_naps());
    outcome_free(&o);
}

static void a_command_that_ignores_sigterm_is_killed(void) {
    CU_ASSERT(shell("trap '' TERM; sleep $NAP; sleep $NAP", (struct how){.seconds = 0.3}));
    CU_ASSERT(o.over_time);
    CU_ASSERT(!somebody_naps());
    outcome_free(&o);
}

static void children_left_behind_are_counted_and_killed(void) {
    CU_ASSERT(shell("setsid sleep $NAP & (sleep $NAP &) ; exit 0", (struct how){0}));
    CU_ASSERT_EQUAL(o.status, 0);
    CU_ASSERT_EQUAL(o.left, 2);
    CU_ASSERT(o.wall < 10); // not the children's time, though they hold the pipes
    CU_ASSERT(!somebody_naps());
    outcome_free(&o);
}

// Its parent ends at once, and for a moment the child has no environment to know it by: without a second
// look one in seven was missed, so this sees nearly always where it is lacking.
static void a_child_left_in_the_middle_of_its_exec_is_found(void) {
    int found = 0;
    for (int i = 0; i < 15; i++) {
        CU_ASSERT(shell("sleep $NAP & exit 0", (struct how){0}));
        found += o.left;
        outcome_free(&o);
    }
    CU_ASSERT_EQUAL(found, 15);
    CU_ASSERT(!somebody_naps());
}

static void output_beyond_the_cap_is_dropped_and_said(void) {
    CU_ASSERT(shell("head -c 3000000 /dev/zero | tr '\\0' x; exit 5", (struct how){.cap = 1000}));
    CU_ASSERT_EQUAL(o.status, 5);
    CU_ASSERT(o.out_cut && !o.err_cut);
    CU_ASSERT_EQUAL(strlen(o.out), o.out_size);
    CU_ASSERT(o.out_size > 1000 && o.out_size < 1000 + 4096 + 100);
    CU_ASSERT_PTR_NOT_NULL(strstr(o.out, "\n[... 2994904 bytes are left out ...]\nx"));
    outcome_free(&o);
}

static void head_and_tail_of_a_long_output_are_kept(void) {
    CU_ASSERT(shell("seq 100000; echo the end", (struct how){.cap = 20}));
    CU_ASSERT_EQUAL(strncmp(o.out, "1\n2\n3\n", 6), 0);
    const char *const note = strstr(o.out, " bytes are left out ...]\n");
    CU_ASSERT_PTR_NOT_NULL_FATAL(note);
    const long next = strtol(strchr(note, '\n') + 1, NULL, 10); // a line begins there
    CU_ASSERT(next > 90000);
    CU_ASSERT_PTR_NOT_NULL(strstr(o.out, "\n99999\n100000\nthe end\n"));
    outcome_free(&o);
    // What is barely too long loses nothing.
    CU_ASSERT(shell("echo 12345; echo 67890", (struct how){.cap = 8}));
    CU_ASSERT_STRING_EQUAL(o.out, "12345\n67890\n");
    outcome_free(&o);
}

static void a_program_that_prints_without_end_is_stopped(void) {
    CU_ASSERT(shell("yes", (struct how){.most = 3 << 20, .cap = 100, .seconds = 60}));
    CU_ASSERT(o.too_much && !o.over_time);
    CU_ASSERT_PTR_NOT_NULL(strstr(o.text, "had printed more than 3 MiB"));
    outcome_free(&o);
}

static char lines[256];

static void take(const char *line, void *user) {
    CU_ASSERT_PTR_EQUAL(user, lines);
    snprintf(lines + strlen(lines), sizeof lines - strlen(lines), "[%s]", line);
}

static void lines_are_given_whole_as_they_come(void) {
    lines[0] = '\0';
    CU_ASSERT(shell("printf 'a b\\n\\nha'; sleep 0.2; printf 'lf\\nrest'",
                    (struct how){.line = take, .user = lines}));
    CU_ASSERT_EQUAL(strncmp(lines, "[a b][][half]", 13), 0);
    CU_ASSERT_STRING_EQUAL(o.out, "a b\n\nhalf\nrest");
    outcome_free(&o);
}

static void the_environment_and_directory_are_set(void) {
    struct command command = {0};
    command_add(&command, "sh");
    command_add(&command, "-c");
    command_add(&command, "echo \"$COLOUR\"; pwd");
    command_set(&command, "COLOUR", "light blue");
    CU_ASSERT(process_run(&command, &(struct how){.capture_out = true, .dir = "/usr"}, &o));
    CU_ASSERT_STRING_EQUAL(o.out, "light blue\n/usr\n");
    outcome_free(&o);
    command_free(&command);
}

static void stdin_is_empty(void) {
    CU_ASSERT(shell("read line && echo got; exit 0", (struct how){.seconds = 5}));
    CU_ASSERT(!o.over_time);
    CU_ASSERT_STRING_EQUAL(o.out, "");
    outcome_free(&o);
}

static void cpu_time_is_the_commands(void) {
    CU_ASSERT(shell("i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done", (struct how){0}));
    CU_ASSERT(o.cpu > 0.005);
    CU_ASSERT(o.wall >= 0.9 * o.cpu);
    outcome_free(&o);
}

static void *run_thread(void *number) {
    struct command command = {0};
    struct outcome mine;
    command_add(&command, "sh");
    command_add(&command, "-c");
    command_add(&command, "sleep 0.1; exit %d", *(int *)number);
    process_run(&command, &(struct how){0}, &mine);
    *(int *)number = mine.status - *(int *)number;
    outcome_free(&mine);
    command_free(&command);
    return NULL;
}

static void several_threads_run_commands_at_once(void) {
    pthread_t thread[6];
    int number[6];
    for (int i = 0; i < 6; i++) {
        number[i] = i + 10;
        CU_ASSERT_EQUAL_FATAL(pthread_create(&thread[i], NULL, run_thread, &number[i]), 0);
    }
    for (int i = 0; i < 6; i++) {
        pthread_join(thread[i], NULL);
        CU_ASSERT_EQUAL(number[i], 0);
    }
}

static void programs_are_found_in_path_only_if_they_can_run(void) {
    char path[256];
    CU_ASSERT(process_find("sh", path, sizeof path));
    CU_ASSERT_EQUAL(path[0], '/');
    CU_ASSERT(process_find("/bin/sh", NULL, 0));
    CU_ASSERT(!process_find("nosuchprogram", NULL, 0));
    CU_ASSERT(!process_find("/etc/passwd", NULL, 0));
    CU_ASSERT(!process_find("", NULL, 0));
}

// In a process of its own, for an interruption is remembered.
static void a_ctrl_c_ends_the_command_and_then_us(void) {
    const pid_t child = fork();
    if (child == 0) {
        process_catch_signals();
        alarm(20);
        shell("kill -INT $PPID; sleep $NAP", (struct how){0});
        const bool good = o.interrupted && process_interrupted() == SIGINT;
        outcome_free(&o);
        if (good)
            process_die_if_interrupted();
        _exit(1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    CU_ASSERT(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
    CU_ASSERT(!somebody_naps());
}

static const struct test tests[] = {TEST(a_command_that_ends_tells_its_status_and_output),
                                    TEST(a_signal_is_told_as_a_shell_would),
                                    TEST(a_program_that_is_not_there_is_named),
                                    TEST(a_command_over_its_time_is_ended_with_all_its_children),
                                    TEST(a_command_that_ignores_sigterm_is_killed),
                                    TEST(children_left_behind_are_counted_and_killed),
                                    TEST(a_child_left_in_the_middle_of_its_exec_is_found),
                                    TEST(output_beyond_the_cap_is_dropped_and_said),
                                    TEST(head_and_tail_of_a_long_output_are_kept),
                                    TEST(a_program_that_prints_without_end_is_stopped),
                                    TEST(lines_are_given_whole_as_they_come),
                                    TEST(the_environment_and_directory_are_set),
                                    TEST(stdin_is_empty),
                                    TEST(cpu_time_is_the_commands),
                                    TEST(several_threads_run_commands_at_once),
                                    TEST(programs_are_found_in_path_only_if_they_can_run),
                                    TEST(a_ctrl_c_ends_the_command_and_then_us),
                                    {0}};

int main(void) {
    name_nap();
    return run_tests("process", tests, MPI_COMM_NULL);
}
