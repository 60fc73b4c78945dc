// SPDX-License-Identifier: MIT
// Tests of common/judge/job.c: what a program leaves in its directory, and what is taken of it.

#include "job.h"
#include "files.h"
#include "process.h"
#include "runner.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void begin(void) {
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT_FATAL(job_make(files_dir) && job_begin(files_dir));
}

// Runs a script where a program would run; it has to end well.
static void shell(const char *script) {
    struct command command = {0};
    struct outcome o;
    command_add(&command, "sh");
    command_add(&command, "-c");
    command_add(&command, "%s", script);
    process_run(&command, &(struct how){.seconds = 60, .dir = files_path("job")}, &o);
    CU_ASSERT_FATAL(o.started && o.status == 0);
    outcome_free(&o);
    command_free(&command);
}

static void only_plain_files_are_taken(void) {
    static const char script[] = "cd results && echo x >1.res && ln -s /etc/passwd 2.res && "
                                 "mkfifo 3.res && mkdir 4.res && echo x >5 && ln 5 5.res && "
                                 "echo x >6.res && chmod 0 6.res";
    begin();
    shell(script);
    CU_ASSERT(job_take(files_dir, "results/1.res"));
    CU_ASSERT(files_is("taken/1.res", "x\n"));
    for (int i = 2; i < 6; i++) {
        char name[32];
        snprintf(name, sizeof name, "results/%d.res", i);
        CU_ASSERT_FALSE(job_take(files_dir, name));
    }
    CU_ASSERT(job_take(files_dir, "results/6.res"));
    CU_ASSERT(files_is("taken/6.res", "x\n"));
    CU_ASSERT(job_begin(files_dir)); // and the next launch finds nothing of it
    CU_ASSERT_NOT_EQUAL(access(files_path("taken/1.res"), F_OK), 0);
    CU_ASSERT_NOT_EQUAL(access(files_path("job/results/5"), F_OK), 0);
    files_end();
}

static int open_files(void) {
    int count = 0;
    for (int fd = 0; fd < 256; fd++)
        count += fcntl(fd, F_GETFD) != -1;
    return count;
}

static void a_large_file_is_gone_at_once_and_let_go(void) {
    begin();
    shell("head -c 4194304 /dev/zero >results/1.res && chmod 0 results/1.res");
    CU_ASSERT(job_take(files_dir, "results/1.res"));
    const int before = open_files();
    CU_ASSERT(job_begin(files_dir));
    CU_ASSERT_NOT_EQUAL(access(files_path("taken/1.res"), F_OK), 0);
    for (int i = 0; i < 5000 && open_files() != before; i++) // that comes a moment later
        usleep(1000);
    CU_ASSERT_EQUAL(open_files(), before);
    files_end();
}

static void a_link_in_place_of_the_directory_is_not_followed(void) {
    begin();
    CU_ASSERT_EQUAL_FATAL(mkdir(files_path("secret"), 0700), 0);
    CU_ASSERT(files_write("secret/1.res", "mine"));
    CU_ASSERT_EQUAL(rmdir(files_path("job/results")), 0);
    CU_ASSERT_EQUAL(symlink(files_path("secret"), files_path("job/results")), 0);
    CU_ASSERT_FALSE(job_take(files_dir, "results/1.res"));
    CU_ASSERT(files_is("secret/1.res", "mine"));
    CU_ASSERT(job_begin(files_dir)); // removes the link, not what it leads to
    CU_ASSERT(files_is("secret/1.res", "mine"));
    files_end();
}

int main(void) {
    static const struct test tests[] = {TEST(only_plain_files_are_taken),
                                        TEST(a_large_file_is_gone_at_once_and_let_go),
                                        TEST(a_link_in_place_of_the_directory_is_not_followed),
                                        {0}};
    return run_tests("job", tests, MPI_COMM_NULL);
}
