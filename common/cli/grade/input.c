// SPDX-License-Identifier: MIT
//
// input.c: see input.h; directories. archive.c does the archives.

#include "input.h"

#include "grow.h"
#include "layout.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DIRECTORIES_DEEP = 10, FILES_MOST = 500000, PATH_CAP = 1024 };

static const char metadata[] = "submission_metadata.yml";

bool input_wants(const struct input *input, const char *name) {
    const size_t length = strlen(name);
    for (int i = 0; i < input->count; i++) {
        const char *const want = input->names[i];
        const size_t stem = strlen(want) - 2; // without ".c"
        if (length < stem + 2 || strcmp(name + length - 2, want + stem) != 0)
            continue;
        // "Heat_ada_omp.c", and "..omp-2.c", as Canvas names a second upload
        const char *end = name + length - 2;
        while (end > name && isdigit((unsigned char)end[-1]))
            end--;
        if (end > name && end[-1] == '-')
            end--;
        else
            end = name + length - 2;
        if ((size_t)(end - name) >= stem && !strncmp(end - stem, want, stem) &&
            (end - stem == name || end[-(long)stem - 1] == '_'))
            return true;
    }
    return false;
}

size_t input_cap(const struct input *input, const char *name, int deep) {
    if (!strcmp(name, metadata))
        return METADATA_CAP;
    if (!strcmp(name, MANIFEST))
        return MANIFEST_CAP;
    if (input_wants(input, name))
        return FILE_CAP + 1;
    return layout_archive(name) && deep < ARCHIVES_DEEP ? ARCHIVE_CAP : 0;
}

void input_add(struct input *input, const char *path, char *bytes, size_t size, const char *wrong) {
    if (input->files >= FILES_MOST) {
        free(bytes);
        return;
    }
    input->file = grow(input->file, input->files, sizeof *input->file);
    input->file[input->files++] =
        (struct found){strdup(path), bytes, size, wrong ? strdup(wrong) : NULL};
}

static const char *kind(mode_t mode) {
    return S_ISLNK(mode)    ? "a symbolic link"
           : S_ISFIFO(mode) ? "a named pipe"
           : S_ISSOCK(mode) ? "a socket"
                            : "a device";
}

static char *read_bytes(int fd, size_t most, size_t *size) {
    char *bytes = malloc(most + 1);
    ssize_t got = 0;
    *size = 0;
    while (bytes && *size < most && (got = read(fd, bytes + *size, most - *size)) > 0)
        *size += (size_t)got;
    if (!bytes || got < 0) {
        free(bytes);
        return NULL;
    }
    bytes[*size] = '\0';
    char *const fit = realloc(bytes, *size + 1);
    return fit ? fit : bytes;
}

static void take_file(struct input *input, int dir, const char *name, const char *path) {
    struct stat file = {0};
    const size_t most = input_cap(input, name, 0);
    char wrong[512] = "";
    // Not followed, and not waited for.
    const int fd =
        !most ? -1 : openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    const int why = errno;
    char *bytes = NULL;
    size_t size = 0;
    if (!most || fstatat(dir, name, &file, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(file.st_mode)) {
        if (most)
            snprintf(wrong, sizeof wrong, "%s is %s, and only plain files are taken.", name,
                     kind(file.st_mode));
    } else if (fd < 0) {
        snprintf(wrong, sizeof wrong, "%s cannot be read: %s.", name, strerror(why));
    } else if (layout_archive(name)) {
        input_archive(input, path, fd, NULL, 0, 1, false);
        close(fd);
        return;
    } else if (!(bytes = read_bytes(fd, most, &size))) {
        snprintf(wrong, sizeof wrong, "%s cannot be read: %s.", name, strerror(errno));
    }
    if (fd >= 0)
        close(fd);
    input_add(input, path, bytes, size, *wrong ? wrong : NULL);
}

static void walk(struct input *input, int dir, const char *prefix, int deep) {
    DIR *const list = fdopendir(dir);
    for (struct dirent *entry; list && (entry = readdir(list));) {
        char path[PATH_CAP];
        struct stat file;
        const char *const name = entry->d_name;
        if (*name == '.' ||
            snprintf(path, sizeof path, "%s%s%s", prefix, *prefix ? "/" : "", name) >= PATH_CAP ||
            fstatat(dir, name, &file, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (!S_ISDIR(file.st_mode)) {
            take_file(input, dir, name, path);
            continue;
        }
        const int below = deep < DIRECTORIES_DEEP
                              ? openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                              : -1;
        // That it is there counts: an empty directory is a student who handed in nothing.
        if (input_wants(input, name)) {
            char wrong[512];
            snprintf(wrong, sizeof wrong, "%s is a directory, and only plain files are taken.",
                     name);
            input_add(input, path, NULL, 0, wrong);
        } else {
            char inside[PATH_CAP + 2];
            snprintf(inside, sizeof inside, "%s/-", path);
            input_add(input, inside, NULL, 0, NULL);
        }
        if (below >= 0)
            walk(input, below, path, deep + 1);
    }
    if (list)
        closedir(list);
    else
        close(dir);
}

static int by_path(const void *a, const void *b) {
    return strcmp(((const struct found *)a)->path, ((const struct found *)b)->path);
}

static bool is_named(const struct input *input, const char *name) {
    for (int i = 0; i < input->count; i++)
        if (!strcmp(name, input->names[i]))
            return true;
    return false;
}

// An archive of a class often has one directory on top, which is nobody's name: it is taken off,
// unless a lab's file lies in it, and it is the one student there is.
static void take_off_top(struct input *input) {
    const char *const first = input->files ? input->file[0].path : "";
    const size_t length = strcspn(first, "/");
    char top[1024];
    snprintf(top, sizeof top, "%.*s/", (int)length, first);
    if (strstr(top, "_assignsubmission_"))
        return;
    for (size_t i = 0; i < input->files; i++) {
        const char *const path = input->file[i].path;
        if (strncmp(path, top, length + 1) != 0 || is_named(input, path + length + 1))
            return;
    }
    top[length] = '\0';
    for (size_t i = 0; !layout_archive(top) && i < input->files; i++) {
        char *const path = input->file[i].path;
        memmove(path, path + length + 1, strlen(path + length + 1) + 1);
    }
}

bool input_read(struct input *input, const char *path, char *why, size_t cap) {
    struct stat file;
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 || fstat(fd, &file) != 0) {
        snprintf(why, cap, "the submissions cannot be read from %s: %s.", path, strerror(errno));
        return false;
    }
    if (S_ISDIR(file.st_mode)) {
        walk(input, fd, "", 0);
    } else if (S_ISREG(file.st_mode) && layout_archive(path)) {
        input_archive(input, "", fd, NULL, 0, 1, true);
        close(fd);
    } else {
        close(fd);
        snprintf(
            why, cap,
            "%s is neither a directory nor an archive (.zip, .tar, .tar.gz ...) of submissions.",
            path);
        return false;
    }
    if (input->files == 1 && input->file[0].wrong && !*input->file[0].path) {
        snprintf(why, cap, "%s: %s", path, input->file[0].wrong);
        return false;
    }
    if (input->files)
        qsort(input->file, input->files, sizeof *input->file, by_path);
    if (!S_ISDIR(file.st_mode))
        take_off_top(input);
    for (size_t i = 0; i < input->files; i++)
        if (is_named(input, input->file[i].path)) {
            snprintf(why, cap,
                     "%s holds %s itself: name the directory above it, in which each student has "
                     "one.",
                     path, input->file[i].path);
            return false;
        }
    if (input->files == 0) {
        snprintf(why, cap,
                 "there is nothing in %s: it must hold a directory or an archive for each student.",
                 path);
        return false;
    }
    return true;
}

void input_free(struct input *input) {
    for (size_t i = 0; i < input->files; i++) {
        free(input->file[i].path);
        free(input->file[i].bytes);
        free(input->file[i].wrong);
    }
    free(input->file);
    input->file = NULL;
    input->files = 0;
}
