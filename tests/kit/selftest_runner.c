// SPDX-License-Identifier: MIT
//
// Proves the runner: tests that must fail, each in its own way. tests/kit/selftest.sh starts this
// program and expects the failure.

#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int rank(void) {
    int rank = 0;
    if (test_comm != MPI_COMM_NULL)
        MPI_Comm_rank(test_comm, &rank);
    return rank;
}

static void everything_holds(void) {
    CU_ASSERT(rank() >= 0);
}

static void it_goes_on(void) {
    CU_ASSERT(rank() >= 0);
}

static void an_assertion_fails_on_rank_2(void) {
    CU_ASSERT(rank() != 2);
}

static void a_fatal_assertion_fails_on_rank_1(void) {
    CU_ASSERT_FATAL(rank() != 1);
}

static void rank_1_never_returns(void) {
    while (rank() == 1)
        pause();
}

static void all_wait_for_a_message_nobody_sends(void) {
    MPI_Recv(NULL, 0, MPI_BYTE, MPI_ANY_SOURCE, 7, test_comm, MPI_STATUS_IGNORE);
}

static void rank_1_exits(void) {
    if (rank() == 1)
        _exit(0);
}

static void it_fails(void) {
    CU_ASSERT(1 + 1 == 3);
}

static void it_never_returns(void) {
    for (;;)
        pause();
}

static const struct {
    const char *name;
    struct test tests[4];
} modes[] = {
    {"holds", {TEST(everything_holds)}},
    {"fails", {TEST(everything_holds), TEST(an_assertion_fails_on_rank_2), TEST(it_goes_on)}},
    {"fatal", {TEST(a_fatal_assertion_fails_on_rank_1)}},
    {"hangs",
     {{"everything_holds", everything_holds, 5},
      {"rank_1_never_returns", rank_1_never_returns, 1}}},
    {"deadlocks", {{"all_wait_for_a_message", all_wait_for_a_message_nobody_sends, 1}}},
    {"exits", {{"rank_1_exits", rank_1_exits, 5}}},
    {"fails-alone", {TEST(it_fails)}},
    {"hangs-alone", {{"it_never_returns", it_never_returns, 1}}},
};

int main(int argc, char **argv) {
    for (size_t i = 0; argc == 2 && i < sizeof modes / sizeof *modes; i++)
        if (!strcmp(argv[1], modes[i].name)) {
            if (strstr(modes[i].name, "-alone"))
                return run_tests("selftest", modes[i].tests, MPI_COMM_NULL);
            return run_mpi_tests(argc, argv, "selftest", modes[i].tests);
        }
    fprintf(stderr, "Name one mode of this program; see its source.\n");
    return 2;
}
