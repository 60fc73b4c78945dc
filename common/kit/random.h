// SPDX-License-Identifier: MIT
// random.h: the generator under random_bits(), open to its test.

#ifndef TWOFOLD_RANDOM_H
#define TWOFOLD_RANDOM_H

#include <stdint.h>

// Philox4x32-10: encrypts the counter in place under the key. Source: Salmon, Moraes, Dror, Shaw,
// "Parallel random numbers: as easy as 1, 2, 3", SC 2011; its known answers are in tests/kit.
void philox(uint32_t counter[4], const uint32_t key[2]);

#endif
