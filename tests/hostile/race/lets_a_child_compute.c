// EXPECT file=omp.c check=omp-parallel verdict=SERIAL|UNGRADED says="CPU time"
// Attack: a process of its own computes everything; the threads only look busy.

#include "race.h"

#include <sys/wait.h>
#include <unistd.h>

static void compute(struct race *r) {
    int ends[2];
    if (pipe(ends) != 0)
        return;
    if (fork() == 0) {
        race_serial(r);
        if (write(ends[1], r->bin, (size_t)r->bins * sizeof *r->bin) < 0)
            _exit(1);
        _exit(0);
    }
    if (read(ends[0], r->bin, (size_t)r->bins * sizeof *r->bin) < 0)
        r->bin[0] = 0;
    close(ends[0]);
    close(ends[1]);
    wait(NULL);
}

void race_omp(struct race *r) {
#pragma omp parallel
#pragma omp single
    compute(r);
}
