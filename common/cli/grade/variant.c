// SPDX-License-Identifier: MIT
//
// variant.c: see variant.h.

#include "variant.h"

#include "sha256.h"
#include <stdlib.h>
#include <string.h>

double variant_seed(const char *salt, const char *lab, const char *student) {
    const char *const parts[] = {salt, lab, student};
    struct sha256 sha;
    char text[65];
    sha256_begin(&sha);
    for (int i = 0; i < 3; i++) // each with its 0, so that "a" "bc" is not "ab" "c"
        sha256_add(&sha, parts[i], strlen(parts[i]) + 1);
    sha256_end(&sha, text);
    text[12] = '\0';
    return (double)(1 + strtoull(text, NULL, 16) % 1000000000);
}
