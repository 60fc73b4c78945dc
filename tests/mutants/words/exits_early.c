// EXPECT file=omp.c check=omp-equal verdict=CRASH says="a version must return, and not call exit()"
// Believed: a program that has counted everything may exit(0). The kit comes after it, and nothing
// is left behind.

#include "words.h"

#include <stdio.h>
#include <stdlib.h>

void words_omp(struct words *w) {
    words_serial(w);
    printf("%zu different words\n", w->table->words);
    exit(0);
}
