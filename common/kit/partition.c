// SPDX-License-Identifier: MIT
// partition.c: which part of 0 .. n-1 is whose.

#include "kit.h"

struct range block_range(long n, int parts, int part) {
    long each = n / parts, longer = n % parts; // the first `longer` parts hold one more
    long lo = part * each + (part < longer ? part : longer);
    return (struct range){lo, lo + each + (part < longer ? 1 : 0)};
}

int block_owner(long n, int parts, long i) {
    long each = n / parts, longer = n % parts;
    long in_longer = longer * (each + 1); // indices that belong to longer parts
    return (int)(i < in_longer ? i / (each + 1) : longer + (i - in_longer) / each);
}

long cyclic_count(long n, int parts, int part) {
    return part < n ? (n - part - 1) / parts + 1 : 0;
}
