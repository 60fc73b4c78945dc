// SPDX-License-Identifier: MIT
//
// job.c: see job.h. Nothing is followed by its path where a student's program may have put a link:
// each step goes from one open directory to the next.

#include "job.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <pthread.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATH_CAP = PATH_MAX + 320 };

static bool make(const char *dir, const char *name) {
    char path[PATH_CAP];
    snprintf(path, sizeof path, "%.4000s/%s", dir, name);
    // Root's box is another user, who has to get there.
    return mkdir(path, 0755) == 0 || errno == EEXIST;
}

bool job_make(const char *dir) {
    return make(dir, "shown") && make(dir, "job") && make(dir, "taken");
}

static void *let_go(void *fd) {
    close((int)(intptr_t)fd);
    return NULL;
}

// To give back the memory of a large file takes the kernel 10 ms for 32 MB: it is gone at once, and
// whoever removes it need not wait for the rest.
static void remove_large(const char *path) {
    const int fd = open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    pthread_t thread;
    remove(path);
    if (fd < 0)
        return;
    if (pthread_create(&thread, NULL, let_go, (void *)(intptr_t)fd) == 0)
        pthread_detach(thread);
    else
        close(fd);
}

static int remove_one(const char *path, const struct stat *file, int kind, struct FTW *at) {
    enum { LARGE = 1 << 20 }; // bytes
    (void)kind;
    (void)at;
    if (S_ISREG(file->st_mode) && file->st_size >= LARGE)
        remove_large(path);
    else
        remove(path);
    return 0; // and go on
}

static bool is_there(const char *dir) {
    struct stat what;
    return lstat(dir, &what) == 0;
}

void job_remove(const char *dir) {
    nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
    if (!is_there(dir))
        return;
    // What lies deeper than a path may be long has none that leads to it; rm goes there step by step.
    char *const words[] = {"rm", "-rf", "--one-file-system", "--", (char *)dir, NULL};
    pid_t pid;
    if (posix_spawnp(&pid, "rm", NULL, NULL, words, environ) == 0)
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
            ; // after Ctrl-C, too
}

// Removes what is in it, and not itself: it may be what a sandbox was opened with.
static void empty(const char *dir, const char *name) {
    char path[PATH_CAP];
    snprintf(path, sizeof path, "%.4000s/%s", dir, name);
    DIR *const list = opendir(path);
    for (struct dirent *entry; list && (entry = readdir(list));) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        snprintf(path, sizeof path, "%.4000s/%s/%s", dir, name, entry->d_name);
        job_remove(path);
    }
    if (list)
        closedir(list);
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
