// SPDX-License-Identifier: MIT
//
// runner.h: runs the CUnit tests of one program, on one process or on all ranks of a communicator.
//
// Theory of operation. A test program is a table of tests and a main() that calls run_tests().
// Under mpirun every rank runs every test, in the same order. After a test the ranks add up their
// failed assertions: one failed assertion on any rank fails the test for all, and the output says
// on which rank, in which file and line. A test that does not end cannot be cut off from inside,
// so a thread of its own watches the clock: when the test's time is over, each rank that is still
// inside says so and ends the program, and with it the launch.
//
// Output is a line a test, "ok - suite: name" or "not ok - suite: name", and "# ..." lines that
// explain the line before; tests/run.sh counts them.

#ifndef TWOFOLD_RUNNER_H
#define TWOFOLD_RUNNER_H

#include <CUnit/CUnit.h>
#include <mpi.h>

struct test {
    const char *name; // the behaviour: "a_block_partition_covers_every_index_once"
    void (*run)(void);
    double seconds; // it may take; 0: 20
};

// Adds TEST(name) to a table.
// (versions of clang-format lay out such a macro differently)
// clang-format off
#define TEST(function) {#function, function, 0}
// clang-format on

// Runs the tests ({0} ends). comm: MPI_COMM_NULL for a program of one process; else every rank
// calls it, after MPI_Init. The exit status for main(): 0 all passed, 1 otherwise. Does not return
// where a test hangs: the program then ends with status 124.
int run_tests(const char *suite, const struct test *tests, MPI_Comm comm);

// Adds a line that is shown under the running test if it fails (printf format, no newline).
void test_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

// The communicator of the tests that run now.
extern MPI_Comm test_comm;

// main() of a program of MPI tests: initialises MPI for threads, runs the tests on all ranks.
int run_mpi_tests(int argc, char **argv, const char *suite, const struct test *tests);

#endif
