// SPDX-License-Identifier: MIT
//
// place.h: where a process of a job runs, as one line of text.
//
//     where by=srun rank=1 of=4 node=node1 have=2 cpus=0-1 threads=2 set=1
//
// A process writes its line, and whoever has all lines reads them; between the two lies whatever
// started them, so the line is all they share.

#ifndef TWOFOLD_PLACE_H
#define TWOFOLD_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { CPUS_MAX = 4096, PLACES_MAX = 4096, STARTED_MAX = 16, NODE_MAX = 65 };

struct place {
    char by[STARTED_MAX]; // mpirun, srun, hydra, nobody; "slurm": srun that knows of no MPI
    int rank, of;         // as MPI would have it
    char node[NODE_MAX];  // host name
    int have;             // CPUs that the node has
    bool may[CPUS_MAX];   // the CPUs this process may run on
    int cpus;             // how many they are
    int threads;          // that an OpenMP program would start here
    bool set;             // OMP_NUM_THREADS says so
};

// This process. False: the kernel does not tell.
bool place_here(struct place *place);
void place_write(const struct place *place, FILE *file);
// Reads such a line. False: it is none.
bool place_read(struct place *place, const char *line);

// "0-3,8"; at most cap bytes, cut short with "..." where it is longer.
void place_cpus(const struct place *place, char *text, size_t cap);

#endif
