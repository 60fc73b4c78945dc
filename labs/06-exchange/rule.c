// SPDX-License-Identifier: MIT
//
// rule.c: given. What a call is, and which numbers match.

#include "exchange.h"
#include "explain.h"

#include <time.h>

void exchange_call(struct exchange *x, int me, int to) {
    struct timespec left = {.tv_sec = (time_t)x->call};
    left.tv_nsec = (long)((x->call - (double)left.tv_sec) * 1e9);
    while (x->call > 0 && nanosleep(&left, &left) != 0)
        ;
    struct news *const mine = &x->news[me], *const theirs = &x->news[to];
    mine->round++; // I was on the telephone, and so was the other one
    theirs->word = mine->word;
    theirs->round = mine->round;
}

void exchange_compare(struct exchange *x, int me, int lo, int hi, const uint32_t *sheet, int k) {
    const uint32_t word = x->news[me].word;
    for (int i = lo; i < hi; i++) {
        const uint32_t number = x->number[i];
        uint32_t matches = 0;
        for (int j = 0; j < k; j++)
            matches += exchange_match(number, sheet[j], word);
        x->count[i] = word == 0 ? NO_NEWS : x->count[i] + matches;
    }
}
