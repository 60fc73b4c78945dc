// SPDX-License-Identifier: MIT
//
// stage.c: see stage.h. The mounts are gone with the last process that sees them.

#include "stage.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *place; // what is in it is covered

static bool is_below(const char *path, const char *dir) {
    size_t length = strlen(dir);
    return strncmp(path, dir, length) == 0 && (path[length] == '/' || path[length] == '=');
}

// A directory that every system has, and none of ours is in.
static const char *find_place(const struct box *box) {
    static const char *const places[] = {"/mnt", "/media", "/srv", "/opt"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct stat what;
        bool used = is_below(box->dir, places[i]) || is_below(box->report, places[i]);
        for (int j = 0; j < box->sees && !used; j++)
            used = is_below(box->see[j], places[i]);
        if (!used && lstat(places[i], &what) == 0 && S_ISDIR(what.st_mode))
            return places[i];
    }
    errno = ENOTDIR;
    return NULL;
}

// A mount point of the right kind, and the mount. Returns its path; NULL: errno says why not.
static char *bring(const char *path, int number) {
    struct stat what;
    char *here;
    int fd;
    if (stat(path, &what) != 0)
        return NULL;
    if (asprintf(&here, "%s/%d", place, number) < 0)
        return NULL;
    if (S_ISDIR(what.st_mode) ? mkdir(here, 0755) != 0
                              : (fd = open(here, O_CREAT | O_CLOEXEC, 0644)) < 0 || close(fd) != 0)
        return NULL;
    return mount(path, here, NULL, MS_BIND | MS_REC, NULL) == 0 ? here : NULL;
}

bool stage_make(struct box *box) {
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
        return false;
    if (!(place = find_place(box)) ||
        mount("twofold", place, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755,size=1m") != 0)
        return false;
    for (int i = 0; i < box->sees; i++) {
        char *equals = strchr(box->see[i], '='), *pair;
        *equals = 0;
        char *here = bring(box->see[i], i);
        *equals = '=';
        if (!here || asprintf(&pair, "%s%s", here, equals) < 0)
            return false;
        free(here);
        box->see[i] = pair;
    }
    box->from = bring(box->dir, BOX_LIST);
    return box->from != NULL;
}
