// SPDX-License-Identifier: MIT
//
// seen.c: see seen.h.

#include "seen.h"
#include <string.h>

void seen_members(struct seen *seen, struct seen_member members[SEEN_MEMBERS]) {
    const struct seen_member all[SEEN_MEMBERS] = {{"seen_workers", &seen->workers},
                                                  {"seen_worked", &seen->worked},
                                                  {"seen_busiest_ms", &seen->busiest_ms},
                                                  {"seen_least_ms", &seen->least_ms},
                                                  {"seen_cpu_ms", &seen->cpu_ms},
                                                  {"seen_waited_ms", &seen->waited_ms},
                                                  {"seen_call_ms", &seen->call_ms},
                                                  {"seen_grown_kb", &seen->grown_kb},
                                                  {"seen_pss_kb", &seen->pss_kb},
                                                  {"messages", &seen->messages},
                                                  {"bytes", &seen->bytes},
                                                  {"mpi_ms", &seen->mpi_ms}};
    memcpy(members, all, sizeof all);
}
