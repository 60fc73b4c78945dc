// SPDX-License-Identifier: MIT
//
// result.h: the result file, by which one process tells another what a case left behind.
// Little-endian:
//
//     64 B    "TWORES1\n", u64 nonce, u64 id, u64 size, char lab[16], char version[8],
//             u32 workers, u32 0
//     size B  payload
//     24 B    u64 workers that returned, u64 digest of the payload, "TWOEND1\n"
//
// The digest finds accidents (a torn file, a wrong length), not attacks: what is true is decided by
// recomputing it (--verify).

#ifndef TWOFOLD_RESULT_H
#define TWOFOLD_RESULT_H

#include "case.h"

struct result_head {
    uint64_t nonce, id, size; // size: bytes of the payload
    char lab[17], version[9]; // ended by a 0 here
    uint32_t workers;
};

// After FNV-1a (Fowler, Noll, Vo, 1991), 64 bits, but eight bytes at a time and eight such side by side: a
// result has tens of megabytes, and every one of them is digested twice.
uint64_t result_digest(const void *bytes, size_t size);

// Writes PATH whole or not at all; false and a refuse() when it cannot.
bool result_write(const struct record *record, uint64_t nonce, const char *path);

// Reads and checks PATH. *payload is to be freed. False and a refuse() that says what is wrong.
bool result_read(const char *path, struct result_head *head, void **payload, uint64_t *returned);
// As result_read(), where the payload is, byte for byte, that of the result OTHER of the same lab: it is
// not kept, and neither file is held in memory. False, and nothing is said: it is not, or is no result.
bool result_equals(const char *path, const char *other, struct result_head *head,
                   uint64_t *returned);

#endif
