// SPDX-License-Identifier: MIT
// corpus.c: where a corpus lies, who uses it, and that it is there whole or not at all.

#include "corpus.h"

#include "kit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { STALE_S = 600 };

static const char making[] = ".making-"; // begins the names of what is not yet, or no more, whole

// What stands in the name of a corpus; the first number changes when text.c makes other text.
static void corpus_name(char *name, size_t cap, uint64_t seed, long kb, long files) {
    snprintf(name, cap, "text1-seed%llu-%ldKiB-%ldfiles", (unsigned long long)seed, kb, files);
}

// -- directories ------------------------------------------------------------------------------------

static int remove_entry(const char *path, const struct stat *stat, int type, struct FTW *where) {
    (void)stat, (void)type, (void)where;
    return remove(path) != 0 && errno != ENOENT;
}

static void remove_tree(const char *path) {
    int error = errno;
    nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    errno = error;
}

static int lock_directory(const char *path, int how) {
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (fd >= 0 && flock(fd, how) != 0 && errno == EWOULDBLOCK) {
        close(fd); // where a file system knows no locks at all we go on without
        return -1;
    }
    return fd;
}

// Makes a directory and the one above it. Is it there, and may we write to it?
static bool directory_for_us(const char *path) {
    char above[PATH_MAX];
    snprintf(above, sizeof above, "%s", path);
    char *slash = strrchr(above, '/');
    if (slash && slash > above) {
        *slash = '\0';
        mkdir(above, 0777);
    }
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        return false;
    return eaccess(path, W_OK | X_OK) == 0;
}

// build/corpus beside the running program, build/labs/words.
static bool beside_program(char *path, size_t cap) {
    char program[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    if (n <= 0)
        return false;
    program[n] = '\0';
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(program, '/');
        if (!slash)
            return false;
        *slash = '\0';
    }
    return (size_t)snprintf(path, cap, "%s/corpus", program) < cap;
}

// $TMPDIR/twofold-UID/corpus. Others write to $TMPDIR too: it must be ours.
static bool in_tmpdir(char *path, size_t cap) {
    const char *tmp = getenv("TMPDIR");
    char ours[PATH_MAX];
    struct stat stat;
    snprintf(ours, sizeof ours, "%s/twofold-%u", tmp && *tmp ? tmp : "/tmp", (unsigned)geteuid());
    if ((mkdir(ours, 0700) != 0 && errno != EEXIST) || lstat(ours, &stat) != 0)
        return refuse("The corpus cannot be made: there is no writing to build/corpus nor to %s "
                      "(%s); set TMPDIR to a directory of yours, or give dir=PATH.",
                      ours, strerror(errno));
    if (!S_ISDIR(stat.st_mode) || stat.st_uid != geteuid())
        return refuse(
            "The corpus cannot be made in %s: that is no directory of yours; set TMPDIR to "
            "a directory of yours, or give dir=PATH.",
            ours);
    if ((size_t)snprintf(path, cap, "%s/corpus", ours) >= cap || !directory_for_us(path))
        return refuse("The corpus cannot be made in %s: %s; set TMPDIR to a directory of yours, or "
                      "give dir=PATH.",
                      ours, strerror(errno));
    return true;
}

// The directory in which corpora lie; a corpus that is in build/corpus is used even where nothing
// can be written there.
static bool base_directory(char *base, size_t cap, const char *name) {
    char whole[2 * PATH_MAX];
    static bool told;
    if (beside_program(base, cap)) {
        snprintf(whole, sizeof whole, "%s/%s", base, name);
        if (directory_for_us(base))
            return true;
        int error = errno;
        if (access(whole, R_OK | X_OK) == 0)
            return true;
        snprintf(whole, sizeof whole, "%s cannot be written to (%s)", base, strerror(error));
    } else {
        snprintf(whole, sizeof whole, "/proc/self/exe does not tell where build/corpus is");
    }
    if (!in_tmpdir(base, cap))
        return false;
    if (!told)
        say("%s: the corpus is made in %s.", whole, base);
    told = true;
    return true;
}

// Removes what a killed maker left. A maker at work holds a lock, and a new one is not yet old.
// Returns how many corpora there are.
static int sweep(const char *base) {
    DIR *directory = opendir(base);
    struct stat stat;
    int corpora = 0;
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        char path[PATH_MAX + 300];
        corpora += entry->d_name[0] != '.';
        if (strncmp(entry->d_name, making, sizeof making - 1) != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", base, entry->d_name);
        int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
        if (fd < 0)
            continue;
        if (flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &stat) == 0 &&
            time(NULL) - stat.st_mtime > STALE_S)
            remove_tree(path);
        close(fd);
    }
    if (directory)
        closedir(directory);
    return corpora;
}

// -- making one -------------------------------------------------------------------------------------

// Makes the corpus at path. It was there already in the end: true, too.
static bool make(struct corpus *corpus, const char *base, uint64_t seed, long kb, long files) {
    char part[PATH_MAX + 32];
    snprintf(part, sizeof part, "%s/%sXXXXXX", base, making);
    int others = sweep(base);
    if (!corpus_fits(base, kb, files))
        return false;
    if (kb >= TALK_KB)
        say("making a corpus of %ld MiB in %s, this once%s.", kb / 1024, corpus->path,
            others ? "; the others there may be removed, what is needed is made again" : "");
    if (!mkdtemp(part))
        return refuse("The corpus cannot be made in %s: %s.", base, strerror(errno));
    int fd = lock_directory(part, LOCK_EX);
    bool made = fd >= 0 && corpus_fill(fd, seed, kb, files) && fchmod(fd, 0755) == 0 &&
                (rename(part, corpus->path) == 0 || errno == EEXIST || errno == ENOTEMPTY);
    if (!made)
        refuse("The corpus of kb=%ld cannot be made in %s: %s; nothing of it is kept. Make room, "
               "choose a smaller kb, or give dir=PATH.",
               kb, base, strerror(errno));
    remove_tree(part); // nothing, if it has its new name
    if (fd >= 0)
        close(fd);
    return made;
}

// -- using one --------------------------------------------------------------------------------------

// Locks the corpus if it is there. Its last user may just be removing it: then it is not.
static bool find(struct corpus *corpus) {
    struct stat ours, there;
    corpus->lock = lock_directory(corpus->path, LOCK_SH);
    if (corpus->lock < 0)
        return false;
    if (fstat(corpus->lock, &ours) == 0 && stat(corpus->path, &there) == 0 &&
        ours.st_ino == there.st_ino && ours.st_dev == there.st_dev)
        return true;
    close(corpus->lock);
    corpus->lock = -1;
    errno = ENOENT;
    return false;
}

bool corpus_open_there(struct corpus *corpus, uint64_t seed, long kb, long files) {
    char base[PATH_MAX];
    corpus->small = kb < SMALL_KB;
    snprintf(base, sizeof base, "%s", corpus->path);
    *strrchr(base, '/') = '\0';
    for (int attempt = 0; attempt < 100; attempt++) {
        if (find(corpus))
            return true;
        if (errno != ENOENT)
            return refuse("The corpus %s cannot be opened: %s.", corpus->path, strerror(errno));
        if (!directory_for_us(base))
            return refuse("The corpus cannot be made in %s: %s.", base, strerror(errno));
        if (!make(corpus, base, seed, kb, files))
            return false;
    }
    return refuse("The corpus %s is removed as often as it is made; who else is at work there?",
                  corpus->path);
}

bool corpus_open(struct corpus *corpus, uint64_t seed, long kb, long files) {
    char base[PATH_MAX], name[128];
    corpus->lock = -1;
    corpus_name(name, sizeof name, seed, kb, files);
    if (!base_directory(base, sizeof base, name))
        return false;
    if ((size_t)snprintf(corpus->path, PATH_MAX, "%s/%s", base, name) >= PATH_MAX)
        return refuse("The path of the corpus, %s/%s, is too long; give dir=PATH.", base, name);
    return corpus_open_there(corpus, seed, kb, files);
}

void corpus_close(struct corpus *corpus) {
    if (corpus->lock < 0)
        return;
    char gone[PATH_MAX + 64];
    snprintf(gone, sizeof gone, "%s", corpus->path);
    snprintf(strrchr(gone, '/') + 1, 64, "%s%ld-%d", making, (long)getpid(), corpus->lock);
    if (corpus->small && flock(corpus->lock, LOCK_EX | LOCK_NB) == 0 &&
        rename(corpus->path, gone) == 0)
        remove_tree(gone);
    close(corpus->lock);
    corpus->lock = -1;
}
