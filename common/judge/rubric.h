// SPDX-License-Identifier: MIT
//
// rubric.h: what a rubric, tests/labs/NAME.c, is made of.
//
// Theory of operation. A rubric is a table of checks: what each runs, and what must be true of the
// records that the runs leave. The rubric starts nothing itself: whoever judges (tests/driver for
// the kit's own solutions, the judge for a student's files) expands the case strings (expand.h),
// runs all cases of all checks in few launches, puts the records of one check in view
// (records.h), and calls its assertion as a CUnit test. One CUnit suite a lab, one test a check.
//
//     static void all_equal(void) { CU_ASSERT(records_all("PASS")); }
//
//     const struct check rubric[] = {
//         {"omp-equal", 20, "threads give the serial answer", "omp-build",
//          "omp workers=1,2,3,4,5,7,8 n=0,1,p-1,p,p+1,97 steps=3", all_equal},
//         {"omp-parallel", 10, "all threads work", "omp-equal",
//          "serial n=900; omp workers=4 n=900", work_is_shared, .alone = true},
//         {"omp-speed", 10, "2 threads are as fast as the solution's", "omp-parallel",
//          "omp workers=2 n=2000", .speed = {.full = 0.8, .none = 0.4}},
//         {0}};

#ifndef TWOFOLD_RUBRIC_H
#define TWOFOLD_RUBRIC_H

#include "evidence.h"
#include "records.h"
#include "speed.h"
#include <CUnit/CUnit.h>

// A row says what it has: alone and speed are left out where they are not wanted.
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

struct check {
    const char *id;    // unique in the rubric; starts with the version it judges: "mpi-equal"
    int points;        // what it is worth, at least 1
    const char *title; // what is asserted, as a statement
    const char *needs; // the check that must pass before: an earlier id, or VERSION-build, which
                       // every version of the student has by itself; NULL: nothing
    const char *cases; // see expand.h; keep them small: all of a check in a few seconds
    void (*assertion)(void); // NULL where the check is about speed
    bool alone; // every case in a launch of its own, watched from outside: what evidence.h asks for
    struct curve speed; // the check is about speed: its one case, with at most as many workers as
                        // the machine has cores, against the reference solution's; see speed.h
};

extern const struct check rubric[]; // {0} ends

#endif
