// SPDX-License-Identifier: MIT
// Tests of common/judge/predictions.c and answers.c: what a student predicted, and what measurement
// answers it.

#include "predictions.h"
#include "answers.h"
#include "files.h"
#include "labs.h"
#include "runner.h"

static struct predictions predictions;
static char text[1024];

static bool reads(const char *lines) {
    CU_ASSERT_FATAL(files_begin());
    FILE *const file = fopen(files_path("predictions.txt"), "we");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs(lines, file);
    fclose(file);
    const bool good =
        predictions_read(files_path("predictions.txt"), 6, &predictions, text, sizeof text);
    files_end();
    test_note("%s", text);
    return good;
}

static bool refuses(const char *lines, const char *words) {
    *text = '\0';
    return !reads(lines) && strstr(text, words);
}

static void a_line_says_what_is_measured(void) {
    CU_ASSERT_FATAL(
        reads("# a comment\n\nq1 faster | all cores | serial n=5 | omp workers=cores n=5\n"
              "q3 known | bytes | 16 with 2 ranks\nq12 time|a pair|hybrid workers=2 threads=3\n"
              "q4 memory | a rank | mpi workers=1 | mpi workers=16\n"));
    CU_ASSERT_EQUAL(predictions.count, 4);
    CU_ASSERT_EQUAL(predictions.at[0].question, 1);
    CU_ASSERT_EQUAL(predictions.at[0].measure, MEASURE_FASTER);
    CU_ASSERT_STRING_EQUAL(predictions.at[0].title, "all cores");
    CU_ASSERT_STRING_EQUAL(predictions.at[0].from.version, "serial");
    CU_ASSERT_EQUAL(predictions.at[0].to.workers, 6);
    CU_ASSERT_STRING_EQUAL(predictions.at[0].to.params, "n=5");
    CU_ASSERT_EQUAL(predictions.at[0].from.seed, predictions.at[0].to.seed);
    CU_ASSERT_STRING_EQUAL(predictions.at[1].known, "16 with 2 ranks");
    CU_ASSERT_EQUAL(predictions.at[2].question, 12);
    CU_ASSERT_EQUAL(predictions.at[2].to.threads, 3);
    CU_ASSERT_EQUAL(predictions.at[3].measure, MEASURE_MEMORY);
}

static void a_line_that_is_wrong_is_told(void) {
    CU_ASSERT(refuses("q1 faster | x | serial n=5\n", "line 1: "));
    CU_ASSERT(
        refuses("\nq1 quicker | x | serial | omp\n", "line 2: there is no measure 'quicker'"));
    CU_ASSERT(refuses("faster | x | serial | omp\n", "it is not"));
    CU_ASSERT(refuses("q0 time | x | serial\n", "it is not"));
    CU_ASSERT(refuses("q1 time | x | omp workers=1,2\n", "is 2 cases"));
    CU_ASSERT(refuses("q1 time | x | omp workers=0\n", "workers=0"));
    CU_ASSERT(refuses("q1 time | | serial\n", "it is not"));
    CU_ASSERT(predictions_read("/nosuch/predictions.txt", 2, &predictions, text, sizeof text));
    CU_ASSERT_EQUAL(predictions.count, 0);
    CU_ASSERT(!predictions_read("/", 2, &predictions, text, sizeof text));
}

// The lines that are handed out: of questions that answers.txt has, and of versions of the lab.
static void the_labs_have_lines_that_can_be_read(void) {
    static struct labs labs;
    static struct answers answers;
    CU_ASSERT_FATAL(labs_list(".", &labs, text, sizeof text));
    for (int i = 0; i < labs.count; i++) {
        char path[128];
        snprintf(path, sizeof path, "labs/%.64s/predictions.txt", labs.at[i].dir);
        CU_ASSERT(predictions_read(path, 2, &predictions, text, sizeof text));
        snprintf(path, sizeof path, "labs/%.64s/answers.txt", labs.at[i].dir);
        CU_ASSERT(answers_read(path, &answers, text, sizeof text));
        for (int p = 0; p < predictions.count; p++) {
            bool there = false;
            for (int q = 0; q < answers.count; q++)
                there = there || answers.number[q] == predictions.at[p].question;
            test_note("%s: q%d", path, predictions.at[p].question);
            CU_ASSERT(there);
        }
    }
}

static bool has_numbers(const char *answer, int count, double first, double last) {
    double numbers[8] = {0};
    const int n = predictions_numbers(answer, numbers, 8);
    test_note("'%s': %d numbers, %g ...", answer, n, numbers[0]);
    return n == count && (!n || (numbers[0] == first && numbers[n - 1] == last));
}

static void numbers_are_read_as_people_write_them(void) {
    CU_ASSERT(has_numbers("about 1.8 times, 1,5 with 4.", 3, 1.8, 4));
    CU_ASSERT(has_numbers("Twice as fast", 1, 2, 2));
    CU_ASSERT(has_numbers("half of it", 1, 0.5, 0.5));
    CU_ASSERT(has_numbers("16,384 bytes", 1, 16384, 16384));
    CU_ASSERT(has_numbers("20ms", 1, 20, 20));
    CU_ASSERT(has_numbers("the same", 0, 0, 0));
    CU_ASSERT(has_numbers("version 1.2.3 and x2", 0, 0, 0));
    CU_ASSERT(has_numbers("", 0, 0, 0));
    CU_ASSERT(has_numbers("1 2 3 4 5 6 7 8 9 10", 8, 1, 8));
}

static void the_words_of_an_answer_are_kept(void) {
    static struct answers answers;
    CU_ASSERT_FATAL(files_begin());
    FILE *const file = fopen(files_path("answers.txt"), "we");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs("q1:  about 1.8 \r\nq2:\nQ3 : yes\n", file);
    fclose(file);
    CU_ASSERT(answers_read(files_path("answers.txt"), &answers, text, sizeof text));
    files_end();
    CU_ASSERT_EQUAL(answers.given, 2);
    CU_ASSERT_STRING_EQUAL(answers.text[0], "about 1.8 ");
    CU_ASSERT_STRING_EQUAL(answers.text[2], "yes");
}

static const struct test tests[] = {
    TEST(a_line_says_what_is_measured),         TEST(a_line_that_is_wrong_is_told),
    TEST(the_labs_have_lines_that_can_be_read), TEST(numbers_are_read_as_people_write_them),
    TEST(the_words_of_an_answer_are_kept),      {0}};

int main(void) {
    return run_tests("predictions", tests, MPI_COMM_NULL);
}
