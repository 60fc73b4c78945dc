// SPDX-License-Identifier: MIT
// Tests of common/observe/trace and common/observe/read/timeline.c: what is written while a program
// runs is read as who did what when.

#include "../../common/observe/read/timeline.h"
#include "files.h"
#include "runner.h"

#include <stdlib.h>
#include <string.h>

static struct trace_file *file;
static struct timeline timeline;
static char why[512];

static void open_trace(const char *events) {
    CU_ASSERT_FATAL(files_begin());
    setenv("TWOFOLD_TRACE", files_dir, 1);
    setenv("TWOFOLD_TRACE_EVENTS", events, 1);
    file = trace_open("mpi");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
}

// An event of so many ms; end < 0: it has none.
static struct trace_event *event(enum trace_kind kind, unsigned thread, double begin, double end) {
    struct trace_event *const e = trace_begin(file, kind, 0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(e);
    e->thread = thread;
    e->begin = 1000000000U + (uint64_t)(1e6 * begin);
    e->end = end < 0 ? 0 : 1000000000U + (uint64_t)(1e6 * end);
    return e;
}

static void read_trace(void) {
    timeline_free(&timeline);
    CU_ASSERT_FATAL(timeline_read(&timeline, files_dir, why, sizeof why));
    files_end();
}

static bool near(double a, double b) {
    return a - b < 1e-6 && b - a < 1e-6;
}

static void time_is_spent_in_the_innermost_span(void) {
    open_trace("100");
    event(TRACE_TEAM, 0, 0, 100)->number = 2;
    event(TRACE_WORK, 0, 0, 40);
    event(TRACE_WORK, 1, 0, 100);
    event(TRACE_CRITICAL, 1, 20, 30);
    read_trace();
    CU_ASSERT_EQUAL_FATAL(timeline.lanes, 2);
    CU_ASSERT(near(timeline.length, 0.1));
    CU_ASSERT(near(timeline.lane[0].spent[DOING_WORK], 0.04));
    CU_ASSERT(near(timeline.lane[0].spent[DOING_TOGETHER], 0.06)); // for thread 1
    CU_ASSERT(near(timeline.lane[1].spent[DOING_WORK], 0.09));
    CU_ASSERT(near(timeline.lane[1].spent[DOING_LOCK], 0.01));
}

static void the_work_of_a_region_is_shared_among_its_lanes(void) {
    struct region_share region[4];
    open_trace("100");
    event(TRACE_TEAM, 0, 0, 100)->number = 2;
    event(TRACE_WORK, 0, 0, 20);
    event(TRACE_WORK, 1, 0, 100);
    event(TRACE_BARRIER, 1, 60, 70); // is no work
    event(TRACE_TEAM, 0, 200, 220)->number = 2;
    event(TRACE_WORK, 0, 200, 210); // the same region again
    event(TRACE_WORK, 1, 200, 220);
    read_trace();
    CU_ASSERT_EQUAL_FATAL(timeline_regions(&timeline, region, 4), 1);
    CU_ASSERT_EQUAL(region[0].lanes, 2);
    CU_ASSERT(near(region[0].seconds, 0.14));
    CU_ASSERT(near(region[0].most, 0.11));
    CU_ASSERT_EQUAL(timeline.lane[region[0].busiest].thread, 1);
    CU_ASSERT_EQUAL(timeline_regions(&timeline, region, 0), 0); // no room
}

static void the_chain_of_messages_is_as_deep_as_they_wait_for_each_other(void) {
    const struct arrow arrows[] = {
        {.from = 0, .to = 1, .sent = 1, .taken = 2},   // 1
        {.from = 0, .to = 2, .sent = 1, .taken = 9},   // 1, beside it
        {.from = 1, .to = 2, .sent = 3, .taken = 4},   // 2, behind the first
        {.from = 2, .to = 0, .sent = 4.5, .taken = 5}, // 3
        {.from = 1, .to = 0, .sent = 3, .taken = 6},   // 2
    };
    struct lane_of lanes[3] = {0};
    struct arrow copy[5];
    memcpy(copy, arrows, sizeof copy);
    struct timeline ring = {.lane = lanes, .lanes = 3, .arrow = copy, .arrows = 5};
    CU_ASSERT_EQUAL(timeline_depth(&ring), 3);
    ring.arrows = 2;
    CU_ASSERT_EQUAL(timeline_depth(&ring), 1);
    ring.arrows = 0;
    CU_ASSERT_EQUAL(timeline_depth(&ring), 0);
}

static void columns_show_what_takes_most_of_each(void) {
    open_trace("100");
    event(TRACE_TEAM, 0, 0, 100)->number = 2;
    event(TRACE_WORK, 0, 0, 42);
    event(TRACE_WORK, 1, 0, 100);
    read_trace();
    enum doing doing[10];
    timeline_columns(&timeline, 0, 10, doing);
    CU_ASSERT_EQUAL(doing[0], DOING_WORK);
    CU_ASSERT_EQUAL(doing[3], DOING_WORK);
    CU_ASSERT_EQUAL(doing[4], DOING_TOGETHER);
    CU_ASSERT_EQUAL(doing[9], DOING_TOGETHER);
}

static void the_kernel_is_the_time_that_is_shown(void) {
    open_trace("100");
    file->rank = 0;
    event(TRACE_CALL, 0, 0, 500)->what = CALL_Barrier;
    event(TRACE_KERNEL, 0, 600, 700);
    struct trace_event *const call = event(TRACE_CALL, 0, 690, 800);
    call->what = CALL_Recv;
    read_trace();
    CU_ASSERT(timeline.kernel);
    CU_ASSERT(near(timeline.length, 0.1));
    CU_ASSERT(near(timeline.lane[0].spent[DOING_WORK], 0.09));
    CU_ASSERT(near(timeline.lane[0].spent[DOING_MESSAGE], 0.01));
    CU_ASSERT(near(timeline.lane[0].spent[DOING_TOGETHER], 0));
}

static void what_has_not_ended_lasts_to_the_end(void) {
    open_trace("100");
    file->rank = 0;
    event(TRACE_CALL, 0, 0, 10)->what = CALL_Barrier;
    event(TRACE_CALL, 0, 20, -1)->what = CALL_Recv;
    event(TRACE_CALL, 0, 50, 60)->what = CALL_Send;
    read_trace();
    CU_ASSERT_EQUAL_FATAL(timeline.spans, 3);
    CU_ASSERT(timeline.span[1].open);
    CU_ASSERT(near(timeline.span[1].end, 0.06));
    CU_ASSERT(!timeline.span[2].open);
}

static void a_message_is_an_arrow_from_its_sender(void) {
    open_trace("100");
    struct trace_file *const first = file;
    first->rank = 0;
    for (int i = 0; i < 2; i++) {
        struct trace_event *const sent = event(TRACE_SENT, 0, 10 + i, 10 + i);
        sent->peer = 1;
        sent->number = i;
        sent->bytes = 8;
    }
    file = trace_open("other"); // of a process that is not there, on a clock 1 s ahead
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    file->rank = 1;
    file->pid = 1;
    file->ahead = 1000000000;
    struct trace_event *const taken = event(TRACE_TAKEN, 0, 1030, 1030);
    taken->peer = 0;
    taken->number = 1;
    read_trace();
    CU_ASSERT_EQUAL_FATAL(timeline.arrows, 1);
    CU_ASSERT_EQUAL(timeline.lane[timeline.arrow[0].from].rank, 0);
    CU_ASSERT_EQUAL(timeline.lane[timeline.arrow[0].to].rank, 1);
    CU_ASSERT(near(timeline.arrow[0].taken - timeline.arrow[0].sent, 0.019));
    CU_ASSERT_EQUAL(timeline.lane[0].messages, 2);
    CU_ASSERT_EQUAL(timeline.lane[0].bytes, 16);
}

static void what_there_is_no_room_for_is_counted(void) {
    open_trace("3");
    for (int i = 0; i < 3; i++)
        event(TRACE_BARRIER, 0, i, i + 1);
    CU_ASSERT_PTR_NULL(trace_begin(file, TRACE_BARRIER, 0));
    read_trace();
    CU_ASSERT_EQUAL(timeline.spans, 3);
}

static void an_event_that_was_not_filled_in_is_passed_over(void) {
    open_trace("100");
    event(TRACE_BARRIER, 0, 0, 10);
    event(TRACE_BARRIER, 0, 20, 30)->kind = TRACE_NONE;
    read_trace();
    CU_ASSERT_EQUAL(timeline.spans, 1);
    CU_ASSERT(near(timeline.length, 0.01));
}

static void the_memory_of_a_process_is_told_on_its_first_thread(void) {
    open_trace("100");
    file->rank = 3;
    file->peak_kb = 5000;
    event(TRACE_WORK, 0, 0, 10);
    event(TRACE_WORK, 1, 0, 10);
    read_trace();
    CU_ASSERT_EQUAL_FATAL(timeline.lanes, 2);
    CU_ASSERT_EQUAL(timeline.lane[0].peak_kb, 5000);
    CU_ASSERT_EQUAL(timeline.lane[1].peak_kb, 0);
}

static void nothing_is_traced_without_a_directory(void) {
    unsetenv("TWOFOLD_TRACE");
    CU_ASSERT_PTR_NULL(trace_open("mpi"));
    setenv("TWOFOLD_TRACE", "/nowhere", 1);
    CU_ASSERT_PTR_NULL(trace_open("mpi"));
}

static void a_directory_without_a_trace_says_so(void) {
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(files_write("stranger", "no trace"));
    timeline_free(&timeline);
    CU_ASSERT(!timeline_read(&timeline, files_dir, why, sizeof why));
    CU_ASSERT_PTR_NOT_NULL(strstr(why, "nothing was traced"));
    files_end();
}

static const struct test tests[] = {
    TEST(time_is_spent_in_the_innermost_span),
    TEST(the_work_of_a_region_is_shared_among_its_lanes),
    TEST(the_chain_of_messages_is_as_deep_as_they_wait_for_each_other),
    TEST(columns_show_what_takes_most_of_each),
    TEST(the_kernel_is_the_time_that_is_shown),
    TEST(what_has_not_ended_lasts_to_the_end),
    TEST(a_message_is_an_arrow_from_its_sender),
    TEST(what_there_is_no_room_for_is_counted),
    TEST(an_event_that_was_not_filled_in_is_passed_over),
    TEST(the_memory_of_a_process_is_told_on_its_first_thread),
    TEST(nothing_is_traced_without_a_directory),
    TEST(a_directory_without_a_trace_says_so),
    {0}};

int main(void) {
    return run_tests("timeline", tests, MPI_COMM_NULL);
}
