// SPDX-License-Identifier: MIT
//
// test_report.c: common/report with made-up numbers.

#include "cells.h"
#include "claims.h"
#include "escape.h"
#include "page.h"
#include "plan.h"
#include "runner.h"
#include "screen.h"
#include "show.h"
#include "stats.h"
#include "table.h"
#include "verdict.h"
#include "whole.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static bool near(double a, double b) {
    return fabs(a - b) <= 1e-12 * fmax(1, fabs(b));
}

// -- stats ---------------------------------------------------------------------------------------

static void median_of_an_even_number_lies_between_the_middle_two(void) {
    const struct spread s = spread_of((double[]){4, 1, 3, 2}, 4);
    CU_ASSERT_EQUAL(s.times, 4);
    CU_ASSERT(near(s.median, 2.5));
}

// Figures of R: quantile(c(1, 2, 4, 8, 16), c(.25, .5, .75)) and of 1..4.
static void quartiles_are_those_of_definition_7(void) {
    const struct spread five = spread_of((double[]){16, 1, 8, 2, 4}, 5);
    CU_ASSERT(near(five.low, 2));
    CU_ASSERT(near(five.median, 4));
    CU_ASSERT(near(five.high, 8));
    const struct spread four = spread_of((double[]){1, 2, 3, 4}, 4);
    CU_ASSERT(near(four.low, 1.75));
    CU_ASSERT(near(four.high, 3.25));
}

static void unknown_values_are_left_out(void) {
    const struct spread s = spread_of((double[]){NAN, 5, NAN, 7, 6}, 5);
    CU_ASSERT_EQUAL(s.times, 3);
    CU_ASSERT(near(s.median, 6));
    CU_ASSERT_EQUAL(spread_of((double[]){NAN}, 1).times, 0);
    CU_ASSERT(isnan(spread_of(NULL, 0).median));
}

static void one_value_is_its_own_quartiles(void) {
    const struct spread s = spread_of((double[]){3}, 1);
    CU_ASSERT(near(s.low, 3) && near(s.median, 3) && near(s.high, 3));
    CU_ASSERT(near(spread_share(&s), 0));
}

static void ratios_are_taken_within_a_round(void) {
    // The machine slowed down by ten in the third round, for both.
    const double a[] = {2, 2, 20, NAN}, b[] = {1, 1, 10, 1};
    const struct spread s = spread_of_ratios(a, b, 4);
    CU_ASSERT_EQUAL(s.times, 3);
    CU_ASSERT(near(s.low, 2) && near(s.high, 2));
}

static void noise_is_the_middle_distance_of_a_pair(void) {
    CU_ASSERT(near(noise_of((double[]){1.1, 1.0, 0.8}, (double[]){1, 1, 1}, 3), 0.1));
}

// -- show ----------------------------------------------------------------------------------------

static void expect_text(const char *got, const char *want) {
    CU_ASSERT_STRING_EQUAL(got, want);
    if (strcmp(got, want) != 0)
        test_note("got \"%s\", want \"%s\"", got, want);
}

static void times_have_three_digits_and_the_right_unit(void) {
    char text[SHOW_CAP];
    expect_text(show_time(1.2345, text), "1.23 s");
    expect_text(show_time(0.0412, text), "41.2 ms");
    expect_text(show_time(0.99996, text), "1.00 s");
    expect_text(show_time(0.0000805, text), "80.5 us");
    expect_text(show_time(123.4, text), "123 s");
    expect_text(show_time(NAN, text), "-");
}

static void bytes_and_counts_grow_their_unit(void) {
    char text[SHOW_CAP];
    expect_text(show_bytes(0, text), "0 B");
    expect_text(show_bytes(999, text), "999 B");
    expect_text(show_bytes(1024, text), "1.00 KiB");
    expect_text(show_bytes(302.0 * 1024 * 1024, text), "302 MiB");
    expect_text(show_count(1234, text), "1234");
    expect_text(show_count(1234567, text), "1.23 M");
}

static void small_shares_keep_a_digit(void) {
    char text[SHOW_CAP];
    expect_text(show_percent(0.984, text), "98 %");
    expect_text(show_percent(0.0044, text), "0.4 %");
    expect_text(show_percent(1.2, text), "120 %");
    expect_text(show_percent(NAN, text), "-");
}

// -- escape --------------------------------------------------------------------------------------

// What `put` writes for text.
static const char *written(void (*put)(FILE *file, const char *text), const char *text) {
    static char buffer[512];
    memset(buffer, 0, sizeof buffer);
    FILE *file = fmemopen(buffer, sizeof buffer - 1, "w");
    put(file, text);
    fclose(file);
    return buffer;
}

static void html_is_text_whatever_it_says(void) {
    expect_text(written(put_html, "<b a=\"x\">&'</b>"),
                "&lt;b a=&quot;x&quot;&gt;&amp;&#39;&lt;/b&gt;");
    expect_text(written(put_html, "caf\xC3\xA9 \xF0\x9F\x98\x80"), "caf\xC3\xA9 \xF0\x9F\x98\x80");
    expect_text(written(put_html, "a\001b"), "a\xEF\xBF\xBD"
                                             "b");
}

static void json_strings_are_quoted(void) {
    expect_text(written(put_json, "a\"b\\c\n"), "\"a\\\"b\\\\c\\u000a\"");
}

static void bytes_that_are_not_utf8_are_replaced(void) {
    // A stray continuation, an overlong slash, a surrogate, a cut sequence.
    expect_text(written(put_html, "\x80"), "\xEF\xBF\xBD");
    expect_text(written(put_html, "\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    CU_ASSERT_EQUAL(utf8_length("\xED\xA0\x80"), 0);
    CU_ASSERT_EQUAL(utf8_length("\xE2\x82"), 0);
    CU_ASSERT_EQUAL(utf8_length("\xE2\x82\xAC"), 3);
    CU_ASSERT_EQUAL(utf8_length("\xF4\x90\x80\x80"), 0);
}

// -- table ---------------------------------------------------------------------------------------

static void width_counts_columns_not_bytes(void) {
    CU_ASSERT_EQUAL(text_width("heat"), 4);
    CU_ASSERT_EQUAL(text_width("\xC2\xB1"
                               "3 %"),
                    4);                                 // plus-minus
    CU_ASSERT_EQUAL(text_width("e\xCC\x81"), 1);        // e, combining acute
    CU_ASSERT_EQUAL(text_width("\xE7\x86\xB1"), 2);     // a wide character
    CU_ASSERT_EQUAL(text_width("\xF0\x9F\x98\x80"), 2); // an emoji
    CU_ASSERT_EQUAL(text_width(""), 0);
    CU_ASSERT_EQUAL(text_width("\xFF"), 1);
}

// The lines that a table with these two cells in a row prints; heads: "name", "n".
static char *table_text(const char *const cells[][2], int rows) {
    static char buffer[2048];
    static const char *const heads[] = {"name", "n", "never\nused"};
    struct table table;
    memset(buffer, 0, sizeof buffer);
    FILE *file = fmemopen(buffer, sizeof buffer - 1, "w");
    table_begin(&table, 3, heads, "lrr");
    for (int r = 0; r < rows; r++) {
        const int row = table_row(&table);
        table_set(&table, row, 0, BOLD, cells[r][0]);
        table_set(&table, row, 1, PLAIN, cells[r][1]);
        table_set(&table, row, 2, PLAIN, "-");
    }
    table_print(&table, file, 1);
    table_free(&table);
    fclose(file);
    return buffer;
}

static void columns_stand_under_one_another(void) {
    const char *const cells[][2] = {{"\xC2\xB1", "1"}, {"longer", "100"}};
    expect_text(table_text(cells, 2), " name      n\n"
                                      " \xC2\xB1         1\n"
                                      " longer  100\n");
}

static void a_column_of_nothing_is_left_out(void) {
    const char *const cells[][2] = {{"a", "-"}, {"b", ""}};
    expect_text(table_text(cells, 2), " name\n a\n b\n");
}

static void no_line_is_wider_than_asked(void) {
    static char buffer[4096];
    memset(buffer, 0, sizeof buffer);
    FILE *file = fmemopen(buffer, sizeof buffer - 1, "w");
    put_wrapped(file, "one two three \xC2\xB1\xC2\xB1\xC2\xB1 four five", 4, 4, 14);
    fclose(file);
    expect_text(buffer, "one two\n    three \xC2\xB1\xC2\xB1\xC2\xB1\n    four five\n");
}

static void a_file_gets_no_colours(void) {
    FILE *file = tmpfile();
    CU_ASSERT_FALSE(may_colour(file));
    fclose(file);
}

// -- plan ----------------------------------------------------------------------------------------

static void expect_counts(const char *bound, const char *run, int cores, const int *want, int n) {
    int counts[COUNTS_MAX];
    CU_ASSERT_EQUAL_FATAL(plan_workers(bound, run, cores, counts), n);
    for (int i = 0; i < n; i++)
        CU_ASSERT_EQUAL(counts[i], want[i]);
}

static void work_that_computes_gets_a_worker_a_core_at_most(void) {
    expect_counts("compute", "threads", 2, (int[]){1, 2}, 2);
    expect_counts("memory", "ranks", 6, (int[]){1, 2, 4, 6}, 4);
    expect_counts("compute", "threads", 1, (int[]){1}, 1);
    expect_counts("compute", "serial", 8, (int[]){1}, 1);
}

static void work_that_waits_gets_far_more_workers_than_cores(void) {
    expect_counts("waiting", "threads", 2, (int[]){1, 2, 8, 32, 64}, 5);
    expect_counts("waiting", "ranks", 2, (int[]){1, 2, 8, 32}, 4);
    expect_counts("waiting", "threads", 64, (int[]){1, 2, 4, 8, 16, 32, 64, 256}, 8);
    expect_counts("mixed", "threads", 2, (int[]){1, 2, 4, 8}, 4);
}

static void any_number_of_cores_gives_ascending_counts_that_fit(void) {
    static const char *const bounds[] = {"compute", "memory", "waiting", "mixed"};
    int counts[COUNTS_MAX];
    for (int cores = 1; cores <= 1024; cores++)
        for (int b = 0; b < 4; b++) {
            const int n = plan_workers(bounds[b], "threads", cores, counts);
            CU_ASSERT(n >= 1 && n <= COUNTS_MAX && counts[0] == 1);
            for (int i = 1; i < n; i++)
                CU_ASSERT(counts[i] > counts[i - 1]);
        }
}

// A lab on two cores with a serial version, threads, ranks, a hybrid and one that is given. Each
// row takes the seconds of `time`, in each of five rounds, but for the last digit.
static struct part *new_part(const char *bound) {
    struct part *part = calloc(1, sizeof *part);
    snprintf(part->name, sizeof part->name, "toy");
    snprintf(part->bound, sizeof part->bound, "%s", bound);
    part->cores = 2;
    part->noise = 0.01;
    part->rounds = 5;
    plan_version(part, "serial", "serial", true);
    plan_version(part, "omp", "threads", false);
    plan_version(part, "mpi", "ranks", false);
    plan_version(part, "hybrid", "hybrid", false);
    plan_version(part, "extra", "threads", true);
    return part;
}

static struct row *set_time(struct part *part, const char *version, int workers, double seconds,
                            double busy) {
    for (int i = 0; i < part->row_count; i++) {
        struct row *row = &part->rows[i];
        if (strcmp(row->version, version) != 0 || row->workers != workers)
            continue;
        for (int r = 0; r < 5; r++) {
            row->wall[r] = seconds * (1 + 0.001 * ((i + r) % 3));
            row->cpu[r] = row->wall[r] * busy;
        }
        row->state = ROW_TIMED;
        return row;
    }
    CU_FAIL_FATAL("no such row");
    return NULL;
}

static void a_given_version_has_one_row_and_serial_is_not_called_given(void) {
    struct part *part = new_part("waiting");
    int extra = 0;
    for (int i = 0; i < part->row_count; i++)
        if (strcmp(part->rows[i].version, "extra") == 0) {
            extra++;
            CU_ASSERT_EQUAL(part->rows[i].workers, 64);
            CU_ASSERT(part->rows[i].given);
        }
    CU_ASSERT_EQUAL(extra, 1);
    CU_ASSERT_FALSE(part->rows[0].given);
    free(part);
}

static void rounds_end_when_steady_or_when_the_time_is_spent(void) {
    struct part *part = new_part("compute");
    set_time(part, "serial", 1, 1, 1);
    CU_ASSERT(plan_another_round(part, 1, 10, -5, 0));      // two in any case
    CU_ASSERT_FALSE(plan_another_round(part, 2, 10, 5, 0)); // a third if it fits
    CU_ASSERT_FALSE(plan_another_round(part, 3, 10, 5, 0)); // the next would not fit
    CU_ASSERT(plan_another_round(part, 3, 10, 11, 0));      //
    CU_ASSERT(plan_another_round(part, 4, 10, -5, 5));      // as many as asked for
    CU_ASSERT_FALSE(plan_another_round(part, 5, 1, 99, 5)); //
    for (int r = 0; r < 7; r++)
        part->rows[0].wall[r] = 1;
    CU_ASSERT_FALSE(plan_another_round(part, 7, 1, 99, 0)); // steady
    part->rows[0].wall[0] = part->rows[0].wall[1] = part->rows[0].wall[2] = 3;
    CU_ASSERT(plan_another_round(part, 7, 1, 99, 0)); // not steady
    free(part);
}

// -- report, verdict, claims ---------------------------------------------------------------------

static void efficiency_needs_a_core_for_each_worker(void) {
    struct part *part = new_part("waiting");
    set_time(part, "serial", 1, 1, 0.1);
    const struct row *two = set_time(part, "omp", 2, 0.5, 0.1);
    const struct row *many = set_time(part, "omp", 32, 0.05, 0.1);
    CU_ASSERT(fabs(row_efficiency(part, two) - 1) < 0.01);
    CU_ASSERT(isnan(row_efficiency(part, many)));
    CU_ASSERT(fabs(row_speedup(part, many).median - 20) < 0.2);
    free(part);
}

static bool says(const struct part *part, const char *words) {
    for (int i = 0; i < part->sentence_count; i++)
        if (strstr(part->sentences[i], words))
            return true;
    for (int i = 0; i < part->sentence_count; i++)
        test_note("it says: %s", part->sentences[i]);
    test_note("it does not say: %s", words);
    return false;
}

static void a_clear_difference_has_a_winner(void) {
    struct part *part = new_part("compute");
    char text[64];
    set_time(part, "serial", 1, 1, 1);
    set_time(part, "omp", 2, 0.5, 2);
    set_time(part, "mpi", 2, 0.75, 2);
    verdict_say(part);
    CU_ASSERT(says(part, "omp with 2 threads (500 ms) won: 2.00 times as fast as serial"));
    CU_ASSERT(says(part, "It took 33 % less time than mpi with 2 ranks"));
    expect_text(verdict_winner(part, text, sizeof text), "threads");
    free(part);
}

static void a_difference_within_the_noise_has_none(void) {
    struct part *part = new_part("compute");
    char text[64];
    set_time(part, "serial", 1, 1, 1);
    set_time(part, "omp", 2, 0.50, 2);
    set_time(part, "mpi", 2, 0.505, 2);
    set_time(part, "hybrid", 2, 0.505, 2);
    part->noise = 0.03;
    verdict_say(part);
    CU_ASSERT(says(part,
                   "Between omp with 2 threads (500 ms), mpi with 2 ranks (506 ms) and hybrid "
                   "with 2 ranks of 1 thread (506 ms) there is no difference"));
    expect_text(verdict_winner(part, text, sizeof text), "threads, ranks, hybrid");
    free(part);
}

static void two_rounds_prove_large_differences_only(void) {
    struct part *part = new_part("compute");
    set_time(part, "serial", 1, 1, 1);
    struct row *omp = set_time(part, "omp", 2, 0.5, 2), *mpi = set_time(part, "mpi", 2, 0.9, 2);
    CU_ASSERT(row_faster(part, omp, mpi));
    for (int r = 2; r < ROUNDS_MAX; r++)
        mpi->wall[r] = NAN;
    CU_ASSERT(row_faster(part, omp, mpi)); // 1.8 times
    part->noise = 0.3;
    CU_ASSERT_FALSE(row_faster(part, omp, mpi)); // on a machine that is not itself
    part->noise = 0;
    mpi->wall[0] = mpi->wall[1] = 0.55; // 10 %
    CU_ASSERT_FALSE(row_faster(part, omp, mpi));
    mpi->wall[0] = 0.45; // one of them the other way
    CU_ASSERT_FALSE(row_faster(part, omp, mpi));
    mpi->wall[1] = NAN;
    CU_ASSERT_FALSE(row_faster(part, omp, mpi)); // a single pair says nothing
    free(part);
}

static void a_difference_that_changes_sides_is_none(void) {
    struct part *part = new_part("compute");
    set_time(part, "serial", 1, 1, 1);
    struct row *omp = set_time(part, "omp", 2, 0.5, 2), *mpi = set_time(part, "mpi", 2, 0.6, 2);
    CU_ASSERT(row_faster(part, omp, mpi));
    mpi->wall[0] = mpi->wall[3] = 0.4; // the middle pair still says 20 %
    CU_ASSERT_FALSE(row_faster(part, omp, mpi));
    free(part);
}

static void what_is_slower_than_serial_does_not_win(void) {
    struct part *part = new_part("compute");
    char text[64];
    set_time(part, "serial", 1, 1, 1);
    set_time(part, "omp", 2, 1.5, 1);
    verdict_say(part);
    CU_ASSERT(says(part, "No version is faster than serial (1.00 s)"));
    expect_text(verdict_winner(part, text, sizeof text), "serial");
    free(part);
}

static void nothing_timed_is_said_so(void) {
    struct part *part = new_part("compute");
    char text[64];
    verdict_say(part);
    CU_ASSERT(says(part, "No version but serial was timed."));
    expect_text(verdict_winner(part, text, sizeof text), "-");
    free(part);
}

static void a_busy_machine_is_named(void) {
    struct part *part = new_part("compute");
    set_time(part, "serial", 1, 1, 1);
    set_time(part, "omp", 2, 0.5, 2);
    part->noise = 0.2;
    verdict_say(part);
    CU_ASSERT(says(part, "The machine was busy: serial differed from itself by 20 %"));
    free(part);
}

static void claims_hold_where_the_figures_show_them(void) {
    struct part *parts = calloc(2, sizeof *parts);
    struct claim claims[CLAIMS];
    struct part *waits = new_part("waiting"), *computes = new_part("compute");
    set_time(waits, "serial", 1, 1, 0.01);
    set_time(waits, "omp", 32, 0.05, 0.1)->memory = 10e6;
    set_time(waits, "mpi", 32, 0.1, 0.1)->memory = 150e6;
    set_time(computes, "serial", 1, 1, 1);
    set_time(computes, "mpi", 2, 0.51, 2);
    parts[0] = *waits;
    parts[1] = *computes;
    claims_judge(parts, 2, claims);
    for (int i = 0; i < CLAIMS; i++)
        CU_ASSERT_EQUAL(claims[i].holds, HOLDS);

    set_time(&parts[0], "omp", 32, 0.9, 0.1); // downloads one after the other
    set_time(&parts[1], "mpi", 2, 0.95, 1);   // nothing gained
    claims_judge(parts, 2, claims);
    CU_ASSERT_EQUAL(claims[0].holds, HOLDS_NOT);
    CU_ASSERT_EQUAL(claims[1].holds, HOLDS_NOT);
    parts[1].noise = 0.3;
    claims_judge(parts, 2, claims);
    CU_ASSERT_EQUAL(claims[1].holds, HOLDS_UNKNOWN); // a busy machine refutes nothing
    CU_ASSERT(claims[1].asked && strstr(claims[1].figure, "the machine was busy"));
    claims_judge(parts, 0, claims);
    for (int i = 0; i < CLAIMS; i++)
        CU_ASSERT(claims[i].holds == HOLDS_UNKNOWN && *claims[i].figure && !claims[i].asked);
    free(waits);
    free(computes);
    free(parts);
}

// Times of the ranks in three rounds against a serial second, on two cores: 1.6 times is the bound.
static enum holds of_ranks(int rounds, double first, double second, double third,
                           struct claim *claim) {
    const double walls[] = {first, second, third};
    struct claim claims[CLAIMS];
    struct part *part = new_part("compute");
    set_time(part, "serial", 1, 1, 1);
    struct row *const ranks = set_time(part, "mpi", 2, 1, 2);
    for (int i = 0; i < ROUNDS_MAX; i++)
        ranks->wall[i] = i < rounds ? walls[i] : NAN;
    claims_judge(part, 1, claims);
    *claim = claims[1];
    test_note("%s: %s", claim_word(claim->holds), claim->figure);
    free(part);
    return claim->holds;
}

static void noise_and_two_rounds_refute_no_claim(void) {
    struct claim claim;
    CU_ASSERT_EQUAL(of_ranks(3, 0.51, 0.52, 0.55, &claim), HOLDS);
    CU_ASSERT_EQUAL(of_ranks(3, 0.90, 0.92, 0.99, &claim), HOLDS_NOT);
    CU_ASSERT_EQUAL(of_ranks(3, 0.51, 0.64, 0.90, &claim), HOLDS_UNKNOWN);
    CU_ASSERT_PTR_NOT_NULL(strstr(claim.figure, "the rounds differ so much that they lie on both"));
    CU_ASSERT_EQUAL(of_ranks(3, 0.51, 0.60, 0.90, &claim),
                    HOLDS_UNKNOWN); // though the median is good
    CU_ASSERT_EQUAL(of_ranks(2, 0.90, 0.92, 0, &claim), HOLDS_UNKNOWN);
    CU_ASSERT_PTR_NOT_NULL(strstr(claim.figure, "fewer than three rounds refute nothing"));
    CU_ASSERT_EQUAL(of_ranks(2, 0.51, 0.52, 0, &claim), HOLDS);
}

static void a_sentence_stands_once_under_equal_rows(void) {
    struct part *part = new_part("compute");
    for (int i = 1; i <= 2; i++) {
        part->rows[i].state = ROW_TODO;
        snprintf(part->rows[i].text, sizeof part->rows[i].text, "not written yet");
    }
    CU_ASSERT_PTR_NOT_NULL(row_note(part, &part->rows[1]));
    CU_ASSERT_PTR_NULL(row_note(part, &part->rows[2]));
    CU_ASSERT_PTR_NULL(row_note(part, &part->rows[0]));
    free(part);
}

// -- files ---------------------------------------------------------------------------------------

static char dir[] = "/tmp/twofold-report-XXXXXX";

static bool read_all(const char *path, char *text, size_t cap) {
    FILE *file = fopen(path, "r");
    if (!file)
        return false;
    text[fread(text, 1, cap - 1, file)] = 0;
    fclose(file);
    return true;
}

static void a_page_needs_nothing_else_and_escapes_what_it_shows(void) {
    static char text[400000];
    char path[128], why[256];
    struct part *part = new_part("compute");
    set_time(part, "serial", 1, 1, 1);
    set_time(part, "omp", 2, 0.5, 2);
    part->rows[3].state = ROW_WRONG;
    snprintf(part->rows[3].text, sizeof part->rows[3].text, "<script>alert(1)</script>");
    verdict_say(part);
    const struct report report = {.parts = part, .part_count = 1};
    snprintf(path, sizeof path, "%s/deep/er/page.html", dir);
    CU_ASSERT_FATAL(page_write(&report, path, why, sizeof why));
    CU_ASSERT_FATAL(read_all(path, text, sizeof text));
    CU_ASSERT(strlen(text) < sizeof text - 2);
    CU_ASSERT_PTR_NULL(strstr(text, "<script"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "&lt;script&gt;"));
    CU_ASSERT_PTR_NULL(strstr(text, "src="));
    CU_ASSERT_PTR_NULL(strstr(text, "<link"));
    CU_ASSERT_PTR_NULL(strstr(text, "@import"));
    CU_ASSERT_PTR_NULL(strstr(text, "url("));
    CU_ASSERT_PTR_NULL(strstr(text, "nan"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "</html>"));
    free(part);
}

// A file-size limit stands for a full disk: the write fails in the same way.
static void a_full_disk_leaves_the_old_page(void) {
    char path[128], text[64], why[256];
    struct rlimit old;
    struct part *part = new_part("compute");
    const struct report report = {.parts = part, .part_count = 1};
    snprintf(path, sizeof path, "%s/full.html", dir);
    FILE *file = fopen(path, "w");
    fputs("old", file);
    fclose(file);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &old);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){1000, old.rlim_max});
    const bool good = page_write(&report, path, why, sizeof why);
    setrlimit(RLIMIT_FSIZE, &old);
    CU_ASSERT_FALSE(good);
    CU_ASSERT_PTR_NOT_NULL(strstr(why, "cannot write"));
    CU_ASSERT(read_all(path, text, sizeof text));
    CU_ASSERT_STRING_EQUAL(text, "old");
    snprintf(path, sizeof path, "%s/full.html.part.%ld", dir, (long)getpid());
    CU_ASSERT_NOT_EQUAL(access(path, F_OK), 0);
    free(part);
}

static void what_is_no_plain_file_is_not_replaced(void) {
    char why[256];
    struct stat about;
    CU_ASSERT_FALSE(whole_try("/dev/null", why, sizeof why));
    CU_ASSERT(stat("/dev/null", &about) == 0 && S_ISCHR(about.st_mode));
    CU_ASSERT_FALSE(whole_try(dir, why, sizeof why));
    CU_ASSERT_FALSE(whole_try("", why, sizeof why));
    CU_ASSERT_FALSE(whole_try("/dev/null/page.html", why, sizeof why));
    CU_ASSERT_PTR_NOT_NULL(strstr(why, "/dev/null/page.html"));
}

static void a_link_to_a_page_stays_a_link(void) {
    char path[128], link[128], text[64], why[256];
    struct whole whole;
    struct stat about;
    snprintf(path, sizeof path, "%s/real.html", dir);
    snprintf(link, sizeof link, "%s/link.html", dir);
    fclose(fopen(path, "w"));
    CU_ASSERT_EQUAL_FATAL(symlink(path, link), 0);
    CU_ASSERT_FATAL(whole_begin(&whole, link, why, sizeof why));
    fputs("new", whole.file);
    CU_ASSERT(whole_end(&whole, why, sizeof why));
    CU_ASSERT(lstat(link, &about) == 0 && S_ISLNK(about.st_mode));
    CU_ASSERT(read_all(path, text, sizeof text));
    CU_ASSERT_STRING_EQUAL(text, "new");
}

// A part whose every cell is as wide as it can be, and the screen that shows it.
static void look_at_the_widest(bool on_nodes) {
    struct part *part = new_part("waiting");
    char line[1024];
    for (int i = 0; i < part->row_count; i++) {
        struct row *row = &part->rows[i];
        set_time(part, row->version, row->workers, 1.234, 0.123);
        row->nodes = on_nodes ? 2 : 0;
        for (int r = 0; r < ROUNDS_MAX; r++)
            row->nodes_wall[r] = 1.234;
        row->ideal = 1;
        row->memory = 999.0 * 1024 * 1024;
        row->messages = row->collectives = 99999;
        row->bytes = 999.0 * 1024;
    }
    part->noise = 0.3;
    snprintf(part->params, sizeof part->params,
             "objects=512 latency=20 size=65536 errors=0 more=1");
    verdict_say(part);
    const struct report report = {.parts = part, .part_count = 1};
    FILE *file = tmpfile();
    screen_part(file, part);
    screen_end(file, &report);
    rewind(file);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = 0;
        CU_ASSERT(text_width(line) <= TABLE_WIDTH);
        if (text_width(line) > TABLE_WIDTH)
            test_note("%d columns: %s", text_width(line), line);
    }
    fclose(file);
    free(part);
}

static void no_line_of_the_screen_is_wider_than_100_columns(void) {
    look_at_the_widest(false);
    look_at_the_widest(true);
}

static void times_on_nodes_are_a_column_where_there_are_any(void) {
    struct part *part = new_part("compute");
    struct row *row = &part->rows[1];
    char text[CELL_CAP];
    CU_ASSERT_FALSE(column_used(part, COLUMN_NODES));
    row->nodes = 2;
    row->nodes_wall[0] = row->nodes_wall[1] = 0.5;
    CU_ASSERT(column_used(part, COLUMN_NODES));
    CU_ASSERT_STRING_EQUAL(cell_text(part, row, COLUMN_NODES, text), "500 ms");
    CU_ASSERT_STRING_EQUAL(cell_text(part, &part->rows[0], COLUMN_NODES, text), "-");
    row->nodes_state = ROW_WRONG;
    CU_ASSERT_STRING_EQUAL(cell_text(part, row, COLUMN_NODES, text), "WRONG");
    free(part);
}

int main(void) {
    static const struct test tests[] = {
        TEST(median_of_an_even_number_lies_between_the_middle_two),
        TEST(quartiles_are_those_of_definition_7),
        TEST(unknown_values_are_left_out),
        TEST(one_value_is_its_own_quartiles),
        TEST(ratios_are_taken_within_a_round),
        TEST(noise_is_the_middle_distance_of_a_pair),
        TEST(times_have_three_digits_and_the_right_unit),
        TEST(bytes_and_counts_grow_their_unit),
        TEST(small_shares_keep_a_digit),
        TEST(html_is_text_whatever_it_says),
        TEST(json_strings_are_quoted),
        TEST(bytes_that_are_not_utf8_are_replaced),
        TEST(width_counts_columns_not_bytes),
        TEST(columns_stand_under_one_another),
        TEST(a_column_of_nothing_is_left_out),
        TEST(times_on_nodes_are_a_column_where_there_are_any),
        TEST(no_line_is_wider_than_asked),
        TEST(a_file_gets_no_colours),
        TEST(work_that_computes_gets_a_worker_a_core_at_most),
        TEST(work_that_waits_gets_far_more_workers_than_cores),
        TEST(any_number_of_cores_gives_ascending_counts_that_fit),
        TEST(a_given_version_has_one_row_and_serial_is_not_called_given),
        TEST(rounds_end_when_steady_or_when_the_time_is_spent),
        TEST(efficiency_needs_a_core_for_each_worker),
        TEST(a_clear_difference_has_a_winner),
        TEST(a_difference_within_the_noise_has_none),
        TEST(two_rounds_prove_large_differences_only),
        TEST(a_difference_that_changes_sides_is_none),
        TEST(what_is_slower_than_serial_does_not_win),
        TEST(nothing_timed_is_said_so),
        TEST(a_busy_machine_is_named),
        TEST(claims_hold_where_the_figures_show_them),
        TEST(noise_and_two_rounds_refute_no_claim),
        TEST(a_sentence_stands_once_under_equal_rows),
        TEST(a_page_needs_nothing_else_and_escapes_what_it_shows),
        TEST(a_full_disk_leaves_the_old_page),
        TEST(what_is_no_plain_file_is_not_replaced),
        TEST(a_link_to_a_page_stays_a_link),
        TEST(no_line_of_the_screen_is_wider_than_100_columns),
        {0}};
    if (!mkdtemp(dir))
        return 2;
    const int status = run_tests("report", tests, MPI_COMM_NULL);
    char remove[sizeof dir + 32];
    snprintf(remove, sizeof remove, "rm -rf '%s'", dir);
    return system(remove) == 0 ? status : 2;
}
