// SPDX-License-Identifier: MIT
//
// cores.c: see cores.h.

#include "cores.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>

enum { WORD = 8 * sizeof(unsigned long) };

bool cpus_has(const struct cpus *cpus, int cpu) {
    return cpu >= 0 && cpu < CPUS_MOST && (cpus->bits[cpu / WORD] >> (cpu % WORD) & 1);
}

void cpus_add(struct cpus *cpus, int cpu) {
    if (cpu >= 0 && cpu < CPUS_MOST)
        cpus->bits[cpu / WORD] |= 1ul << (cpu % WORD);
}

void cpus_text(const struct cpus *cpus, char *text, size_t cap) {
    size_t n = 0;
    *text = '\0';
    for (int cpu = 0; cpu < CPUS_MOST && n + 1 < cap; cpu++) {
        int last = cpu;
        if (!cpus_has(cpus, cpu))
            continue;
        while (cpus_has(cpus, last + 1))
            last++;
        n += (size_t)snprintf(text + n, cap - n, last > cpu ? "%s%d-%d" : "%s%d", n ? "," : "", cpu,
                              last);
        cpu = last;
    }
}

bool cpus_some(const struct cpus *cpus, int first, int count, struct cpus *some) {
    int seen = 0, taken = 0;
    *some = (struct cpus){{0}};
    for (int cpu = 0; cpu < CPUS_MOST && taken < count; cpu++)
        if (cpus_has(cpus, cpu) && seen++ >= first) {
            cpus_add(some, cpu);
            taken++;
        }
    return taken == count;
}

bool cpus_mine(struct cpus *cpus) {
    *cpus = (struct cpus){{0}};
    return sched_getaffinity(0, sizeof *cpus, (cpu_set_t *)cpus->bits) == 0;
}

bool cpus_move(const struct cpus *cpus) {
    return sched_setaffinity(0, sizeof *cpus, (const cpu_set_t *)cpus->bits) == 0;
}

int cpu_core(int cpu) {
    char path[96];
    int first = cpu;
    snprintf(path, sizeof path, "/sys/devices/system/cpu/cpu%d/topology/thread_siblings_list", cpu);
    FILE *const file = fopen(path, "re");
    if (file && fscanf(file, "%d", &first) != 1)
        first = cpu;
    if (file)
        fclose(file);
    return first;
}

int cores_count(const struct cpus *cpus, int (*core)(int cpu)) {
    struct cpus seen = {{0}};
    int count = 0;
    for (int cpu = 0; cpu < CPUS_MOST; cpu++)
        if (cpus_has(cpus, cpu) && !cpus_has(&seen, core(cpu))) {
            cpus_add(&seen, core(cpu));
            count++;
        }
    return count;
}

bool cores_split(const struct cpus *all, int (*core)(int cpu), int workers, struct cpus *reserved,
                 struct cpus *rest) {
    struct cpus seen = {{0}}, taken = {{0}}; // cores
    int left = cores_count(all, core) - workers;
    *reserved = *rest = (struct cpus){{0}};
    if (workers < 1 || left < 1)
        return false;
    // The first of the CPUs of a core that may be used is its worker's; the others stay idle.
    for (int cpu = 0; cpu < CPUS_MOST; cpu++) {
        if (!cpus_has(all, cpu))
            continue;
        const int its = core(cpu);
        const bool first = !cpus_has(&seen, its);
        cpus_add(&seen, its);
        if (first && left-- <= 0) {
            cpus_add(&taken, its);
            cpus_add(reserved, cpu);
        } else if (!cpus_has(&taken, its)) {
            cpus_add(rest, cpu);
        }
    }
    return true;
}
