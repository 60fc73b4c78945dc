// SPDX-License-Identifier: MIT
// Tests of common/judge/flat.c and records.c: lines as the kit writes them, and damaged ones.

#include "records.h"
#include "flat.h"
#include "runner.h"

#include <stdlib.h>
#include <string.h>

static const char line[] =
    "{\"v\":1,\"lab\":\"heat\",\"id\":3,\"version\":\"omp\",\"run\":\"threads\",\"workers\":2,"
    "\"threads\":1,\"seed\":987654321,\"params\":{\"n\":\"512\",\"name\":\"a \\\"b\\\"\"},"
    "\"status\":\"ok\",\"verdict\":\"WRONG\",\"same\":\"WRONG\",\"text\":\"row 1: \\u00e4\\n\","
    "\"wall_ms\":12.5,\"cpu_ms\":2.4e1,\"peak_kb\":9000,\"peak_kind\":\"hwm\",\"work\":2.6e7,"
    "\"unit\":\"cell updates\",\"ideal_ms\":0,\"notes\":\"\"}";

static void members_are_found_by_name_and_kind(void) {
    char text[64];
    double number;
    bool yes;
    CU_ASSERT(flat_text(line, "lab", text, sizeof text));
    CU_ASSERT_STRING_EQUAL(text, "heat");
    CU_ASSERT(flat_number(line, "cpu_ms", &number));
    CU_ASSERT_EQUAL(number, 24);
    CU_ASSERT(flat_text(line, "notes", text, sizeof text));
    CU_ASSERT_STRING_EQUAL(text, "");
    CU_ASSERT(flat_bool("{\"a\":true}", "a", &yes));
    CU_ASSERT(yes);
    CU_ASSERT(flat_bool("{\"a\":false}", "a", &yes));
    CU_ASSERT(!yes);
}

static void members_of_another_kind_or_inside_others_are_not_found(void) {
    char text[64];
    double number;
    bool yes;
    CU_ASSERT(!flat_number(line, "lab", &number));
    CU_ASSERT(!flat_text(line, "id", text, sizeof text));
    CU_ASSERT(!flat_bool(line, "id", &yes));
    CU_ASSERT(!flat_text(line, "n", text, sizeof text));
    CU_ASSERT(!flat_text(line, "nosuch", text, sizeof text));
    CU_ASSERT(!flat_text("{\"a\":null}", "a", text, sizeof text));
    CU_ASSERT(!flat_text("{\"b\":\"a\",\"c\":\"x\"}", "a", text, sizeof text)); // a value, no name
}

static void escapes_are_resolved_and_long_texts_cut_between_characters(void) {
    char text[64], small[4];
    CU_ASSERT(flat_text(line, "text", text, sizeof text));
    CU_ASSERT_STRING_EQUAL(text, "row 1: \xc3\xa4\n");
    CU_ASSERT(flat_text("{\"a\":\"\\ud83d\\ude00\\/\\\\\"}", "a", text, sizeof text));
    CU_ASSERT_STRING_EQUAL(text, "\xf0\x9f\x98\x80/\\");
    CU_ASSERT(flat_text("{\"a\":\"xx\\u00e4\"}", "a", small, sizeof small));
    CU_ASSERT_STRING_EQUAL(small, "xx");
}

static void an_object_of_texts_is_walked_through(void) {
    char object[128], name[16], text[16];
    size_t at = 0;
    CU_ASSERT_FATAL(flat_object(line, "params", object, sizeof object));
    CU_ASSERT(flat_next(object, &at, name, sizeof name, text, sizeof text));
    CU_ASSERT_STRING_EQUAL(name, "n");
    CU_ASSERT_STRING_EQUAL(text, "512");
    CU_ASSERT(flat_next(object, &at, name, sizeof name, text, sizeof text));
    CU_ASSERT_STRING_EQUAL(text, "a \"b\"");
    CU_ASSERT(!flat_next(object, &at, name, sizeof name, text, sizeof text));
    at = 0;
    CU_ASSERT(!flat_next("{}", &at, name, sizeof name, text, sizeof text));
}

static void what_is_printed_is_read_back(void) {
    static const char *const texts[] = {"", "plain", "\"quoted\" \\ back", "a\nb\tc\x01\x7f",
                                        "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char *json = NULL, got[128];
        size_t size;
        FILE *file = open_memstream(&json, &size);
        CU_ASSERT_PTR_NOT_NULL_FATAL(file);
        fputs("{\"a\":", file);
        flat_print(file, texts[i]);
        fputs("}", file);
        fclose(file);
        CU_ASSERT(flat_text(json, "a", got, sizeof got));
        CU_ASSERT_STRING_EQUAL(got, texts[i]);
        free(json);
    }
}

// The reader meets what a student's program printed: no damage may crash it or make it read on.
static void a_line_cut_or_changed_anywhere_does_no_harm(void) {
    struct record record;
    const size_t size = strlen(line);
    for (size_t cut = 0; cut < size; cut++) {
        char *part = malloc(cut + 1); // exactly as large, so that a sanitizer sees a read beyond
        CU_ASSERT_PTR_NOT_NULL_FATAL(part);
        memcpy(part, line, cut);
        part[cut] = '\0';
        CU_ASSERT(!record_parse(part, &record));
        free(part);
    }
    for (size_t at = 0; at < size; at++)
        for (const char *c = "\"\\{}:,u\x80\x01"; *c; c++) {
            char *changed = strdup(line);
            CU_ASSERT_PTR_NOT_NULL_FATAL(changed);
            changed[at] = *c;
            record_parse(changed, &record);
            CU_ASSERT(strlen(record.text) < sizeof record.text);
            free(changed);
        }
}

static void a_record_is_read_field_by_field(void) {
    struct record record;
    CU_ASSERT_FATAL(record_parse(line, &record));
    CU_ASSERT_EQUAL(record.id, 3);
    CU_ASSERT_STRING_EQUAL(record.version, "omp");
    CU_ASSERT_STRING_EQUAL(record.run, "threads");
    CU_ASSERT_EQUAL(record.workers, 2);
    CU_ASSERT_EQUAL(record.threads, 1);
    CU_ASSERT_EQUAL(record.seed, 987654321);
    CU_ASSERT_STRING_EQUAL(record.params, "n=512 name=a \"b\"");
    CU_ASSERT_STRING_EQUAL(record.status, "ok");
    CU_ASSERT_STRING_EQUAL(record.verdict, "WRONG");
    CU_ASSERT_STRING_EQUAL(record.same, "WRONG");
    CU_ASSERT_EQUAL(record.wall_ms, 12.5);
    CU_ASSERT_EQUAL(record.peak_kb, 9000);
    CU_ASSERT_EQUAL(record.work, 2.6e7);
}

static void other_lines_are_no_record(void) {
    static const char *const bad[] = {
        "", "{", "{}", "hello", "Time: 3 s", "{\"v\":1,\"kind\":\"lab\",\"name\":\"heat\"}"};
    struct record record;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CU_ASSERT(!record_parse(bad[i], &record));
}

static void assertions_look_at_all_records_in_view(void) {
    struct record three[3] = {{.verdict = "PASS", .same = "SAME"},
                              {.verdict = "PASS", .same = "ROUNDING"},
                              {.verdict = "PASS", .same = "SAME"}};
    records_use(three, 3);
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(!records_all("WRONG"));
    CU_ASSERT(!records_all_same("SAME"));
    CU_ASSERT_EQUAL(records_count("PASS"), 3);
    CU_ASSERT_PTR_EQUAL(record_at(2), &three[2]);
    CU_ASSERT_PTR_NULL(record_at(3));
    strcpy(three[1].verdict, "HANG");
    strcpy(three[1].same, "SAME");
    CU_ASSERT(!records_all("PASS"));
    CU_ASSERT(records_all_same("SAME"));
    CU_ASSERT_EQUAL(records_count("HANG"), 1);
}

static void without_records_nothing_is_true(void) {
    records_use(NULL, 0);
    CU_ASSERT(!records_all("PASS"));
    CU_ASSERT(!records_all_same("SAME"));
    CU_ASSERT_EQUAL(records_count("PASS"), 0);
    CU_ASSERT_PTR_NULL(record_at(0));
}

static const struct test tests[] = {
    TEST(members_are_found_by_name_and_kind),
    TEST(members_of_another_kind_or_inside_others_are_not_found),
    TEST(escapes_are_resolved_and_long_texts_cut_between_characters),
    TEST(an_object_of_texts_is_walked_through),
    TEST(what_is_printed_is_read_back),
    TEST(a_line_cut_or_changed_anywhere_does_no_harm),
    TEST(a_record_is_read_field_by_field),
    TEST(other_lines_are_no_record),
    TEST(assertions_look_at_all_records_in_view),
    TEST(without_records_nothing_is_true),
    {0}};

int main(void) {
    return run_tests("records", tests, MPI_COMM_NULL);
}
