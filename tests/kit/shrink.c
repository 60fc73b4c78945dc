// SPDX-License-Identifier: MIT
// Tests of common/judge/shrink.c: which smaller cases are tried, and which one is found.

#include "shrink.h"
#include "runner.h"

#include <stdlib.h>
#include <string.h>

static int rounds; // asked for by the last search

static long value_of(const struct case_spec *spec, const char *name) {
    const char *const at = strstr(spec->params, name);
    return at ? atol(at + strlen(name)) : -1;
}

// Fails with 3 workers and more, at n of 5 and more, whatever the steps.
static size_t fails_from_3_and_5(struct case_specs *candidates, void *user) {
    (void)user;
    rounds++;
    size_t i = 0;
    while (i < candidates->count &&
           (candidates->at[i].workers < 3 || value_of(&candidates->at[i], "n=") < 5))
        i++;
    return i;
}

static size_t never_fails(struct case_specs *candidates, void *user) {
    (void)user;
    return candidates->count;
}

static bool at_once(void *user) {
    (void)user;
    return true;
}

static struct case_spec large(void) {
    return (struct case_spec){.version = "mpi",
                              .workers = 8,
                              .threads = 1,
                              .seed = 7,
                              .params = "n=97 view=full steps=3"};
}

static void the_smallest_failing_case_is_found(void) {
    struct case_spec spec = large();
    rounds = 0;
    shrink(&spec, fails_from_3_and_5, NULL, NULL);
    CU_ASSERT_EQUAL(spec.workers, 3);
    CU_ASSERT_STRING_EQUAL(spec.params, "n=5 view=full steps=0");
    CU_ASSERT_EQUAL(rounds, 3); // workers, n, steps: one launch each
    CU_ASSERT_EQUAL(spec.seed, 7);
    CU_ASSERT_STRING_EQUAL(spec.version, "mpi");
}

static void a_case_that_fails_as_it_is_alone_stays(void) {
    struct case_spec spec = large();
    const struct case_spec before = spec;
    shrink(&spec, never_fails, NULL, NULL);
    CU_ASSERT_EQUAL(spec.workers, before.workers);
    CU_ASSERT_STRING_EQUAL(spec.params, before.params);
}

static void it_ends_when_time_is_over(void) {
    struct case_spec spec = large();
    rounds = 0;
    shrink(&spec, fails_from_3_and_5, at_once, NULL);
    CU_ASSERT_EQUAL(rounds, 0);
    CU_ASSERT_EQUAL(spec.workers, 8);
}

static void candidates_are_smaller_and_in_order(void) {
    const struct case_spec spec = large();
    for (int round = 0; round < 4; round++) {
        struct case_specs candidates = {0};
        CU_ASSERT(shrink_round(&spec, round, &candidates));
        CU_ASSERT_EQUAL(candidates.count > 0, round != 2); // a word is not made smaller
        long last = -1;
        for (size_t i = 0; i < candidates.count; i++) {
            const long value = round == 0   ? candidates.at[i].workers
                               : round == 1 ? value_of(&candidates.at[i], "n=")
                                            : value_of(&candidates.at[i], "steps=");
            CU_ASSERT(value > last);
            CU_ASSERT(value < (round == 0 ? 8 : round == 1 ? 97 : 3));
            CU_ASSERT_PTR_NOT_NULL(strstr(candidates.at[i].params, " view=full "));
            last = value;
        }
        case_specs_free(&candidates);
    }
}

static void there_is_no_round_behind_the_last_parameter(void) {
    const struct case_spec spec = large(), bare = {.version = "omp", .workers = 1, .threads = 1};
    struct case_specs candidates = {0};
    CU_ASSERT(!shrink_round(&spec, 4, &candidates));
    CU_ASSERT(shrink_round(&bare, 0, &candidates)); // one worker: nothing is smaller
    CU_ASSERT(!shrink_round(&bare, 1, &candidates));
    CU_ASSERT_EQUAL(candidates.count, 0);
    case_specs_free(&candidates);
}

static const struct test tests[] = {TEST(the_smallest_failing_case_is_found),
                                    TEST(a_case_that_fails_as_it_is_alone_stays),
                                    TEST(it_ends_when_time_is_over),
                                    TEST(candidates_are_smaller_and_in_order),
                                    TEST(there_is_no_round_behind_the_last_parameter),
                                    {0}};

int main(void) {
    return run_tests("shrink", tests, MPI_COMM_NULL);
}
