// SPDX-License-Identifier: MIT
// Tests of common/judge/observed.c: what the judge takes from a line of evidence, which a student's
// program may have written.

#include "observed.h"
#include "runner.h"

#include <stdio.h>
#include <string.h>

static void a_finding_is_read_with_its_place(void) {
    struct observed o;
    CU_ASSERT(observed_read("{\"v\":1,\"kind\":\"deadlock\",\"rank\":0,\"call\":\"MPI_Recv\","
                            "\"file\":\"mpi.c\",\"line\":42,\"text\":\"rank 0 waits\","
                            "\"try\":\"send first\"}\n",
                            &o));
    CU_ASSERT_STRING_EQUAL(o.kind, "deadlock");
    CU_ASSERT_STRING_EQUAL(o.file, "mpi.c");
    CU_ASSERT_EQUAL(o.line, 42);
    CU_ASSERT_STRING_EQUAL(o.text, "rank 0 waits");
    CU_ASSERT_STRING_EQUAL(o.advice, "send first");
}

static void a_finding_without_a_place_has_line_0(void) {
    struct observed o;
    CU_ASSERT(observed_read("{\"v\":1,\"kind\":\"misuse\",\"text\":\"no MPI_Finalize\"}", &o));
    CU_ASSERT_STRING_EQUAL(o.file, "");
    CU_ASSERT_EQUAL(o.line, 0);
}

static void a_line_that_cannot_be_is_none(void) {
    struct observed o;
    CU_ASSERT(observed_read("{\"v\":1,\"kind\":\"leak\",\"line\":-7,\"text\":\"t\"}", &o));
    CU_ASSERT_EQUAL(o.line, 0);
    CU_ASSERT(observed_read("{\"v\":1,\"kind\":\"leak\",\"line\":1e30,\"text\":\"t\"}", &o));
    CU_ASSERT_EQUAL(o.line, 0);
}

static void what_the_observer_says_of_itself_accuses_nobody(void) {
    struct observed o;
    CU_ASSERT_FALSE(observed_read("{\"v\":1,\"kind\":\"infra\",\"text\":\"no room\"}", &o));
}

static void what_is_no_evidence_is_refused(void) {
    struct observed o;
    CU_ASSERT_FALSE(observed_read("", &o));
    CU_ASSERT_FALSE(observed_read("{\"v\":1,\"kind\":\"deadlock\"", &o));
    CU_ASSERT_FALSE(observed_read("{\"v\":1,\"text\":\"no kind\"}", &o));
    CU_ASSERT_FALSE(observed_read("rank 0 waits", &o));
}

static void a_long_text_is_cut(void) {
    char line[4096];
    struct observed o;
    snprintf(line, sizeof line, "{\"v\":1,\"kind\":\"deadlock\",\"text\":\"%3000s\"}", "x");
    CU_ASSERT(observed_read(line, &o));
    CU_ASSERT(strlen(o.text) < sizeof o.text);
}

static const struct test tests[] = {TEST(a_finding_is_read_with_its_place),
                                    TEST(a_finding_without_a_place_has_line_0),
                                    TEST(a_line_that_cannot_be_is_none),
                                    TEST(what_the_observer_says_of_itself_accuses_nobody),
                                    TEST(what_is_no_evidence_is_refused),
                                    TEST(a_long_text_is_cut),
                                    {0}};

int main(void) {
    return run_tests("observed", tests, MPI_COMM_NULL);
}
