// SPDX-License-Identifier: MIT
//
// Lab 06 exchange, one worker. Given: this is the answer, and the time, that the others compare
// with. A single worker has all the sheets, and nobody to call.

#include "exchange.h"

void exchange_serial(struct exchange *x) {
    exchange_compare(x, 0, 0, x->held, x->number, x->held);
}
