// SPDX-License-Identifier: MIT
// Tests of common/judge/flat.c: reading the one-line objects that the kit writes.

#include "flat.h"
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char text[256];
static double number;
static bool yes;

static void members_are_found_by_name_and_kind(void) {
    const char *line =
        "{\"v\":1,\"name\":\"heat\",\"wall_ms\":12.5,\"given\":false,\"verdict\":null}";
    CU_ASSERT(flat_text(line, "name", text, sizeof text));
    CU_ASSERT_STRING_EQUAL(text, "heat");
    CU_ASSERT(flat_number(line, "wall_ms", &number));
    CU_ASSERT_EQUAL(number, 12.5);
    CU_ASSERT(flat_bool(line, "given", &yes) && !yes);
    CU_ASSERT(flat_number(line, "v", &number) && number == 1);
}

static void another_kind_is_not_read(void) {
    const char *line = "{\"name\":\"7\",\"n\":7,\"yes\":true,\"none\":null}";
    strcpy(text, "as it was");
    number = -1;
    CU_ASSERT(!flat_number(line, "name", &number));
    CU_ASSERT(!flat_number(line, "yes", &number));
    CU_ASSERT(!flat_number(line, "none", &number));
    CU_ASSERT(!flat_text(line, "n", text, sizeof text));
    CU_ASSERT(!flat_text(line, "none", text, sizeof text));
    CU_ASSERT(!flat_bool(line, "n", &yes));
    CU_ASSERT(!flat_bool(line, "none", &yes));
    CU_ASSERT_EQUAL(number, -1);
    CU_ASSERT_STRING_EQUAL(text, "as it was");
}

static void numbers_are_read_in_every_form_the_kit_writes(void) {
    static const struct {
        const char *line;
        double value;
    } rows[] = {{"{\"x\":-3}", -3},
                {"{\"x\":2.6e7}", 2.6e7},
                {"{\"x\":1e-05 }", 1e-5},
                {"{\"x\": 0 , \"y\":1}", 0},
                {"{\"y\":\"x\",\"x\":18446744073709551615}", 18446744073709551615.0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CU_ASSERT(flat_number(rows[i].line, "x", &number) && number == rows[i].value);
    CU_ASSERT(!flat_number("{\"x\":nan}", "x", &number));
    CU_ASSERT(!flat_number("{\"x\":12ms}", "x", &number));
}

static void escapes_are_resolved(void) {
    CU_ASSERT(
        flat_text("{\"t\":\"a\\\"b\\\\c\\nd\\te\\/\\u0041\\u001f\"}", "t", text, sizeof text));
    CU_ASSERT_STRING_EQUAL(text, "a\"b\\c\nd\te/A\x1f");
    CU_ASSERT(flat_text("{\"t\":\"\\u00e4\\u20ac\\ud83d\\ude00\"}", "t", text, sizeof text));
    CU_ASSERT_STRING_EQUAL(text, "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80");
    CU_ASSERT(flat_text("{\"t\":\"\\ud83d.\\u0000.\"}", "t", text, sizeof text));
    CU_ASSERT_STRING_EQUAL(text, "\xef\xbf\xbd.\xef\xbf\xbd."); // half a pair, and no 0 in a text
}

static void a_text_is_cut_between_characters(void) {
    char small[5];
    CU_ASSERT(flat_text("{\"t\":\"abcdefgh\"}", "t", small, sizeof small));
    CU_ASSERT_STRING_EQUAL(small, "abcd");
    CU_ASSERT(flat_text("{\"t\":\"abc\xc3\xa4xyz\"}", "t", small, sizeof small));
    CU_ASSERT_STRING_EQUAL(small, "abc"); // the letter of two bytes does not fit, nor what follows
}

static void members_of_inner_objects_are_not_found(void) {
    const char *line = "{\"params\":{\"n\":\"512\",\"wall_ms\":\"1\"},\"a\":[{\"n\":1},\"}\"],"
                       "\"text\":\"\\\"n\\\":3\",\"n\":4}";
    CU_ASSERT(flat_number(line, "n", &number) && number == 4);
    CU_ASSERT(!flat_number(line, "wall_ms", &number));
    CU_ASSERT(!flat_text(line, "wall_ms", text, sizeof text));
}

static void an_inner_object_is_walked_through(void) {
    const char *line = "{\"id\":1,\"params\":{ \"n\":\"512\", \"dir\":\"a \\\"b\\\"\" },\"z\":0}";
    char name[16], value[32];
    size_t at = 0;
    CU_ASSERT_FATAL(flat_object(line, "params", text, sizeof text));
    CU_ASSERT(flat_next(text, &at, name, sizeof name, value, sizeof value));
    CU_ASSERT(strcmp(name, "n") == 0 && strcmp(value, "512") == 0);
    CU_ASSERT(flat_next(text, &at, name, sizeof name, value, sizeof value));
    CU_ASSERT(strcmp(name, "dir") == 0 && strcmp(value, "a \"b\"") == 0);
    CU_ASSERT(!flat_next(text, &at, name, sizeof name, value, sizeof value));
    CU_ASSERT_FATAL(flat_object("{\"params\":{}}", "params", text, sizeof text));
    at = 0;
    CU_ASSERT(!flat_next(text, &at, name, sizeof name, value, sizeof value));
    CU_ASSERT(!flat_object(line, "params", text, 5)); // half an object is none
    CU_ASSERT(!flat_object(line, "id", text, sizeof text));
}

// A line may be cut anywhere when a program is killed: every beginning of it is read without harm,
// and none is taken for a whole text. (Under the sanitizers a read beyond its end would show.)
static void a_line_that_was_cut_gives_nothing_false(void) {
    const char *whole = "{\"a\":{\"n\":\"1\"},\"b\":[1,{}],\"t\":\"x\\u00e4\\\\\",\"n\":-1.5e3}";
    for (size_t length = 0; length < strlen(whole); length++) {
        char *part = strndup(whole, length);
        CU_ASSERT_FATAL(part != NULL);
        const bool got = flat_text(part, "t", text, sizeof text);
        CU_ASSERT(!got || strcmp(text, "x\xc3\xa4\\") == 0);
        flat_bool(part, "n", &yes);
        flat_object(part, "a", text, sizeof text);
        flat_number(part, "n", &number);
        free(part);
    }
    CU_ASSERT(flat_number(whole, "n", &number) && number == -1500);
}

static void what_is_no_object_is_refused(void) {
    static const char *const lines[] = {"",
                                        "{",
                                        "}",
                                        "[1]",
                                        "null",
                                        "\"n\":1",
                                        "{n:1}",
                                        "{\"n\" 1}",
                                        "{\"m\":,\"n\":1}",
                                        "{\"m\":1 \"n\":1}",
                                        "{\"t\":\"\\x\",\"n\":1}",
                                        "{\"t\":\"\\u12g4\",\"n\":1}"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        CU_ASSERT(!flat_number(lines[i], "n", &number));
}

static void what_is_printed_is_read_back(void) {
    const char *said = "tab\t \"quoted\" back\\slash\nline \x01\x7f \xc3\xa4";
    char *line = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&line, &size);
    CU_ASSERT_FATAL(file != NULL);
    fputs("{\"t\":", file);
    flat_print(file, said);
    fputs("}", file);
    fclose(file);
    CU_ASSERT(strchr(line, '\n') == NULL);
    CU_ASSERT(flat_text(line, "t", text, sizeof text));
    CU_ASSERT_STRING_EQUAL(text, said);
    free(line);
}

static const struct test tests[] = {TEST(members_are_found_by_name_and_kind),
                                    TEST(another_kind_is_not_read),
                                    TEST(numbers_are_read_in_every_form_the_kit_writes),
                                    TEST(escapes_are_resolved),
                                    TEST(a_text_is_cut_between_characters),
                                    TEST(members_of_inner_objects_are_not_found),
                                    TEST(an_inner_object_is_walked_through),
                                    TEST(a_line_that_was_cut_gives_nothing_false),
                                    TEST(what_is_no_object_is_refused),
                                    TEST(what_is_printed_is_read_back),
                                    {0}};

int main(void) {
    return run_tests("flat", tests, MPI_COMM_NULL);
}
