// SPDX-License-Identifier: MIT
//
// cores.h: CPUs, and cores that are kept for what is timed.
//
// Theory of operation. Who starts a program may say on which CPUs it is to run (process.h): it and
// all that it starts then run there, mpirun and its ranks with it, for a process gets the CPUs of the
// one that started it. What is timed with W workers gets W whole cores, one for each (launch.h), and
// the judge, with all that it starts meanwhile, moves to the others. That takes one core more than
// there are workers; where there is none, nothing is reserved, and whoever tells the figure says so.
// A program may move itself to other CPUs again: this keeps the judge off its cores, and holds nobody.

#ifndef TWOFOLD_CORES_H
#define TWOFOLD_CORES_H

#include <stdbool.h>
#include <stddef.h>

enum { CPUS_MOST = 8192 };

struct cpus {
    unsigned long bits[CPUS_MOST / 8 / sizeof(unsigned long)];
};

bool cpus_has(const struct cpus *cpus, int cpu);
void cpus_add(struct cpus *cpus, int cpu);
// "0,2-5"
void cpus_text(const struct cpus *cpus, char *text, size_t cap);

// So many of them, from the first-th on; the lowest is the 0th. False: there are fewer.
bool cpus_some(const struct cpus *cpus, int first, int count, struct cpus *some);

// Those on which the calling thread may run. False: the system does not say.
bool cpus_mine(struct cpus *cpus);
// Moves the calling thread there, and what it starts from now on. False: the system refuses (errno).
bool cpus_move(const struct cpus *cpus);
// The first hardware thread of this CPU's core, which stands for it.
int cpu_core(int cpu);

// How many cores these CPUs are of. core: as cpu_core().
int cores_count(const struct cpus *cpus, int (*core)(int cpu));
// Splits the CPUs: `workers` whole cores, of each one hardware thread, from the end (the system itself
// likes to work on the first), and all CPUs of the other cores. False: there are not more
// cores than workers.
bool cores_split(const struct cpus *all, int (*core)(int cpu), int workers, struct cpus *reserved,
                 struct cpus *rest);

#endif
