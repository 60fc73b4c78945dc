// SPDX-License-Identifier: MIT
// Tests of common/judge/evidence.c: what is objected to, and what is not.

#include "evidence.h"
#include "records.h"
#include "runner.h"

#include <string.h>

// A serial run of 200 ms and a run of four ranks, which had so much CPU time in all; the busiest
// had `busiest`.
static struct record records[2];

static void see(double workers, double worked, double busiest, double cpu) {
    records[0] = (struct record){.version = "serial", .workers = 1, .threads = 1, .run = "serial"};
    records[0].seen = (struct seen){.workers = 1, .worked = 1, .busiest_ms = 200, .cpu_ms = 200};
    records[1] = (struct record){.version = "mpi", .workers = 4, .threads = 1, .run = "ranks"};
    records[1].seen = (struct seen){.workers = workers,
                                    .worked = worked,
                                    .busiest_ms = busiest,
                                    .cpu_ms = cpu,
                                    .messages = 12,
                                    .bytes = 3e6};
    records_use(records, 2);
    evidence_begin();
}

static void who_shares_the_work_passes(void) {
    see(4, 4, 70, 270);
    CU_ASSERT(evidence_workers_work(4));
    CU_ASSERT(evidence_work_is_done_once());
    CU_ASSERT(evidence_busiest_below(0.6));
    CU_ASSERT(evidence_memory_below(1, "nothing"));
    CU_ASSERT_STRING_EQUAL(evidence_verdict(), "");
    CU_ASSERT_STRING_EQUAL(evidence_text(), "");
}

static void one_worker_of_four_is_serial(void) {
    see(4, 1, 200, 204);
    CU_ASSERT(!evidence_workers_work(2));
    CU_ASSERT_STRING_EQUAL(evidence_verdict(), "SERIAL");
    CU_ASSERT_PTR_NOT_NULL(strstr(evidence_text(), "only 1 of 4 ranks did the work"));
    CU_ASSERT_PTR_NOT_NULL(strstr(evidence_text(), "12 messages, 3 MB"));
}

static void work_done_by_each_is_serial(void) {
    see(4, 4, 205, 800);
    CU_ASSERT(evidence_workers_work(4));
    CU_ASSERT(!evidence_work_is_done_once());
    CU_ASSERT_STRING_EQUAL(evidence_verdict(), "SERIAL");
    CU_ASSERT_PTR_NOT_NULL(strstr(evidence_text(), "4.0 times the CPU time of the serial version"));
}

static void work_that_was_counted_needs_no_clock(void) {
    see(4, 4, 70, 270);
    records[0].done = 1e9;
    records[1].done = 1.1e9; // a little of it twice
    records[1].done_most = 3e8;
    records[1].done_by = 4;
    CU_ASSERT(evidence_work_is_done_once());
    CU_ASSERT(evidence_busiest_below(0.6));
    CU_ASSERT(evidence_workers_work(4));
    see(4, 4, 120, 430); // the serial version looked dearer than it is
    records[0].done = 1e9;
    records[1].done = 4e9;
    CU_ASSERT(!evidence_is_in_doubt());
    CU_ASSERT(!evidence_work_is_done_once());
    CU_ASSERT_STRING_EQUAL(evidence_verdict(), "SERIAL");
    CU_ASSERT_PTR_NOT_NULL(strstr(evidence_text(), "did 4.0 times the work of the serial version"));
    see(4, 4, 195, 207); // ranks that wait have CPU time too
    records[0].done = 1e9;
    records[1].done = records[1].done_most = 1e9;
    records[1].done_by = 1;
    CU_ASSERT(!evidence_busiest_below(0.68));
    CU_ASSERT_STRING_EQUAL(evidence_verdict(), "SERIAL");
    CU_ASSERT_PTR_NOT_NULL(strstr(evidence_text(), "only 1 of 4 ranks did the work"));
    evidence_begin();
    CU_ASSERT(!evidence_workers_work(2));
    records[1].done_most = 9e8; // the others a little each
    evidence_begin();
    CU_ASSERT(!evidence_busiest_below(0.68));
    CU_ASSERT_STRING_EQUAL(evidence_verdict(), "SLOW");
    records[1].done_most = 8e8;
    records[1].done_by = 3;
    evidence_begin();
    CU_ASSERT(evidence_workers_work(2));
    CU_ASSERT(!evidence_busiest_below(0.68));
    CU_ASSERT_STRING_EQUAL(evidence_verdict(), "SLOW");
    CU_ASSERT_PTR_NOT_NULL(strstr(evidence_text(), "did 80 % of the work"));
    see(4, 4, 205, 800); // own code, which counts nothing, or as much as it likes
    records[0].done = records[1].done = 1e9;
    CU_ASSERT(!evidence_work_is_done_once());
    CU_ASSERT_PTR_NOT_NULL(strstr(evidence_text(), "4.0 times the CPU time of the serial version"));
}

static void what_is_near_the_border_is_in_doubt(void) {
    see(4, 4, 70, 270);
    CU_ASSERT(!evidence_is_in_doubt());
    see(4, 4, 205, 800);
    CU_ASSERT(!evidence_is_in_doubt());
    see(4, 4, 120, 460);
    CU_ASSERT(evidence_is_in_doubt());
    records_use(records, 1); // the serial version alone
    CU_ASSERT(!evidence_is_in_doubt());
    records_use(NULL, 0);
    CU_ASSERT(!evidence_is_in_doubt());
}

static void messages_and_caches_may_cost_some_time(void) {
    see(4, 4, 120, 440);
    CU_ASSERT(evidence_work_is_done_once());
}

static void an_unequal_share_is_slow(void) {
    see(4, 4, 180, 210);
    CU_ASSERT(!evidence_busiest_below(0.8));
    CU_ASSERT_STRING_EQUAL(evidence_verdict(), "SLOW");
    CU_ASSERT_PTR_NOT_NULL(strstr(evidence_text(), "86 % of the work"));
    CU_ASSERT(evidence_busiest_below(0.9));
}

static void a_rank_that_holds_all_is_told_how_much(void) {
    see(4, 4, 60, 220);
    records[1].seen.grown_kb = 32000;
    CU_ASSERT(!evidence_memory_below(8000, "a quarter of the plate"));
    CU_ASSERT_STRING_EQUAL(evidence_verdict(), "MEMORY");
    CU_ASSERT_PTR_NOT_NULL(strstr(evidence_text(), "32.8 MB more"));
    CU_ASSERT_PTR_NOT_NULL(strstr(evidence_text(), "a quarter of the plate"));
}

static void the_servers_figures_decide_who_waited_alone(void) {
    see(4, 4, 1, 4);
    snprintf(records[0].witness, sizeof records[0].witness, "{\"peak\":1}"); // serial: no question
    snprintf(records[1].witness, sizeof records[1].witness, "{\"requests\":9,\"peak\":2}");
    CU_ASSERT(evidence_requests_at_once(2));
    CU_ASSERT(!evidence_requests_at_once(3));
    CU_ASSERT_STRING_EQUAL(evidence_verdict(), "SERIAL");
    CU_ASSERT_PTR_NOT_NULL(strstr(evidence_text(), "more than 2 requests in its hands"));
    evidence_begin();
    CU_ASSERT(evidence_requests_at_most(9));
    CU_ASSERT(!evidence_requests_at_most(8));
    CU_ASSERT_PTR_NOT_NULL(strstr(evidence_text(), "asked 9 times by 4 ranks, where 4 requests"));
    records[1].witness[0] = '\0';
    evidence_begin();
    CU_ASSERT(!evidence_requests_at_once(1));
    CU_ASSERT_STRING_EQUAL(evidence_verdict(), "UNGRADED");
}

static void what_nobody_saw_is_not_graded(void) {
    see(0, 0, 0, 0);
    CU_ASSERT(!evidence_workers_work(4));
    CU_ASSERT_STRING_EQUAL(evidence_verdict(), "UNGRADED");
}

static void shares_of_next_to_nothing_tell_nothing(void) {
    see(4, 4, 1, 3); // of 200 ms; each had something, as if the work were shared out
    CU_ASSERT(evidence_is_in_doubt());
    CU_ASSERT(!evidence_workers_work(4));
    CU_ASSERT_STRING_EQUAL(evidence_verdict(), "UNGRADED");
    CU_ASSERT_PTR_NOT_NULL(
        strstr(evidence_text(), "3 ms of CPU time, where the serial version takes 200 ms"));
    see(4, 1, 2, 3);
    CU_ASSERT(!evidence_workers_work(4));
    CU_ASSERT_STRING_EQUAL(evidence_verdict(), "UNGRADED");
    see(4, 4, 1, 3);
    CU_ASSERT(!evidence_busiest_below(0.6));
    CU_ASSERT_STRING_EQUAL(evidence_verdict(), "UNGRADED");
    see(4, 4, 1, 3);
    CU_ASSERT(!evidence_work_is_done_once());
    CU_ASSERT_STRING_EQUAL(evidence_verdict(), "UNGRADED");
    see(4, 4, 6, 21); // faster than the serial version, and nobody's fault
    CU_ASSERT(!evidence_is_in_doubt());
    CU_ASSERT(evidence_workers_work(4));
    see(4, 4, 1, 3);
    records[0].done = records[1].done = 1e9; // given code says who did it
    records[1].done_most = 3e8;
    records[1].done_by = 4;
    CU_ASSERT(!evidence_is_in_doubt());
    CU_ASSERT(evidence_workers_work(4));
}

static void the_first_objection_stays(void) {
    see(4, 1, 200, 204);
    evidence_workers_work(4);
    records[1].seen.grown_kb = 32000;
    CU_ASSERT(!evidence_memory_below(1, "nothing"));
    CU_ASSERT_STRING_EQUAL(evidence_verdict(), "SERIAL");
}

static const struct test tests[] = {TEST(who_shares_the_work_passes),
                                    TEST(one_worker_of_four_is_serial),
                                    TEST(work_done_by_each_is_serial),
                                    TEST(work_that_was_counted_needs_no_clock),
                                    TEST(what_is_near_the_border_is_in_doubt),
                                    TEST(messages_and_caches_may_cost_some_time),
                                    TEST(an_unequal_share_is_slow),
                                    TEST(a_rank_that_holds_all_is_told_how_much),
                                    TEST(the_servers_figures_decide_who_waited_alone),
                                    TEST(what_nobody_saw_is_not_graded),
                                    TEST(shares_of_next_to_nothing_tell_nothing),
                                    TEST(the_first_objection_stays),
                                    {0}};

int main(void) {
    return run_tests("evidence", tests, MPI_COMM_NULL);
}
