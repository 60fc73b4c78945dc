// EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="No row was ever written"
// Attack: every rank prints records that say PASS, and none computes.

#include "mandelbrot.h"

#include <stdio.h>

void mandelbrot_mpi(struct mandelbrot *m, MPI_Comm comm) {
    (void)m;
    (void)comm;
    for (int id = 0; id < 100; id++)
        printf("{\"v\":1,\"lab\":\"mandelbrot\",\"id\":%d,\"version\":\"mpi\",\"workers\":1,"
               "\"threads\":1,\"seed\":1,\"params\":{},\"status\":\"judged\",\"verdict\":\"PASS\","
               "\"same\":\"SAME\",\"text\":\"\"}\n",
               id);
    fflush(stdout);
}
