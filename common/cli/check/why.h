// SPDX-License-Identifier: MIT
//
// why.h: what is said when all is right: why it works and what to look at next
// (labs/NN-name/why.txt, written by teachers), what the student predicted beside what is measured
// (twofold predict), and how to see the solution.

#ifndef TWOFOLD_CHECK_WHY_H
#define TWOFOLD_CHECK_WHY_H

#include "session.h"

void why_say(const struct session *session);

#endif
