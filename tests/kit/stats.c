// SPDX-License-Identifier: MIT
// Tests of common/report/stats.c.

#include "stats.h"
#include "runner.h"

#include <math.h>

static void quartiles_of_known_series(void) {
    // Definition 7 of Hyndman and Fan: 1 .. 5 has quartiles 2, 3, 4; 1 .. 4 has 1.75, 2.5, 3.25.
    static const double five[] = {5, 1, 4, 2, 3}, four[] = {4, 3, 2, 1}, one[] = {7};
    struct spread s = spread_of(five, 5);
    CU_ASSERT(s.times == 5 && s.low == 2 && s.median == 3 && s.high == 4);
    s = spread_of(four, 4);
    CU_ASSERT(s.times == 4 && s.low == 1.75 && s.median == 2.5 && s.high == 3.25);
    s = spread_of(one, 1);
    CU_ASSERT(s.times == 1 && s.low == 7 && s.median == 7 && s.high == 7);
}

static void the_ends_of_a_series_are_its_extreme_quantiles(void) {
    static const double sorted[] = {1, 2, 8};
    CU_ASSERT_EQUAL(quantile(sorted, 3, 0), 1);
    CU_ASSERT_EQUAL(quantile(sorted, 3, 1), 8);
    CU_ASSERT_EQUAL(quantile(sorted, 3, 0.75), 5);
}

static void unknown_values_are_left_out(void) {
    static const double some[] = {NAN, 3, NAN, 1}, none[] = {NAN, NAN};
    struct spread s = spread_of(some, 4);
    CU_ASSERT(s.times == 2 && s.median == 2);
    s = spread_of(none, 2);
    CU_ASSERT(s.times == 0 && isnan(s.median) && isnan(s.low) && isnan(s.high));
    s = spread_of(NULL, 0);
    CU_ASSERT(s.times == 0 && isnan(s.median));
}

static void one_freak_value_does_not_move_the_median(void) {
    static const double values[] = {10, 10, 10, 10, 10, 10, 1e9};
    const struct spread s = spread_of(values, 7);
    CU_ASSERT(s.median == 10 && s.high == 10);
}

static void ratios_are_taken_pair_by_pair(void) {
    // Both series drift by ten; their ratio is 2 throughout.
    static const double a[] = {2, 20, 200, NAN, 5}, b[] = {1, 10, 100, 1, 0};
    const struct spread s = spread_of_ratios(a, b, 5);
    CU_ASSERT(s.times == 3 && s.low == 2 && s.median == 2 && s.high == 2);
    CU_ASSERT_EQUAL(spread_share(&s), 0);
}

static void noise_is_the_middle_distance_of_what_should_be_equal(void) {
    static const double a[] = {1.1, 1, 0.9}, b[] = {1, 1, 1};
    CU_ASSERT_DOUBLE_EQUAL(noise_of(a, b, 3), 0.1, 1e-12);
    CU_ASSERT_EQUAL(noise_of(b, b, 3), 0);
}

static void the_spread_is_half_the_quartile_distance_over_the_median(void) {
    const struct spread s = {.times = 5, .low = 98, .median = 100, .high = 102};
    CU_ASSERT_DOUBLE_EQUAL(spread_share(&s), 0.02, 1e-12);
    const struct spread none = {.times = 0, .low = NAN, .median = NAN, .high = NAN};
    CU_ASSERT(isnan(spread_share(&none)));
}

static void a_longer_series_than_is_looked_at_does_no_harm(void) {
    double values[200];
    for (int i = 0; i < 200; i++)
        values[i] = 3;
    const struct spread s = spread_of(values, 200);
    CU_ASSERT(s.times > 0 && s.times <= 200 && s.median == 3);
    CU_ASSERT_EQUAL(spread_of_ratios(values, values, 200).median, 1);
    CU_ASSERT_EQUAL(noise_of(values, values, 200), 0);
}

static const struct test tests[] = {TEST(quartiles_of_known_series),
                                    TEST(the_ends_of_a_series_are_its_extreme_quantiles),
                                    TEST(unknown_values_are_left_out),
                                    TEST(one_freak_value_does_not_move_the_median),
                                    TEST(ratios_are_taken_pair_by_pair),
                                    TEST(noise_is_the_middle_distance_of_what_should_be_equal),
                                    TEST(the_spread_is_half_the_quartile_distance_over_the_median),
                                    TEST(a_longer_series_than_is_looked_at_does_no_harm),
                                    {0}};

int main(void) {
    return run_tests("stats", tests, MPI_COMM_NULL);
}
