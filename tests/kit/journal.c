// SPDX-License-Identifier: MIT
// Tests of common/judge/journal.c: what is in a line, and what a bad disk or a kill may do to it.

#include "journal.h"
#include "files.h"
#include "flat.h"
#include "runner.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

static struct judged wrong(void) {
    struct judged j = {.lab = "heat",
                       .check = "mpi-equal",
                       .title = "ranks give it",
                       .verdict = "WRONG",
                       .max_points = 20,
                       .base_seed = 77,
                       .has_case = true,
                       .at = {"mpi", 3, 1, 7, "n=4 steps=1", 0},
                       .wall_ms = 1.5,
                       .attempt = 1,
                       .peak_kind = "hwm"};
    judged_say(&j, "mpi.c", 42, "a \"quoted\" row\nand \xff a damaged byte");
    return j;
}

// The last line of the file, without its newline.
static const char *last_line(const char *path) {
    static char text[16384];
    FILE *const file = fopen(path, "r");
    const size_t n = file ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file)
        fclose(file);
    text[n] = '\0';
    if (n && text[n - 1] == '\n')
        text[n - 1] = '\0';
    char *const newline = strrchr(text, '\n');
    return newline ? newline + 1 : text;
}

static void a_line_holds_what_was_judged(void) {
    struct journal journal;
    char why[1024], text[512], inner[512];
    double number;
    CU_ASSERT_FATAL(files_begin());
    const char *const path = files_path("j");
    CU_ASSERT_FATAL(journal_open(&journal, path, why, sizeof why));
    const struct judged j = wrong();
    CU_ASSERT(journal_add(&journal, &j, why, sizeof why));
    journal_close(&journal);
    const char *const line = last_line(path);
    CU_ASSERT(flat_text(line, "verdict", text, sizeof text) && !strcmp(text, "WRONG"));
    CU_ASSERT(flat_text(line, "check", text, sizeof text) && !strcmp(text, "mpi-equal"));
    CU_ASSERT(flat_number(line, "max_points", &number) && number == 20);
    CU_ASSERT(flat_number(line, "points", &number) && number == 0);
    CU_ASSERT(flat_number(line, "base_seed", &number) && number == 77);
    CU_ASSERT(flat_object(line, "case", text, sizeof text));
    CU_ASSERT(flat_number(text, "workers", &number) && number == 3);
    CU_ASSERT(flat_object(text, "params", inner, sizeof inner));
    CU_ASSERT_STRING_EQUAL(inner, "{\"n\":\"4\",\"steps\":\"1\"}");
    CU_ASSERT_PTR_NOT_NULL(strstr(line, "a \\\"quoted\\\" row\\nand ? a damaged byte"));
    CU_ASSERT(flat_text(line, "visibility", text, sizeof text) && !strcmp(text, "visible"));
    files_end();
}

static void only_a_line_about_speed_says_on_which_cores_it_was_timed(void) {
    static const struct {
        bool timed;
        const char *cores, *says;
    } cases[] = {
        {false, "", NULL}, {true, "", "\"timed_on\":\"\""}, {true, "2-3", "\"timed_on\":\"2-3\""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct judged j = wrong();
        char *line = NULL;
        size_t size;
        j.timed = cases[i].timed;
        snprintf(j.cores, sizeof j.cores, "%s", cases[i].cores);
        FILE *const file = open_memstream(&line, &size);
        journal_print(file, &(struct journal){0}, &j);
        fclose(file);
        CU_ASSERT_PTR_NOT_NULL(strstr(line, cases[i].says ? cases[i].says : "\"visibility\""));
        CU_ASSERT_EQUAL(strstr(line, "timed_on") != NULL, cases[i].timed);
        free(line);
    }
}

static void lines_are_added_and_never_overwritten(void) {
    struct journal one, two;
    char why[1024];
    CU_ASSERT_FATAL(files_begin());
    const char *const path = files_path("j");
    const struct judged j = wrong();
    CU_ASSERT_FATAL(journal_open(&one, path, why, sizeof why));
    CU_ASSERT_FATAL(journal_open(&two, path, why, sizeof why));
    for (int i = 0; i < 3; i++)
        CU_ASSERT(journal_add(i % 2 ? &one : &two, &j, why, sizeof why));
    journal_close(&one);
    journal_close(&two);
    FILE *const file = fopen(path, "r");
    int lines = 0;
    for (int c; file && (c = fgetc(file)) != EOF;)
        lines += c == '\n';
    fclose(file);
    CU_ASSERT_EQUAL(lines, 3);
    files_end();
}

static void a_torn_line_does_not_spoil_the_next(void) {
    struct journal journal;
    char why[1024], text[64];
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT_FATAL(files_write("j", "{\"v\":1,\"lab\":\"he"));
    const char *const path = files_path("j");
    const struct judged j = wrong();
    CU_ASSERT_FATAL(journal_open(&journal, path, why, sizeof why));
    CU_ASSERT(journal_add(&journal, &j, why, sizeof why));
    journal_close(&journal);
    CU_ASSERT(flat_text(last_line(path), "verdict", text, sizeof text) && !strcmp(text, "WRONG"));
    files_end();
}

static void a_place_that_takes_no_journal_is_refused(void) {
    struct journal journal;
    char why[1024];
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(!journal_open(&journal, files_dir, why, sizeof why));
    CU_ASSERT_PTR_NOT_NULL(strstr(why, "is not a plain file"));
    CU_ASSERT(!journal_open(&journal, "/dev/full", why, sizeof why));
    CU_ASSERT(!journal_open(&journal, "/proc/nosuch/j", why, sizeof why));
    CU_ASSERT_PTR_NOT_NULL(strstr(why, "cannot be written"));
    files_end();
}

static void a_full_disk_is_said(void) {
    struct journal journal = {.fd = open("/dev/full", O_WRONLY)};
    char why[1024];
    const struct judged j = wrong();
    CU_ASSERT_FATAL(journal.fd >= 0);
    snprintf(journal.path, sizeof journal.path, "j");
    CU_ASSERT(!journal_add(&journal, &j, why, sizeof why));
    CU_ASSERT_PTR_NOT_NULL(strstr(why, "No space left on device"));
    journal_close(&journal);
}

static void more_evidence_than_fits_is_left_out(void) {
    struct judged j = {.evidences = 0};
    for (int i = 0; i < EVIDENCE_MAX + 3; i++)
        judged_say(&j, "", 0, "%d", i);
    CU_ASSERT_EQUAL(j.evidences, EVIDENCE_MAX);
    char last[16];
    snprintf(last, sizeof last, "%d", EVIDENCE_MAX - 1);
    CU_ASSERT_STRING_EQUAL(j.evidence[EVIDENCE_MAX - 1].text, last);
}

static const struct test tests[] = {TEST(a_line_holds_what_was_judged),
                                    TEST(only_a_line_about_speed_says_on_which_cores_it_was_timed),
                                    TEST(lines_are_added_and_never_overwritten),
                                    TEST(a_torn_line_does_not_spoil_the_next),
                                    TEST(a_place_that_takes_no_journal_is_refused),
                                    TEST(a_full_disk_is_said),
                                    TEST(more_evidence_than_fits_is_left_out),
                                    {0}};

int main(void) {
    return run_tests("journal", tests, MPI_COMM_NULL);
}
