// SPDX-License-Identifier: MIT
// world.h: MPI, started only where a run needs it.

#ifndef TWOFOLD_WORLD_H
#define TWOFOLD_WORLD_H

#include <mpi.h>
#include <stdbool.h>

extern struct world {
    bool mpi;        // MPI is started
    int rank, ranks; // of MPI_COMM_WORLD; 0 of 1 without MPI
    // All ranks, for the kit's own words between cases: a student's call on MPI_COMM_WORLD, which is
    // a mistake, must not meet one of ours. MPI_COMM_NULL without MPI.
    MPI_Comm comm;
} world;

// Starts MPI if a launcher (mpirun, srun) started this process. False: refused.
bool world_start_launched(void);
// Starts MPI for a process that no launcher started; it is the one rank of its world. False:
// refused.
bool world_start_alone(void);

// Ends MPI if it was started.
void world_end(void);

#endif
