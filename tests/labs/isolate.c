// SPDX-License-Identifier: MIT
//
// isolate.c: the rubric of 04-isolate. No record is lost, none is noted twice, and of those that kill
// their worker each is given up once. What is left behind the lab counts after the call: it is told
// from inside, and can only lower a verdict.

#include "rubric.h"

#include <string.h>

static void every_record_once(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(records_all_same("SAME"));
}

static void nobody_is_left_behind(void) {
    CU_ASSERT(records_all("PASS"));
    const struct record *r;
    for (size_t i = 0; (r = record_at(i)); i++)
        CU_ASSERT(
            !strstr(r->notes, "left behind") ||
            evidence_object("LEAK",
                            "Every record is right, but with %d workers and %s some were left "
                            "behind. Who died is kept by the system until somebody asks how: a "
                            "zombie. Who calls waitpid() for each worker that was started?",
                            r->workers, r->params));
}

static void records_are_shared_out(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(evidence_workers_work(4));
    CU_ASSERT(evidence_work_is_done_once());
}

#define SIZES(version) version " workers=1,2,3,4,5,7,8 records=0,1,p-1,p,p+1,23 strokes=100"

const struct check rubric[] = {
    {"omp-equal", 15, "threads work on every record", "omp-build", SIZES("omp"), every_record_once},
    {"omp-race", 5, "no thread touches what another one writes", "omp-build",
     "omp workers=2,4 records=12 strokes=10", every_record_once},
    {"mpi-equal", 20, "ranks work on every record, and rank 0 gets all", "mpi-build", SIZES("mpi"),
     every_record_once},
    {"mpi-parallel", 5, "ranks share the records", "mpi-equal",
     "serial records=64 strokes=2000000; mpi workers=4 records=64 strokes=2000000",
     records_are_shared_out, .alone = true},
    {"super-equal", 15, "processes work on every record", "super-build", SIZES("super"),
     every_record_once},
    {"super-crash", 25, "a worker that crashes takes one record along, and is replaced",
     "super-equal", "super workers=1,2,3,4,8 records=1,23 poison=1,5,23 kills=crash strokes=100",
     every_record_once},
    {"super-exit", 5, "so does one that leaves without a word", "super-equal",
     "super workers=1,2,4 records=23 poison=1,5 kills=exit strokes=100; "
     "super workers=4 records=23 poison=5 kills=wild strokes=100",
     every_record_once},
    {"super-tidy", 10, "no process is left behind, dead or alive", "super-equal",
     "super workers=1,4 records=23 strokes=100; "
     "super workers=1,4 records=23 poison=5 strokes=100",
     nobody_is_left_behind},
    {0}};
