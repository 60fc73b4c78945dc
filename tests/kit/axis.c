// SPDX-License-Identifier: MIT
// Tests of common/cli/sweep/axis.c: the values of a parameter, as a person lists them.

#include "../../common/cli/sweep/axis.h"
#include "runner.h"

#include <string.h>

static struct axis axis;
static char why[256];

// The values that a list stands for, with a blank between, or what is wrong with it.
static const char *values(const char *list) {
    static char text[POINTS_MAX * 24];
    if (!axis_read(list, &axis, why, sizeof why))
        return why;
    *text = '\0';
    for (int p = 0; p < axis.count; p++) {
        strcat(text, p ? " " : "");
        strcat(text, axis.text[p]);
    }
    return text;
}

static void reads(const char *list, const char *want) {
    const char *const got = values(list);
    test_note("%s: %s", list, got);
    CU_ASSERT_STRING_EQUAL(got, want);
}

static void says(const char *list, const char *want) {
    const char *const got = values(list);
    test_note("%s: %s", list, got);
    CU_ASSERT(got == why && strstr(got, want));
}

static void one_value_is_no_axis(void) {
    CU_ASSERT_FALSE(axis_is_many("8"));
    CU_ASSERT_FALSE(axis_is_many("0.5"));
    CU_ASSERT_FALSE(axis_is_many("fixed"));
    CU_ASSERT(axis_is_many("1,2"));
    CU_ASSERT(axis_is_many("1..2"));
}

static void a_list_keeps_its_order(void) {
    reads("8,1,64", "8 1 64");
    reads("0.25,-1", "0.25 -1");
    reads("5", "5");
    CU_ASSERT_EQUAL(axis.count, 1);
    CU_ASSERT_EQUAL(axis.at[0], 5);
}

static void k_and_m_are_powers_of_1024(void) {
    reads("1K,2K,1M,0.5K", "1024 2048 1048576 512");
    says("1G,2", "'1G,2' is no number");
    says("1KK,2", "is no number");
}

// A lab reads whole numbers: 1.7e+10 would be none to it.
static void large_numbers_are_written_in_full(void) {
    reads("16384M,123456789012345", "17179869184 123456789012345");
}

static void a_range_doubles_and_stops_at_its_end(void) {
    reads("1..16", "1 2 4 8 16");
    reads("3..20", "3 6 12");
    reads("1..4K*8", "1 8 64 512 4096");
    reads("7..7", "7");
    reads("1..2*1.5", "1 1.5");
}

static void a_range_of_sums_has_its_end(void) {
    reads("0..100+25", "0 25 50 75 100");
    reads("0..0.3+0.1", "0 0.1 0.2 0.3");
    reads("0..3.1+0.1", "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1 1.1 1.2 1.3 1.4 1.5 1.6 1.7 1.8 "
                        "1.9 2 2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 2.9 3 3.1");
    reads("-4..-2+1", "-4 -3 -2");
    reads("-2..2+2", "-2 0 2");
    reads("-0.3..0+0.1", "-0.3 -0.2 -0.1 0");
    reads("-0.3..0.3+0.1", "-0.3 -0.2 -0.1 0 0.1 0.2 0.3");
}

static void a_range_that_never_ends_is_none(void) {
    static const char *const bad[] = {"0..8", "-1..8", "8..1",    "1..8*1", "1..8+0", "1..8-1",
                                      "1..",  "..8",   "1..many", "1..8*",  "1..2..3"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        says(bad[i], "is no range");
}

static void what_is_no_number_is_named(void) {
    says("1,2,x", "'x' is no number");
    says("1,", "'' is no number");
    says("1,,2", "',2' is no number");
    says("1,nan", "'nan' is no number");
    says("1,inf", "'inf' is no number");
}

static void too_many_values_are_refused(void) {
    CU_ASSERT_STRING_NOT_EQUAL(values("1..32+1"), why);
    CU_ASSERT_EQUAL(axis.count, POINTS_MAX);
    CU_ASSERT_STRING_EQUAL(axis.text[POINTS_MAX - 1], "32");
    says("1..33+1", "more than 32 values");
    says("1..1M+1", "more than 32 values");
}

static const struct test tests[] = {TEST(one_value_is_no_axis),
                                    TEST(a_list_keeps_its_order),
                                    TEST(k_and_m_are_powers_of_1024),
                                    TEST(large_numbers_are_written_in_full),
                                    TEST(a_range_doubles_and_stops_at_its_end),
                                    TEST(a_range_of_sums_has_its_end),
                                    TEST(a_range_that_never_ends_is_none),
                                    TEST(what_is_no_number_is_named),
                                    TEST(too_many_values_are_refused),
                                    {0}};

int main(void) {
    return run_tests("axis", tests, MPI_COMM_NULL);
}
