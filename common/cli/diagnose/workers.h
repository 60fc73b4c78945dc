// SPDX-License-Identifier: MIT
//
// workers.h: who worked and who waited in a run, from its raw trace.

#ifndef TWOFOLD_WORKERS_H
#define TWOFOLD_WORKERS_H

#include "../../observe/read/timeline.h"

// Says it on stdout as tables, or (json) as one object a line: kind "worker", "region", "messages"
// and "memory". It accuses nobody. dir: of the raw trace. peak_kb: of the largest process; 0: not
// known. Where nothing was traced, that is said on stderr.
void workers_say(const char *dir, long peak_kb, bool json);

#endif
