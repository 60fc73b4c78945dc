// SPDX-License-Identifier: MIT
//
// submission.c: see submission.h.

#include "submission.h"
#include "clean.h"
#include "sha256.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// -- which files -----------------------------------------------------------------------------------

static bool is_c_file(const char *name) {
    const size_t length = strlen(name);
    return length > 2 && length < sizeof((struct submission_file *)NULL)->name && name[0] != '.' &&
           strcmp(name + length - 2, ".c") == 0;
}

static int by_name(const void *a, const void *b) {
    return strcmp(a, b);
}

int submission_names(const struct lab_entry *lab, const struct lab_about *about,
                     char names[FILES_MAX][32]) {
    char path[PATH_MAX];
    int count = 0;
    snprintf(path, sizeof path, "%s/solutions/%s", lab->home, lab->dir);
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir && count < FILES_MAX && (entry = readdir(dir));)
        if (is_c_file(entry->d_name))
            memcpy(names[count++], entry->d_name, strlen(entry->d_name) + 1); // fits: is_c_file
    if (dir)
        closedir(dir);
    for (int v = 0; !dir && v < about->versions && count < FILES_MAX; v++) {
        const struct lab_version *const version = &about->version[v];
        if (version->given || strcmp(version->run, "serial") == 0)
            continue;
        snprintf(names[count], sizeof names[count], "%.29s.c", version->name);
        count++;
    }
    qsort(names, (size_t)count, sizeof *names, by_name);
    return count;
}

// -- one file --------------------------------------------------------------------------------------

static const char *kind(mode_t mode) {
    return S_ISDIR(mode)    ? "a directory"
           : S_ISLNK(mode)  ? "a symbolic link"
           : S_ISFIFO(mode) ? "a named pipe"
           : S_ISSOCK(mode) ? "a socket"
                            : "a device";
}

// Reads at most FILE_CAP + 1 bytes, so that too long a file shows. -1: it cannot be read.
static ssize_t read_all(int fd, char *bytes) {
    size_t size = 0;
    while (size <= FILE_CAP) {
        const ssize_t got = read(fd, bytes + size, FILE_CAP + 1 - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        size += (size_t)got;
    }
    return (ssize_t)size;
}

// The file's bytes, which the caller frees. NULL: it is not there, or not taken; problems says so.
static char *fetch(int dir, const struct submission *submission, const char *name, size_t *size,
                   struct problems *problems) {
    struct stat file;
    if (fstatat(dir, name, &file, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT) {
        problems_add(problems, name, 0, "",
                     "%s is not in %s, so what it would do counts as not written yet.", name,
                     submission->from);
        return NULL;
    }
    // Not followed, and not waited for: see the theory of operation.
    const int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    const int why = errno;
    if (fd >= 0 && fstat(fd, &file) != 0)
        file.st_mode = 0;
    char *bytes = NULL;
    ssize_t got = -1;
    if (!S_ISREG(file.st_mode))
        problems_add(problems, name, 0, "BUILD",
                     "%s is %s, and only a plain file is taken: put the file itself there.", name,
                     kind(file.st_mode));
    else if (fd < 0)
        problems_add(problems, name, 0, "BUILD", "%s cannot be read (%s): run `chmod u+r %s`.",
                     name, strerror(why), name);
    else if (!(bytes = malloc(FILE_CAP + 1)))
        problems_add(problems, name, 0, "INFRA",
                     "There is no memory left to read %s; close other programs.", name);
    else if ((got = read_all(fd, bytes)) < 0)
        problems_add(problems, name, 0, "BUILD", "%s cannot be read (%s): save it again.", name,
                     strerror(errno));
    else if (got > FILE_CAP)
        problems_add(problems, name, 0, "BUILD",
                     "%s is larger than 1 MiB (%.1f MiB), and no source file of a lab is: leave "
                     "data and generated tables out of it.",
                     name, (double)file.st_size / (1 << 20));
    if (fd >= 0)
        close(fd);
    if (got < 0 || got > FILE_CAP) {
        free(bytes);
        return NULL;
    }
    *size = (size_t)got;
    bytes[got] = 0;
    return bytes;
}

// -- all files -------------------------------------------------------------------------------------

static bool write_copy(const struct submission_file *file, const char *bytes,
                       struct problems *problems) {
    unlink(file->path);
    const int fd = open(file->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    ssize_t put = 0;
    for (size_t done = 0; fd >= 0 && done < file->size && put >= 0; done += (size_t)put)
        if ((put = write(fd, bytes + done, file->size - done)) < 0 && errno == EINTR)
            put = 0;
    const int why = errno;
    const bool closed = fd >= 0 && close(fd) == 0;
    if (closed && put >= 0)
        return true;
    problems_add(problems, "", 0, "INFRA",
                 "%s cannot be written (%s): free some space on that disk, or choose another "
                 "directory with TMPDIR.",
                 file->path, strerror(put < 0 || fd < 0 ? why : errno));
    return false;
}

bool submission_take(const char *from, int count, char names[][32], const char *into,
                     struct submission *submission, struct problems *problems) {
    *submission = (struct submission){.count = count < FILES_MAX ? count : FILES_MAX};
    snprintf(submission->from, sizeof submission->from, "%s", from);
    snprintf(submission->dir, sizeof submission->dir, "%s", into);
    const int dir = open(from, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0) {
        problems_add(problems, "", 0, "INFRA",
                     "The files cannot be taken from %s (%s): name the directory that they lie in, "
                     "as in --from labs/NN-name.",
                     from, strerror(errno));
        return false;
    }
    struct sha256 sha;
    bool ok = true;
    sha256_begin(&sha);
    for (int i = 0; i < submission->count && ok; i++) {
        struct submission_file *const file = &submission->file[i];
        snprintf(file->name, sizeof file->name, "%s", names[i]);
        if (snprintf(file->path, sizeof file->path, "%s/%s", into, names[i]) >= PATH_MAX)
            file->path[0] = 0; // open() then says that there is no such file
        char *const bytes = fetch(dir, submission, file->name, &file->size, problems);
        file->starter = !bytes || !clean_text(file->name, bytes, &file->size, problems);
        if (file->starter)
            file->size = 0;
        else
            ok = write_copy(file, bytes, problems);
        // Name, size and bytes, so that no two submissions run into each other.
        char head[96];
        snprintf(head, sizeof head, "%s %zd\n", file->name,
                 file->starter ? -1 : (ssize_t)file->size);
        sha256_add(&sha, head, strlen(head));
        if (bytes)
            sha256_add(&sha, bytes, file->size);
        free(bytes);
    }
    close(dir);
    memcpy(submission->sha, "sha256:", 7);
    sha256_end(&sha, submission->sha + 7);
    return ok;
}
