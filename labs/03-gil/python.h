// SPDX-License-Identifier: MIT
//
// python.h: the same tasks in Python: which of its versions this machine has.

#ifndef GIL_PYTHON_H
#define GIL_PYTHON_H

#include <stdbool.h>

// Is what this version of the lab needs installed? A version that needs no Python: true.
bool python_offers(const char *version);

#endif
