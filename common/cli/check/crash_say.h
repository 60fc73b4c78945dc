// SPDX-License-Identifier: MIT
//
// crash_say.h: what a student reads of a program that died: where in which file, and what it means.

#ifndef TWOFOLD_CHECK_CRASH_SAY_H
#define TWOFOLD_CHECK_CRASH_SAY_H

#include "session.h"

// Adds evidence with file and line, where they can be told, and the hint.
void crash_say(const struct session *session, const struct record *record, struct judged *judged);

#endif
