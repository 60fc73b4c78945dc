// SPDX-License-Identifier: MIT
// Tests of common/kit/partition.c: properties, for every n from 0 to 50 and 1 to 9 parts.

#include "runner.h"

#include "kit.h"

#include <limits.h>

enum { MAX_N = 50, MAX_PARTS = 9 };

static void blocks_cover_every_index_once_and_in_order(void) {
    for (long n = 0; n <= MAX_N; n++)
        for (int parts = 1; parts <= MAX_PARTS; parts++) {
            long next = 0;
            for (int part = 0; part < parts; part++) {
                const struct range r = block_range(n, parts, part);
                CU_ASSERT_EQUAL(r.lo, next);
                CU_ASSERT(r.hi >= r.lo);
                next = r.hi;
            }
            CU_ASSERT_EQUAL(next, n);
        }
}

static void block_lengths_differ_by_one_at_most_longer_ones_first(void) {
    for (long n = 0; n <= MAX_N; n++)
        for (int parts = 1; parts <= MAX_PARTS; parts++)
            for (int part = 0; part < parts; part++) {
                const struct range r = block_range(n, parts, part);
                CU_ASSERT_EQUAL(r.hi - r.lo, n / parts + (part < n % parts));
            }
}

static void block_owner_finds_the_block_of_every_index(void) {
    for (long n = 0; n <= MAX_N; n++)
        for (int parts = 1; parts <= MAX_PARTS; parts++)
            for (int part = 0; part < parts; part++) {
                const struct range r = block_range(n, parts, part);
                for (long i = r.lo; i < r.hi; i++)
                    CU_ASSERT_EQUAL(block_owner(n, parts, i), part);
            }
}

static void blocks_of_huge_problems_do_not_overflow(void) {
    const long n = LONG_MAX;
    const int parts = 4096;
    long next = 0;
    for (int part = 0; part < parts; part++) {
        const struct range r = block_range(n, parts, part);
        CU_ASSERT_EQUAL_FATAL(r.lo, next);
        CU_ASSERT_FATAL(r.hi > r.lo);
        CU_ASSERT_EQUAL(block_owner(n, parts, r.lo), part);
        CU_ASSERT_EQUAL(block_owner(n, parts, r.hi - 1), part);
        next = r.hi;
    }
    CU_ASSERT_EQUAL(next, n);
}

static void cyclic_counts_what_a_part_would_visit(void) {
    for (long n = 0; n <= MAX_N; n++)
        for (int parts = 1; parts <= MAX_PARTS; parts++)
            for (int part = 0; part < parts; part++) {
                long visited = 0;
                for (long i = part; i < n; i += parts)
                    visited++;
                CU_ASSERT_EQUAL(cyclic_count(n, parts, part), visited);
            }
}

static const struct test tests[] = {TEST(blocks_cover_every_index_once_and_in_order),
                                    TEST(block_lengths_differ_by_one_at_most_longer_ones_first),
                                    TEST(block_owner_finds_the_block_of_every_index),
                                    TEST(blocks_of_huge_problems_do_not_overflow),
                                    TEST(cyclic_counts_what_a_part_would_visit),
                                    {0}};

int main(void) {
    return run_tests("partition", tests, MPI_COMM_NULL);
}
