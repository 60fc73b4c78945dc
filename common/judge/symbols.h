// SPDX-License-Identifier: MIT
//
// symbols.h: what an object defines and wants, read by nm and readelf.
//
// Theory of operation. The kit owns main(), MPI and OpenMP are the machine's: an object that
// defines a function of theirs would be linked in their place without a word, and one that calls
// the layer below them would get past what counts. So such an object is refused. It finds accidents and
// the usual tricks; what is true is decided outside (the verifier), not here.

#ifndef TWOFOLD_SYMBOLS_H
#define TWOFOLD_SYMBOLS_H

#include "problems.h"
#include <stdbool.h>

// Looks at the object made of the file `name`, whose clean copy is `source`, and adds to problems
// what it finds: FORBIDDEN, or a note (MPI_COMM_WORLD). False: it is refused, or cannot be read
// (INFRA).
bool symbols_look(const char *object, const char *name, const char *source,
                  struct problems *problems);

#endif
