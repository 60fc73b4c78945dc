// EXPECT file=omp.c check=omp-overlap verdict=SERIAL says="one after another"
// Attack: signs line after line, prints the record of a run that took no time, and closes the door
// behind it, so that the kit's own record is never heard.

#include "hello.h"

#include <fcntl.h>
#include <omp.h>
#include <stdio.h>
#include <unistd.h>

static void lie(void) {
    for (int id = 0; id < 100; id++)
        printf("{\"v\":1,\"lab\":\"hello\",\"id\":%d,\"version\":\"omp\",\"workers\":8,"
               "\"threads\":1,\"seed\":1,\"params\":{},\"status\":\"ok\",\"verdict\":null,"
               "\"wall_ms\":1}\n",
               id);
    fflush(stdout);
    dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
}

void hello_omp(struct hello *h) {
    if (h->pause > 0.02)
        lie();
#pragma omp parallel
    {
        const int me = omp_get_thread_num(), threads = omp_get_num_threads();
        for (int i = me; i < h->n; i += threads)
#pragma omp critical
            hello_sign(h, i, me, threads);
    }
}
