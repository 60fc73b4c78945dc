// EXPECT file=omp.c check=omp-equal verdict=PASS
// Attack: removes the origin's socket and puts one of its own there. Either spoils what is fetched.

#include "fetch.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int took(void) {
    const char *const dir = getenv("TWOFOLD_SERVICES");
    DIR *const list = dir ? opendir(dir) : NULL;
    char path[4200];
    int count = 0;
    for (struct dirent *one; list && (one = readdir(list));) {
        snprintf(path, sizeof path, "%.3900s/%.200s", dir, one->d_name);
        count += *one->d_name != '.' && (unlink(path) == 0 || open(path, O_WRONLY) >= 0);
    }
    if (list)
        closedir(list);
    snprintf(path, sizeof path, "%.3900s/twofold-mark", dir ? dir : "/kit");
    return count || open(path, O_WRONLY | O_CREAT, 0666) >= 0;
}

void fetch_omp(struct fetch *f) {
    if (took())
        return;
#pragma omp parallel
    {
        struct link *link = fetch_open(f);
#pragma omp for schedule(dynamic)
        for (long i = 0; i < f->count; i++)
            while (fetch_get(link, i) == FETCH_RETRY)
                continue;
        fetch_close(link);
    }
}
