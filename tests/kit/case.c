// SPDX-License-Identifier: MIT
// Tests of common/kit/case.c, with the toy lab.

#include "case.h"
#include "kit.h"
#include "runner.h"
#include "say.h"

#include <inttypes.h>
#include <string.h>

static struct run_case c;
static char line[512];

static bool read_line(const char *text) {
    words_clear();
    c = case_default();
    snprintf(line, sizeof line, "%s", text);
    return case_line(&c, line);
}

static bool says(const char *part) {
    return refusal() && strstr(refusal(), part);
}

static void the_default_case_is_the_first_version_with_the_default_values(void) {
    c = case_default();
    CU_ASSERT_STRING_EQUAL(c.version->name, "serial");
    CU_ASSERT_STRING_EQUAL(c.values[0], "10");
    CU_ASSERT_STRING_EQUAL(c.values[1], "never");
    CU_ASSERT_EQUAL(c.threads, 1);
}

static void a_line_is_read_field_by_field(void) {
    CU_ASSERT_FATAL(read_line("17 mpi 5 7 n=97 refuse=last\n"));
    CU_ASSERT_EQUAL(c.id, 17);
    CU_ASSERT_STRING_EQUAL(c.version->name, "mpi");
    CU_ASSERT_EQUAL(c.workers, 5);
    CU_ASSERT_EQUAL(c.seed, 7);
    CU_ASSERT_STRING_EQUAL(c.values[0], "97");
    CU_ASSERT_STRING_EQUAL(c.values[1], "last");
}

static void parameters_that_a_line_leaves_out_keep_their_defaults(void) {
    CU_ASSERT_FATAL(read_line("0   omp\t2  18446744073709551615   refuse=all"));
    CU_ASSERT_EQUAL(c.seed, UINT64_MAX);
    CU_ASSERT_STRING_EQUAL(c.values[0], "10");
    CU_ASSERT_STRING_EQUAL(c.values[1], "all");
}

static void a_value_may_hold_an_equals_sign_or_nothing(void) {
    CU_ASSERT_FATAL(read_line("1 omp 1 1 n=a=b refuse="));
    CU_ASSERT_STRING_EQUAL(c.values[0], "a=b");
    CU_ASSERT_STRING_EQUAL(c.values[1], "");
}

static void a_short_line_is_refused(void) {
    static const char *const bad[] = {"", " ", "1", "1 mpi", "1 mpi 2", "\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CU_ASSERT(!read_line(bad[i]));
        CU_ASSERT(says("ID VERSION WORKERS SEED"));
    }
}

static void an_unknown_version_is_answered_with_the_versions_there_are(void) {
    CU_ASSERT(!read_line("1 pthreads 2 3"));
    CU_ASSERT(says("pthreads") && says("serial, omp, mpi"));
}

static void an_unknown_parameter_is_answered_with_the_parameters_there_are(void) {
    CU_ASSERT(!read_line("1 omp 2 3 steps=4"));
    CU_ASSERT(says("steps") && says("n, refuse"));
}

static void a_word_that_is_no_assignment_is_refused_with_an_example(void) {
    CU_ASSERT(!read_line("1 omp 2 3 big"));
    CU_ASSERT(says("\"big\"") && says("n=10"));
}

static void bad_numbers_are_refused_with_the_value(void) {
    static const char *const bad[][2] = {
        {"x omp 2 3", "x"},       {"-1 omp 2 3", "-1"},
        {"1 omp 0 3", "0"},       {"1 omp -2 3", "-2"},
        {"1 omp two 3", "two"},   {"1 omp 99999 3", "99999"},
        {"1 omp 2 -3", "-3"},     {"1 omp 2 3.5", "3.5"},
        {"1 omp 2 seed", "seed"}, {"1 omp 2 18446744073709551616", "18446744073709551616"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CU_ASSERT(!read_line(bad[i][0]));
        CU_ASSERT(says(bad[i][1]));
    }
}

static void threads_fit_into_any_launch(void) {
    words_clear();
    CU_ASSERT(read_line("1 omp 64 1"));
    CU_ASSERT(case_fits(&c, 1));
    CU_ASSERT_EQUAL(c.workers, 64);
}

static void a_serial_version_has_one_worker(void) {
    CU_ASSERT(read_line("1 serial 2 1"));
    CU_ASSERT(!case_fits(&c, 1));
    CU_ASSERT(says("workers=2"));
    CU_ASSERT(read_line("1 serial 1 1"));
    CU_ASSERT(case_fits(&c, 1));
}

static void ranks_need_a_launch_that_has_them(void) {
    CU_ASSERT(read_line("1 mpi 4 1"));
    CU_ASSERT(case_fits(&c, 4));
    CU_ASSERT(case_fits(&c, 8));
    CU_ASSERT_PTR_NULL(refusal());
    CU_ASSERT(!case_fits(&c, 3));
    CU_ASSERT(says("mpirun -n 4"));
}

static void workers_not_said_are_all_ranks_of_the_launch(void) {
    words_clear();
    c = case_default();
    CU_ASSERT(case_version(&c, "mpi"));
    c.workers = 0;
    CU_ASSERT(case_fits(&c, 6));
    CU_ASSERT_EQUAL(c.workers, 6);
}

static const struct test tests[] = {
    TEST(the_default_case_is_the_first_version_with_the_default_values),
    TEST(a_line_is_read_field_by_field),
    TEST(parameters_that_a_line_leaves_out_keep_their_defaults),
    TEST(a_value_may_hold_an_equals_sign_or_nothing),
    TEST(a_short_line_is_refused),
    TEST(an_unknown_version_is_answered_with_the_versions_there_are),
    TEST(an_unknown_parameter_is_answered_with_the_parameters_there_are),
    TEST(a_word_that_is_no_assignment_is_refused_with_an_example),
    TEST(bad_numbers_are_refused_with_the_value),
    TEST(threads_fit_into_any_launch),
    TEST(a_serial_version_has_one_worker),
    TEST(ranks_need_a_launch_that_has_them),
    TEST(workers_not_said_are_all_ranks_of_the_launch),
    {0}};

int main(void) {
    return run_tests("case", tests, MPI_COMM_NULL);
}
