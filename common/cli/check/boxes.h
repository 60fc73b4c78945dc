// SPDX-License-Identifier: MIT
//
// boxes.h: the boxes that a check's programs run in: the student's, and the reference in one like it.

#ifndef TWOFOLD_CHECK_BOXES_H
#define TWOFOLD_CHECK_BOXES_H

#include "session.h"

// Opens a box around what the student wrote (session->confine), or, where none can be made or
// `bare` asks for none, limits alone, which is said in one line on stderr; session->bare tells.
// insist: no limits alone. False: why.
bool boxes_of_runs(struct session *session, bool bare, bool insist, char *why, size_t cap);

// Opens one for the reference (session->right). It is trusted, and yet runs in a box like the
// answer's where their times are compared: what a box costs, and a file system of its own, is not
// the answer's fault. False: why.
bool boxes_of_reference(struct session *session, char *why, size_t cap);

// Closes both; what was not opened, too.
void boxes_close(struct session *session);

#endif
