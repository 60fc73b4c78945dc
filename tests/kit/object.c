// SPDX-License-Identifier: MIT
// Tests of common/kit/object.h: what origins and labs must agree on, on any machine.

#include "runner.h"

#include "object.h"

#include <math.h>
#include <string.h>

static void bytes_are_the_same_whole_and_in_pieces(void) {
    unsigned char whole[100], pieces[100];
    object_bytes(7, 3, 0, whole, sizeof whole);
    for (size_t piece = 1; piece < 20; piece++) {
        memset(pieces, 0, sizeof pieces);
        for (size_t at = 0; at < sizeof pieces; at += piece) {
            size_t left = sizeof pieces - at;
            object_bytes(7, 3, at, pieces + at, piece < left ? piece : left);
        }
        CU_ASSERT(memcmp(whole, pieces, sizeof whole) == 0);
    }
}

static void bytes_never_change_from_one_kit_to_the_next(void) {
    unsigned char bytes[1000];
    object_bytes(1, 0, 0, bytes, sizeof bytes);
    CU_ASSERT_EQUAL(object_digest(OBJECT_DIGEST, bytes, sizeof bytes),
                    UINT64_C(0x5da0fe746dfd8bbc));
    object_bytes(UINT64_MAX, 999999, 12345, bytes, sizeof bytes);
    CU_ASSERT_EQUAL(object_digest(OBJECT_DIGEST, bytes, sizeof bytes),
                    UINT64_C(0xb19e0c6b649323f9));
}

static void objects_and_seeds_differ_in_their_bytes(void) {
    unsigned char one[32], next[32], other[32];
    object_bytes(1, 1, 0, one, sizeof one);
    object_bytes(1, 2, 0, next, sizeof next);
    object_bytes(2, 1, 0, other, sizeof other);
    CU_ASSERT(memcmp(one, next, sizeof one) != 0);
    CU_ASSERT(memcmp(one, other, sizeof one) != 0);
}

static void the_digest_is_fnv_1a_whole_and_in_pieces(void) {
    CU_ASSERT_EQUAL(object_digest(OBJECT_DIGEST, "", 0), UINT64_C(0xcbf29ce484222325));
    CU_ASSERT_EQUAL(object_digest(OBJECT_DIGEST, "a", 1), UINT64_C(0xaf63dc4c8601ec8c));
    CU_ASSERT_EQUAL(object_digest(OBJECT_DIGEST, "foobar", 6), UINT64_C(0x85944171f73967e8));
    CU_ASSERT_EQUAL(object_digest(object_digest(OBJECT_DIGEST, "foo", 3), "bar", 3),
                    UINT64_C(0x85944171f73967e8));
}

static void sizes_lie_round_their_mean_and_none_is_empty(void) {
    const uint64_t means[] = {1, 2, 3, 4096, 1000000};
    for (size_t m = 0; m < sizeof means / sizeof *means; m++) {
        double sum = 0;
        const long count = 20000;
        for (long i = 0; i < count; i++) {
            uint64_t size = object_size(5, i, means[m]);
            CU_ASSERT_FATAL(size >= 1 && size >= means[m] / 2 && size <= means[m] / 2 + means[m]);
            sum += (double)size;
        }
        double mean = sum / (double)count, wanted = (double)means[m];
        CU_ASSERT(means[m] < 10 || fabs(mean - wanted) < 0.02 * wanted);
    }
}

static void a_mean_latency_is_what_was_asked_for_whatever_the_distribution(void) {
    const enum object_delay delays[] = {DELAY_FIXED, DELAY_UNIFORM, DELAY_TAIL};
    for (size_t d = 0; d < 3; d++) {
        double sum = 0, most = 0;
        const long count = 200000;
        for (long i = 0; i < count; i++) {
            double latency = object_latency(9, i, delays[d], 0.020);
            CU_ASSERT_FATAL(latency > 0);
            sum += latency;
            most = latency > most ? latency : most;
        }
        CU_ASSERT(fabs(sum / (double)count - 0.020) < 0.02 * 0.020);
        const double bound[] = {0.020, 0.040, 0.020 * 100 / 2.8};
        CU_ASSERT(most <= bound[d] * (1 + 1e-9));
        CU_ASSERT(most > 0.99 * bound[d]); // reached, among so many
    }
}

static void as_many_first_tries_fail_as_were_asked_for(void) {
    const double rates[] = {0, 0.01, 0.2, 0.9, 1};
    for (size_t r = 0; r < sizeof rates / sizeof *rates; r++) {
        long failed = 0;
        const long count = 100000;
        for (long i = 0; i < count; i++)
            failed += object_fails(3, i, 0, OBJECT_ERROR, rates[r]);
        CU_ASSERT(fabs((double)failed / (double)count - rates[r]) < 0.006);
        CU_ASSERT((failed == 0) == (rates[r] == 0));
        CU_ASSERT((failed == count) == (rates[r] == 1));
    }
}

static void asking_again_helps_unless_everything_fails(void) {
    for (long i = 0; i < 1000; i++) {
        uint64_t tries = 0;
        while (object_fails(3, i, tries, OBJECT_ERROR, 0.999))
            tries++;
        CU_ASSERT(tries <= OBJECT_STREAK);
        CU_ASSERT(object_fails(3, i, OBJECT_STREAK, OBJECT_ERROR, 1));
    }
}

static void failures_of_one_kind_say_nothing_of_another(void) {
    long both = 0;
    for (long i = 0; i < 10000; i++)
        both +=
            object_fails(3, i, 0, OBJECT_ERROR, 0.5) && object_fails(3, i, 0, OBJECT_CLOSE, 0.5);
    CU_ASSERT(both > 2300 && both < 2700);
}

static const struct test tests[] = {
    TEST(bytes_are_the_same_whole_and_in_pieces),
    TEST(bytes_never_change_from_one_kit_to_the_next),
    TEST(objects_and_seeds_differ_in_their_bytes),
    TEST(the_digest_is_fnv_1a_whole_and_in_pieces),
    TEST(sizes_lie_round_their_mean_and_none_is_empty),
    TEST(a_mean_latency_is_what_was_asked_for_whatever_the_distribution),
    TEST(as_many_first_tries_fail_as_were_asked_for),
    TEST(asking_again_helps_unless_everything_fails),
    TEST(failures_of_one_kind_say_nothing_of_another),
    {0}};

int main(void) {
    return run_tests("object", tests, MPI_COMM_NULL);
}
