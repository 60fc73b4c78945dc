// SPDX-License-Identifier: MIT
//
// explain.h: between lab.c and explain.c; nothing a student's file needs.

#ifndef MANDELBROT_EXPLAIN_H
#define MANDELBROT_EXPLAIN_H

#include "lab.h"
#include "mandelbrot.h"

// What create() fills the picture with: no count is so high, so a pixel that still holds it was
// never written.
static const uint32_t NEVER = UINT32_MAX;

// Compares two pictures of m->n rows of m->n counts and says where and how they first differ, and
// asks the question that leads to the cause; got was made by so many ranks or threads. text is
// empty for SAME.
enum same mandelbrot_explain(const struct mandelbrot *m, bool ranks, int workers, const void *got,
                             const void *want, size_t size, char *text, size_t cap);

#endif
