// SPDX-License-Identifier: MIT
//
// version.h: which kit judges: its version and what tells one state of its code from another.

#ifndef TWOFOLD_VERSION_H
#define TWOFOLD_VERSION_H

#include <stddef.h>

#define KIT_VERSION "1.0"

// Writes "1.0+g1a2b3c4d5e.6f708192": the version, the commit where ROOT is a git tree and git is
// there, and the first digits of the SHA-256 of the running program, so that a changed and not
// committed judge is another one, too.
void version_text(const char *root, char *text, size_t cap);

#endif
