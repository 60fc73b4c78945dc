// SPDX-License-Identifier: MIT
//
// gil.c: the rubric of 03-gil. Answers are whole numbers, right or wrong. That a waiting thread gives
// the lock away is seen by the origin, which counts how many ask at the same time; that a computing
// one does, by a task that computes until another has ended.

#include "rubric.h"

static void answers_are_right(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(records_all_same("SAME"));
}

// 24 tasks that wait 100 ms each, and 8 workers, which can have done in 3 pauses; one after another
// they need 24. What the origin says counts: it saw at least 4 questions at once, which a busy machine
// does not hinder, since waiting needs no core. Where there is no origin the clock has to do, and
// less than 12 pauses are asked for.
static void eight_wait_together(void) {
    CU_ASSERT(records_all("PASS"));
    const struct record *const r = record_at(0);
    if (r && record_witness(r, "requests") >= 0) {
        CU_ASSERT(evidence_requests_at_once(4));
        CU_ASSERT(evidence_requests_at_most(2 * 24));
        return;
    }
    const double pauses = r ? evidence_call_ms(r) / 100 : 0;
    CU_ASSERT(r && (pauses < 12 ||
                    evidence_object("SERIAL",
                                    "Every answer is right, but %d workers took as long as %.1f "
                                    "pauses one after another, and 3 each can do: only one of them "
                                    "waits at a time. What lets only one of them ask at a time?",
                                    r->workers, pauses)));
}

static void tasks_are_shared_out(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(evidence_workers_work(4));
    CU_ASSERT(evidence_work_is_done_once());
}

const struct check rubric[] = {
    {"omp-equal", 20, "threads run every task, and all answers are right", "omp-build",
     "omp workers=1,2,3,4,5,7,8 tasks=0,1,p-1,p,p+1,23 program=mixed numbers=200 pause=1",
     answers_are_right},
    {"omp-wait", 15, "a thread that waits gives the lock away", "omp-equal",
     "omp workers=8 tasks=24 program=wait pause=100", eight_wait_together, .alone = true},
    {"omp-switch", 15, "a thread that computes lets others in", "omp-equal",
     "omp workers=2,3,4,8 tasks=9 program=chain numbers=200 pause=2 interval=1", answers_are_right},
    {"omp-race", 10, "one thread at a time is in the interpreter", "omp-build",
     "omp workers=2,4 tasks=6 program=mixed numbers=20 pause=1", answers_are_right},
    {"mpi-equal", 25, "ranks run every task, and all answers come to rank 0", "mpi-build",
     "mpi workers=1,2,3,4,5,7,8 tasks=0,1,p-1,p,p+1,23 program=mixed numbers=200 pause=1",
     answers_are_right},
    {"mpi-wait", 5, "ranks wait at the same time", "mpi-equal",
     "mpi workers=8 tasks=24 program=wait pause=100", eight_wait_together, .alone = true},
    {"mpi-parallel", 10, "ranks share the tasks", "mpi-equal",
     "serial tasks=32 program=primes numbers=10000; mpi workers=4 tasks=32 program=primes "
     "numbers=10000",
     tasks_are_shared_out, .alone = true},
    {0}};
