// SPDX-License-Identifier: MIT
#include "whole.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool cannot(const char *path, int error, char *why, size_t cap) {
    const char *next = error == ENOSPC || error == EDQUOT ? "make room or choose another place"
                       : error == EACCES || error == EROFS || error == EPERM
                           ? "choose a place where you may write"
                           : "check the path";
    snprintf(why, cap, "cannot write %s: %s; %s.", path, strerror(error), next);
    return false;
}

// Makes the directories that path goes through.
static bool make_way(const char *path) {
    char way[4096];
    snprintf(way, sizeof way, "%s", path);
    for (char *slash = strchr(way + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        if (mkdir(way, 0777) && errno != EEXIST)
            return false;
        *slash = '/';
    }
    return true;
}

bool whole_begin(struct whole *whole, const char *path, char *why, size_t cap) {
    struct stat about;
    char real[PATH_MAX];
    whole->file = NULL;
    if (!*path || strlen(path) >= sizeof whole->path)
        return cannot(path, *path ? ENAMETOOLONG : ENOENT, why, cap);
    if (!stat(path, &about)) {
        // A rename would put a plain file in the place of a device or a pipe.
        if (!S_ISREG(about.st_mode)) {
            snprintf(why, cap,
                     "cannot write %s: it is there and is no plain file; name another one.", path);
            return false;
        }
        if (realpath(path, real) && strlen(real) < sizeof whole->path)
            path = real; // the file a link leads to, not the link, is written anew
    }
    snprintf(whole->path, sizeof whole->path, "%s", path);
    snprintf(whole->part, sizeof whole->part, "%s.part.%ld", path, (long)getpid());
    if (make_way(path))
        whole->file = fopen(whole->part, "wx");
    return whole->file || cannot(path, errno, why, cap);
}

bool whole_end(struct whole *whole, char *why, size_t cap) {
    errno = 0;
    // A write that failed long ago has left its mark in ferror, not in errno: what is wrong now is
    // most likely wrong still, and fflush or fsync says it.
    bool good = !fflush(whole->file) && !fsync(fileno(whole->file)) && !ferror(whole->file);
    int error = good ? 0 : errno ? errno : ENOSPC;
    if (fclose(whole->file) && good) {
        good = false;
        error = errno;
    }
    whole->file = NULL;
    if (good && rename(whole->part, whole->path)) {
        good = false;
        error = errno;
    }
    if (!good)
        unlink(whole->part);
    return good || cannot(whole->path, error, why, cap);
}

void whole_drop(struct whole *whole) {
    fclose(whole->file);
    whole->file = NULL;
    unlink(whole->part);
}

bool whole_try(const char *path, char *why, size_t cap) {
    struct whole whole;
    if (!whole_begin(&whole, path, why, cap))
        return false;
    whole_drop(&whole);
    return true;
}
