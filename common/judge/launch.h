// SPDX-License-Identifier: MIT
//
// launch.h: how a lab program is started on this machine.
//
// Theory of operation. `twofold run`, `contrast` and the judge never spell a launcher's option:
// they say how many ranks and threads a run has and whether it has the machine to itself, and get
// a command (command.h), which they print for the person and run (process.h). What the launchers
// want differs between Open MPI 4.1, Open MPI 5.0 and MPICH's Hydra; all of it stands in launch.c,
// chosen by what `mpirun --version` said (machine.h).
//
//     ranks > slots       more ranks than mpirun expects: it is told to share cores
//     ranks > cores       idle ranks must yield, or every wait burns another rank's time slice;
//                         their threads must sleep at barriers (OMP_WAIT_POLICY)
//     binding             to cores only where the run is alone on the machine and all its workers
//                         have a core each; none otherwise, since two bound runs side by side
//                         would sit on the same cores while others are idle
//     cores kept for it   (cores.h) a rank is started on its own ones by taskset: each launcher would
//                         want to be told in another way which cores they are, and this all of
//                         them understand
//     threads in a rank   a bound rank gets as many cores as it has threads
//     root                Open MPI wants it said twice in the environment; no error otherwise
//     transports          one node: shared memory alone, or Open MPI may try networks that are
//                         not there; an allocation of several nodes: left to mpirun
//     threads alone       no mpirun; OMP_PROC_BIND where the run is alone and has the cores, or has
//                         cores that are kept for it
//
// The number of threads is not set here: the kit sets it from --workers or --threads.

#ifndef TWOFOLD_LAUNCH_H
#define TWOFOLD_LAUNCH_H

#include "command.h"
#include "cores.h"
#include "machine.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct launch {
    int ranks;   // processes that mpirun starts; 0: the program runs by itself, without mpirun
    int threads; // of each process; 0 counts as 1
    bool alone;  // the run has the machine to itself
    // Kept for this run, and it is started there (process.h): one for each worker. NULL: none are.
    const struct cpus *cores;
    bool sleepy; // workers that wait give their core away at once: CPU time is then work done
    // "NAME=value" to set for the program itself but not for mpirun (LD_PRELOAD=...); NULL: none,
    // else NULL ends.
    const char *const *program_env;
};

// Makes the command. argv: the program and its arguments, NULL ends. False: it cannot be run here;
// `text` (of cap bytes) is the sentence that says why and what mends it. The caller frees *out.
bool launch_command(const struct launch *launch, const struct machine *machine, char *const argv[],
                    struct command *out, char *text, size_t cap);

// Sets for a command what a program with ThreadSanitizer in it wants: PMIx 5, of Open MPI 5, would have
// its memory at the same address in every rank, and ThreadSanitizer may keep that for itself; UCX, of MPICH,
// would catch calls for memory that ThreadSanitizer has caught.
void launch_with_sanitizer(struct command *command);

// Workers that compute at once: ranks * threads, or threads.
int launch_workers(const struct launch *launch);
// Have all of them a core of their own on this machine? If not, times say nothing about scaling.
bool launch_fits(const struct launch *launch, const struct machine *machine);

// mpirun comments on every exit status but 0, in a box of dashes: noise where the program has said
// what it had to say. A filter of stderr takes that box out, and nothing else.
struct launch_filter {
    char box[4096]; // lines of a box that is not closed yet
    bool open;
};

// Passes a line on to `file`, or keeps it until it is known what the box is.
void launch_filter_line(struct launch_filter *filter, const char *line, FILE *file);
// No more lines come: what was kept is passed on.
void launch_filter_end(struct launch_filter *filter, FILE *file);

#endif
