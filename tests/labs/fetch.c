// SPDX-License-Identifier: MIT
//
// The rubric of 15-fetch. Every case has an origin of its own; latencies are short, so that what is
// asked for is order and care, not patience. Whether waits overlap the origin says: how many
// requests it had in its hands at once.

#include "rubric.h"

static void all_equal(void) {
    CU_ASSERT(records_all("PASS"));
}

// Eight workers, 24 objects, each of which takes 40 ms: eight can wait together. Four are asked
// for, since a machine may be busy, but waiting needs no core.
static void eight_wait_together(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(evidence_requests_at_once(4));
    CU_ASSERT(evidence_requests_at_most(2 * 24));
}

static const char omp_sizes[] = "omp workers=1,2,3,4,5,7,8 objects=0,1,p-1,p,p+1,23 latency=1; omp "
                                "workers=33 objects=9 latency=1";
static const char mpi_sizes[] = "mpi workers=1,2,3,4,5,7,8 objects=0,1,p-1,p,p+1,23 latency=1";

const struct check rubric[] = {
    {"omp-equal", 15, "threads bring every object, once and whole", "omp-build", omp_sizes,
     all_equal},
    {"omp-retry", 15, "threads ask again where a try failed", "omp-equal",
     "omp workers=1,2,3,4,5,7,8 objects=p,23 latency=1 errors=0.2,0.6", all_equal},
    {"omp-overlap", 10, "threads wait at the same time", "omp-equal",
     "omp workers=8 objects=24 latency=40", eight_wait_together, .alone = true},
    {"omp-speed", 5, "16 threads are as fast as the solution's", "omp-overlap",
     "omp workers=16 objects=400 latency=10", .speed = {.full = 0.8, .none = 0.4}},
    {"omp-race", 5, "no thread touches what another one writes", "omp-build",
     "omp workers=2,4 objects=8 latency=1", all_equal},
    {"mpi-equal", 20, "ranks bring every object to rank 0", "mpi-build", mpi_sizes, all_equal},
    {"mpi-retry", 15, "ranks ask again where a try failed", "mpi-equal",
     "mpi workers=1,2,3,4,5,7,8 objects=p,23 latency=1 errors=0.2,0.6", all_equal},
    {"mpi-overlap", 10, "ranks wait at the same time", "mpi-equal",
     "mpi workers=8 objects=24 latency=40", eight_wait_together, .alone = true},
    {"mpi-speed", 5, "16 ranks are as fast as the solution's", "mpi-overlap",
     "mpi workers=16 objects=400 latency=10", .speed = {.full = 0.7, .none = 0.35}},
    {0}};
