// SPDX-License-Identifier: MIT
// Tests of what grade reads and fills: tables, layouts of submissions, late policies.

#include "../../common/cli/grade/export.h"
#include "../../common/cli/grade/policy.h"
#include "files.h"
#include "marks.h"
#include "runner.h"

#include <stdlib.h>
#include <string.h>

// -- tables -----------------------------------------------------------------------------------------

static struct csv parsed(const char *text) {
    struct csv csv;
    char why[256] = "";
    CU_ASSERT(csv_parse(&csv, text, strlen(text), why, sizeof why));
    CU_ASSERT_STRING_EQUAL(why, "");
    return csv;
}

static char *written(const struct csv *csv, size_t *size) {
    char *text = NULL;
    FILE *const file = open_memstream(&text, size);
    CU_ASSERT(csv_write(csv, file));
    fclose(file);
    return text;
}

static void is_unchanged(const char *bytes, size_t size) {
    struct csv csv;
    char why[256];
    size_t got;
    CU_ASSERT_FATAL(csv_parse(&csv, bytes, size, why, sizeof why));
    char *const text = written(&csv, &got);
    CU_ASSERT_EQUAL(got, size);
    CU_ASSERT(got == size && memcmp(text, bytes, size) == 0);
    free(text);
    csv_free(&csv);
}

static void a_table_nobody_touched_comes_out_byte_by_byte(void) {
    static const char *const tables[] = {"a,b\n1,2\n", "a;b;c\r\n\"x;\"\"y\"\"\";;\r\n",
                                         "a\tb\n 1 \t\"2\"", "\xEF\xBB\xBFN\xC3\xA4me,b\n,\n",
                                         "a,b\n\"two\nlines\",3\n"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        is_unchanged(tables[i], strlen(tables[i]));
    static const char wide[] = "\xFF\xFE\"\0U\0\"\0\t\0\xE4\0\r\0\n\0\x3D\xD8\x00\xDE\t\0x\0\r\0\n";
    is_unchanged(wide, sizeof wide);
}

static void cells_are_read_as_they_are_meant(void) {
    struct csv csv = parsed("Name,\"Grade, 1\"\r\n\"Lovelace, \"\"Ada\"\"\", 7 \r\n");
    CU_ASSERT_STRING_EQUAL(csv_text(&csv, 1, 0), "Lovelace, \"Ada\"");
    CU_ASSERT_STRING_EQUAL(csv_text(&csv, 1, 1), "7");
    CU_ASSERT_STRING_EQUAL(csv_text(&csv, 9, 9), "");
    CU_ASSERT_EQUAL(csv_column(&csv, 0, "grade, 1"), 1);
    CU_ASSERT_EQUAL(csv_column(&csv, 0, "nosuch"), -1);
    csv_free(&csv);
    char why[256];
    CU_ASSERT_FALSE(csv_parse(&csv, "a\n\"b", 4, why, sizeof why));
    CU_ASSERT_STRING_EQUAL(why, "line 2 begins a cell with \" that never ends");
    CU_ASSERT_FALSE(csv_parse(&csv, "a\0b", 3, why, sizeof why));
}

static void a_set_cell_is_never_a_formula(void) {
    static const char *const bad[] = {"=1+1", "+1", "-1", "@x", "\tx", "\rx"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct csv csv = parsed("a,b\n1\n");
        size_t size;
        csv_set(&csv, 1, 1, bad[i]);
        char *const text = written(&csv, &size), want[64];
        snprintf(want, sizeof want, "a,b\n1,\"'%s\"\n", bad[i]);
        CU_ASSERT_STRING_EQUAL(text, want);
        free(text);
        csv_free(&csv);
    }
}

// -- layouts ----------------------------------------------------------------------------------------

static void place(enum layout layout, const char *path, const char *want) {
    struct placed p;
    char got[512] = "none";
    if (layout_place(layout, path, &p))
        snprintf(got, sizeof got, "%s|%s|%s|%s%s", p.student, p.name, p.attempt, p.file,
                 p.late ? "|late" : "");
    CU_ASSERT_STRING_EQUAL(got, want);
    if (strcmp(got, want) != 0)
        test_note("%s: %s, not %s", path, got, want);
}

static void a_path_says_whose_file_it_is(void) {
    place(PLAIN, "ada/omp.c", "ada|||omp.c");
    place(PLAIN, "ada.tar.gz/heat/omp.c", "ada|||omp.c");
    place(PLAIN, "ada/2/omp.c", "ada||2|omp.c");
    place(PLAIN, "ada/2026-11-20T10:00.zip/omp.c", "ada||2026-11-20T10:00|omp.c");
    place(PLAIN, "ada/.starter/omp.c", "none");
    place(PLAIN, "ada/__MACOSX/._omp.c", "none");
    place(PLAIN, "omp.c", "none");
    place(CANVAS, "lovelaceada_1234_56789_omp.c", "1234|lovelaceada||omp.c");
    place(CANVAS, "lovelaceada_LATE_1234_56789_omp-2.c", "1234|lovelaceada||omp.c|late");
    place(CANVAS, "lovelaceada_1234_56789_heat.zip/omp.c", "1234|lovelaceada||omp.c");
    place(CANVAS, "readme.txt", "none");
    place(MOODLE, "Ada Lovelace_1234567_assignsubmission_file_/omp.c",
          "1234567|Ada Lovelace||omp.c");
    place(MOODLE, "Ada Lovelace_1234567_assignsubmission_file_omp.c",
          "1234567|Ada Lovelace||omp.c");
    place(MOODLE, "Ada Lovelace_1234567_assignsubmission_onlinetext_/x.html", "none");
    place(GRADESCOPE, "submission_123456/omp.c", "submission_123456|||omp.c");
    place(BLACKBOARD, "Heat_ada_attempt_2026-11-20-23-58-59_omp.c",
          "ada||2026-11-20-23-58-59|omp.c");
    place(BLACKBOARD, "Heat 2_ada_attempt_2026-11-20-23-58-59.txt", "none");
}

static void a_layout_is_known_by_its_paths(void) {
    char *canvas[] = {"a_1_2_omp.c", "b_LATE_3_4_mpi.c"}, *plain[] = {"a/omp.c", "b/omp.c"},
         *moodle[] = {"A B_12_assignsubmission_file_/omp.c"},
         *blackboard[] = {"H_a_attempt_2026-11-20-23-58-59.txt",
                          "H_a_attempt_2026-11-20-23-58-59_omp.c"},
         *gradescope[] = {"submission_1/omp.c", "submission_metadata.yml"};
    CU_ASSERT_EQUAL(layout_guess(canvas, 2), CANVAS);
    CU_ASSERT_EQUAL(layout_guess(plain, 2), PLAIN);
    CU_ASSERT_EQUAL(layout_guess(moodle, 1), MOODLE);
    CU_ASSERT_EQUAL(layout_guess(blackboard, 2), BLACKBOARD);
    CU_ASSERT_EQUAL(layout_guess(gradescope, 2), GRADESCOPE);
}

// -- late -------------------------------------------------------------------------------------------

static void a_date_is_read_in_its_zone(void) {
    CU_ASSERT_EQUAL(policy_date("1990-01-01 00:00", "UTC"), 631152000);
    CU_ASSERT_EQUAL(policy_date("2026-11-20 23:59", "UTC"), 1795219140);
    CU_ASSERT_EQUAL(policy_date("2026-11-20T23:59:30", "+01:00"), 1795219170 - 3600);
    CU_ASSERT_EQUAL(policy_date("2026-11-20-23-59-30", "-0530"), 1795219170 + 5 * 3600 + 1800);
    CU_ASSERT_EQUAL(policy_date("2026-13-20 23:59", "UTC"), -1);
    CU_ASSERT_EQUAL(policy_date("tomorrow", "UTC"), -1);
    CU_ASSERT_EQUAL(policy_date("2026-11-20 23:59", "Europe/Nowhere"), -1);
    CU_ASSERT_EQUAL(policy_date("2026-11-20 23:59", "../../etc/passwd"), -1);
}

static bool policy_says(struct policy *policy, const char *text) {
    char why[512] = "";
    if (!files_write("p", text))
        return false;
    const bool good = policy_read(policy, files_path("p"), why, sizeof why);
    CU_ASSERT(good || strstr(why, "is not understood"));
    return good;
}

static void what_counts_is_said_by_the_policy(void) {
    static const char *const senseless[] = {
        "attempts 0", "attempts",       "attempts many",       "attempts 3 4",
        "points",     "points -1",      "points ten",          "versions",
        "show",       "show sometimes", "show hidden visible", "attempts 2000",
        "points nan", "show solution",  "show solution soon",  "show solution 2026-02-31 12:00"};
    struct policy p;
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT_FATAL(policy_says(&p, "attempts 3\npoints 12.5\nversions omp mpi\nshow hidden\n"));
    CU_ASSERT_EQUAL(p.attempts, 3);
    CU_ASSERT_DOUBLE_EQUAL(p.points, 12.5, 1e-12);
    CU_ASSERT_STRING_EQUAL(p.show, "hidden");
    CU_ASSERT(policy_counts(&p, "omp-equal"));
    CU_ASSERT(policy_counts(&p, "mpi-far-away"));
    CU_ASSERT_FALSE(policy_counts(&p, "hybrid-equal"));
    CU_ASSERT_FALSE(policy_counts(&p, "ompx-equal"));
    CU_ASSERT_FALSE(policy_counts(&p, "om-equal"));
    CU_ASSERT_FATAL(policy_says(&p, "# nothing\n"));
    CU_ASSERT_EQUAL(p.attempts, 0);
    CU_ASSERT(policy_counts(&p, "hybrid-equal"));
    for (size_t i = 0; i < sizeof senseless / sizeof *senseless; i++)
        CU_ASSERT_FALSE(policy_says(&p, senseless[i]));
    files_end();
}

static void the_solution_is_shown_from_its_date_on(void) {
    const char *const due =
        "due 2026-11-20 23:59 UTC\nlate 1d 90\nextend ada 2026-11-25 23:59 UTC\n";
    const int64_t shown = 1795780740; // 2026-11-27 11:59
    char why[512] = "", text[256];
    struct policy p;
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT_FATAL(policy_says(&p, "show hidden\nshow solution 2026-11-27 11:59 UTC\n"));
    CU_ASSERT_STRING_EQUAL(p.show, "hidden");
    CU_ASSERT_FALSE(policy_shows_solution(&p, shown - 1));
    CU_ASSERT(policy_shows_solution(&p, shown));
    CU_ASSERT_FATAL(policy_says(&p, "show visible\n"));
    CU_ASSERT_FALSE(policy_shows_solution(&p, INT64_MAX));
    // Not while an extension and its late day last.
    snprintf(text, sizeof text, "%sshow solution 2026-11-27 11:59 UTC\n", due);
    files_write("p", text);
    CU_ASSERT(policy_read(&p, files_path("p"), why, sizeof why));
    free(p.extension);
    snprintf(text, sizeof text, "%sshow solution 2026-11-26 11:59 UTC\n", due);
    files_write("p", text);
    CU_ASSERT_FALSE(policy_read(&p, files_path("p"), why, sizeof why));
    CU_ASSERT_PTR_NOT_NULL(strstr(why, "before the last hand-in can count"));
    free(p.extension);
    files_end();
}

static void lateness_costs_what_the_policy_says(void) {
    struct policy p;
    char why[512] = "";
    CU_ASSERT_FATAL(files_begin());
    files_write("p",
                "# heat\ndue 2026-11-20 23:59 UTC\ngrace 10m\nlate 1d 90\nlate 3d 50 # no more\n"
                "extend ada 2026-11-25 23:59 UTC\n");
    CU_ASSERT_FATAL(policy_read(&p, files_path("p"), why, sizeof why));
    const int64_t due = 1795219140;
    CU_ASSERT_EQUAL(policy_late(&p, "bob", due + 600), 0);
    CU_ASSERT_EQUAL(policy_late(&p, "bob", due + 601), 601);
    CU_ASSERT_EQUAL(policy_late(&p, "bob", -1), 0);
    CU_ASSERT_EQUAL(policy_late(&p, "Ada", due + 4 * 86400), 0);
    CU_ASSERT_DOUBLE_EQUAL(policy_share(&p, 0), 1, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(policy_share(&p, 86400), 0.9, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(policy_share(&p, 86401), 0.5, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(policy_share(&p, 3 * 86400 + 1), 0, 1e-9);
    p.linear = true;
    CU_ASSERT_DOUBLE_EQUAL(policy_share(&p, 43200), 0.95, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(policy_share(&p, 2 * 86400), 0.7, 1e-9);
    free(p.extension);
    files_end();
}

// -- a platform's own table ----------------------------------------------------------------------------

static void fill_is(enum platform platform, const char *table, const char *column,
                    const char *want) {
    struct csv csv = parsed(table);
    struct filled filled;
    char why[512] = "";
    size_t size;
    make_book();
    CU_ASSERT(export_fill(&csv, platform, &book, column, &filled, why, sizeof why));
    CU_ASSERT_STRING_EQUAL(why, "");
    char *const text = written(&csv, &size);
    CU_ASSERT_STRING_EQUAL(text, want);
    if (strcmp(text, want) != 0)
        test_note("%s", text);
    free(text);
    csv_free(&csv);
}

static void a_platforms_own_table_is_filled_and_nothing_else_is_changed(void) {
    fill_is(TO_CANVAS,
            "Student,ID,SIS User ID,SIS Login ID,Section,Heat (77),=Other (78)\n"
            "    Points Possible,,,,,50,10\n\"Lovelace, Ada\",1234,,x,S1,,7\nB,2,,bob,S1,3,\n"
            "C,3,,cyd,S1,9,\nD,4,,dee,S1,8,\n",
            NULL,
            "Student,ID,SIS User ID,SIS Login ID,Section,Heat (77),=Other (78)\n"
            "    Points Possible,,,,,50,10\n\"Lovelace, Ada\",1234,,x,S1,21.25,7\nB,2,,bob,S1,0,\n"
            "C,3,,cyd,S1,9,\nD,4,,dee,S1,8,\n");
    fill_is(
        TO_MOODLE,
        "Identifier,\"Full name\",\"Email address\",Grade,\"Maximum Grade\",\"Feedback comments\"\n"
        "\"Participant 1234\",\"Ada L\",x@y,,\"100,00\",\n",
        NULL,
        "Identifier,\"Full name\",\"Email address\",Grade,\"Maximum Grade\",\"Feedback comments\"\n"
        "\"Participant 1234\",\"Ada L\",x@y,42.5,\"100,00\",42.5 of 100 points.\n");
    fill_is(TO_BLACKBOARD,
            "\"Last Name\"\t\"Username\"\t\"Heat [Total Pts: 100 Score] "
            "|77\"\r\n\"L\"\t\"ada\"\t\"\"\r\n",
            NULL,
            "\"Last Name\"\t\"Username\"\t\"Heat [Total Pts: 100 Score] "
            "|77\"\r\n\"L\"\t\"ada\"\t\"42.5\"\r\n");
}

static void a_table_without_the_labs_column_is_refused(void) {
    static const char *const tables[] = {"Student,ID,Heat (1),Heat (2)\n", "Student,ID,Wheat (1)\n",
                                         "a,b\n"};
    for (int i = 0; i < 3; i++) {
        struct csv csv = parsed(tables[i]);
        struct filled filled;
        char why[512] = "";
        CU_ASSERT_FALSE(export_fill(&csv, TO_CANVAS, &book, NULL, &filled, why, sizeof why));
        CU_ASSERT_PTR_NOT_NULL(strstr(why, i == 0   ? "more than one column that names 'heat'"
                                           : i == 1 ? "no column that names 'heat'"
                                                    : "none of the columns"));
        csv_free(&csv);
    }
}

int main(void) {
    static const struct test tests[] = {
        TEST(a_table_nobody_touched_comes_out_byte_by_byte),
        TEST(cells_are_read_as_they_are_meant),
        TEST(a_set_cell_is_never_a_formula),
        TEST(a_path_says_whose_file_it_is),
        TEST(a_layout_is_known_by_its_paths),
        TEST(a_date_is_read_in_its_zone),
        TEST(the_solution_is_shown_from_its_date_on),
        TEST(lateness_costs_what_the_policy_says),
        TEST(what_counts_is_said_by_the_policy),
        TEST(a_platforms_own_table_is_filled_and_nothing_else_is_changed),
        TEST(a_table_without_the_labs_column_is_refused),
        {0}};
    return run_tests("grade_tables", tests, MPI_COMM_NULL);
}
