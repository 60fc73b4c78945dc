// SPDX-License-Identifier: MIT
//
// axis.h: the values of a parameter as a person lists them: "1,8,64", "1..4M" (each is twice the one
// before), "1..4M*4" (four times), "0..100+25" (25 more). K and M stand for 1024 and 1024 x 1024.

#ifndef TWOFOLD_SWEEP_AXIS_H
#define TWOFOLD_SWEEP_AXIS_H

#include "sweep.h"

// Is this a list or a range, and not one value?
bool axis_is_many(const char *list);
// Fills axis->text, at and count. False: why says what is wrong with it.
bool axis_read(const char *list, struct axis *axis, char *why, unsigned long cap);

#endif
