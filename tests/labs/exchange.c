// SPDX-License-Identifier: MIT
//
// exchange.c: the rubric of 06-exchange. Counts are right or wrong: there is no rounding. A call is
// waiting, which needs no core: so the depth of the tree shows in the time of a busy machine, too.

#include "rubric.h"

static void counts_are_right(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(records_all_same("SAME"));
}

// A tree reaches 8 workers in 3 rounds of calls; a chain, or one worker who calls all others, needs
// 7. Less than 5 is asked for. A call of 100 ms is never shorter, so a chain cannot pass, and a busy
// machine has two rounds to spare.
static void news_spreads_in_a_tree(void) {
    CU_ASSERT(records_all("PASS"));
    const struct record *const r = record_at(0);
    const double rounds = r ? evidence_call_ms(r) / 100 : 0;
    CU_ASSERT(r && (rounds < 5 ||
                    evidence_object("SLOW",
                                    "Every result is right, but the news needed as long as %.1f "
                                    "calls one after the other to reach %d workers, and 3 rounds "
                                    "can do. Who calls whom while the first ones are on the "
                                    "telephone?",
                                    rounds, r->workers)));
}

const struct check rubric[] = {
    {"omp-equal", 15, "threads hear the news, and then compare all numbers", "omp-build",
     "omp workers=1,2,3,4,5,7,8 n=0,1,p-1,p,p+1,97 call=5", counts_are_right},
    {"omp-tree", 15, "the news reaches 8 threads in far fewer rounds than 7", "omp-equal",
     "omp workers=8 n=8 call=100", news_spreads_in_a_tree, .alone = true},
    {"omp-race", 5, "no thread touches what another one writes", "omp-build",
     "omp workers=2,4 n=9 call=2", counts_are_right},
    {"mpi-equal", 25, "ranks hear the news, and then see all sheets", "mpi-build",
     "mpi workers=1,2,3,4,5,7,8 n=0,1,p-1,p,p+1,97", counts_are_right},
    // A message of more than some 4 KiB is sent only when it is received: ranks that all send first
    // then wait for each other.
    {"mpi-long", 20, "sheets longer than a short message go round, too", "mpi-equal",
     "mpi workers=2,3,4 n=8000", counts_are_right},
    {"mpi-tree", 20, "the news reaches 8 ranks in far fewer rounds than 7", "mpi-equal",
     "mpi workers=8 n=8 call=100", news_spreads_in_a_tree, .alone = true},
    {0}};
