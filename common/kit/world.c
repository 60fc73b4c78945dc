// SPDX-License-Identifier: MIT
//
// world.c: starts MPI. A serial version or a team of threads needs none: starting it alone costs
// some 0.3 s.

#include "world.h"

#include "kit.h"
#include "say.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct world world = {.ranks = 1, .comm = MPI_COMM_NULL};

// Did a launcher start this process? It leaves its mark in the environment.
static bool launched(void) {
    // Open MPI's mpirun; Hydra (MPICH) and srun --mpi=pmi2; srun --mpi=pmix.
    return getenv("OMPI_COMM_WORLD_SIZE") || getenv("PMI_SIZE") || getenv("PMIX_RANK");
}

static bool in_path(const char *program) {
    const char *path = getenv("PATH");
    for (const char *at = path ? path : ""; *at;) {
        size_t length = strcspn(at, ":");
        char file[PATH_MAX];
        snprintf(file, sizeof file, "%.*s/%s", (int)length, at, program);
        if (access(file, X_OK) == 0)
            return true;
        at += length + (at[length] == ':');
    }
    return false;
}

static bool start(void) {
    int level;
    // Hybrid versions communicate outside their parallel regions.
    if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &level) != MPI_SUCCESS)
        return refuse("MPI could not start.");
    world.mpi = true;
    MPI_Comm_rank(MPI_COMM_WORLD, &world.rank);
    MPI_Comm_size(MPI_COMM_WORLD, &world.ranks);
    MPI_Comm_dup(MPI_COMM_WORLD, &world.comm);
    set_speaker(world.rank == 0);
    return true;
}

bool world_start_launched(void) {
    return !launched() || start();
}

bool world_start_alone(void) {
    // Open MPI starts a daemon for it and, without mpirun at hand, says so in many words.
    if (!in_path("mpirun"))
        return refuse("This version runs as MPI ranks, and there is no mpirun in PATH; install "
                      "openmpi-bin, or load your cluster's MPI module.");
    return start();
}

void world_end(void) {
    if (!world.mpi)
        return;
    MPI_Comm_free(&world.comm);
    MPI_Finalize();
    world.mpi = false;
}
