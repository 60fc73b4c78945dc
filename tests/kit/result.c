// SPDX-License-Identifier: MIT
// Tests of common/kit/result.c.

#include "result.h"
#include "files.h"
#include "kit.h"
#include "runner.h"
#include "say.h"

#include <stdint.h>
#include <stdlib.h>

static struct record record_of(const void *bytes, size_t size) {
    struct record record = {.of = case_default(), .returned = 3};
    record.of.id = 17;
    record.of.workers = 5;
    record.bytes = (void *)bytes;
    record.size = size;
    return record;
}

static bool write_result(const void *bytes, size_t size, uint64_t nonce) {
    const struct record record = record_of(bytes, size);
    return result_write(&record, nonce, files_path("r"));
}

static struct result_head head;
static void *payload;
static uint64_t returned;

static bool read_result(void) {
    words_clear();
    return result_read(files_path("r"), &head, &payload, &returned);
}

// The whole file as bytes, to damage it.
static size_t load(unsigned char *bytes, size_t cap) {
    FILE *file = fopen(files_path("r"), "r");
    const size_t size = file ? fread(bytes, 1, cap, file) : 0;
    if (file)
        fclose(file);
    return size;
}

static void store(const unsigned char *bytes, size_t size) {
    FILE *file = fopen(files_path("r"), "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_EQUAL(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void what_is_written_is_read_back(void) {
    static const char text[] = "the payload";
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(write_result(text, sizeof text, UINT64_C(0x0102030405060708)));
    CU_ASSERT_FATAL(read_result());
    CU_ASSERT_EQUAL(head.nonce, UINT64_C(0x0102030405060708));
    CU_ASSERT_EQUAL(head.id, 17);
    CU_ASSERT_EQUAL(head.size, sizeof text);
    CU_ASSERT_STRING_EQUAL(head.lab, "toy");
    CU_ASSERT_STRING_EQUAL(head.version, "serial");
    CU_ASSERT_EQUAL(head.workers, 5);
    CU_ASSERT_EQUAL(returned, 3);
    CU_ASSERT_EQUAL(memcmp(payload, text, sizeof text), 0);
    free(payload);
    CU_ASSERT_EQUAL(files_count(), 1);
    files_end();
}

static void an_empty_result_is_a_result(void) {
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(write_result("", 0, 1));
    CU_ASSERT(read_result());
    CU_ASSERT_EQUAL(head.size, 0);
    free(payload);
    files_end();
}

static void the_layout_is_the_documented_one(void) {
    unsigned char bytes[256];
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(write_result("abc", 3, 0x0807060504030201));
    CU_ASSERT_EQUAL(load(bytes, sizeof bytes), 64 + 3 + 24);
    CU_ASSERT_EQUAL(memcmp(bytes, "TWORES1\n\1\2\3\4\5\6\7\10\21\0\0\0\0\0\0\0\3", 25), 0);
    CU_ASSERT_EQUAL(memcmp(bytes + 32, "toy\0\0\0\0\0\0\0\0\0\0\0\0\0serial\0\0\5\0\0\0", 28), 0);
    CU_ASSERT_EQUAL(memcmp(bytes + 64, "abc\3\0\0\0\0\0\0\0", 11), 0);
    CU_ASSERT_EQUAL(memcmp(bytes + 83, "TWOEND1\n", 8), 0);
    for (unsigned i = 0; i < 8; i++)
        CU_ASSERT_EQUAL(bytes[75 + i], (result_digest("abc", 3) >> 8 * i) & 0xff);
    files_end();
}

static void a_digest_notices_every_bit_and_every_length(void) {
    enum { SIZE = 200 };
    unsigned char bytes[SIZE] = {0};
    for (int i = 0; i < SIZE; i++)
        bytes[i] = (unsigned char)(i * 37);
    const uint64_t whole = result_digest(bytes, SIZE);
    for (int bit = 0; bit < 8 * SIZE; bit++) {
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        CU_ASSERT_NOT_EQUAL(result_digest(bytes, SIZE), whole);
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    // Two numbers of other sign, as far apart as words of one lane lie.
    bytes[7] ^= 0x80;
    bytes[71] ^= 0x80;
    CU_ASSERT_NOT_EQUAL(result_digest(bytes, SIZE), whole);
    memset(bytes, 0, sizeof bytes);
    for (size_t size = 0; size < SIZE; size++)
        for (size_t other = 0; other < size; other++)
            CU_ASSERT_NOT_EQUAL(result_digest(bytes, size), result_digest(bytes, other));
}

static void a_file_cut_anywhere_is_refused(void) {
    unsigned char bytes[256];
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(write_result("abcdefgh", 8, 1));
    const size_t size = load(bytes, sizeof bytes);
    for (size_t cut = 0; cut < size; cut++) {
        store(bytes, cut);
        CU_ASSERT(!read_result());
        CU_ASSERT_PTR_NULL(payload);
        CU_ASSERT_PTR_NOT_NULL(refusal());
    }
    store(bytes, size);
    CU_ASSERT(read_result());
    free(payload);
    bytes[size] = 'x';
    store(bytes, size + 1);
    CU_ASSERT(!read_result()); // longer is no better
    files_end();
}

static void a_changed_bit_in_payload_digest_or_marks_is_refused(void) {
    unsigned char bytes[256];
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(write_result("abcdefgh", 8, 1));
    const size_t size = load(bytes, sizeof bytes);
    for (size_t at = 0; at < size; at++) {
        const bool told = at < 8 || (at >= 24 && at < 32) || (at >= 64 && at < 72) || at >= 80;
        if (!told)
            continue;
        bytes[at] ^= 0x10;
        store(bytes, size);
        CU_ASSERT(!read_result());
        CU_ASSERT_PTR_NOT_NULL(refusal());
        bytes[at] ^= 0x10;
    }
    files_end();
}

static void a_size_the_file_does_not_have_takes_no_memory(void) {
    unsigned char bytes[256];
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(write_result("abcdefgh", 8, 1));
    const size_t size = load(bytes, sizeof bytes);
    memset(bytes + 24, 0xff, 8);
    store(bytes, size);
    CU_ASSERT(!read_result());
    CU_ASSERT_PTR_NOT_NULL_FATAL(refusal());
    CU_ASSERT_PTR_NOT_NULL(strstr(refusal(), "torn"));
    files_end();
}

static void a_missing_file_is_named(void) {
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(!read_result());
    CU_ASSERT_PTR_NOT_NULL_FATAL(refusal());
    CU_ASSERT_PTR_NOT_NULL(strstr(refusal(), files_path("r")));
    files_end();
}

static void a_directory_is_no_result(void) {
    words_clear();
    CU_ASSERT(!result_read("/tmp", &head, &payload, &returned));
    CU_ASSERT_PTR_NOT_NULL(refusal());
}

// Does the file r equal the result of these bytes, left by another run?
static bool equals(const void *bytes, size_t size) {
    const struct record other = record_of(bytes, size);
    words_clear();
    return result_write(&other, 99, files_path("other")) &&
           result_equals(files_path("r"), files_path("other"), &head, &returned);
}

static void the_same_payload_is_equal_whoever_left_it(void) {
    enum { SIZE = 200001 }; // more than one piece of it is read at a time
    unsigned char *const bytes = calloc(SIZE, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(write_result(bytes, SIZE, 7));
    CU_ASSERT(equals(bytes, SIZE));
    CU_ASSERT_EQUAL(head.nonce, 7);
    CU_ASSERT_EQUAL(returned, 3);
    CU_ASSERT(!equals(bytes, SIZE - 1));
    for (size_t i = 0; i < SIZE; i += SIZE - 1) {
        bytes[i] = 1;
        CU_ASSERT(!equals(bytes, SIZE));
        bytes[i] = 0;
    }
    CU_ASSERT_PTR_NULL(refusal());
    free(bytes);
    CU_ASSERT(write_result("", 0, 7));
    CU_ASSERT(equals("", 0));
    files_end();
}

static void what_is_no_whole_result_equals_nothing(void) {
    unsigned char bytes[256];
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(!equals("abc", 3));
    CU_ASSERT(write_result("abc", 3, 7));
    CU_ASSERT(!result_equals(files_path("r"), files_path("nothing"), &head, &returned));
    const size_t size = load(bytes, sizeof bytes);
    for (size_t cut = 0; cut < size; cut++) {
        store(bytes, cut);
        CU_ASSERT(!equals("abc", 3));
    }
    bytes[size - 1] ^= 1; // of the end mark
    store(bytes, size);
    CU_ASSERT(!equals("abc", 3));
    bytes[size - 1] ^= 1;
    bytes[32] ^= 1; // of the lab's name
    store(bytes, size);
    CU_ASSERT(!equals("abc", 3));
    files_end();
}

static const struct test tests[] = {TEST(what_is_written_is_read_back),
                                    TEST(an_empty_result_is_a_result),
                                    TEST(the_layout_is_the_documented_one),
                                    TEST(a_digest_notices_every_bit_and_every_length),
                                    TEST(a_file_cut_anywhere_is_refused),
                                    TEST(a_changed_bit_in_payload_digest_or_marks_is_refused),
                                    TEST(a_size_the_file_does_not_have_takes_no_memory),
                                    TEST(a_missing_file_is_named),
                                    TEST(a_directory_is_no_result),
                                    TEST(the_same_payload_is_equal_whoever_left_it),
                                    TEST(what_is_no_whole_result_equals_nothing),
                                    {0}};

int main(void) {
    return run_tests("result", tests, MPI_COMM_NULL);
}
