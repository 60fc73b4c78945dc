// SPDX-License-Identifier: MIT
//
// sha256.h: the digest by which a submission is known (FIPS 180-4).

#ifndef TWOFOLD_SHA256_H
#define TWOFOLD_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sha256 {
    uint32_t state[8];
    uint64_t bytes;          // taken so far
    unsigned char block[64]; // the last bytes % 64 of them
};

void sha256_begin(struct sha256 *sha);
void sha256_add(struct sha256 *sha, const void *data, size_t size);
// Adds the bytes of a file. False: it cannot be read to its end.
bool sha256_add_file(struct sha256 *sha, const char *path);
// Writes 64 hexadecimal digits and a 0. Then the digest is to be begun again.
void sha256_end(struct sha256 *sha, char text[65]);

#endif
