// SPDX-License-Identifier: MIT
//
// words.c: the rubric of 16-words. The corpora are tiny and made afresh, for every case has a seed
// of its own. Pieces of a few bytes put an edge into nearly every word.

#include "rubric.h"

static void counts_are_exact(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(records_all_same("SAME"));
}

// Watched from outside. Tiny pieces are many calls to read, so that a small corpus is enough work.
static void pieces_are_shared(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(evidence_workers_work(4));
    CU_ASSERT(evidence_work_is_done_once());
}

const struct check rubric[] = {
    {"omp-equal", 10, "threads count what one worker counts, and nothing is counted twice or lost",
     "omp-build", "omp workers=1,2,3,4,5,7,8 kb=0,1,7 files=1,p,p+1 chunk=4096", counts_are_exact},
    {"omp-edges", 15, "a word that runs across the edges of pieces is counted once by threads",
     "omp-equal", "omp workers=1,2,3,5,8 kb=1,7 files=2 chunk=1,2,7,97", counts_are_exact},
    {"omp-uneven", 5, "threads count files of very different sizes, cold and warm", "omp-equal",
     "omp workers=2,3,8 kb=64 files=40 chunk=1000,1000000 cache=cold,warm top=0,10000",
     counts_are_exact},
    {"omp-parallel", 10, "threads share the pieces", "omp-equal",
     "serial kb=1000 files=60 chunk=8; omp workers=4 kb=1000 files=60 chunk=8", pieces_are_shared,
     .alone = true},
    {"omp-speed", 5, "2 threads are as fast as the solution's", "omp-parallel",
     "omp workers=2 kb=1000 files=60 chunk=4", .speed = {.full = 0.8, .none = 0.4}},
    {"omp-race", 5, "no thread touches what another one writes", "omp-build",
     "omp workers=2,4 kb=4 files=3 chunk=512", counts_are_exact},
    {"mpi-equal", 15, "ranks count what one worker counts, and rank 0 gets all tables", "mpi-build",
     "mpi workers=1,2,3,4,5,7,8 kb=0,1,7 files=1,p,p+1 chunk=4096", counts_are_exact},
    {"mpi-edges", 15, "a word that runs across the edges of pieces is counted once by ranks",
     "mpi-equal", "mpi workers=1,2,3,5,8 kb=1,7 files=2 chunk=1,2,7,97", counts_are_exact},
    {"mpi-uneven", 5, "ranks count files of very different sizes, cold and warm", "mpi-equal",
     "mpi workers=2,3,8 kb=64 files=40 chunk=1000,1000000 cache=cold,warm top=0,10000",
     counts_are_exact},
    {"mpi-parallel", 10, "ranks share the pieces", "mpi-equal",
     "serial kb=1000 files=60 chunk=8; mpi workers=4 kb=1000 files=60 chunk=8", pieces_are_shared,
     .alone = true},
    {"mpi-speed", 5, "2 ranks are as fast as the solution's", "mpi-parallel",
     "mpi workers=2 kb=1000 files=60 chunk=4", .speed = {.full = 0.8, .none = 0.4}},
    {0}};
