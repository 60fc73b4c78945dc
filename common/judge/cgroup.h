// SPDX-License-Identifier: MIT
//
// cgroup.h: limits that the control groups of this process set, as containers and batch systems do.

#ifndef TWOFOLD_CGROUP_H
#define TWOFOLD_CGROUP_H

// The least limit from the process's own group up to the top; 0: no limit.
double cgroup_cores(void);  // CPU time a second of wall time
double cgroup_memory(void); // bytes

#endif
