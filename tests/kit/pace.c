// SPDX-License-Identifier: MIT
// Tests of common/cli/grade/pace.c: states of grading, written down, and what is said of them.

#include "../../common/cli/grade/pace.h"
#include "runner.h"

#include <string.h>

static void says(const struct pace *pace, size_t width, const char *want) {
    char text[256];
    pace_line(pace, width, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, want);
    if (strcmp(text, want) != 0)
        test_note("\"%s\" and not \"%s\"", text, want);
}

static void nothing_is_foretold_before_one_has_ended(void) {
    const struct pace begins = {.jobs = 40};
    says(&begins, 80, "0 of 40 judged");
    CU_ASSERT_EQUAL(pace_left(&begins), -1);
    says(&(struct pace){.jobs = 40, .now = "ada", .now_seconds = 3, .seconds = 3}, 80,
         "0 of 40 judged; longest now: ada, 3 s");
    says(&(struct pace){.lane = PACE_SPEED, .jobs = 6, .waiting = 6, .now = "ada"}, 80,
         "0 of 6 timed alone; longest now: ada, 0 s");
}

static void what_is_left_takes_as_long_as_what_ended(void) {
    struct pace p = {.jobs = 40, .done = 10, .seconds = 60, .slowest = "bob", .slowest_seconds = 9};
    says(&p, 80, "10 of 40 judged, about 3 min left; slowest: bob, 9 s");
    p.seconds = 20;
    says(&p, 80, "10 of 40 judged, about 60 s left; slowest: bob, 9 s");
    p.seconds = 4000;
    says(&p, 80, "10 of 40 judged, about 3.3 h left; slowest: bob, 9 s");
    p.done = 40;
    says(&p, 80, "40 of 40 judged; slowest: bob, 9 s");
}

// Of 40, an earlier call had left 4 to be timed; since then 6 were right, and 2 are done for they were not.
static void the_first_lane_counts_who_waits_to_be_timed(void) {
    const struct pace p = {.lane = PACE_RIGHT,
                           .jobs = 40,
                           .done = 2,
                           .waiting = 10,
                           .before = 4,
                           .seconds = 80,
                           .now = "cyd",
                           .now_seconds = 100};
    CU_ASSERT_DOUBLE_EQUAL(pace_left(&p), 280, 1e-9);
    says(&p, 80, "12 of 40 judged but for speed, about 5 min left; longest now: cyd, 2 min");
}

// 2 were done when timing began, of 22; 3 took 30 s in all, and the fourth is under way for 4 s.
static void while_it_times_it_says_how_long_that_takes(void) {
    struct pace p = {.lane = PACE_SPEED,
                     .jobs = 22,
                     .done = 5,
                     .waiting = 17,
                     .before = 2,
                     .seconds = 34,
                     .now = "ada",
                     .now_seconds = 4,
                     .slowest = "bob",
                     .slowest_seconds = 31};
    CU_ASSERT_DOUBLE_EQUAL(pace_left(&p), 166, 1e-9);
    says(&p, 80,
         "3 of 20 timed alone, about 3 min left; longest now: ada, 4 s; slowest: bob, 31 s");
    // One that takes far longer than the others has no time left, and no less than that.
    p.waiting = 1;
    p.done = 21;
    p.seconds = 290;
    p.now_seconds = 100;
    CU_ASSERT_DOUBLE_EQUAL(pace_left(&p), 0, 1e-9);
    p.waiting = 0;
    p.done = 22;
    p.now = NULL;
    says(&p, 80, "20 of 20 timed alone; slowest: bob, 31 s");
}

static void a_narrow_terminal_gets_whole_words(void) {
    const struct pace p = {.jobs = 40,
                           .done = 10,
                           .seconds = 60,
                           .now = "a_student_with_a_name_that_is_rather_long",
                           .now_seconds = 7,
                           .slowest = "bob",
                           .slowest_seconds = 9};
    says(&p, 52, "10 of 40 judged, about 3 min left; slowest: bob, 9 s");
    says(&p, 51, "10 of 40 judged, about 3 min left");
    says(&p, 20, "10 of 40 judged");
    says(&p, 3, "");
    char text[16];
    pace_line(&p, 80, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "10 of 40 judged");
}

int main(void) {
    static const struct test tests[] = {TEST(nothing_is_foretold_before_one_has_ended),
                                        TEST(what_is_left_takes_as_long_as_what_ended),
                                        TEST(the_first_lane_counts_who_waits_to_be_timed),
                                        TEST(while_it_times_it_says_how_long_that_takes),
                                        TEST(a_narrow_terminal_gets_whole_words),
                                        {0}};
    return run_tests("pace", tests, MPI_COMM_NULL);
}
