// SPDX-License-Identifier: MIT
//
// mandelbrot.c: the rubric of 08-mandelbrot. A picture of counts is right or wrong: there is no
// rounding. iterations=100 is no multiple of the 8 steps between two looks in row.c.

#include "rubric.h"

static void equal_everywhere(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(records_all_same("SAME"));
}

const struct check rubric[] = {
    {"omp-equal", 30, "threads give the serial picture, whatever its size and their number",
     "omp-build", "omp workers=1,2,3,4,5,7,8 n=0,1,p-1,p,p+1,97 iterations=100", equal_everywhere},
    {"omp-views", 10, "threads give the serial picture wherever the work lies", "omp-equal",
     "omp workers=2,3,8 n=64,131 iterations=1,700 view=full,seahorse,mini", equal_everywhere},
    {"mpi-equal", 40, "ranks give the serial picture, whatever its size and their number",
     "mpi-build", "mpi workers=1,2,3,4,5,7,8 n=0,1,p-1,p,p+1,97 iterations=100", equal_everywhere},
    {"mpi-views", 10, "ranks give the serial picture wherever the work lies", "mpi-equal",
     "mpi workers=2,3,8 n=64,131 iterations=1,700 view=full,seahorse,mini", equal_everywhere},
    // A row of 4 KiB and more is sent only when it is received: other paths in the MPI library.
    {"mpi-long", 10, "rows longer than a short message arrive too", "mpi-equal",
     "mpi workers=2,4 n=1031,1500 iterations=2", equal_everywhere},
    {0}};
