// SPDX-License-Identifier: MIT
//
// Goal     A team of threads counts the words of all pieces; the counts end in w->table.
// Run      make run LAB=words VERSION=omp WORKERS=2
// Predict  answers.txt, q1 and q2, before the first run.
// Do       Begin with the body of words_serial (serial.c).
//          decompose  Share the pieces, not the files: `omp for`. Which schedule, if some pieces
//                     are a few bytes and some are not in the page cache?
//          compute    As serial.c does, piece by piece. What must be each thread's own, since two
//                     threads cannot use it at once? (words.h and table.h say it of two things.)
//          combine    table_merge(into, from): one thread at a time.
//          check      All threads have merged before w->table is looked at.
// Check    build/labs/words --version omp --workers 4 --check kb=64 chunk=7

#include "kit.h"
#include "words.h"

void words_omp(struct words *w) {
    (void)w; // your code in place of these two lines
    todo(__func__, __FILE__);
}
