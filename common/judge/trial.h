// SPDX-License-Identifier: MIT
//
// trial.h: the parts of the sandbox that know what this machine allows; for sandbox.c.

#ifndef TWOFOLD_TRIAL_H
#define TWOFOLD_TRIAL_H

#include "sandbox.h"

// sandbox_open() without asking first whether a box works.
bool sandbox_open_untried(struct sandbox *box, const char *root, const char *dir,
                          const char *const *see, char *why, size_t cap);

// Does this bwrap know --size (since 0.7)? Without it, /tmp inside may grow to half the memory.
bool trial_size_is_known(void);

#endif
