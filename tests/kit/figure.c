// SPDX-License-Identifier: MIT
// Tests of common/cli/claims/figure.c: verdicts on recorded figures.

#include "../../common/cli/claims/figure.h"
#include "runner.h"

#include <math.h>
#include <string.h>

static struct experiment e;
static char text[400];

// How many times as fast the second case was, round by round; both had the cores they can use.
static void faster(int rounds, const double *times, double from, double to) {
    e = (struct experiment){
        .kind = KIND_FASTER, .cores = 2, .judged = true, .from = from, .to = to, .rounds = rounds};
    e.first.workers = 1;
    e.second.workers = 2;
    for (int i = 0; i < rounds; i++) {
        e.a[i] = (struct sample){.wall = times[i], .cpu = times[i], .work = 1};
        e.b[i] = (struct sample){.wall = 1, .cpu = 2, .work = 1};
    }
}

static enum holds said(void) {
    const enum holds holds = figure_say(&e, text, sizeof text);
    test_note("%d: %s", (int)holds, text);
    return holds;
}

#define ROUNDS(...) \
    sizeof((double[]){__VA_ARGS__}) / sizeof(double), (double[]) { \
        __VA_ARGS__ \
    }

static void what_lies_in_the_bounds_holds(void) {
    faster((int)ROUNDS(1.9, 1.95, 1.98), 1.5, HUGE_VAL);
    CU_ASSERT_EQUAL(said(), HOLDS);
    CU_ASSERT_STRING_EQUAL(text, "1.95 times as fast, ±1.0 %");
    faster((int)ROUNDS(1, 1.02, 0.98), 0.7, 1.3);
    CU_ASSERT_EQUAL(said(), HOLDS);
}

static void what_lies_outside_of_them_does_not(void) {
    faster((int)ROUNDS(1, 1.1, 1.2), 1.5, HUGE_VAL);
    CU_ASSERT_EQUAL(said(), HOLDS_NOT);
    faster((int)ROUNDS(1.9, 1.95, 1.98), 0.7, 1.3);
    CU_ASSERT_EQUAL(said(), HOLDS_NOT);
}

static void a_bound_between_the_quartiles_is_not_measurable(void) {
    faster((int)ROUNDS(1, 1.4, 1.9), 1.5, HUGE_VAL);
    CU_ASSERT_EQUAL(said(), HOLDS_UNKNOWN);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "; but the rounds differ so much"));
    faster((int)ROUNDS(1, 1.7, 1.9), 1.5, HUGE_VAL); // even though the median is good
    CU_ASSERT_EQUAL(said(), HOLDS_UNKNOWN);
}

static void fewer_than_three_rounds_refute_nothing(void) {
    faster((int)ROUNDS(1, 1), 1.5, HUGE_VAL);
    CU_ASSERT_EQUAL(said(), HOLDS_UNKNOWN);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "; but fewer than three rounds refute nothing"));
    faster((int)ROUNDS(1.9, 1.9), 1.5, HUGE_VAL);
    CU_ASSERT_EQUAL(said(), HOLDS);
}

static void a_busy_machine_refutes_nothing(void) {
    faster((int)ROUNDS(1, 1.05, 1.1), 1.5, HUGE_VAL);
    for (int i = 0; i < 3; i++)
        e.b[i].cpu = 1.1; // of two cores
    CU_ASSERT_EQUAL(said(), HOLDS_UNKNOWN);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "the machine had other work to do"));
    faster((int)ROUNDS(1, 1.05, 1.1), 1.5, HUGE_VAL);
    e.others = 0.5;
    CU_ASSERT_EQUAL(said(), HOLDS_UNKNOWN);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "0.50 cores were busy with other work"));
}

static void memory_is_that_of_a_further_worker(void) {
    e = (struct experiment){.kind = KIND_MEMORY, .judged = true, .from = -HUGE_VAL, .to = 1000};
    e.first.workers = 1;
    e.second.workers = 5;
    e.rounds = 3;
    for (int i = 0; i < 3; i++) {
        e.a[i].peak = 4000;
        e.b[i].peak = 6000 + 10 * i;
    }
    CU_ASSERT_EQUAL(said(), HOLDS);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "502 KiB"));
    e.to = 100;
    CU_ASSERT_EQUAL(said(), HOLDS_NOT);
}

static void words_are_said_or_not(void) {
    e = (struct experiment){.kind = KIND_SAYS, .judged = true, .cores = 1, .rounds = 1};
    strcpy(e.words, "got lost");
    strcpy(e.note, "3 balls got lost");
    CU_ASSERT_EQUAL(said(), HOLDS);
    strcpy(e.note, "all is well");
    CU_ASSERT_EQUAL(said(), HOLDS_NOT);
    strcpy(e.why, "it was refused");
    CU_ASSERT_EQUAL(said(), HOLDS_UNKNOWN);
    CU_ASSERT_STRING_EQUAL(text, "not measurable here: it was refused");
}

static void what_holds_by_far_after_three_rounds_is_settled(void) {
    faster((int)ROUNDS(1.9, 1.95), 1.5, HUGE_VAL);
    CU_ASSERT_FALSE(figure_is_settled(&e));
    faster((int)ROUNDS(1.9, 1.95, 1.98), 1.5, HUGE_VAL);
    CU_ASSERT(figure_is_settled(&e));
    faster((int)ROUNDS(1.6, 1.8, 2), 1.5, HUGE_VAL); // it holds, but not by far
    CU_ASSERT_FALSE(figure_is_settled(&e));
    faster((int)ROUNDS(1, 1.01, 1.02), 1.5, HUGE_VAL); // what seems not to hold is looked at again
    CU_ASSERT_FALSE(figure_is_settled(&e));
    faster((int)ROUNDS(1, 1.01, 1.02), 0, 0);
    e.judged = false;
    CU_ASSERT(figure_is_settled(&e));
    faster((int)ROUNDS(1, 1.5, 2), 0, 0);
    e.judged = false;
    CU_ASSERT_FALSE(figure_is_settled(&e));
}

static const struct test tests[] = {TEST(what_lies_in_the_bounds_holds),
                                    TEST(what_lies_outside_of_them_does_not),
                                    TEST(a_bound_between_the_quartiles_is_not_measurable),
                                    TEST(fewer_than_three_rounds_refute_nothing),
                                    TEST(a_busy_machine_refutes_nothing),
                                    TEST(memory_is_that_of_a_further_worker),
                                    TEST(words_are_said_or_not),
                                    TEST(what_holds_by_far_after_three_rounds_is_settled),
                                    {0}};

int main(void) {
    return run_tests("figure", tests, MPI_COMM_NULL);
}
