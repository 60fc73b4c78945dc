// EXPECT file=omp.c check=omp-equal verdict=CRASH says="died"
// Attack: tells the compiler that its lines are those of another file, then dies there, so that the
// judge quotes that file.

#include "heat.h"

#line 1 "/etc/passwd"

void heat_omp(struct heat *h) {
    *(volatile char *)16 = 1;
    (void)h;
}
