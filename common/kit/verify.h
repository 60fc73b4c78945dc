// SPDX-License-Identifier: MIT
// verify.h: judges a result file by computing it again.

#ifndef TWOFOLD_VERIFY_H
#define TWOFOLD_VERIFY_H

#include "case.h"

// Judges the result file `path`, said to be left by case c (its id 0: any id; its workers 0: any
// number), against the serial version, computed here. In the record: checked and same; or REFUSED
// and why, where the file is not there, not whole, or left by another case. against: a result file
// that somebody trusted left of the same problem, which saves the computing where the two are equal,
// byte for byte; NULL, or a file that is not whole: nobody did.
void verify(const struct run_case *c, const char *path, uint64_t nonce, const char *against,
            struct record *record);

#endif
