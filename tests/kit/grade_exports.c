// SPDX-License-Identifier: MIT
// Tests of common/cli/grade/export.c: each format asks for what it asks for.

#include "../../common/cli/grade/export.h"
#include "marks.h"
#include "runner.h"

#ifdef HAVE_JANSSON
#include <jansson.h>
#endif
#include <stdlib.h>
#include <string.h>

static void a_score_has_no_more_digits_than_it_needs(void) {
    char text[32];
    CU_ASSERT_STRING_EQUAL(book_points(100, text), "100");
    CU_ASSERT_STRING_EQUAL(book_points(0, text), "0");
    CU_ASSERT_STRING_EQUAL(book_points(87.5, text), "87.5");
    CU_ASSERT_STRING_EQUAL(book_points(91.578, text), "91.58");
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

int main(void) {
    static const struct test tests[] = {TEST(a_score_has_no_more_digits_than_it_needs),
#ifdef HAVE_JANSSON
                                        TEST(gradescope_gets_what_its_format_asks),
                                        TEST(prairielearn_gets_what_its_format_asks),
                                        TEST(autolab_finds_stages_and_scores_in_the_last_two_lines),
                                        TEST(ctrf_sums_up_its_tests),
#endif
                                        TEST(junit_escapes_what_was_said),
                                        {0}};
    return run_tests("grade_exports", tests, MPI_COMM_NULL);
}
