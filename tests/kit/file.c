// SPDX-License-Identifier: MIT
// Tests of common/kit/file.c: a file is there whole or not at all.

#include "file.h"
#include "files.h"
#include "kit.h"
#include "runner.h"
#include "say.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static void a_file_gets_its_name_when_it_is_closed(void) {
    struct part part;
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT_FATAL(part_open(&part, files_path("a")));
    fputs("whole", part.file);
    fflush(part.file);
    CU_ASSERT_NOT_EQUAL(access(files_path("a"), F_OK), 0);
    CU_ASSERT(part_close(&part));
    CU_ASSERT(files_is("a", "whole"));
    CU_ASSERT_EQUAL(files_count(), 1);
    files_end();
}

static void an_older_file_stays_until_the_new_one_is_whole(void) {
    struct part part;
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(files_write("a", "old"));
    CU_ASSERT_FATAL(part_open(&part, files_path("a")));
    fputs("new", part.file);
    fflush(part.file);
    CU_ASSERT(files_is("a", "old"));
    CU_ASSERT(part_close(&part));
    CU_ASSERT(files_is("a", "new"));
    files_end();
}

static void a_file_given_up_leaves_nothing(void) {
    struct part part;
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT_FATAL(part_open(&part, files_path("a")));
    fputs("half", part.file);
    part_drop(&part);
    CU_ASSERT_EQUAL(files_count(), 0);
    files_end();
}

static void a_directory_that_is_not_there_is_named(void) {
    struct part part;
    words_clear();
    CU_ASSERT(!part_open(&part, "/nowhere/at/all/a.res"));
    CU_ASSERT_PTR_NOT_NULL_FATAL(refusal());
    CU_ASSERT_PTR_NOT_NULL(strstr(refusal(), "/nowhere/at/all/a.res"));
    CU_ASSERT_PTR_NOT_NULL(strstr(refusal(), "No such file or directory"));
}

static void a_name_that_is_too_long_is_refused(void) {
    struct part part;
    static char name[2 * PATH_MAX];
    memset(name, 'x', sizeof name - 1);
    words_clear();
    CU_ASSERT(!part_open(&part, name));
    CU_ASSERT_PTR_NOT_NULL_FATAL(refusal());
    CU_ASSERT_PTR_NOT_NULL(strstr(refusal(), "too long"));
}

// A limit on the size of files stands in for a full disk: it fails at the same places.
static void a_full_disk_leaves_neither_a_half_file_nor_harms_the_old_one(void) {
    struct part part;
    struct rlimit before, small;
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(files_write("a", "old"));
    CU_ASSERT_FATAL(part_open(&part, files_path("a")));
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    small.rlim_cur = 8192;
    setrlimit(RLIMIT_FSIZE, &small);
    for (int i = 0; i < 10000; i++)
        fputs("0123456789", part.file);
    words_clear();
    const bool closed = part_close(&part);
    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, SIG_DFL);
    CU_ASSERT(!closed);
    CU_ASSERT_PTR_NOT_NULL_FATAL(refusal());
    CU_ASSERT_PTR_NOT_NULL(strstr(refusal(), files_path("a")));
    CU_ASSERT(files_is("a", "old"));
    CU_ASSERT_EQUAL(files_count(), 1);
    files_end();
}

static void a_directory_is_not_written_over(void) {
    struct part part;
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT_EQUAL(mkdir(files_path("d"), 0777), 0);
    words_clear();
    const bool opened = part_open(&part, files_path("d"));
    CU_ASSERT(!opened || !part_close(&part));
    CU_ASSERT_PTR_NOT_NULL(refusal());
    CU_ASSERT_EQUAL(files_count(), 1);
    rmdir(files_path("d"));
    files_end();
}

static const struct test tests[] = {
    TEST(a_file_gets_its_name_when_it_is_closed),
    TEST(an_older_file_stays_until_the_new_one_is_whole),
    TEST(a_file_given_up_leaves_nothing),
    TEST(a_directory_that_is_not_there_is_named),
    TEST(a_name_that_is_too_long_is_refused),
    TEST(a_full_disk_leaves_neither_a_half_file_nor_harms_the_old_one),
    TEST(a_directory_is_not_written_over),
    {0}};

int main(void) {
    return run_tests("file", tests, MPI_COMM_NULL);
}
