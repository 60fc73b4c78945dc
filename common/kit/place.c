// SPDX-License-Identifier: MIT
//
// place.c: see place.h.

#include "place.h"

#include <omp.h>
#include <stdlib.h>

static void add_place(int place, cpu_set_t *all) {
    const int count = omp_get_place_num_procs(place);
    int *const cpu = malloc(((size_t)count + 1) * sizeof *cpu);
    if (!cpu)
        return;
    omp_get_place_proc_ids(place, cpu);
    for (int i = 0; i < count; i++)
        CPU_SET((size_t)cpu[i], all);
    free(cpu);
}

void place_leave(cpu_set_t *before) {
    cpu_set_t all;
    CPU_ZERO(&all);
    CPU_ZERO(before);
    for (int place = 0; place < omp_get_num_places(); place++)
        add_place(place, &all);
    if (CPU_COUNT(&all) > 0 && sched_getaffinity(0, sizeof *before, before) == 0)
        sched_setaffinity(0, sizeof all, &all);
}

void place_take(const cpu_set_t *before) {
    if (CPU_COUNT(before) > 0)
        sched_setaffinity(0, sizeof *before, before);
}
