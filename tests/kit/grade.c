// SPDX-License-Identifier: MIT
// Tests of common/cli/grade: tables, layouts, late policies, marks, exports.

#include "../../common/cli/grade/export.h"
#include "../../common/cli/grade/gradebook.h"
#include "../../common/cli/grade/items.h"
#include "../../common/cli/grade/pages.h"
#include "../../common/cli/grade/policy.h"
#include "../../common/cli/grade/similar.h"
#include "files.h"
#include "runner.h"

#ifdef HAVE_JANSSON
#include <jansson.h>
#endif
#ifdef HAVE_SQLITE
#include <sqlite3.h>
#endif
#include <math.h>
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

// -- marks and exports ----------------------------------------------------------------------------------

static const char wrong[] =
    "{\"v\":1,\"check\":\"mpi-equal\",\"verdict\":\"WRONG\",\"wall_ms\":1500,\"evidence\":[{"
    "\"line\":4,"
    "\"file\":\"mpi.c\",\"text\":\"=row <1> & \\\"that\\\"\\u0007\"}],\"hint\":\"look\"}";
static const char passed[] =
    "{\"v\":1,\"check\":\"omp-equal\",\"verdict\":\"PASS\",\"evidence\":[]}";

static struct student ada = {.key = "ada", .name = "Ada <Lovelace>"}, bob = {.key = "bob"},
                      cyd = {.key = "cyd"};
static struct attempt attempt = {.when = -1, .sha = "sha256:1"};
static struct score scores[3];
static struct book book = {.lab = "heat",
                           .title = "Heat",
                           .rubric = "sha256:2",
                           .starter = "/nowhere",
                           .kit = "1.0",
                           .date = "",
                           .most = 100,
                           .count = 3,
                           .score = scores};

static void make_book(void) {
    student_called(&ada, "ada");
    student_called(&ada, "1234");
    student_called(&bob, "bob");
    student_called(&bob, "Bob@Example.org");
    student_called(&cyd, "cyd");
    scores[0] = (struct score){&ada, &attempt, GRADED, 42.5, 100, 42.5, 0, 1, 0, {0}};
    scores[0].result.count = 3;
    scores[0].result.mark[0] =
        (struct mark){"omp-equal", "threads", "PASS", "visible", 42.5, 50, passed};
    scores[0].result.mark[1] = (struct mark){"mpi-equal", "ranks", "WRONG", "hidden", 0, 50, wrong};
    scores[0].result.mark[2] = (struct mark){"mpi-long", "long", "SKIP", "", 0, 0, passed};
    scores[1] = (struct score){.student = &bob, .state = NOTHING, .most = 100, .share = 1};
    scores[2] = (struct score){.student = &cyd, .attempt = &attempt, .state = UNKNOWN, .most = 100};
}

static void a_score_has_no_more_digits_than_it_needs(void) {
    char text[32];
    CU_ASSERT_STRING_EQUAL(book_points(100, text), "100");
    CU_ASSERT_STRING_EQUAL(book_points(0, text), "0");
    CU_ASSERT_STRING_EQUAL(book_points(87.5, text), "87.5");
    CU_ASSERT_STRING_EQUAL(book_points(91.578, text), "91.58");
}

static char *exported(void (*put)(FILE *, const struct book *, const struct score *), int score) {
    static char *text;
    static size_t size;
    FILE *const file = open_memstream(&text, &size);
    put(file, &book, &scores[score]);
    fclose(file);
    return text;
}

#ifdef HAVE_JANSSON
static json_t *read_json(const char *text) {
    json_error_t error;
    json_t *const json = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (!json)
        test_note("%s at %d in %s", error.text, error.position, text);
    CU_ASSERT_PTR_NOT_NULL_FATAL(json);
    return json;
}
#define NUMBER(json, name) json_number_value(json_object_get(json, name))
#define TEXT(json, name) json_string_value(json_object_get(json, name))

static void gradescope_gets_what_its_format_asks(void) {
    static const char *const visible[] = {"hidden", "after_due_date", "after_published", "visible"};
    make_book();
    for (int s = 0; s < 3; s++) {
        char *const text = exported(export_gradescope, s);
        json_t *const json = read_json(text), *const tests = json_object_get(json, "tests");
        CU_ASSERT(json_is_number(json_object_get(json, "score")));
        CU_ASSERT_DOUBLE_EQUAL(NUMBER(json, "score"), s ? 0 : 42.5, 1e-9);
        CU_ASSERT_EQUAL(json_array_size(tests), s ? 0u : 3u);
        for (size_t i = 0; i < json_array_size(tests); i++) {
            const json_t *const t = json_array_get(tests, i);
            const char *const status = TEXT(t, "status");
            bool known = false;
            for (int v = 0; v < 4; v++)
                known = known || !strcmp(TEXT(t, "visibility"), visible[v]);
            CU_ASSERT(known);
            CU_ASSERT(!status || !strcmp(status, "passed") || !strcmp(status, "failed"));
            CU_ASSERT(json_is_number(json_object_get(t, "max_score")));
        }
        json_decref(json);
        free(text);
    }
}

static void prairielearn_gets_what_its_format_asks(void) {
    make_book();
    for (int s = 0; s < 3; s++) {
        char *const text = exported(export_prairielearn, s);
        json_t *const json = read_json(text), *const tests = json_object_get(json, "tests");
        CU_ASSERT_EQUAL(json_is_true(json_object_get(json, "gradable")), s != 2);
        CU_ASSERT(NUMBER(json, "score") >= 0 && NUMBER(json, "score") <= 1);
        CU_ASSERT_EQUAL(json_object_get(json, "format_errors") != NULL, s == 2);
        for (size_t i = 0; i < json_array_size(tests); i++) {
            CU_ASSERT(json_is_number(json_object_get(json_array_get(tests, i), "points")));
            CU_ASSERT(json_is_number(json_object_get(json_array_get(tests, i), "max_points")));
            CU_ASSERT_PTR_NULL(strstr(TEXT(json_array_get(tests, i), "output"), "=row"));
        }
        json_decref(json);
        free(text);
    }
}

static void autolab_finds_stages_and_scores_in_the_last_two_lines(void) {
    make_book();
    char *const text = exported(export_autolab, 0), *const newline = strchr(text, '\n');
    CU_ASSERT_PTR_NOT_NULL_FATAL(newline);
    CU_ASSERT_EQUAL(strchr(newline + 1, '\n')[1], '\0');
    *newline = '\0';
    json_t *const stages = read_json(text), *const last = read_json(newline + 1);
    CU_ASSERT_STRING_EQUAL(TEXT(stages, "_presentation"), "semantic");
    const char *const stage =
        json_string_value(json_array_get(json_object_get(stages, "stages"), 0));
    const json_t *const test = json_object_get(json_object_get(stages, stage), "mpi-equal");
    CU_ASSERT(json_is_false(json_object_get(test, "passed")));
    CU_ASSERT_DOUBLE_EQUAL(NUMBER(json_object_get(last, "scores"), "heat"), 42.5, 1e-9);
    json_decref(stages);
    json_decref(last);
    free(text);
}

static void ctrf_sums_up_its_tests(void) {
    char *text = NULL;
    size_t size;
    make_book();
    FILE *const file = open_memstream(&text, &size);
    export_ctrf(file, &book);
    fclose(file);
    json_t *const json = read_json(text), *const results = json_object_get(json, "results");
    const json_t *const summary = json_object_get(results, "summary"), *const tests =
                                                                           json_object_get(results,
                                                                                           "tests");
    CU_ASSERT_STRING_EQUAL(TEXT(json, "reportFormat"), "CTRF");
    CU_ASSERT_STRING_EQUAL(TEXT(json_object_get(results, "tool"), "name"), "twofold");
    CU_ASSERT_EQUAL(NUMBER(summary, "tests"), 3);
    CU_ASSERT_EQUAL(NUMBER(summary, "passed"), 1);
    CU_ASSERT_EQUAL(NUMBER(summary, "failed"), 1);
    CU_ASSERT_EQUAL(NUMBER(summary, "skipped"), 1);
    CU_ASSERT_EQUAL(json_array_size(tests), 3);
    for (size_t i = 0; i < json_array_size(tests); i++) {
        CU_ASSERT_PTR_NOT_NULL(TEXT(json_array_get(tests, i), "name"));
        CU_ASSERT(json_is_integer(json_object_get(json_array_get(tests, i), "duration")));
    }
    json_decref(json);
    free(text);
}
#endif

static size_t count_of(const char *text, const char *word) {
    size_t count = 0;
    for (; (text = strstr(text, word)); text++)
        count++;
    return count;
}

static void junit_escapes_what_was_said(void) {
    char *text = NULL;
    size_t size;
    make_book();
    *scores[0].result.mark[1].hidden = '\0';
    FILE *const file = open_memstream(&text, &size);
    export_junit(file, &book);
    fclose(file);
    CU_ASSERT_EQUAL(count_of(text, "<testsuite "), 3);
    CU_ASSERT_EQUAL(count_of(text, "</testsuite>"), 3);
    CU_ASSERT_EQUAL(count_of(text, "<testcase"), 5);
    CU_ASSERT_EQUAL(count_of(text, "<failure"), 1);
    CU_ASSERT_EQUAL(count_of(text, "<error"), 2);
    CU_ASSERT_EQUAL(count_of(text, "<skipped"), 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "=row &lt;1&gt; &amp; &quot;that&quot;"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "Ada &lt;Lovelace&gt;"));
    CU_ASSERT_PTR_NULL(strchr(text, '\a'));
    free(text);
}

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

// -- items ------------------------------------------------------------------------------------------

// Ten students and one more: "up" grows from 0 to 9 of 9, "down" falls, all pass "same".
static void a_check_is_measured_against_the_others(void) {
    static struct score score[11];
    const struct book class = {.count = 11, .score = score};
    struct item item[CHECKS_MAX];
    for (int i = 0; i < 11; i++) {
        score[i].result.count = 3;
        score[i].result.mark[0] = (struct mark){.id = "up", .points = i, .most = 9};
        score[i].result.mark[1] = (struct mark){.id = "down", .points = 9 - i, .most = 9};
        score[i].result.mark[2] = (struct mark){.id = "same", .points = 5, .most = 5};
        for (int c = 0; c < 3; c++) {
            struct mark *const m = &score[i].result.mark[c];
            strcpy(m->verdict, m->points < m->most ? "WRONG" : "PASS");
        }
    }
    score[10].result.mark[0] = (struct mark){.id = "up", .verdict = "SKIP", .most = 9};
    score[10].result.mark[1] = (struct mark){.id = "down", .verdict = "UNGRADED", .most = 9};
    CU_ASSERT_EQUAL_FATAL(items_fill(&class, item), 3);
    CU_ASSERT_STRING_EQUAL(item[0].id, "up");
    CU_ASSERT_EQUAL(item[0].judged, 11);
    CU_ASSERT_EQUAL(item[0].passed, 1);
    CU_ASSERT_EQUAL(item[0].skipped, 1);
    CU_ASSERT_DOUBLE_EQUAL(item[0].share, 45. / 9 / 11, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(item[0].discrimination, -1, 1e-9);
    CU_ASSERT_EQUAL(item[1].judged, 10);
    CU_ASSERT_DOUBLE_EQUAL(item[1].share, 0.5, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(item[1].discrimination, -1, 1e-9);
    CU_ASSERT_EQUAL(item[2].passed, 11);
    CU_ASSERT_DOUBLE_EQUAL(item[2].share, 1, 1e-12);
    CU_ASSERT(isnan(item[2].discrimination));
    // Five who have all of both and five who have nothing: they go together.
    for (int i = 0; i < 11; i++)
        for (int c = 0; c < 2; c++)
            score[i].result.mark[c].points = i < 5 ? 0 : 9;
    items_fill(&class, item);
    CU_ASSERT_DOUBLE_EQUAL(item[0].discrimination, 1, 1e-9);
    score[3].result.count = 0; // was not judged: nine are too few
    items_fill(&class, item);
    CU_ASSERT(isnan(item[0].discrimination));
}

// -- the gradebook ------------------------------------------------------------------------------------

#ifdef HAVE_SQLITE
static int add_cells(void *user, int cells, char **cell, char **names) {
    (void)names;
    for (int i = 0; i < cells; i++)
        fprintf(user, "%s%s", cell[i] ? cell[i] : "NULL", i + 1 < cells ? "|" : "\n");
    return 0;
}

static void answer_is(sqlite3 *db, const char *question, const char *want) {
    char *text = NULL;
    size_t size;
    FILE *const file = open_memstream(&text, &size);
    CU_ASSERT_EQUAL(sqlite3_exec(db, question, add_cells, file, NULL), SQLITE_OK);
    fclose(file);
    CU_ASSERT_STRING_EQUAL(text, want);
    if (strcmp(text, want) != 0)
        test_note("%s: %s", question, text);
    free(text);
}

// Who asks it by programs of their own relies on these names: another schema has another number.
static void the_gradebook_has_the_schema_that_the_guide_describes(void) {
    struct score_line line[] = {
        {.student = "ada", .points = 30, .most = 100, .graded = true, .time = 0},
        {.student = "cyd", .most = 100, .time = 5},
        {.student = "ada",
         .reason = "a better attempt counts",
         .points = 42.5,
         .most = 100,
         .graded = true,
         .time = 60}};
    const struct ledger ledger = {.scores = 3, .score = line};
    char path[512], why[512] = "";
    sqlite3 *db;
    CU_ASSERT_FATAL(files_begin());
    snprintf(path, sizeof path, "%s/gradebook.sqlite", files_dir);
    make_book();
    for (int turn = 0; turn < 2; turn++) // the second one replaces the first
        CU_ASSERT(gradebook_write(&book, &ledger, path, why, sizeof why));
    CU_ASSERT_STRING_EQUAL(why, "");
    CU_ASSERT_EQUAL_FATAL(sqlite3_open(path, &db), SQLITE_OK);
    answer_is(db, "PRAGMA user_version", "1\n");
    answer_is(db,
              "SELECT m.name, group_concat(c.name, ' ') FROM sqlite_master m, "
              "pragma_table_info(m.name) c WHERE m.type = 'table' GROUP BY m.name ORDER BY m.name",
              "about|schema lab title rubric kit made max_points no_sandbox\n"
              "checks|student position check title verdict points max_points visibility\n"
              "items|check position title judged passed not_reached mean_share discrimination\n"
              "scores|student at old_points points max_points reason\n"
              "students|student name email state points max_points points_before_late "
              "late_seconds share attempt handed_in files same_files_as_others\n");
    answer_is(db, "SELECT schema, lab, rubric, kit, max_points FROM about",
              "1|heat|sha256:2|1.0|100.0\n");
    answer_is(db, "SELECT student, name, state, points, handed_in FROM students ORDER BY 1",
              "ada|Ada <Lovelace>|graded|42.5|NULL\nbob||nothing|0.0|NULL\n"
              "cyd||unknown|NULL|NULL\n");
    answer_is(db, "SELECT student, position, \"check\", verdict, points, visibility FROM checks",
              "ada|1|omp-equal|PASS|42.5|visible\nada|2|mpi-equal|WRONG|0.0|hidden\n"
              "ada|3|mpi-long|SKIP|0.0|\n");
    answer_is(db, "SELECT * FROM items",
              "omp-equal|1|threads|1|1|0|0.85|NULL\nmpi-equal|2|ranks|1|0|0|0.0|NULL\n"
              "mpi-long|3|long|1|0|1|0.0|NULL\n");
    answer_is(db, "SELECT student, at, old_points, points, reason FROM scores",
              "ada|1970-01-01 00:00:00|NULL|30.0|\ncyd|1970-01-01 00:00:05|NULL|NULL|\n"
              "ada|1970-01-01 00:01:00|30.0|42.5|a better attempt counts\n");
    sqlite3_close(db);
    CU_ASSERT_FALSE(gradebook_write(&book, &ledger, "/nosuch/g.sqlite", why, sizeof why));
    CU_ASSERT_PTR_NOT_NULL(strstr(why, "the gradebook /nosuch/g.sqlite cannot be written"));
    files_end();
}
#endif

// -- similar submissions ----------------------------------------------------------------------------------

static const char sum_of_rows[] =
    "void f(double *sum, const double *a, int n) {\n"
    "    for (int i = 0; i < n; i++) {\n        sum[i] = 0;\n"
    "        for (int j = 0; j < n; j++)\n            sum[i] += a[i * n + j];\n    }\n}\n";
static const char renamed[] =
    "/* all my own */ void rows(double *out,const double *in,int count){for(int x=0;x<count;x++)"
    "{out[x]=0; // begin\nfor(int y=0;y<count;y++)out[x]+=in[x*count+y];}}";
static const char other[] =
    "int g(struct list *l, const char *name) {\n    while (l && strcmp(l->name, name) != 0)\n"
    "        l = l->next;\n    if (!l)\n        return -1;\n    return l->value ? *l->value : "
    "7;\n}\n";

static struct prints prints_of(const char *text) {
    struct prints prints = {0};
    prints_add(&prints, text, strlen(text));
    return prints;
}

static void renaming_and_layout_hide_nothing(void) {
    struct prints a = prints_of(sum_of_rows), b = prints_of(renamed), c = prints_of(other);
    CU_ASSERT(a.count >= 4);
    CU_ASSERT_DOUBLE_EQUAL(prints_share(&a, &b, 1), 1, 1e-9);
    CU_ASSERT(prints_share(&a, &c, 1) < 0.2);
    CU_ASSERT_EQUAL(prints_share(&a, &b, 1000), 0);
    prints_free(&a);
    prints_free(&b);
    prints_free(&c);
}

static void what_the_starter_gives_is_nobodys_copy(void) {
    struct prints starter = prints_of(sum_of_rows), a = prints_of(renamed), b = prints_of(other);
    prints_add(&b, renamed, strlen(renamed));
    CU_ASSERT(prints_common(&a, &b) > 0);
    prints_subtract(&a, &starter);
    prints_subtract(&b, &starter);
    CU_ASSERT_EQUAL(a.count, 0);
    CU_ASSERT(b.count > 0);
    CU_ASSERT_EQUAL(prints_share(&a, &b, 1), 0);
    prints_free(&starter);
    prints_free(&a);
    prints_free(&b);
}

static void any_bytes_have_fingerprints(void) {
    static const char *const odd[] = {"", "\"", "/*", "/* *", "//", "\\", "\"\\", "a\xff\x01"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        struct prints p = prints_of(odd[i]);
        CU_ASSERT_EQUAL(p.count, 0);
        prints_free(&p);
    }
}

// -- pages ------------------------------------------------------------------------------------------

// Every tag that is opened is closed, in order; where not, what is wrong.
static void is_well_formed(const char *page) {
    static const char *const alone[] = {"!DOCTYPE", "meta", "rect/", "rect"};
    char open[64][16];
    int depth = 0;
    for (const char *at = page; (at = strchr(at, '<')); at++) {
        char tag[16];
        const bool closing = at[1] == '/';
        const size_t n = strcspn(at + 1 + closing, " >");
        snprintf(tag, sizeof tag, "%.*s", (int)n, at + 1 + closing);
        bool single = false;
        for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
            single = single || !strcmp(tag, alone[i]);
        if (single)
            continue;
        if (!closing && depth < 64) {
            snprintf(open[depth++], sizeof *open, "%s", tag);
        } else if (depth == 0 || strcmp(open[--depth], tag) != 0) {
            test_note("</%s> closes nothing that is open", tag);
            CU_FAIL_FATAL("tags do not match");
        }
    }
    CU_ASSERT_EQUAL(depth, 0);
}

static void a_page_has_no_markup_of_a_students(void) {
    make_book();
    book.no_sandbox = true;
    for (int s = 0; s < 3; s++) {
        scores[0].result.mark[1].hidden[0] = '\0';
        char *const page = exported(page_student, s);
        is_well_formed(page);
        CU_ASSERT_PTR_NOT_NULL(strstr(page, "without a sandbox"));
        CU_ASSERT_PTR_NULL(strstr(page, "<Lovelace>"));
        CU_ASSERT_PTR_NULL(strstr(page, "<script"));
        CU_ASSERT_EQUAL(strstr(page, "=row &lt;1&gt; &amp; &quot;that&quot;") != NULL, s == 0);
        free(page);
    }
    char *page = NULL;
    size_t size;
    FILE *const file = open_memstream(&page, &size);
    page_class(file, &book);
    fclose(file);
    book.no_sandbox = false;
    is_well_formed(page);
    CU_ASSERT_PTR_NOT_NULL(strstr(page, "Ada &lt;Lovelace&gt;"));
    CU_ASSERT_PTR_NOT_NULL(strstr(page, "=row &lt;1&gt;"));
    CU_ASSERT_PTR_NOT_NULL(strstr(page, "without a sandbox"));
    free(page);
}

static void a_hidden_check_shows_its_verdict_alone(void) {
    make_book();
    char *const page = exported(page_student, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(page, "WRONG"));
    CU_ASSERT_PTR_NOT_NULL(strstr(page, "What this check runs is not shown."));
    CU_ASSERT_PTR_NULL(strstr(page, "=row"));
    CU_ASSERT_PTR_NULL(strstr(page, "without a sandbox"));
    free(page);
}

int main(void) {
    static const struct test tests[] = {
        TEST(a_table_nobody_touched_comes_out_byte_by_byte),
        TEST(cells_are_read_as_they_are_meant),
        TEST(a_set_cell_is_never_a_formula),
        TEST(a_path_says_whose_file_it_is),
        TEST(a_layout_is_known_by_its_paths),
        TEST(a_date_is_read_in_its_zone),
        TEST(lateness_costs_what_the_policy_says),
        TEST(a_score_has_no_more_digits_than_it_needs),
#ifdef HAVE_JANSSON
        TEST(gradescope_gets_what_its_format_asks),
        TEST(prairielearn_gets_what_its_format_asks),
        TEST(autolab_finds_stages_and_scores_in_the_last_two_lines),
        TEST(ctrf_sums_up_its_tests),
#endif
        TEST(junit_escapes_what_was_said),
        TEST(a_platforms_own_table_is_filled_and_nothing_else_is_changed),
        TEST(a_table_without_the_labs_column_is_refused),
        TEST(a_check_is_measured_against_the_others),
#ifdef HAVE_SQLITE
        TEST(the_gradebook_has_the_schema_that_the_guide_describes),
#endif
        TEST(renaming_and_layout_hide_nothing),
        TEST(what_the_starter_gives_is_nobodys_copy),
        TEST(any_bytes_have_fingerprints),
        TEST(a_page_has_no_markup_of_a_students),
        TEST(a_hidden_check_shows_its_verdict_alone),
        {0}};
    return run_tests("grade", tests, MPI_COMM_NULL);
}
