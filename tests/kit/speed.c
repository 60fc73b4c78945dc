// SPDX-License-Identifier: MIT
// Tests of common/judge/speed.c: the decision over times that are written down here.

#include "speed.h"
#include "runner.h"

#include <string.h>

static const struct curve curve = {.full = 0.8, .none = 0.4};
static struct timing ours[SPEED_PAIRS_MAX], reference[SPEED_PAIRS_MAX];

// Pairs of an answer that takes `factor` times as long as the reference's 1 s; both times are
// disturbed by up to `noise`, each pair in its own way. A launch takes 0.5 s beside the kernel.
static void record_times(double factor, double noise, double others) {
    static const double disturbed[SPEED_PAIRS_MAX] = {0.6, 0.1, 1, 0.3, 0, 0.8, 0.45, 0.9, 0.2};
    for (int i = 0; i < SPEED_PAIRS_MAX; i++) {
        const double a = factor * (1 + noise * disturbed[i]);
        const double b = 1 + noise * disturbed[SPEED_PAIRS_MAX - 1 - i];
        ours[i] = (struct timing){a, a + 0.5, others};
        reference[i] = (struct timing){b, b + 0.5, others};
    }
}

// Asks after each pair, as the judge does, until it is decided.
static struct speed decide(void) {
    struct speed s = {0};
    for (int pairs = 1; pairs <= SPEED_PAIRS_MAX; pairs++) {
        s = speed_decide(ours, reference, pairs, &curve);
        if (s.state != SPEED_MORE)
            break;
    }
    return s;
}

static void the_curve_is_even_between_its_ends(void) {
    CU_ASSERT_EQUAL(curve_share(&curve, 2), 1);
    CU_ASSERT_EQUAL(curve_share(&curve, 0.8), 1);
    CU_ASSERT_DOUBLE_EQUAL(curve_share(&curve, 0.6), 0.5, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(curve_share(&curve, 0.5), 0.25, 1e-9);
    CU_ASSERT_EQUAL(curve_share(&curve, 0.4), 0);
    CU_ASSERT_EQUAL(curve_share(&curve, 0), 0);
}

static void a_fast_answer_has_its_points_after_two_pairs(void) {
    record_times(1, 0.03, 0);
    const struct speed s = decide();
    CU_ASSERT_EQUAL(s.state, SPEED_GRADED);
    CU_ASSERT_EQUAL(s.share, 1);
    CU_ASSERT_EQUAL(s.pairs, 2);
}

static void a_fast_answer_has_its_points_on_a_busy_machine_too(void) {
    record_times(0.6, 0.3, 0.5);
    const struct speed s = decide();
    CU_ASSERT_EQUAL(s.state, SPEED_GRADED);
    CU_ASSERT_EQUAL(s.share, 1);
}

static void a_slow_answer_loses_them_after_five_pairs_on_a_calm_machine(void) {
    record_times(4, 0.03, 0.01);
    const struct speed s = decide();
    CU_ASSERT_EQUAL(s.state, SPEED_GRADED);
    CU_ASSERT_EQUAL(s.share, 0);
    CU_ASSERT_EQUAL(s.pairs, 5);
    CU_ASSERT_DOUBLE_EQUAL(s.ratio, 0.25, 0.02);
}

static void an_answer_in_between_has_some_and_the_noise_is_in_its_favour(void) {
    record_times(1 / 0.6, 0.02, 0);
    const struct speed s = decide();
    CU_ASSERT_EQUAL(s.state, SPEED_GRADED);
    CU_ASSERT(s.share >= curve_share(&curve, 0.6) - 0.02 && s.share < 0.65);
}

static void a_slow_answer_is_not_graded_where_times_differ(void) {
    record_times(4, 0.9, 0.05);
    const struct speed s = decide();
    CU_ASSERT_EQUAL(s.state, SPEED_UNGRADED);
    CU_ASSERT_EQUAL(s.pairs, SPEED_PAIRS_MAX);
    CU_ASSERT_PTR_NOT_NULL(strstr(s.why, "differ by"));
}

static void a_slow_answer_is_not_graded_beside_other_programs(void) {
    record_times(4, 0.01, 0.6);
    const struct speed s = decide();
    CU_ASSERT_EQUAL(s.state, SPEED_UNGRADED);
    CU_ASSERT_EQUAL(s.pairs, 2);
    CU_ASSERT_PTR_NOT_NULL(strstr(s.why, "60 %"));
    record_times(4, 0.01, 0.2);
    CU_ASSERT_EQUAL(decide().state, SPEED_UNGRADED);
}

static void a_right_answer_never_loses_a_point_by_noise(void) {
    for (int noise = 0; noise < 100; noise++)
        for (int others = 0; others < 4; others++) {
            record_times(1, 0.01 * noise, 0.1 * others);
            const struct speed s = decide();
            CU_ASSERT(s.state == SPEED_UNGRADED || s.share == 1);
        }
}

static void a_figure_that_the_clock_contradicts_is_not_believed(void) {
    record_times(4, 0.02, 0);
    for (int i = 0; i < SPEED_PAIRS_MAX; i++)
        ours[i].inner = 0.001; // of 4 s
    const struct speed s = decide();
    CU_ASSERT(s.disbelieved);
    CU_ASSERT_EQUAL(s.share, 0);
    CU_ASSERT_DOUBLE_EQUAL(s.ours, 4, 0.1);
    record_times(1, 0.02, 0);
    CU_ASSERT(!decide().disbelieved);
}

static void the_words_say_the_figures_and_the_curve(void) {
    char text[600];
    record_times(1, 0.02, 0);
    const struct speed s = decide();
    speed_words(&s, &curve, text, sizeof text);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "of its speed"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "All points from 0.80 on, none at 0.40 or less"));
}

static void without_a_reference_it_says_speed_up_and_efficiency_and_grades_nothing(void) {
    record_times(0.625, 0, 0);
    const struct speed s = speed_over_serial(ours, reference, 3, 2);
    CU_ASSERT_EQUAL(s.state, SPEED_UNGRADED);
    CU_ASSERT_DOUBLE_EQUAL(s.ratio, 1.6, 1e-9);
    CU_ASSERT_PTR_NOT_NULL(strstr(s.why, "0.625 s against serial.c's 1 s: speed-up 1.60"));
    CU_ASSERT_PTR_NOT_NULL(strstr(s.why, "an efficiency of 80 % for 2 workers"));
    CU_ASSERT_PTR_NOT_NULL(strstr(s.why, "instructor grades it against the reference solution"));
}

static const struct test tests[] = {
    TEST(the_curve_is_even_between_its_ends),
    TEST(a_fast_answer_has_its_points_after_two_pairs),
    TEST(a_fast_answer_has_its_points_on_a_busy_machine_too),
    TEST(a_slow_answer_loses_them_after_five_pairs_on_a_calm_machine),
    TEST(an_answer_in_between_has_some_and_the_noise_is_in_its_favour),
    TEST(a_slow_answer_is_not_graded_where_times_differ),
    TEST(a_slow_answer_is_not_graded_beside_other_programs),
    TEST(a_right_answer_never_loses_a_point_by_noise),
    TEST(a_figure_that_the_clock_contradicts_is_not_believed),
    TEST(the_words_say_the_figures_and_the_curve),
    TEST(without_a_reference_it_says_speed_up_and_efficiency_and_grades_nothing),
    {0}};

int main(void) {
    return run_tests("speed", tests, MPI_COMM_NULL);
}
