// SPDX-License-Identifier: MIT
//
// host.h: the machine in words, for the foot of a report.
//
// Theory of operation. What decides how a program is launched is in machine.h; this adds what a
// reader of the figures wants to know: processor, system, MPI, compiler, memory. Everything is read
// from files that any Linux has (/proc, /etc/os-release); what is missing gets a plainer word.

#ifndef TWOFOLD_CONTRAST_HOST_H
#define TWOFOLD_CONTRAST_HOST_H

#include "machine.h"
#include "report.h"

void host_read(struct host *host, const struct machine *machine);

#endif
