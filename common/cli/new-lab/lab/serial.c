// SPDX-License-Identifier: MIT
//
// serial.c: one worker adds up all items.

#include "sample.h"

void sample_serial(struct sample *s) {
    for (long i = 0; i < s->n; i++)
        s->total += sample_item(s, i);
}
