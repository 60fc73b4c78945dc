// SPDX-License-Identifier: MIT
//
// place.c: see place.h.

#include "place.h"
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int variable(const char *name) {
    const char *text = getenv(name);
    return text ? atoi(text) : 0;
}

// Who started us, by the marks that each leaves in the environment. mpirun comes first: within an
// allocation its ranks carry the marks of srun, too, which started its daemons.
static void read_starter(struct place *place) {
    static const struct {
        const char *by, *mark, *rank, *of;
    } starters[] = {
        {"mpirun", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"},
        {"srun", "PMIX_RANK", "PMIX_RANK", "SLURM_STEP_NUM_TASKS"},
        {"hydra", "PMI_RANK", "PMI_RANK", "PMI_SIZE"},
        {"slurm", "SLURM_STEP_NUM_TASKS", "SLURM_PROCID", "SLURM_STEP_NUM_TASKS"},
    };
    snprintf(place->by, sizeof place->by, "nobody");
    place->of = 1;
    for (size_t i = 0; i < sizeof starters / sizeof *starters; i++)
        if (getenv(starters[i].mark)) {
            snprintf(place->by, sizeof place->by, "%s", starters[i].by);
            place->rank = variable(starters[i].rank);
            place->of = variable(starters[i].of);
            return;
        }
}

bool place_here(struct place *place) {
    *place = (struct place){.have = (int)sysconf(_SC_NPROCESSORS_ONLN)};
    cpu_set_t *set = CPU_ALLOC(CPUS_MAX);
    size_t size = CPU_ALLOC_SIZE(CPUS_MAX);
    bool told = set && sched_getaffinity(0, size, set) == 0;
    for (size_t cpu = 0; told && cpu < CPUS_MAX; cpu++)
        if (CPU_ISSET_S(cpu, size, set)) {
            place->may[cpu] = true;
            place->cpus++;
        }
    CPU_FREE(set);
    read_starter(place);
    if (gethostname(place->node, sizeof place->node - 1) != 0)
        snprintf(place->node, sizeof place->node, "unknown");
    place->threads = variable("OMP_NUM_THREADS"); // "4,2" is 4 on the outer level
    place->set = place->threads > 0;
    if (!place->set)
        place->threads = place->cpus; // what libgomp and libomp do then
    return told;
}

void place_cpus(const struct place *place, char *text, size_t cap) {
    size_t used = 0;
    *text = 0;
    for (int cpu = 0; cpu < CPUS_MAX; cpu++) {
        int first = cpu;
        if (!place->may[cpu])
            continue;
        while (cpu + 1 < CPUS_MAX && place->may[cpu + 1])
            cpu++;
        if (used + 32 > cap) {
            snprintf(text + used, cap - used, ",...");
            return;
        }
        used += (size_t)snprintf(text + used, cap - used, first == cpu ? "%s%d" : "%s%d-%d",
                                 used ? "," : "", first, cpu);
    }
}

void place_write(const struct place *place, FILE *file) {
    char cpus[8 * CPUS_MAX];
    place_cpus(place, cpus, sizeof cpus);
    fprintf(file, "where by=%s rank=%d of=%d node=%s have=%d cpus=%s threads=%d set=%d\n",
            place->by, place->rank, place->of, place->node, place->have, cpus, place->threads,
            place->set);
}

static bool read_cpus(struct place *place, const char *text) {
    while (*text) {
        char *end;
        long first = strtol(text, &end, 10), last = first;
        if (end == text)
            return false;
        if (*end == '-')
            last = strtol(end + 1, &end, 10);
        if (first < 0 || last < first || last >= CPUS_MAX || (*end && *end != ','))
            return false;
        for (long cpu = first; cpu <= last; cpu++)
            if (!place->may[cpu]) {
                place->may[cpu] = true;
                place->cpus++;
            }
        text = *end ? end + 1 : end;
    }
    return place->cpus > 0;
}

bool place_read(struct place *place, const char *line) {
    char cpus[8 * CPUS_MAX];
    int set;
    *place = (struct place){0};
    // Some launchers put a tag before a line.
    const char *at = strstr(line, "where by=");
    if (!at || strlen(at) >= sizeof cpus)
        return false;
    if (sscanf(at, "where by=%15s rank=%d of=%d node=%64s have=%d cpus=%s threads=%d set=%d",
               place->by, &place->rank, &place->of, place->node, &place->have, cpus,
               &place->threads, &set) != 8)
        return false;
    place->set = set;
    return read_cpus(place, cpus);
}
