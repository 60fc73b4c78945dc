// SPDX-License-Identifier: MIT
//
// copy.h: copies small files whole, and compares them.

#ifndef TWOFOLD_COPY_H
#define TWOFOLD_COPY_H

#include <stdbool.h>

// Copies the file into a new one, bytes and permissions, and writes it through to
// the disk. False: errno says why (EEXIST: `to` is there), and there is no half copy.
bool copy_file(const char *from, const char *to);

// Do both files hold the same bytes? False also if one cannot be read.
bool copy_equal(const char *a, const char *b);

#endif
