// SPDX-License-Identifier: MIT
// fill.c: the files of a corpus.

#include "corpus.h"

#include "kit.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

// Is there room? A file of any size takes a block.
bool corpus_fits(const char *base, long kb, long files) {
    struct statvfs disk;
    double need = (double)kb * 1024 + (double)files * 4096;
    if (statvfs(base, &disk) != 0)
        return true; // writing will tell
    double there = (double)disk.f_bavail * (double)disk.f_frsize;
    return need <= there ||
           refuse("A corpus of kb=%ld in files=%ld needs %.1f MiB on the disk, and %s has %.1f MiB "
                  "free; choose a smaller kb, or give dir=PATH.",
                  kb, files, need / 0x1p20, base, there / 0x1p20);
}

static const char *const folders[] = {"a", "a/b", "a/b/c", "d e"};

// The name does not tell the size: the big files are not the first ones.
static void file_name(char *name, size_t cap, long number) {
    static const char *const in[] = {"", "a/", "a/b/c/", "d e/"};
    snprintf(name, cap, "%s%06ld.txt", in[number % 4], number * 7919 % 100003);
}

// File i has 1 / (i + 1) of the bytes of file 0; the last one is empty, if it is not the only one.
static long file_size(double total, double weights, long files, long number, long left) {
    if (files > 1 && number == files - 1)
        return 0;
    if (files == 1 || number == files - 2)
        return left;
    long size = (long)(total / weights / (double)(number + 1));
    return size < left ? size : left;
}

static bool make_file(const struct vocabulary *vocabulary, int directory, long number, long size) {
    char name[64];
    file_name(name, sizeof name, number);
    int fd = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool good = fd >= 0 && text_write(vocabulary, number, size, fd);
    int error = errno;
    if (fd >= 0 && close(fd) != 0 && good) { // some file systems tell only now that they are full
        good = false;
        error = errno;
    }
    errno = error;
    return good;
}

// The sum of 1 / (i + 1) over the files that are not empty.
static double weights_of(long files) {
    double weights = 0;
    for (long i = 0; i < files - (files > 1); i++)
        weights += 1.0 / (double)(i + 1);
    return weights;
}

bool corpus_fill(int directory, uint64_t seed, long kb, long files) {
    const double total = (double)kb * 1024, weights = weights_of(files);
    long left = kb * 1024;
    bool good = true, progress = kb >= TALK_KB && isatty(2);
    for (int i = 0; i < 4; i++)
        good = good && mkdirat(directory, folders[i], 0777) == 0;
    struct vocabulary *vocabulary = vocabulary_create(seed, total);
    if (!vocabulary)
        return false;
    for (long i = 0; i < files && good; i++) {
        long size = file_size(total, weights, files, i, left);
        good = make_file(vocabulary, directory, i, size);
        left -= size;
        if (progress)
            fprintf(stderr, "\r%3.0f %%", 100 * (1 - (double)left / total));
    }
    if (progress)
        fprintf(stderr, "\r     \r");
    int error = errno;
    vocabulary_free(vocabulary);
    if (good && kb >= SMALL_KB)
        syncfs(directory); // so that all of it can leave the page cache, and outlives a power cut
    errno = error;
    return good;
}

// Writes the text of a file into memory, for take().
static bool give(const struct vocabulary *vocabulary, long number, long size,
                 bool (*take)(void *user, char *text, long size), void *user) {
    const int fd = memfd_create("text", MFD_CLOEXEC);
    char *const text = malloc((size_t)size + 1);
    bool good = fd >= 0 && text && text_write(vocabulary, number, size, fd);
    for (long at = 0; good && at < size;) {
        const ssize_t n = pread(fd, text + at, (size_t)(size - at), at);
        good = n > 0;
        at += n;
    }
    good = good && take(user, text, size);
    free(text);
    if (fd >= 0)
        close(fd);
    return good;
}

bool corpus_each(uint64_t seed, long kb, long files,
                 bool (*take)(void *user, char *text, long size), void *user) {
    const double total = (double)kb * 1024, weights = weights_of(files);
    struct vocabulary *const vocabulary = vocabulary_create(seed, total);
    long left = kb * 1024;
    bool good = vocabulary != NULL;
    for (long i = 0; good && i < files; i++) {
        const long size = file_size(total, weights, files, i, left);
        good = give(vocabulary, i, size, take, user);
        left -= size;
    }
    vocabulary_free(vocabulary);
    return good;
}
