// EXPECT file=omp.c check=omp-equal verdict=WRONG says="nothing was computed"
// Attack: prints records of all cases that say PASS and that are of no kind that the kit prints, so
// that nobody else judges them.

#include "heat.h"

#include <stdio.h>

void heat_omp(struct heat *h) {
    (void)h;
    static const char *const states[] = {"done", "judged", "", "verified"};
    for (int id = 0; id < 100; id++)
        for (int i = 0; i < 4; i++)
            printf("{\"v\":1,\"lab\":\"heat\",\"id\":%d,\"version\":\"omp\",\"run\":\"threads\","
                   "\"workers\":1,\"threads\":1,\"seed\":1,\"params\":{},\"status\":\"%s\","
                   "\"verdict\":\"PASS\",\"same\":\"SAME\",\"text\":\"\",\"wall_ms\":1}\n",
                   id, states[i]);
    fflush(stdout);
}
