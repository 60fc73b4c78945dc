// SPDX-License-Identifier: MIT
//
// doctor.h: the examinations of `twofold doctor`; each tells its findings (findings.h). The
// topology stands in cli/doctor.c, for it alone wants hwloc.

#ifndef TWOFOLD_DOCTOR_H
#define TWOFOLD_DOCTOR_H

#include "machine.h"

// -- machine.c ----------------------------------------------------------------------------

void doctor_memory(void);
// Measures, on a file of 4 MiB in ROOT/build, whether pages leave the cache when they are asked to.
void doctor_page_cache(const char *root);
// What makes times unsteady: load, frequency governor, a hypervisor.
void doctor_calm(const struct machine *machine);

// -- limits.c -----------------------------------------------------------------------------

void doctor_limits(const struct machine *machine); // open files, processes, stack
void doctor_shared_memory(const struct machine *machine);
void doctor_temporary(void); // TMPDIR, where MPI keeps its sockets

// -- software.c ---------------------------------------------------------------------------

// Which of the machines that the kit is made for this one is (kind.h).
void doctor_kind(const char *root);
// What is missing of common/cli/packages.txt for each part of the kit, and the line that installs it.
void doctor_packages(const char *root);
void doctor_compiler(void);
// Really starts two ranks: of a program without MPI, and of a lab if one is built.
void doctor_mpi(const char *root, const struct machine *machine);
// Really makes a box (sandbox.h).
void doctor_sandbox(const char *root);

// -- site.c -------------------------------------------------------------------------------

// The Slurm cluster on whose login node we are, and what slurm/site.conf should say.
void doctor_site(void);

#endif
