// EXPECT file=omp.c check=omp-build verdict=BUILD says="names"
// Attack: an object with more names than anybody can look through.

#include "heat.h"

__asm__(".macro name\n"
        "a_name_that_is_as_long_as_those_that_programs_make_which_write_programs_\\@:\n"
        ".endm\n.rept 60000\nname\n.endr");

void heat_omp(struct heat *h) {
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
