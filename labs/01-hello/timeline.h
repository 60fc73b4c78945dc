// SPDX-License-Identifier: MIT
//
// timeline.h: between lab.c and timeline.c; nothing a student's file needs.

#ifndef HELLO_TIMELINE_H
#define HELLO_TIMELINE_H

#include "hello.h"
#include "picture.h"

// Draws who did what when: a row for each worker, time from left to right. Bright: it drew, on a
// core. Dim: it waited of its own will (pause). Dark: it would have drawn, but had no core.
void hello_timeline(const struct line *roll, int n, struct picture *picture);

#endif
