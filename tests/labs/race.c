// SPDX-License-Identifier: MIT
//
// race.c: the rubric of 02-race. Sums of whole numbers are right or wrong: there is no rounding.
// A handful of balls meets nobody; so some cases drop millions, into one bin and into four.

#include "rubric.h"

#include <string.h>

static void every_ball_counts(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(records_all_same("SAME"));
}

// CPU time of all workers of the check's case of this version, seen from outside, ms; 0: none.
static double cpu_of(const char *version) {
    const struct record *record;
    for (size_t i = 0; (record = record_at(i)); i++)
        if (strcmp(record->version, version) == 0)
            return record->seen.cpu_ms;
    return 0;
}

// The threads together do the work of one. A lock for each ball costs some ten times that, an
// atomic addition four times and more as soon as two threads really meet. CPU time is asked for,
// and not the clock: it is the same on a busy machine.
static void no_price_for_each_ball(void) {
    CU_ASSERT(records_all("PASS"));
    const double one = cpu_of("serial"), all = cpu_of("omp");
    CU_ASSERT(one > 0 || evidence_object("UNGRADED", "Nobody saw how much CPU time the serial "
                                                     "version takes here."));
    CU_ASSERT(
        all < 4 * one ||
        evidence_object("SLOW",
                        "Every ball is there, but the threads together took %.1f times the "
                        "CPU time of one worker (%.0f ms against %.0f ms): each ball pays for "
                        "something that is no addition. What is locked, or atomic, or on a "
                        "cache line that other threads write to?",
                        all / one, all, one));
}

static void balls_are_shared_out(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(evidence_workers_work(4));
    CU_ASSERT(evidence_work_is_done_once());
}

const struct check rubric[] = {
    {"omp-equal", 15, "threads give the serial bins, and no ball gets lost", "omp-build",
     "omp workers=1,2,3,4,5,7,8 balls=0,1,p-1,p,p+1,97 rows=5; "
     "omp workers=2,4,8 balls=4000000 rows=0,3",
     every_ball_counts},
    {"omp-weight", 10, "threads add up heavy balls, in 64 bits", "omp-equal",
     "omp workers=1,2,3,8 balls=p,5000 rows=1,60 weight=3999999", every_ball_counts},
    {"omp-cheap", 10, "threads pay for an addition, and not for a lock, with each ball",
     "omp-equal", "serial balls=20000000 rows=1; omp workers=2 balls=20000000 rows=1",
     no_price_for_each_ball, .alone = true},
    {"omp-parallel", 5, "threads share the balls", "omp-cheap",
     "serial balls=40000000; omp workers=4 balls=40000000", balls_are_shared_out, .alone = true},
    {"omp-speed", 5, "2 threads are as fast as the solution's", "omp-parallel",
     "omp workers=2 balls=100000000", .speed = {.full = 0.85, .none = 0.5}},
    {"omp-race", 5, "no thread touches what another one writes", "omp-build",
     "omp workers=2,4 balls=200 rows=5", every_ball_counts},
    {"mpi-equal", 25, "ranks bring every ball to rank 0", "mpi-build",
     "mpi workers=1,2,3,4,5,7,8 balls=0,1,p-1,p,p+1,97 rows=5; mpi workers=2,3 balls=1000000 "
     "rows=0",
     every_ball_counts},
    {"mpi-weight", 15, "ranks add up heavy balls, in 64 bits", "mpi-equal",
     "mpi workers=1,2,3,8 balls=p,5000 rows=1,60 weight=3999999", every_ball_counts},
    {"mpi-parallel", 5, "ranks share the balls", "mpi-equal",
     "serial balls=40000000; mpi workers=4 balls=40000000", balls_are_shared_out, .alone = true},
    {"mpi-speed", 5, "2 ranks are as fast as the solution's", "mpi-parallel",
     "mpi workers=2 balls=100000000", .speed = {.full = 0.85, .none = 0.5}},
    {0}};
