// SPDX-License-Identifier: MIT
//
// machine.h: what this machine offers to a launch. Read once a program, then given to launch.h, so
// that a test can describe a machine that is not here.

#ifndef TWOFOLD_MACHINE_H
#define TWOFOLD_MACHINE_H

#include <stdbool.h>
#include <stddef.h>

enum launcher {
    LAUNCHER_NONE,       // no mpirun in PATH
    LAUNCHER_OPEN_MPI_4, // Open MPI up to 4.1
    LAUNCHER_OPEN_MPI_5, // Open MPI 5.0 and later
    LAUNCHER_HYDRA,      // MPICH and its relatives (Intel MPI, MVAPICH): the launcher is Hydra
    LAUNCHER_OTHER       // mpirun is there; what it says of itself is not understood
};

struct machine {
    enum launcher launcher;
    char mpi_version[96]; // what it says of itself: "Open MPI 4.1.4"; "" if missing
    int cores;            // CPUs that may be used (hardware threads count); of all nodes
    int whole_cores;      // physical cores among them
    int sockets;          // of this node
    bool masked;          // this node has CPUs that may not be used (taskset, a container's limit)
    bool root;            // effective user id 0
    bool no_single_copy;  // process_vm_readv is forbidden here (some containers)
    bool slurm;           // inside an allocation: cores, slots and nodes are its own
    int nodes;            // of the allocation, else 1
    int slots;            // ranks mpirun starts without being told to share cores
};

// Looks at this machine; runs `mpirun --version` (about 20 ms).
void machine_read(struct machine *machine);

// Which launcher says this of itself. text: all that `mpirun --version` printed.
enum launcher machine_launcher(const char *text, char *version, size_t cap);

// Sums a Slurm list such as "4(x2),2" (SLURM_TASKS_PER_NODE): 10. 0: not such a list.
int machine_slurm_sum(const char *list);

#endif
