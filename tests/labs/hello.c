// SPDX-License-Identifier: MIT
//
// hello.c: the rubric of 01-hello. Signatures are short; where workers must be seen to work at the
// same time they pause before they sign: waiting needs no core, so a busy machine shows it too. In
// omp-equal all threads have come before the first begins its second line, if it has one: a number
// that they share is wrong then, and not just now and then.

#include "rubric.h"

static void roll_is_right(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(records_all_same("SAME"));
}

// 24 signatures with a pause of 50 ms each: 8 workers can have done in 3 pauses; one after another
// they need 24, and a pause is never shorter. Less than 12 is asked for: a machine may be busy.
static void eight_sign_together(void) {
    CU_ASSERT(records_all("PASS"));
    const struct record *const r = record_at(0);
    const double pauses = r ? evidence_call_ms(r) / 50 : 0;
    CU_ASSERT(r && (pauses < 12 ||
                    evidence_object("SERIAL",
                                    "Every line is right, but %d workers took as long as %.1f "
                                    "pauses one after another, and 3 each can do: they wait for "
                                    "one another. What lets only one of them sign at a time?",
                                    r->workers, pauses)));
}

const struct check rubric[] = {
    {"omp-equal", 15, "threads sign every line, each its own", "omp-build",
     "omp workers=1,2,3,4,5,7,8 n=0,1,p-1,p,2*p,23 strokes=100 pause=5", roll_is_right},
    {"omp-rest", 5, "threads sign the lines that are left over, too", "omp-equal",
     "omp workers=2,3,4,5,7,8 n=p+1,3*p-1 strokes=100", roll_is_right},
    {"omp-overlap", 20, "threads sign at the same time", "omp-equal",
     "omp workers=8 n=24 strokes=100 pause=50", eight_sign_together, .alone = true},
    {"omp-race", 5, "no thread touches what another one writes", "omp-build",
     "omp workers=2,4 n=9 strokes=10", roll_is_right},
    {"mpi-equal", 35, "ranks sign every line, each its own, and rank 0 gets all of them",
     "mpi-build", "mpi workers=1,2,3,4,5,7,8 n=0,1,p-1,p,p+1,23 strokes=100", roll_is_right},
    {"mpi-overlap", 20, "ranks sign at the same time", "mpi-equal",
     "mpi workers=8 n=24 strokes=100 pause=50", eight_sign_together, .alone = true},
    {0}};
