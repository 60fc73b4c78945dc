// SPDX-License-Identifier: MIT
//
// sample.c: the rubric of SAMPLE_DIRECTORY. Sums of whole numbers are right or wrong.

#include "rubric.h"

static void every_item_counts(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(records_all_same("SAME"));
}

static void items_are_shared_out(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(evidence_workers_work(4));
    CU_ASSERT(evidence_work_is_done_once());
}

const struct check rubric[] = {
    {"omp-equal", 30, "threads give the serial sum", "omp-build",
     "omp workers=1,2,3,4,5,7,8 n=0,1,p-1,p,p+1,97", every_item_counts},
    {"omp-race", 10, "no thread touches what another one writes", "omp-build",
     "omp workers=2,4 n=200", every_item_counts},
    {"omp-parallel", 10, "threads share the items", "omp-equal",
     "serial n=40000000; omp workers=4 n=40000000", items_are_shared_out, .alone = true},
    {"mpi-equal", 40, "ranks bring the serial sum to rank 0", "mpi-build",
     "mpi workers=1,2,3,4,5,7,8 n=0,1,p-1,p,p+1,97", every_item_counts},
    {"mpi-parallel", 10, "ranks share the items", "mpi-equal",
     "serial n=40000000; mpi workers=4 n=40000000", items_are_shared_out, .alone = true},
    {0}};
