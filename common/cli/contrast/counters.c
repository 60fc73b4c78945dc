// SPDX-License-Identifier: MIT
#include "counters.h"
#include "flat.h"
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void counters_begin(struct counters *counters, const char *root) {
    const char *tmp = getenv("TMPDIR");
    const char *library = counters->preload + strlen("LD_PRELOAD=");
    if (!tmp || !*tmp)
        tmp = "/tmp";
    snprintf(counters->preload, sizeof counters->preload, "LD_PRELOAD=%s/build/lib/count.so", root);
    snprintf(counters->dir, sizeof counters->dir, "%.4000s/twofold-XXXXXX", tmp);
    if (access(library, R_OK) != 0) {
        fprintf(stderr,
                "twofold contrast: %s is not there, so messages are not counted; `make build` "
                "makes it.\n",
                library);
        *counters->dir = 0;
    } else if (!mkdtemp(counters->dir)) {
        fprintf(stderr,
                "twofold contrast: no directory can be made in %s, so messages are not counted; "
                "set TMPDIR to one that can be written.\n",
                tmp);
        *counters->dir = 0;
    }
    snprintf(counters->evidence, sizeof counters->evidence, "TWOFOLD_EVIDENCE=%s/%%r",
             counters->dir);
    counters->env[0] = counters->preload;
    counters->env[1] = counters->evidence;
    counters->env[2] = NULL;
}

void counters_read(const struct counters *counters, struct row *row, double wall) {
    double messages = 0, collectives = 0, bytes = 0, waited = 0;
    int found = 0;
    if (!*counters->dir)
        return;
    for (int rank = 0; rank < row->workers; rank++) {
        char path[PATH_MAX + 32], line[512], name[32];
        double value;
        snprintf(path, sizeof path, "%s/%d", counters->dir, rank);
        FILE *file = fopen(path, "re");
        if (!file)
            continue;
        while (fgets(line, sizeof line, file)) {
            if (!flat_text(line, "name", name, sizeof name) || !flat_number(line, "value", &value))
                continue;
            if (strcmp(name, "messages") == 0)
                messages += value;
            else if (strcmp(name, "collectives") == 0)
                collectives += value;
            else if (strcmp(name, "bytes") == 0)
                bytes += value;
            else if (strcmp(name, "mpi_ms") == 0)
                waited += value / 1e3;
        }
        fclose(file);
        unlink(path);
        found++;
    }
    if (found < row->workers) // some rank died, or the library did not load: a part says nothing
        return;
    row->messages = messages;
    row->collectives = collectives;
    row->bytes = bytes;
    row->mpi_share = wall > 0 ? waited / (wall * row->workers) : NAN;
}

void counters_end(const struct counters *counters) {
    char path[PATH_MAX + NAME_MAX + 2];
    DIR *dir = *counters->dir ? opendir(counters->dir) : NULL;
    if (!dir)
        return;
    for (struct dirent *entry; (entry = readdir(dir));) {
        snprintf(path, sizeof path, "%s/%s", counters->dir, entry->d_name);
        unlink(path); // . and .. stay
    }
    closedir(dir);
    rmdir(counters->dir);
}
