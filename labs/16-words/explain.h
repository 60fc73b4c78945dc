// SPDX-License-Identifier: MIT
//
// explain.h: why a count is wrong, as far as the numbers tell.

#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "answer.h"
#include "words.h"

// Writes sentences that tell the difference between two answers and, where the files show it, its
// cause. w: the problem, whose files are read again. workers: how many counted; worker: what one is
// called, "rank" or "thread".
void explain_answer(const struct words *w, int workers, const char *worker,
                    const struct answer *got, const struct answer *want, char *text, size_t cap);

#endif
