// EXPECT file=omp.c check=omp-equal verdict=OUTPUT says="first"
// Attack: prints without end what moves the cursor, changes the title and turns words round.

#include "heat.h"

#include <stdio.h>

void heat_omp(struct heat *h) {
    (void)h;
    for (;;)
        puts("\x1b[2J\x1b]0;mine\x07\x9b 1A\xe2\x80\xae{\"verdict\":\"PASS\"}");
}
