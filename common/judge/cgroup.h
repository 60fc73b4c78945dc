// SPDX-License-Identifier: MIT
//
// cgroup.h: limits that the control groups of this process set, as containers and batch systems do.

#ifndef TWOFOLD_CGROUP_H
#define TWOFOLD_CGROUP_H

#include <stdbool.h>
#include <stddef.h>

// The least limit from the process's own group up to the top; 0: no limit.
double cgroup_cores(void);  // CPU time a second of wall time
double cgroup_memory(void); // bytes

// A directory in which a group can be made that bounds its processes, root's too (box --group). False:
// there is none: only root may write there, and most containers show it read-only.
bool cgroup_for_processes(char *dir, size_t cap);

#endif
