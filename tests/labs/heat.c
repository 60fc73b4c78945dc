// SPDX-License-Identifier: MIT
//
// heat.c: the rubric of 09-heat. An answer may differ from the serial one by rounding; that it need
// not is a check of its own. Blocks lie one below the other for 1, 2, 3, 5, 7 ranks, and side by
// side too for 4, 6, 8.

#include "rubric.h"

static void right(void) {
    CU_ASSERT(records_all("PASS"));
}

static void same_bits(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(records_all_same("SAME"));
}

// Watched from outside. A plate of 1400 * 1400 points has 16 MB, and a rank of four a quarter of it,
// twice, which is there before the call.
static void work_is_shared(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(evidence_workers_work(4));
    CU_ASSERT(evidence_work_is_done_once());
}

// What ranks hold comes before what they repeat: one that holds all of the plate pays for that, too.
static void plate_is_shared(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(evidence_workers_work(4));
    CU_ASSERT(evidence_memory_below(8000, "what it has at the start"));
    CU_ASSERT(evidence_work_is_done_once());
}

const struct check rubric[] = {
    {"omp-equal", 10, "threads give the serial plate, whatever its size and their number",
     "omp-build", "omp workers=1,2,3,4,5,7,8 n=0,1,p-1,p,p+1,97 steps=3", right},
    {"omp-steps", 5, "threads take as many steps as they are told, none too", "omp-equal",
     "omp workers=1,2,3,8 n=1,16,61 steps=0,1,2,40", right},
    {"omp-bits", 3, "threads give the serial plate bit for bit", "omp-equal",
     "omp workers=1,2,3,8 n=9,97 steps=40", same_bits},
    {"omp-parallel", 5, "threads share the rows", "omp-equal",
     "serial n=1400 steps=200; omp workers=4 n=1400 steps=200", work_is_shared, .alone = true},
    {"omp-speed", 5, "2 threads are as fast as the solution's", "omp-parallel",
     "omp workers=2 n=2000 steps=100", .speed = {.full = 0.85, .none = 0.5}},

    {"omp-race", 5, "no thread touches what another one writes", "omp-build",
     "omp workers=2,4 n=13 steps=3", right},
    {"mpi-equal", 15, "blocks of rows: ranks give the serial plate", "mpi-build",
     "mpi workers=1,2,3,5,7 n=0,1,p-1,p,p+1,97 steps=3", right},
    {"mpi-blocks", 10, "blocks side by side too: ranks give the serial plate", "mpi-build",
     "mpi workers=4,6,8 n=0,1,2,3,p-1,p,p+1,97 steps=3", right},
    {"mpi-steps", 5, "ranks take as many steps as they are told, none too", "mpi-equal",
     "mpi workers=1,2,4,8 n=1,16,61 steps=0,1,2,40", right},
    // A message of more than some 4 KiB is sent only when it is received: two ranks that both send
    // first then wait for each other. Edges are a whole row of 2 and 3 ranks, half of one of 4.
    {"mpi-long", 5, "edges longer than a short message arrive too", "mpi-equal",
     "mpi workers=2,3 n=600 steps=2; mpi workers=4 n=1100 steps=2", right},
    {"mpi-bits", 3, "ranks give the serial plate bit for bit", "mpi-equal",
     "mpi workers=1,2,3,4,6,8 n=9,97 steps=40", same_bits},
    {"mpi-parallel", 5, "ranks share the work, and no rank holds the plate", "mpi-equal",
     "serial n=1400 steps=200; mpi workers=4 n=1400 steps=200", plate_is_shared, .alone = true},
    {"mpi-speed", 5, "2 ranks are as fast as the solution's", "mpi-parallel",
     "mpi workers=2 n=2000 steps=100", .speed = {.full = 0.8, .none = 0.4}},

    {"hybrid-equal", 7, "ranks of threads give the serial plate, however they are split",
     "hybrid-build",
     "hybrid workers=1,2,3,4,5,7,8 threads=2 n=0,1,p,97 steps=3; "
     "hybrid workers=1,2 threads=1,3 n=2,61 steps=3; hybrid workers=2 threads=2 n=600 steps=2; "
     "hybrid workers=4 threads=2 n=1100 steps=2",
     right},
    {"hybrid-bits", 2, "ranks of threads give the serial plate bit for bit", "hybrid-equal",
     "hybrid workers=2,4 threads=2 n=9,97 steps=40", same_bits},
    {"hybrid-parallel", 5, "the threads of every rank share its rows", "hybrid-equal",
     "serial n=1400 steps=200; hybrid workers=2 threads=2 n=1400 steps=200", plate_is_shared,
     .alone = true},
    {"hybrid-race", 5, "no thread touches what another one writes or a message still carries",
     "hybrid-build", "hybrid workers=2,4 threads=2 n=13 steps=3", right},
    {0}};
