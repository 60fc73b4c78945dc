// SPDX-License-Identifier: MIT
//
// job.c: see job.h. Nothing is followed by its path where a student's program may have put a link:
// each step goes from one open directory to the next.

#include "job.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_CAP = PATH_MAX + 32 };

static bool make(const char *dir, const char *name) {
    char path[PATH_CAP];
    snprintf(path, sizeof path, "%.4000s/%s", dir, name);
    // Root's box is another user, who has to get there.
    return mkdir(path, 0755) == 0 || errno == EEXIST;
}

bool job_make(const char *dir) {
    return make(dir, "shown") && make(dir, "job") && make(dir, "taken");
}

static int remove_below(const char *path, const struct stat *file, int kind, struct FTW *at) {
    (void)file;
    (void)kind;
    if (at->level > 0)
        remove(path);
    return 0; // and go on
}

static void empty(const char *dir, const char *name) {
    char path[PATH_CAP];
    snprintf(path, sizeof path, "%.4000s/%s", dir, name);
    nftw(path, remove_below, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

bool job_begin(const char *dir) {
    empty(dir, "job");
    empty(dir, "taken");
    return make(dir, "job/results");
}

// The directory that `name` lies in, below DIR/job, and the last part of the name; -1: none.
static int open_parent(const char *dir, const char *name, const char **last) {
    char path[PATH_CAP], part[64];
    const int flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    snprintf(path, sizeof path, "%.4000s/job", dir);
    int fd = open(path, flags);
    for (const char *slash; fd >= 0 && (slash = strchr(name, '/')); name = slash + 1) {
        snprintf(part, sizeof part, "%.*s", (int)(slash - name), name);
        const int next = openat(fd, part, flags);
        close(fd);
        fd = next;
    }
    *last = name;
    return fd;
}

bool job_take(const char *dir, const char *name) {
    const char *last;
    char path[PATH_CAP];
    struct stat what;
    snprintf(path, sizeof path, "%.4000s/taken", dir);
    const int from = open_parent(dir, name, &last);
    const int to = from < 0 ? -1 : open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    bool good = to >= 0 && fstatat(from, last, &what, AT_SYMLINK_NOFOLLOW) == 0 &&
                S_ISREG(what.st_mode) && what.st_nlink == 1 && renameat(from, last, to, last) == 0;
    // Once more, of what was really taken. A program that is still alive is not reckoned with.
    good = good && fstatat(to, last, &what, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(what.st_mode) &&
           what.st_nlink == 1;
    if (good && !(what.st_mode & S_IRUSR))
        fchmodat(to, last, 0600, 0);
    if (from >= 0)
        close(from);
    if (to >= 0)
        close(to);
    return good;
}
