// SPDX-License-Identifier: MIT
// Tests of common/judge/expand.c.

#include "expand.h"
#include "runner.h"

#include <stdlib.h>
#include <string.h>

static struct case_specs specs;
static char why[256];

static bool make(const char *text) {
    case_specs_free(&specs);
    why[0] = '\0';
    return expand(text, 1, "toy", 0, &specs, why, sizeof why);
}

// The cases as one text without ids and seeds: "mpi 1 n=0|mpi 1 n=1".
static const char *all(void) {
    static char text[4096];
    text[0] = '\0';
    for (size_t i = 0; i < specs.count; i++) {
        const size_t used = strlen(text);
        const struct case_spec *s = &specs.at[i];
        snprintf(text + used, sizeof text - used, "%s%s %d%s%s", i ? "|" : "", s->version,
                 s->workers, *s->params ? " " : "", s->params);
    }
    return text;
}

static void a_string_without_lists_is_one_case(void) {
    CU_ASSERT(make("serial"));
    CU_ASSERT_STRING_EQUAL(all(), "serial 1");
    CU_ASSERT(make("omp workers=3 n=5"));
    CU_ASSERT_STRING_EQUAL(all(), "omp 3 n=5");
}

static void lists_are_multiplied_the_first_varies_slowest(void) {
    CU_ASSERT(make("omp workers=1,2 n=5,6 steps=3"));
    CU_ASSERT_STRING_EQUAL(all(), "omp 1 n=5 steps=3|omp 1 n=6 steps=3|omp 2 n=5 steps=3|"
                                  "omp 2 n=6 steps=3");
}

static void items_are_computed_from_the_workers_of_their_case(void) {
    CU_ASSERT(make("mpi workers=2,5 n=p-1,p,p+1,2*p,3*p+2,10*p-1"));
    CU_ASSERT_STRING_EQUAL(all(), "mpi 2 n=1|mpi 2 n=2|mpi 2 n=3|mpi 2 n=4|mpi 2 n=8|mpi 2 n=19|"
                                  "mpi 5 n=4|mpi 5 n=5|mpi 5 n=6|mpi 5 n=10|mpi 5 n=17|mpi 5 n=49");
}

static void workers_count_wherever_they_stand(void) {
    CU_ASSERT(make("mpi n=p workers=3,4"));
    CU_ASSERT_STRING_EQUAL(all(), "mpi 3 n=3|mpi 4 n=4");
}

static long drawn(uint64_t seed, const char *text, size_t at) {
    char *params = NULL;
    case_specs_free(&specs);
    CU_ASSERT_FATAL(expand(text, seed, "toy", 0, &specs, why, sizeof why));
    CU_ASSERT_FATAL(at < specs.count);
    params = specs.at[at].params;
    return strtol(params + 2, NULL, 10);
}

static void a_range_is_one_number_of_it_drawn_from_the_seed(void) {
    bool seen[4] = {false};
    for (uint64_t seed = 0; seed < 100; seed++) {
        const long n = drawn(seed, "mpi workers=2 n=90..93", 0);
        CU_ASSERT(n >= 90 && n <= 93);
        if (n >= 90 && n <= 93)
            seen[n - 90] = true;
        CU_ASSERT_EQUAL(drawn(seed, "mpi workers=2 n=90..93", 0), n);
    }
    CU_ASSERT(seen[0] && seen[1] && seen[2] && seen[3]);
    CU_ASSERT_EQUAL(drawn(7, "mpi n=5..5", 0), 5);
    // The same for all workers, and in all strings of a check.
    const long n = drawn(7, "serial n=0..99999; mpi workers=2,3 n=0..99999", 0);
    for (size_t i = 0; i < 3; i++)
        CU_ASSERT_EQUAL(drawn(7, "serial n=0..99999; mpi workers=2,3 n=0..99999", i), n);
    CU_ASSERT_NOT_EQUAL(drawn(7, "omp n=0..99999,0..99999", 0),
                        drawn(7, "omp n=0..99999,0..99999", 1));
    static const char *const bad[] = {"mpi n=9..3", "mpi n=3..", "mpi n=3..x",
                                      "mpi n=1..9999999999"};
    for (size_t i = 0; i < 4; i++) {
        CU_ASSERT_FALSE(make(bad[i]));
        CU_ASSERT_PTR_NOT_NULL(strstr(why, "is no range"));
    }
}

static void a_case_that_comes_out_twice_stands_once(void) {
    CU_ASSERT(make("mpi workers=1,2 n=0,1,p-1,p,p+1"));
    CU_ASSERT_STRING_EQUAL(all(), "mpi 1 n=0|mpi 1 n=1|mpi 1 n=2|mpi 2 n=0|mpi 2 n=1|mpi 2 n=2|"
                                  "mpi 2 n=3");
}

static void text_that_only_looks_like_p_stays_text(void) {
    CU_ASSERT(make("omp dir=/tmp/p kind=p2,pp,p-x,2p,tail,p- view=3*x"));
    CU_ASSERT_EQUAL(specs.count, 6);
    CU_ASSERT_STRING_EQUAL(specs.at[0].params, "dir=/tmp/p kind=p2 view=3*x");
    CU_ASSERT_STRING_EQUAL(specs.at[3].params, "dir=/tmp/p kind=2p view=3*x");
    CU_ASSERT_STRING_EQUAL(specs.at[5].params, "dir=/tmp/p kind=p- view=3*x");
}

static void strings_are_separated_by_semicolons(void) {
    CU_ASSERT(make("omp workers=2 n=1; mpi workers=3 n=2;async"));
    CU_ASSERT_STRING_EQUAL(all(), "omp 2 n=1|mpi 3 n=2|async 1");
}

static void threads_say_how_a_case_starts_and_are_no_parameter(void) {
    CU_ASSERT(make("hybrid workers=2 threads=1,3 n=4"));
    CU_ASSERT_STRING_EQUAL(all(), "hybrid 2 n=4|hybrid 2 n=4");
    CU_ASSERT_EQUAL(specs.at[0].threads, 1);
    CU_ASSERT_EQUAL(specs.at[1].threads, 3);
}

static void what_cannot_be_read_is_refused_in_words(void) {
    static const struct {
        const char *text, *says;
    } bad[] = {{"", "empty"},
               {"omp; ", "empty"},
               {"n=5", "name of a version"},
               {"averyveryverylongversion n=5", "name of a version"},
               {"omp n", "'n' is not name=value"},
               {"omp n=", "'n=' is not name=value"},
               {"omp =5", "is not name=value"},
               {"omp n=1,,2", "is not name=value"},
               {"omp n=,1", "is not name=value"},
               {"omp n=1,", "is not name=value"},
               {"omp workers=0", "workers=0 is not"},
               {"omp workers=p", "workers=p is not"},
               {"omp workers=2x", "workers=2x is not"},
               {"omp workers=-1", "workers=-1 is not"},
               {"omp workers=5000", "workers=5000 is not"},
               {"hybrid threads=0", "threads=0 is not"},
               {"omp n=1 n=2", "'n' stands twice"},
               {"mpi workers=1 n=p-2", "n=p-2 is -1 with 1 worker"},
               {"omp a=1 b=1 c=1 d=1 e=1 f=1 g=1 h=1 i=1 j=1 k=1 l=1 m=1", "one name too many"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CU_ASSERT(!make(bad[i].text));
        CU_ASSERT_PTR_NOT_NULL(strstr(why, bad[i].says));
    }
}

static void seeds_are_short_and_differ_from_case_to_case(void) {
    CU_ASSERT(make("omp workers=1,2,3,4,5,6,7,8 n=1,2,3,4,5,6,7,8; mpi workers=1,2,3 n=9,10,11"));
    CU_ASSERT_EQUAL(specs.count, 73);
    for (size_t i = 0; i < specs.count; i++) {
        CU_ASSERT(specs.at[i].seed < 1000000000);
        for (size_t j = 0; j < i; j++)
            CU_ASSERT_NOT_EQUAL(specs.at[i].seed, specs.at[j].seed);
    }
}

// What two versions did can be compared only where it was the same problem.
static void versions_side_by_side_solve_the_same_problem(void) {
    CU_ASSERT(make("serial n=1,2; omp workers=4 n=2,3; mpi workers=2,4 n=1"));
    const uint64_t serial_1 = specs.at[0].seed, serial_2 = specs.at[1].seed;
    CU_ASSERT_EQUAL(specs.at[2].seed, serial_2);
    CU_ASSERT(specs.at[3].seed != serial_1 && specs.at[3].seed != serial_2);
    CU_ASSERT_EQUAL(specs.at[4].seed, serial_1);
    CU_ASSERT_EQUAL(specs.at[5].seed, serial_1);
}

static uint64_t first_seed(uint64_t base, const char *lab, size_t check) {
    case_specs_free(&specs);
    CU_ASSERT_FATAL(expand("omp n=1", base, lab, check, &specs, why, sizeof why));
    return specs.at[0].seed;
}

static void the_same_base_seed_makes_the_same_seeds_another_makes_others(void) {
    const uint64_t seed = first_seed(7, "heat", 2);
    CU_ASSERT_EQUAL(first_seed(7, "heat", 2), seed);
    CU_ASSERT_NOT_EQUAL(first_seed(8, "heat", 2), seed);
    CU_ASSERT_NOT_EQUAL(first_seed(7, "words", 2), seed);
    CU_ASSERT_NOT_EQUAL(first_seed(7, "heat", 3), seed);
}

static void cases_of_several_checks_share_one_list(void) {
    case_specs_free(&specs);
    CU_ASSERT(expand("omp n=1,2", 1, "toy", 0, &specs, why, sizeof why));
    CU_ASSERT(expand("omp n=1,2", 1, "toy", 1, &specs, why, sizeof why));
    CU_ASSERT_EQUAL_FATAL(specs.count, 4); // twice the same, but not in the same check
    CU_ASSERT_EQUAL(specs.at[1].check, 0);
    CU_ASSERT_EQUAL(specs.at[2].check, 1);
}

static void a_case_is_written_as_a_line_of_a_case_file(void) {
    char text[256] = "";
    struct case_spec spec = {.version = "mpi", .workers = 5, .seed = 77, .params = "n=97 steps=3"};
    FILE *file = fmemopen(text, sizeof text, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    case_spec_write(file, 17, &spec);
    spec.params[0] = '\0';
    case_spec_write(file, 18, &spec);
    fclose(file);
    CU_ASSERT_STRING_EQUAL(text, "17 mpi 5 77 n=97 steps=3\n18 mpi 5 77\n");
}

static const struct test tests[] = {
    TEST(a_string_without_lists_is_one_case),
    TEST(lists_are_multiplied_the_first_varies_slowest),
    TEST(items_are_computed_from_the_workers_of_their_case),
    TEST(workers_count_wherever_they_stand),
    TEST(a_range_is_one_number_of_it_drawn_from_the_seed),
    TEST(a_case_that_comes_out_twice_stands_once),
    TEST(text_that_only_looks_like_p_stays_text),
    TEST(strings_are_separated_by_semicolons),
    TEST(threads_say_how_a_case_starts_and_are_no_parameter),
    TEST(what_cannot_be_read_is_refused_in_words),
    TEST(seeds_are_short_and_differ_from_case_to_case),
    TEST(versions_side_by_side_solve_the_same_problem),
    TEST(the_same_base_seed_makes_the_same_seeds_another_makes_others),
    TEST(cases_of_several_checks_share_one_list),
    TEST(a_case_is_written_as_a_line_of_a_case_file),
    {0}};

int main(void) {
    const int status = run_tests("expand", tests, MPI_COMM_NULL);
    case_specs_free(&specs);
    return status;
}
