// SPDX-License-Identifier: MIT
// Tests of common/kit/value.c: what a person may type, and what the refusal then says.

#include "runner.h"

#include "kit.h"
#include "say.h"

#include <string.h>

static bool read_long(const char *text, long *value) {
    words_clear();
    return value_long("n", text, -5, 100, value);
}

static bool read_double(const char *text, double *value) {
    words_clear();
    return value_double("t", text, -1, 10, value);
}

// The refusal names the parameter with what was typed, and ends like a sentence.
static bool refused_with(const char *part) {
    const char *words = refusal();
    return words && strstr(words, part) && words[strlen(words) - 1] == '.';
}

static void whole_numbers_within_bounds_are_read(void) {
    static const struct {
        const char *text;
        long value;
    } good[] = {{"0", 0}, {"7", 7}, {"-0", 0}, {"007", 7}, {"-5", -5}, {"100", 100}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        long value = 55;
        CU_ASSERT(read_long(good[i].text, &value));
        CU_ASSERT_EQUAL(value, good[i].value);
        CU_ASSERT_PTR_NULL(refusal());
    }
}

static void other_text_is_not_a_whole_number(void) {
    static const char *const bad[] = {"",  " 7",  "7x",  "7 ",  "1e3", "3.0", "abc", "-",
                                      "+", "0x7", "--7", "\t7", "nan", "inf", "7\n", "seven"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        long value = 55;
        char named[64];
        snprintf(named, sizeof named, "n=%s is not a whole number", bad[i]);
        CU_ASSERT(!read_long(bad[i], &value));
        CU_ASSERT(refused_with(named));
        CU_ASSERT_EQUAL(value, 55);
    }
}

static void whole_numbers_beyond_the_bounds_are_refused_with_the_bounds(void) {
    static const char *const bad[] = {"-6", "101", "99999999999999999999999",
                                      "-9223372036854775809"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        long value = 55;
        CU_ASSERT(!read_long(bad[i], &value));
        CU_ASSERT(refused_with(bad[i]));
        CU_ASSERT(refused_with("from -5 to 100"));
        CU_ASSERT_EQUAL(value, 55);
    }
}

static void numbers_within_bounds_are_read(void) {
    static const struct {
        const char *text;
        double value;
    } good[] = {{"0", 0}, {"2.5", 2.5}, {"1e1", 10}, {"-1", -1}, {"-0", 0}, {".5", 0.5}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        double value = 55;
        CU_ASSERT(read_double(good[i].text, &value));
        CU_ASSERT_EQUAL(value, good[i].value);
        CU_ASSERT_PTR_NULL(refusal());
    }
}

static void other_text_and_beyond_is_not_a_number(void) {
    static const char *const bad[] = {"",      " 1",   "1 ",   "1.5x", "nan", "-nan", "inf", "-inf",
                                      "1e999", "10.1", "-1.1", "1,5",  "e",   ".",    "--1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double value = 55;
        char named[64];
        snprintf(named, sizeof named, "t=%s is ", bad[i]);
        CU_ASSERT(!read_double(bad[i], &value));
        CU_ASSERT(refused_with(named));
        CU_ASSERT_EQUAL(value, 55);
    }
}

static void a_choice_is_found_or_the_choices_are_named(void) {
    static const char *const choices[] = {"fixed", "uniform", "heavy", NULL};
    int index = 55;
    words_clear();
    CU_ASSERT(value_choice("dist", "heavy", choices, &index));
    CU_ASSERT_EQUAL(index, 2);
    CU_ASSERT_PTR_NULL(refusal());
    static const char *const bad[] = {"", "heav", "heavyy", "FIXED", "fixed,uniform"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        words_clear();
        index = 55;
        CU_ASSERT(!value_choice("dist", bad[i], choices, &index));
        CU_ASSERT_EQUAL(index, 55);
        CU_ASSERT(refused_with(bad[i]));
        CU_ASSERT(refused_with("fixed, uniform, heavy"));
    }
}

static const struct test tests[] = {
    TEST(whole_numbers_within_bounds_are_read),
    TEST(other_text_is_not_a_whole_number),
    TEST(whole_numbers_beyond_the_bounds_are_refused_with_the_bounds),
    TEST(numbers_within_bounds_are_read),
    TEST(other_text_and_beyond_is_not_a_number),
    TEST(a_choice_is_found_or_the_choices_are_named),
    {0}};

int main(void) {
    return run_tests("value", tests, MPI_COMM_NULL);
}
