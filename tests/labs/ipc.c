// SPDX-License-Identifier: MIT
//
// ipc.c: the rubric of 05-ipc. A message came as it was sent, or it did not: there is no rounding.
// Messages are short and long, longer than what any channel holds, and some have no byte at all.

#include "rubric.h"

static void messages_come_as_sent(void) {
    CU_ASSERT(records_all("PASS"));
    CU_ASSERT(records_all_same("SAME"));
}

#define SHORT(version) version " workers=1,2,3,4,5,7,8 count=0,1,30 size=200 echo=0,1"
#define LONG(version) version " workers=2,3 count=9 size=300000"

const struct check rubric[] = {
    {"omp-equal", 10, "threads hand on every message", "omp-build", SHORT("omp"),
     messages_come_as_sent},
    {"omp-long", 5, "threads hand on long messages", "omp-equal", LONG("omp"),
     messages_come_as_sent},
    {"omp-race", 10, "no thread reads what another one still writes", "omp-build",
     "omp workers=2,4 count=9 size=40 echo=0,1", messages_come_as_sent},
    {"pipe-equal", 10, "pipes carry every message", "pipe-build", SHORT("pipe"),
     messages_come_as_sent},
    {"pipe-long", 10, "pipes carry messages longer than a pipe holds", "pipe-equal", LONG("pipe"),
     messages_come_as_sent},
    {"queue-equal", 10, "queues carry every message", "queue-build", SHORT("queue"),
     messages_come_as_sent},
    {"queue-long", 10, "queues carry messages longer than a letter", "queue-equal", LONG("queue"),
     messages_come_as_sent},
    {"shm-equal", 10, "shared memory carries every message", "shm-build", SHORT("shm"),
     messages_come_as_sent},
    {"shm-long", 10, "shared memory carries messages longer than the ring", "shm-equal",
     LONG("shm"), messages_come_as_sent},
    {"mpi-equal", 10, "ranks send every message", "mpi-build", SHORT("mpi"), messages_come_as_sent},
    {"mpi-long", 5, "ranks send long messages", "mpi-equal", LONG("mpi"), messages_come_as_sent},
    {0}};
