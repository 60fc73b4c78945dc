// SPDX-License-Identifier: MIT
//
// place.h: the cores on which a process may run, where threads are bound to theirs (OMP_PROC_BIND).
// The first thread sits on the first place then, and processes that it starts would all sit there
// with it. A version that starts some uses every place, as the threads of a team do.

#ifndef TWOFOLD_PLACE_H
#define TWOFOLD_PLACE_H

#include <sched.h>

// Lets this thread, and what it starts, run on every place. before: where it ran, for place_take();
// empty where threads are not bound, and then nothing is changed.
void place_leave(cpu_set_t *before);

// Back to where it ran.
void place_take(const cpu_set_t *before);

#endif
