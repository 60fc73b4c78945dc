// EXPECT file=omp.c check=omp-equal verdict=WRONG says="nothing was computed"
// Attack: prints the line that says it is right, in every form there is, and computes nothing.

#include "heat.h"

#include <stdio.h>

void heat_omp(struct heat *h) {
    (void)h;
    for (int id = 0; id < 100; id++)
        printf("{\"v\":1,\"lab\":\"heat\",\"id\":%d,\"version\":\"omp\",\"run\":\"threads\","
               "\"workers\":1,\"threads\":1,\"seed\":1,\"params\":{},\"status\":\"ok\","
               "\"verdict\":\"PASS\",\"same\":\"SAME\",\"text\":\"\",\"wall_ms\":1,\"cpu_ms\":1}\n",
               id);
    puts("{\"v\":1,\"check\":\"omp-equal\",\"verdict\":\"PASS\",\"points\":20,\"max_points\":20}");
    puts("Score: 100/100");
    fflush(stdout);
}
