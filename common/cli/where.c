// SPDX-License-Identifier: MIT
//
// where.c: `twofold where`: which CPUs each process of a job got, and whether that is well.
//
// Theory of operation. The batch scripts start it as they start the lab, a process a rank: each
// prints a line (where/place.h). The lines of all go to `twofold where --judge`, which draws the
// table and says what is wrong. It uses no MPI: what is wrong may be that MPI does not start.

#include "where/place.h"
#include <argp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const struct argp_option list[] = {
    {"judge", 'j', NULL, 0, "Read the lines of all processes from stdin and say whether it is well",
     0},
    {0}};

static const char doc[] =
    "Say which CPUs each process of a job may use.\vExit status of --judge: 0, every process has "
    "CPUs of its own for all its threads; 1, they share CPUs, or one has too few; 2, that is not "
    "what `twofold where` prints.\n\nExample: srun -n 4 twofold where | twofold where --judge";

static error_t parse(int key, char *arg, struct argp_state *state) {
    if (key == 'j')
        *(bool *)state->input = true;
    else if (key == ARGP_KEY_ARG)
        argp_error(state, "it takes no argument such as '%s'.", arg);
    else
        return ARGP_ERR_UNKNOWN;
    return 0;
}

// -- what is wrong ----------------------------------------------------------------------------------

static int problems;

__attribute__((format(printf, 1, 2))) static void problem(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("problem: ", stdout);
    vprintf(format, args);
    putchar('\n');
    va_end(args);
    problems++;
}

static int by_rank(const void *a, const void *b) {
    return ((const struct place *)a)->rank - ((const struct place *)b)->rank;
}

// Ranks that do not know of each other, or are not all there.
static void judge_ranks(const struct place *places, int count) {
    const struct place *first = &places[0];
    if (count > 1 && places[count - 1].rank == 0)
        problem("%d processes run, and each takes itself for the only rank: the launcher and the "
                "MPI are not made for each other. Set LAUNCHER in slurm/site.conf to the other one "
                "of srun and mpirun.",
                count);
    else if (strcmp(first->by, "slurm") == 0 && first->of > 1)
        problem("srun started %d processes without telling MPI, so each MPI program will take "
                "itself for the only rank. Try srun --mpi=pmix (srun --mpi=list shows what there "
                "is), or LAUNCHER=mpirun in slurm/site.conf.",
                first->of);
    else if (first->of != count)
        problem("%d ranks were started, %d have answered.", first->of, count);
}

// How many of the places on this one's node may use one of its CPUs, itself included.
static int sharers(const struct place *places, int count, const struct place *of) {
    int sharing = 0;
    for (int i = 0; i < count; i++) {
        bool same = false;
        if (strcmp(places[i].node, of->node) != 0)
            continue;
        for (int cpu = 0; cpu < CPUS_MAX && !same; cpu++)
            same = places[i].may[cpu] && of->may[cpu];
        sharing += same;
    }
    return sharing;
}

static int threads_on(const struct place *places, int count, const char *node) {
    int threads = 0;
    for (int i = 0; i < count; i++)
        if (strcmp(places[i].node, node) == 0)
            threads += places[i].threads;
    return threads;
}

// Each kind of trouble once, for the first process that has it.
static void judge_cpus(const struct place *places, int count, bool *apart) {
    bool few = false, unset = false, crowded = false, tied = false;
    *apart = true;
    for (int i = 0; i < count; i++) {
        const struct place *p = &places[i];
        char cpus[64];
        place_cpus(p, cpus, sizeof cpus);
        int sharing = sharers(places, count, p), threads = threads_on(places, count, p->node);
        *apart = *apart && sharing == 1;
        if (!few && p->set && p->threads > p->cpus) {
            few = true;
            problem("rank %d has %d threads and may use only CPU %s of %s: they take turns. Ask "
                    "for --cpus-per-task=%d, and tell srun of it (SRUN_CPUS_PER_TASK), or mpirun "
                    "--map-by slot:PE=%d.",
                    p->rank, p->threads, cpus, p->node, p->threads, p->threads);
        }
        if (!tied && sharing > 1 && p->cpus == 1 && p->have > 1) {
            tied = true;
            problem("%d ranks on %s are tied to the same CPU %s, and the others are idle. srun "
                    "--cpu-bind=cores, or mpirun --bind-to core, gives each its own.",
                    sharing, p->node, cpus);
        }
        if (!unset && !p->set && sharing > 1 && p->cpus > 1) {
            unset = true;
            problem("OMP_NUM_THREADS is not set: each of the %d ranks on %s would start %d "
                    "threads. Set it to $SLURM_CPUS_PER_TASK.",
                    sharing, p->node, p->threads);
        }
        if (!crowded && p->set && sharing > 1 && p->cpus > 1 && threads > p->cpus) {
            crowded = true;
            problem("%d threads on %s share CPUs %s: they take turns, and times say nothing about "
                    "speed-up.",
                    threads, p->node, cpus);
        }
    }
}

// -- the table --------------------------------------------------------------------------------------

static void print_table(const struct place *places, int count) {
    enum { SHOWN = 32 };
    printf("  rank  node              threads  may use CPUs\n");
    for (int i = 0; i < count && i < SHOWN; i++) {
        char cpus[64];
        place_cpus(&places[i], cpus, sizeof cpus);
        printf("  %4d  %-16.16s  %7d  %s of %d\n", places[i].rank, places[i].node,
               places[i].threads, cpus, places[i].have);
    }
    if (count > SHOWN)
        printf("  ... and %d more\n", count - SHOWN);
}

static int judge(void) {
    static struct place places[PLACES_MAX];
    char *line = NULL;
    size_t cap = 0;
    int count = 0;
    while (count < PLACES_MAX && getline(&line, &cap, stdin) > 0) {
        if (place_read(&places[count], line))
            count++;
        else
            fputs(line, stderr); // what the launcher has to say
    }
    free(line);
    if (count == 0) {
        fputs("twofold where: no process has said where it is; what the launcher said stands "
              "above. Its lines come from: srun twofold where\n",
              stderr);
        return 2;
    }
    bool apart;
    qsort(places, (size_t)count, sizeof *places, by_rank);
    print_table(places, count);
    judge_ranks(places, count);
    judge_cpus(places, count, &apart);
    if (problems == 0 && apart)
        printf("  Every process has CPUs of its own, enough for its threads.\n");
    else if (problems == 0)
        printf("  The processes of a node may move among its CPUs; there are enough for all.\n");
    return problems || !apart ? 1 : 0;
}

int main(int argc, char **argv) {
    static const struct argp argp = {list, parse, NULL, doc, NULL, NULL, NULL};
    static struct place here;
    bool judging = false;
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, &judging);
    if (judging)
        return judge();
    if (!place_here(&here)) {
        fputs("twofold where: the kernel does not say which CPUs may be used.\n", stderr);
        return 2;
    }
    place_write(&here, stdout);
    return 0;
}
