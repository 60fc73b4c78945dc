// SPDX-License-Identifier: MIT
//
// explain.h: between lab.c, rule.c and explain.c; nothing a student's file needs.

#ifndef EXCHANGE_EXPLAIN_H
#define EXCHANGE_EXPLAIN_H

#include "exchange.h"
#include "lab.h"

// What stands for a number that was compared by somebody who did not know the word. No count is so
// high.
static const uint32_t NO_NEWS = UINT32_MAX;

// 1 if a and b match under this word, which is odd; else 0. About half of all pairs do, at random.
static inline uint32_t exchange_match(uint32_t a, uint32_t b, uint32_t word) {
    return ((a ^ b) * word) >> 31;
}

// Compares two answers of x->n counts; x holds all numbers and knows the word. Says which number is
// wrong and what it was compared with, and asks what leads to the cause; got was made by so many
// ranks or threads. text is empty for SAME.
enum same exchange_explain(const struct exchange *x, bool ranks, int workers, const uint32_t *got,
                           const uint32_t *want, char *text, size_t cap);

#endif
