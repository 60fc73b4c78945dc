// SPDX-License-Identifier: MIT
//
// place.c: see place.h.

#include "place.h"
#include "die.h"

#include "timed.h"
#include "words.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static void make_way(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0777);
        *slash = '/';
    }
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        die("the directory %s cannot be made: %s; name another with --out DIR.", path,
            strerror(errno));
}

void place_clear(const struct place *place, bool keep_waiting) {
    DIR *const work = opendir(place->work);
    for (struct dirent *entry; work && (entry = readdir(work));)
        if (!keep_waiting || !timed_is_waiting(entry->d_name))
            unlinkat(dirfd(work), entry->d_name, 0);
    if (work)
        closedir(work);
}

void place_open(struct place *place, const char *out, const char *lab, bool again) {
    char path[PATH_MAX + 64], absolute[PATH_MAX];
    snprintf(path, sizeof path, "%s/build/grade/%s", place->root, lab);
    if (out && strlen(out) >= 400)
        die("the path of the output directory is longer than 400 bytes; give a shorter one.");
    if (out)
        snprintf(path, sizeof path, "%s", out);
    make_way(path);
    if (!realpath(path, absolute) || strlen(absolute) > 440)
        die("the output directory %s cannot be used: %s; name another with --out DIR.", path,
            errno ? strerror(errno) : "its path is too long");
    memcpy(place->out, absolute, sizeof absolute);
    snprintf(place->files, sizeof place->files, "%s/files", place->out);
    snprintf(place->work, sizeof place->work, "%s/work", place->out);
    snprintf(path, sizeof path, "%s/lock", absolute);
    // Held until this program ends, however it ends.
    const int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (lock < 0 || (mkdir(place->work, 0777) != 0 && errno != EEXIST))
        die("nothing can be written in %s: %s; name another directory with --out DIR.", place->out,
            strerror(errno));
    const bool alone = flock(lock, LOCK_EX | LOCK_NB) == 0;
    // What a killed call left there is of no use, but for what only waits to be timed.
    if (alone)
        place_clear(place, !again);
    else
        die("another grade is at work in %s: wait for its end, or name another directory with "
            "--out DIR.",
            place->out);
}
