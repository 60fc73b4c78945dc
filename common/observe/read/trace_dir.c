// SPDX-License-Identifier: MIT
//
// trace_dir.c: the directory of a raw trace, and how much each process may write there.

#include "timeline.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EVENTS_MOST = 1 << 18, EVENTS_LEAST = 2048, EVENTS_ALL = 1 << 20 };

int trace_room(int processes) {
    const int share = EVENTS_ALL / processes;
    return share > EVENTS_MOST ? EVENTS_MOST : share < EVENTS_LEAST ? EVENTS_LEAST : share;
}

bool trace_dir_make(const char *where, char *path, size_t cap, char *why, size_t why_cap) {
    const char *const temp = where ? where : getenv("TMPDIR");
    snprintf(path, cap, "%.*s/twofold-trace-XXXXXX", PATH_MAX - 32, temp && *temp ? temp : "/tmp");
    if (mkdtemp(path))
        return true;
    snprintf(why, why_cap,
             "no directory for the trace can be made (%s): %s. Set TMPDIR to a directory that can "
             "be written to.",
             path, strerror(errno));
    return false;
}

void trace_dir_remove(const char *path) {
    DIR *const dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir)
        closedir(dir);
    rmdir(path);
}
