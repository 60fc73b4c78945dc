// SPDX-License-Identifier: MIT
// Tests of common/kit/random.c.

#include "runner.h"

#include "kit.h"
#include "random.h"

#include <math.h>
#include <stdlib.h>

// The known answers that come with the Random123 distribution (kat_vectors, philox4x32 10).
static void philox_gives_the_published_answers(void) {
    static const struct {
        uint32_t counter[4], key[2], answer[4];
    } known[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint32_t c[4];
        for (int j = 0; j < 4; j++)
            c[j] = known[i].counter[j];
        philox(c, known[i].key);
        for (int j = 0; j < 4; j++)
            CU_ASSERT_EQUAL(c[j], known[i].answer[j]);
    }
}

static void random_bits_join_the_first_two_words(void) {
    CU_ASSERT_EQUAL(random_bits(0, 0, 0), UINT64_C(0xe169c58d6627e8d5));
    CU_ASSERT_EQUAL(random_bits(UINT64_MAX, UINT64_MAX, UINT64_MAX), UINT64_C(0x41c83b0e408f276d));
    // counter low, counter high, stream low, stream high: the order of the third known answer
    CU_ASSERT_EQUAL(random_bits(UINT64_C(0x299f31d0a4093822), UINT64_C(0x0370734413198a2e),
                                UINT64_C(0x85a308d3243f6a88)),
                    UINT64_C(0x94fdccebd16cfe09));
}

static void every_argument_changes_the_number(void) {
    const uint64_t here = random_bits(5, 6, 7);
    CU_ASSERT_EQUAL(random_bits(5, 6, 7), here);
    for (int bit = 0; bit < 64; bit++) {
        CU_ASSERT_NOT_EQUAL(random_bits(5 ^ UINT64_C(1) << bit, 6, 7), here);
        CU_ASSERT_NOT_EQUAL(random_bits(5, 6 ^ UINT64_C(1) << bit, 7), here);
        CU_ASSERT_NOT_EQUAL(random_bits(5, 6, 7 ^ UINT64_C(1) << bit), here);
    }
}

enum { MANY = 200000 };

static void units_are_spread_evenly_over_0_to_1(void) {
    int bins[20] = {0};
    double sum = 0, squares = 0;
    for (uint64_t i = 0; i < MANY; i++) {
        const double u = random_unit(1, 2, i);
        CU_ASSERT_FATAL(u >= 0 && u < 1);
        CU_ASSERT_FATAL(u == floor(u * 0x1p53) * 0x1p-53);
        bins[(int)(u * 20)]++;
        sum += u;
        squares += u * u;
    }
    // The numbers are fixed by the seed, so this cannot fail by chance. 5 standard deviations.
    CU_ASSERT_DOUBLE_EQUAL(sum / MANY, 0.5, 5 * sqrt(1.0 / 12 / MANY));
    CU_ASSERT_DOUBLE_EQUAL(squares / MANY, 1.0 / 3, 5 * sqrt(4.0 / 45 / MANY));
    double chi = 0;
    for (int i = 0; i < 20; i++)
        chi += (bins[i] - MANY / 20.0) * (bins[i] - MANY / 20.0) / (MANY / 20.0);
    CU_ASSERT(chi < 43.8); // 19 degrees of freedom, 0.1 %
}

static void neighbouring_streams_are_unrelated(void) {
    for (uint64_t stream = 0; stream < 4; stream++) {
        double covariance = 0;
        for (uint64_t i = 0; i < MANY; i++)
            covariance += (random_unit(1, stream, i) - 0.5) * (random_unit(1, stream + 1, i) - 0.5);
        CU_ASSERT_DOUBLE_EQUAL(covariance / MANY, 0, 5.0 / 12 / sqrt(MANY));
    }
}

static int ascending(const void *a, const void *b) {
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void no_number_comes_twice_among_many(void) {
    uint64_t *all = malloc(MANY * sizeof *all);
    CU_ASSERT_PTR_NOT_NULL_FATAL(all);
    for (uint64_t i = 0; i < MANY; i++)
        all[i] = random_bits(i % 3, i % 5, i);
    qsort(all, MANY, sizeof *all, ascending);
    for (size_t i = 1; i < MANY; i++)
        CU_ASSERT_FATAL(all[i] != all[i - 1]);
    free(all);
}

static const struct test tests[] = {TEST(philox_gives_the_published_answers),
                                    TEST(random_bits_join_the_first_two_words),
                                    TEST(every_argument_changes_the_number),
                                    TEST(units_are_spread_evenly_over_0_to_1),
                                    TEST(neighbouring_streams_are_unrelated),
                                    TEST(no_number_comes_twice_among_many),
                                    {0}};

int main(void) {
    return run_tests("random", tests, MPI_COMM_NULL);
}
