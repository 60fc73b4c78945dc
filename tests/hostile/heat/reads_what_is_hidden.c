// EXPECT file=omp.c check=omp-equal verdict=PASS
// Attack: looks for solutions, the judge's files, homes and keys. One that is found spoils the plate.

#include "heat.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int found(void) {
    static const char *const places[] = {"/kit/solutions", "/kit/build/solutions",
                                         "/kit/tests",     "/kit/build/check",
                                         "/kit/.git",      "/root",
                                         "/home",          "/var/lib",
                                         "/w/../taken"};
    for (unsigned i = 0; i < sizeof places / sizeof *places; i++)
        if (open(places[i], O_RDONLY) >= 0)
            return 1;
    DIR *const tmp = opendir("/tmp");
    for (struct dirent *entry; tmp && (entry = readdir(tmp));) {
        char path[600];
        if (strstr(entry->d_name, "twofold-box"))
            return 1; // the report of the box
        snprintf(path, sizeof path, "/tmp/%.250s/others.jsonl", entry->d_name);
        if (open(path, O_RDONLY) >= 0)
            return 1; // the journal of another student
        snprintf(path, sizeof path, "/tmp/%.250s/files", entry->d_name);
        if (open(path, O_RDONLY) >= 0)
            return 1; // what was handed in
    }
    return getenv("TWOFOLD_RUN") || getenv("HOME") == NULL || strcmp(getenv("HOME"), "/tmp") != 0;
}

void heat_omp(struct heat *h) {
    if (found())
        return;
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
