// SPDX-License-Identifier: MIT
//
// around.h: what lies around an attack and must be there afterwards as it was before, and what must
// not be there. Attacks that try to leave something give it a name: processes `sleep 7400.5`, files
// twofold-mark, segments of System V the key 0x74776f66.

#ifndef TWOFOLD_AROUND_H
#define TWOFOLD_AROUND_H

#include <stdbool.h>

// Makes DIR/tmp for the judge's own files, and beside it another student's journal. False: it cannot.
bool around_make(const char *dir);
// Is that journal as it was, and has the judge removed all its files? "" or the line that says what
// is wrong.
const char *around_look(const char *dir);
// Is nothing left of all attacks, once none runs any more? Prints a line of TAP about it.
bool around_is_clear(const char *lab);

#endif
