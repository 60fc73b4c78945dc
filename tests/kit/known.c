// SPDX-License-Identifier: MIT
// Tests of common/judge/known.c: what is remembered of this machine, and when no longer.

#include "known.h"
#include "files.h"
#include "runner.h"
#include <sys/stat.h>

static struct known known;

static bool is_good(const char *name) {
    known_begin(&known, files_dir, name);
    known_file(&known, files_path("setting"));
    known_program(&known, files_path("program"));
    return known_is_good(&known);
}

static void begin(void) {
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT_FATAL(mkdir(files_path("build"), 0755) == 0);
    CU_ASSERT_FATAL(files_write("setting", "1\n"));
    CU_ASSERT_FATAL(files_write("program", "first"));
}

static void only_what_was_kept_is_known(void) {
    begin();
    CU_ASSERT_FALSE(is_good("trial"));
    CU_ASSERT_FALSE(is_good("trial")); // to ask is not to keep
    known_keep(&known);
    CU_ASSERT(is_good("trial"));
    CU_ASSERT_FALSE(is_good("other"));
    files_end();
}

static void a_setting_or_a_program_that_changes_ends_it(void) {
    begin();
    is_good("trial");
    known_keep(&known);
    CU_ASSERT(files_write("setting", "2\n"));
    CU_ASSERT_FALSE(is_good("trial"));
    CU_ASSERT(files_write("setting", "1\n"));
    CU_ASSERT(is_good("trial"));
    CU_ASSERT(files_write("program.new", "other"));
    CU_ASSERT_EQUAL(rename(files_path("program.new"), files_path("program")), 0);
    CU_ASSERT_FALSE(is_good("trial"));
    known_keep(&known);
    CU_ASSERT(is_good("trial"));
    CU_ASSERT_EQUAL(unlink(files_path("program")), 0);
    CU_ASSERT_FALSE(is_good("trial"));
    files_end();
}

static void where_it_cannot_be_kept_or_read_it_is_not_known(void) {
    begin();
    is_good("trial");
    known_keep(&known);
    CU_ASSERT(files_write("build/check/trial", "")); // a disk that was full
    CU_ASSERT_FALSE(is_good("trial"));
    CU_ASSERT(files_write("build/check/trial", "of another machine\n"));
    CU_ASSERT_FALSE(is_good("trial"));
    CU_ASSERT_EQUAL(unlink(files_path("build/check/trial")), 0);
    CU_ASSERT_EQUAL(mkdir(files_path("build/check/trial"), 0755), 0);
    CU_ASSERT_FALSE(is_good("trial"));
    known_keep(&known);
    CU_ASSERT_FALSE(is_good("trial"));
    files_end();
}

static const struct test tests[] = {TEST(only_what_was_kept_is_known),
                                    TEST(a_setting_or_a_program_that_changes_ends_it),
                                    TEST(where_it_cannot_be_kept_or_read_it_is_not_known),
                                    {0}};

int main(void) {
    return run_tests("known", tests, MPI_COMM_NULL);
}
