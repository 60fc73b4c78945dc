// SPDX-License-Identifier: MIT
//
// mandelbrot.c: the rubric of 08-mandelbrot. A picture of counts is right or wrong: there is no
// rounding. iterations=100 is no multiple of the 8 steps between two looks in row.c.

#include "rubric.h"

static void equal_everywhere(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(records_all_same("SAME"));
}

// Watched from outside. Of four equal blocks of the rows of view=antenna one has 0.83 of the work;
// dealt out, the busiest of four has 0.25 to 0.4. A manager may keep out of the computing.
static void rows_are_dealt_out(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(evidence_busiest_below(0.68));
    CU_ASSERT(evidence_workers_work(2));
    CU_ASSERT(evidence_work_is_done_once());
}

const struct check rubric[] = {
    {"omp-equal", 15, "threads give the serial picture, whatever its size and their number",
     "omp-build", "omp workers=1,2,3,4,5,7,8 n=0,1,p-1,p,p+1,97 iterations=100", equal_everywhere},
    {"omp-views", 10, "threads give the serial picture wherever the work lies", "omp-equal",
     "omp workers=2,3,8 n=64,131 iterations=1,700 view=full,seahorse,mini", equal_everywhere},
    {"omp-parallel", 10, "threads share the rows, and none has most of the work", "omp-equal",
     "serial n=1000 iterations=2500; omp workers=4 n=1000 iterations=2500", rows_are_dealt_out,
     .alone = true},
    {"omp-speed", 5, "2 threads are as fast as the solution's", "omp-parallel",
     "omp workers=2 n=1200 iterations=3000", .speed = {.full = 0.85, .none = 0.5}},
    {"omp-race", 5, "no thread touches what another one writes", "omp-build",
     "omp workers=2,4 n=24 iterations=60", equal_everywhere},
    {"mpi-equal", 20, "ranks give the serial picture, whatever its size and their number",
     "mpi-build", "mpi workers=1,2,3,4,5,7,8 n=0,1,p-1,p,p+1,97 iterations=100", equal_everywhere},
    {"mpi-views", 10, "ranks give the serial picture wherever the work lies", "mpi-equal",
     "mpi workers=2,3,8 n=64,131 iterations=1,700 view=full,seahorse,mini", equal_everywhere},
    // A row of 4 KiB and more is sent only when it is received: other paths in the MPI library.
    {"mpi-long", 10, "rows longer than a short message arrive too", "mpi-equal",
     "mpi workers=2,4 n=1031,1500 iterations=2", equal_everywhere},
    {"mpi-parallel", 10, "ranks share the rows, and none has most of the work", "mpi-equal",
     "serial n=1000 iterations=2500; mpi workers=4 n=1000 iterations=2500", rows_are_dealt_out,
     .alone = true},
    {"mpi-speed", 5, "2 ranks are as fast as the solution's", "mpi-parallel",
     "mpi workers=2 n=1200 iterations=3000", .speed = {.full = 0.85, .none = 0.5}},
    {0}};
