// SPDX-License-Identifier: MIT
//
// The rubric of 15-fetch. Every case starts an origin of its own; latencies are short, so that what
// is asked for is order and care, not patience. The overlap of waits is a ratio within one run.

#include "rubric.h"

#include <string.h>

static void all_equal(void) {
    CU_ASSERT(records_all("PASS"));
}

// The wall time of the check's case with so many workers; none passed: 0.
static double wall_of(int workers) {
    const struct record *record;
    for (size_t i = 0; (record = record_at(i)); i++)
        if (record->workers == workers && strcmp(record->verdict, "PASS") == 0)
            return record->wall_ms;
    return 0;
}

// Eight workers could take an eighth of the time. Half is asked for: a machine may be busy, but
// waiting needs no core.
static void eight_wait_together(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(wall_of(1) > 0);
    CU_ASSERT(wall_of(8) < wall_of(1) / 2);
}

static const char omp_sizes[] = "omp workers=1,2,3,4,5,7,8 objects=0,1,p-1,p,p+1,23 latency=1; omp "
                                "workers=33 objects=9 latency=1";
static const char mpi_sizes[] = "mpi workers=1,2,3,4,5,7,8 objects=0,1,p-1,p,p+1,23 latency=1";

const struct check rubric[] = {
    {"omp-equal", 20, "threads bring every object, once and whole", "omp-build", omp_sizes,
     all_equal},
    {"omp-retry", 15, "threads ask again where a try failed", "omp-equal",
     "omp workers=1,2,3,4,5,7,8 objects=p,23 latency=1 errors=0.2,0.6", all_equal},
    {"omp-overlap", 15, "threads wait at the same time", "omp-equal",
     "omp workers=1,8 objects=24 latency=10", eight_wait_together},
    {"mpi-equal", 20, "ranks bring every object to rank 0", "mpi-build", mpi_sizes, all_equal},
    {"mpi-retry", 15, "ranks ask again where a try failed", "mpi-equal",
     "mpi workers=1,2,3,4,5,7,8 objects=p,23 latency=1 errors=0.2,0.6", all_equal},
    {"mpi-overlap", 15, "ranks wait at the same time", "mpi-equal",
     "mpi workers=1,8 objects=24 latency=10", eight_wait_together},
    {0}};
