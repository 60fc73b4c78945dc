// SPDX-License-Identifier: MIT
// Tests of what grade makes of the marks of a class: figures of checks, the gradebook, pairs, pages.

#include "../../common/cli/grade/gradebook.h"
#include "../../common/cli/grade/items.h"
#include "../../common/cli/grade/pages.h"
#include "../../common/cli/grade/similar.h"
#include "files.h"
#include "marks.h"
#include "runner.h"

#ifdef HAVE_SQLITE
#include <sqlite3.h>
#endif
#include <math.h>
#include <stdlib.h>
#include <string.h>

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

static void a_page_says_which_timings_had_cores_to_themselves(void) {
    static const char apart[] = "{\"v\":1,\"timed_on\":\"2-3\"}",
                      shared[] = "{\"v\":1,\"timed_on\":\"\"}";
    static struct score score[2];
    char text[256];
    score[0].result.count = 2;
    score[0].result.mark[0] = score[0].result.mark[1] = (struct mark){.line = "{\"v\":1}"};
    items_timing(score, 2, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, ""); // nothing is about speed
    score[0].result.mark[1].line = apart;
    items_timing(score, 2, text, sizeof text);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "What was timed had cores to itself"));
    score[1].result.count = 1;
    score[1].result.mark[0].line = shared;
    items_timing(score, 2, text, sizeof text);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "Of 2 timings 1 had cores to themselves"));
    items_timing(score + 1, 1, text, sizeof text);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "What was timed shared its cores with the judge"));
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
    static const struct test tests[] = {TEST(a_check_is_measured_against_the_others),
                                        TEST(a_page_says_which_timings_had_cores_to_themselves),
#ifdef HAVE_SQLITE
                                        TEST(the_gradebook_has_the_schema_that_the_guide_describes),
#endif
                                        TEST(renaming_and_layout_hide_nothing),
                                        TEST(what_the_starter_gives_is_nobodys_copy),
                                        TEST(any_bytes_have_fingerprints),
                                        TEST(a_page_has_no_markup_of_a_students),
                                        TEST(a_hidden_check_shows_its_verdict_alone),
                                        {0}};
    return run_tests("grade_class", tests, MPI_COMM_NULL);
}
