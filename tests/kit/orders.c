// SPDX-License-Identifier: MIT
// Tests of common/cli/explore/orders.c: how many orders there are, which of them lose an addition.

#include "../../common/cli/explore/orders.h"
#include "runner.h"

static const double many = 20000000;
static struct orders orders;

static void walk(int threads, int times, enum guard guard) {
    CU_ASSERT(orders_walk(&(struct program){threads, times, guard}, many, &orders));
}

static void two_additions_are_lost_in_18_of_20_orders(void) {
    walk(2, 1, GUARD_NONE);
    CU_ASSERT_EQUAL(orders.total, 20); // 6! / (3! 3!)
    CU_ASSERT_EQUAL(orders.lost, 18);
    CU_ASSERT_EQUAL(orders.ends[1], 18);
    CU_ASSERT_EQUAL(orders.ends[2], 2);
}

static void all_orders_are_walked(void) {
    walk(3, 1, GUARD_NONE);
    CU_ASSERT_EQUAL(orders.total, 1680); // 9! / (3!)^3
    CU_ASSERT_EQUAL(orders.ends[3], 6);  // one thread after the other
    walk(2, 3, GUARD_NONE);
    CU_ASSERT_EQUAL(orders.total, 48620); // 18! / (9! 9!)
    walk(4, 1, GUARD_NONE);
    CU_ASSERT_EQUAL(orders.total, 369600); // 12! / (3!)^4
}

static void one_thread_loses_nothing(void) {
    walk(1, 4, GUARD_NONE);
    CU_ASSERT_EQUAL(orders.total, 1);
    CU_ASSERT_EQUAL(orders.lost, 0);
    CU_ASSERT_EQUAL(orders.right.end, 4);
}

// However often each adds, two additions can be all that is left of them (but for one each).
static void two_that_add_often_can_end_at_two(void) {
    walk(2, 3, GUARD_NONE);
    CU_ASSERT_EQUAL(orders.ends[0], 0);
    CU_ASSERT_EQUAL(orders.ends[1], 0);
    CU_ASSERT(orders.ends[2] > 0);
}

static void no_guard_loses_any(void) {
    for (int guard = GUARD_CRITICAL; guard <= GUARD_PRIVATE; guard++)
        for (int threads = 1; threads <= 3; threads++)
            for (int times = 1; times <= 2; times++) {
                walk(threads, times, (enum guard)guard);
                CU_ASSERT(orders.total >= 1);
                CU_ASSERT_EQUAL(orders.lost, 0);
                CU_ASSERT_EQUAL(orders.wrong.steps, 0);
                CU_ASSERT_EQUAL(orders.right.end, threads * times);
            }
}

static void a_lock_leaves_the_orders_of_whole_additions(void) {
    walk(3, 2, GUARD_CRITICAL);
    CU_ASSERT_EQUAL(orders.total, 90); // 6! / (2!)^3
}

static void the_shortest_order_changes_threads_twice(void) {
    struct done done[ORDERS_STEPS];
    const struct program program = {2, 1, GUARD_NONE};
    walk(2, 1, GUARD_NONE);
    CU_ASSERT_EQUAL(orders.wrong.switches, 2);
    CU_ASSERT_EQUAL_FATAL(orders.wrong.steps, 6);
    order_replay(&program, &orders.wrong, done);
    CU_ASSERT_EQUAL(done[5].step, STEP_STORE);
    CU_ASSERT_EQUAL(done[5].counter, 1);
}

static void too_many_orders_are_refused(void) {
    CU_ASSERT(!orders_walk(&(struct program){2, 3, GUARD_NONE}, 1000, &orders));
    CU_ASSERT(orders_walk(&(struct program){2, 3, GUARD_NONE}, 48620, &orders));
    CU_ASSERT(!orders_walk(&(struct program){2, 3, GUARD_NONE}, 48619, &orders));
}

static const struct test tests[] = {TEST(two_additions_are_lost_in_18_of_20_orders),
                                    TEST(all_orders_are_walked),
                                    TEST(one_thread_loses_nothing),
                                    TEST(two_that_add_often_can_end_at_two),
                                    TEST(no_guard_loses_any),
                                    TEST(a_lock_leaves_the_orders_of_whole_additions),
                                    TEST(the_shortest_order_changes_threads_twice),
                                    TEST(too_many_orders_are_refused),
                                    {0}};

int main(void) {
    return run_tests("orders", tests, MPI_COMM_NULL);
}
