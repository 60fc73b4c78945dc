// SPDX-License-Identifier: MIT
// Tests of common/judge/feedback.c: what a student reads.

#include "feedback.h"
#include "runner.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static char *said;
static size_t size;

static struct feedback begin(void) {
    free(said);
    said = NULL;
    return feedback_begin(open_memstream(&said, &size));
}

static struct judged judged(const char *verdict, int points, int most) {
    struct judged j = {.points = points, .max_points = most};
    snprintf(j.verdict, sizeof j.verdict, "%s", verdict);
    snprintf(j.title, sizeof j.title, "ranks give the serial plate");
    return j;
}

static void a_check_that_passed_is_one_line(void) {
    struct feedback f = begin();
    struct judged j = judged("PASS", 20, 20);
    judged_say(&j, "mpi.c", 3, "not shown");
    feedback_verdict(&f, &j);
    feedback_details(&f, &j);
    fclose(f.out);
    CU_ASSERT_STRING_EQUAL(said, "ok     20/20  ranks give the serial plate\n");
}

static void a_check_that_failed_says_why_and_how_to_see_it(void) {
    struct feedback f = begin();
    struct judged j = judged("WRONG", 0, 20);
    judged_say(&j, "mpi.c", 42, "row %d is wrong", 7);
    snprintf(j.hint, sizeof j.hint, "Look at the halo.");
    snprintf(j.command, sizeof j.command, "make run LAB=heat");
    feedback_verdict(&f, &j);
    feedback_details(&f, &j);
    fclose(f.out);
    CU_ASSERT_STRING_EQUAL(said, "WRONG   0/20  ranks give the serial plate\n"
                                 "              mpi.c:42: row 7 is wrong\n"
                                 "              Look at the halo.\n"
                                 "              Run it alone:\n"
                                 "                make run LAB=heat\n");
}

static void long_sentences_are_broken_between_words(void) {
    struct feedback f = begin();
    struct judged j = judged("WRONG", 0, 20);
    char text[401] = "";
    for (int i = 0; i < 40; i++)
        strcat(text, "\xc3\xa4\xc3\xb6 word ");
    judged_say(&j, "", 0, "%s", text);
    feedback_details(&f, &j);
    fclose(f.out);
    size_t lines = 0, words = 0;
    for (char *line = strtok(said, "\n"); line; line = strtok(NULL, "\n"), lines++) {
        size_t columns = 0;
        for (const char *c = line; *c; c++)
            columns += ((unsigned char)*c & 0xC0) != 0x80;
        CU_ASSERT(columns <= 100);
        for (const char *c = line; (c = strstr(c, "word")); c++)
            words++;
    }
    CU_ASSERT(lines >= 4);
    CU_ASSERT_EQUAL(words, 40);
}

static void nothing_steers_the_terminal(void) {
    struct feedback f = begin();
    struct judged j = judged("CRASH", 0, 20);
    judged_say(&j, "", 0, "it said \033[2J and \a");
    snprintf(j.command, sizeof j.command, "run \033[31m");
    feedback_verdict(&f, &j);
    feedback_details(&f, &j);
    fclose(f.out);
    CU_ASSERT_PTR_NULL(strchr(said, '\033'));
    CU_ASSERT_PTR_NULL(strchr(said, '\a'));
    CU_ASSERT_PTR_NOT_NULL(strstr(said, "it said  [2J and"));
}

static void the_last_line_is_the_score(void) {
    struct feedback f = begin();
    const struct judged good = judged("PASS", 20, 20), bad = judged("HANG", 0, 5),
                        skipped = judged("SKIP", 0, 15);
    feedback_verdict(&f, &good);
    feedback_verdict(&f, &bad);
    feedback_verdict(&f, &skipped);
    feedback_end(&f, "heat", 77, NULL);
    fclose(f.out);
    CU_ASSERT_EQUAL(f.failed, 1);
    CU_ASSERT_EQUAL(f.skipped, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(said, "make check LAB=heat SEED=77\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(said, "\nScore: 20/40\n"));
    CU_ASSERT_STRING_EQUAL(strstr(said, "Score"), "Score: 20/40\n");
}

static void what_cannot_be_graded_is_in_no_score(void) {
    struct feedback f = begin();
    const struct judged good = judged("PASS", 20, 20), noisy = judged("UNGRADED", 0, 5),
                        broken = judged("INFRA", 0, 1);
    feedback_verdict(&f, &good);
    feedback_verdict(&f, &noisy);
    feedback_verdict(&f, &broken);
    feedback_end(&f, "heat", 77, NULL);
    fclose(f.out);
    CU_ASSERT_EQUAL(f.failed, 0);
    CU_ASSERT_EQUAL(f.max_points, 20);
    CU_ASSERT_PTR_NOT_NULL(strstr(said, "Score: 20/20 (6 points could not be graded here)\n"));
}

static void without_a_stream_points_are_counted(void) {
    struct feedback f = feedback_begin(NULL);
    const struct judged good = judged("PASS", 20, 20);
    feedback_verdict(&f, &good);
    feedback_details(&f, &good);
    feedback_end(&f, "heat", 1, NULL);
    CU_ASSERT_EQUAL(f.points, 20);
}

static void cases_are_told_in_words(void) {
    struct case_spec spec = {
        .version = "hybrid", .workers = 1, .threads = 3, .seed = 7, .params = "n=4"};
    char text[200];
    feedback_case(&spec, "hybrid", text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "hybrid, 1 rank of 3 threads, n=4, seed 7");
    spec.workers = 2;
    feedback_case(&spec, "ranks", text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "hybrid, 2 ranks, n=4, seed 7");
    spec.params[0] = '\0';
    feedback_case(&spec, "threads", text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "hybrid, 2 threads, seed 7");
    feedback_case(&spec, "serial", text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "hybrid, seed 7");
}

static void signals_and_verdicts_have_words(void) {
    CU_ASSERT_PTR_NOT_NULL(strstr(feedback_signal(SIGSEGV), "not its own"));
    CU_ASSERT_PTR_NULL(feedback_signal(SIGUSR1));
    CU_ASSERT_PTR_NOT_NULL(strstr(feedback_meaning("HANG"), "did not end"));
    CU_ASSERT_STRING_EQUAL(feedback_meaning("NOSUCH"), "");
}

static void a_larger_case_is_told_where_it_says_more(void) {
    CU_ASSERT(feedback_says_more("row 8, the last row of rank 1, was never written",
                                 "the plate holds 0"));
    CU_ASSERT(
        !feedback_says_more("row 128, the last row of rank 17", "row 2, the last row of rank 1"));
    CU_ASSERT(!feedback_says_more("short", "a longer sentence"));
    CU_ASSERT(!feedback_says_more("", ""));
    CU_ASSERT(feedback_says_more("words are lost at byte 4096", ""));
}

static const struct test tests[] = {TEST(a_larger_case_is_told_where_it_says_more),
                                    TEST(a_check_that_passed_is_one_line),
                                    TEST(a_check_that_failed_says_why_and_how_to_see_it),
                                    TEST(long_sentences_are_broken_between_words),
                                    TEST(nothing_steers_the_terminal),
                                    TEST(the_last_line_is_the_score),
                                    TEST(what_cannot_be_graded_is_in_no_score),
                                    TEST(without_a_stream_points_are_counted),
                                    TEST(cases_are_told_in_words),
                                    TEST(signals_and_verdicts_have_words),
                                    {0}};

int main(void) {
    const int status = run_tests("feedback", tests, MPI_COMM_NULL);
    free(said);
    return status;
}
