// SPDX-License-Identifier: MIT
//
// symbols.h: what an object defines and wants, read by readelf and nm. The object was made of what a
// stranger wrote, so they read it where the compiler wrote it: in its box.
//
// Theory of operation. The kit owns main(), MPI and OpenMP are the machine's: an object that
// defines a function of theirs would be linked in their place without a word, and one that calls
// the layer below them would get past what counts. So such an object is refused. It finds accidents and
// the usual tricks; what is true is decided outside (the verifier), not here.

#ifndef TWOFOLD_SYMBOLS_H
#define TWOFOLD_SYMBOLS_H

#include "problems.h"
#include "process.h"
#include <stdbool.h>

// Looks at the object made of the file `name`, whose clean copy is `source`, and adds to problems
// what it finds: FORBIDDEN, or a note (MPI_COMM_WORLD). run, user: who starts the tools; NULL:
// process_run(). False: it is refused (FORBIDDEN), is more than they can read (BUILD), or they are
// not there (INFRA).
bool symbols_look(const char *object, const char *name, const char *source, starter *run,
                  void *user, struct problems *problems);

// The two halves of it, for whoever starts the tools in the same box as the compiler: what a shell
// runs, with the object as $1; and what comes of all that it printed, which is used up.
extern const char symbols_script[];
bool symbols_judge(char *found, const char *name, const char *source, struct problems *problems);

#endif
