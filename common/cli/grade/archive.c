// SPDX-License-Identifier: MIT
//
// archive.c: archives, for input.h.

#include "input.h"

#ifndef HAVE_ARCHIVE

void input_archive(struct input *input, const char *prefix, int fd, const char *bytes, size_t size,
                   int deep, bool whole) {
    (void)fd, (void)bytes, (void)size, (void)deep, (void)whole;
    input_add(input, prefix, NULL, 0,
              "It is an archive, and this kit was built without libarchive: install "
              "libarchive-dev and run `make build`, or unpack it.");
}

#else

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { ENTRIES_STUDENT = 5000, ENTRIES_CLASS = 200000, PATH_CAP = 1024 };
static const int64_t bytes_student = 256ll << 20, bytes_class = 8ll << 30;

struct walk {
    struct input *input;
    struct archive *archive;
    const char *prefix;
    int deep;
    int64_t bytes; // declared by all entries up to now
    int entries;
};

static const char *last_part(const char *path) {
    const char *const slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool leads_out(const char *path) {
    if (*path == '/' || strchr(path, '\\'))
        return true;
    for (const char *at = path; at; at = strchr(at, '/')) {
        at += *at == '/';
        if (!strncmp(at, "..", 2) && (!at[2] || at[2] == '/'))
            return true;
    }
    return false;
}

// The entry's bytes; NULL: wrong says why not.
static char *entry_bytes(struct walk *walk, size_t most, size_t *size, char *wrong, size_t cap) {
    char *const bytes = malloc(most + 1);
    la_ssize_t got = 0;
    *size = 0;
    while (bytes && *size < most &&
           (got = archive_read_data(walk->archive, bytes + *size, most - *size)) > 0)
        *size += (size_t)got;
    if (bytes && got >= 0) {
        bytes[*size] = '\0';
        char *const fit = realloc(bytes, *size + 1);
        return fit ? fit : bytes;
    }
    const char *const said = archive_error_string(walk->archive);
    const bool locked = said && (strstr(said, "ncrypt") || strstr(said, "assphrase"));
    free(bytes);
    snprintf(wrong, cap,
             locked ? "It is locked with a password: hand it in without one."
                    : "It is damaged in its archive (%s): hand it in once more.",
             said ? said : "cut off");
    return NULL;
}

static void take_entry(struct walk *walk, struct archive_entry *entry, const char *path,
                       const char *full) {
    const char *const name = last_part(path);
    const size_t most = input_cap(walk->input, name, walk->deep);
    const mode_t type = archive_entry_filetype(entry);
    char wrong[512] = "";
    size_t size = 0;
    if (type == AE_IFDIR)
        return;
    if (leads_out(path)) {
        if (most)
            snprintf(wrong, sizeof wrong,
                     "Its path in the archive (%.200s) leads out of it, so it was not taken.",
                     path);
        input_add(walk->input, walk->prefix, NULL, 0, *wrong ? wrong : NULL);
        return;
    }
    if (!most || type != AE_IFREG || archive_entry_hardlink(entry)) {
        if (most)
            snprintf(wrong, sizeof wrong,
                     "%s is a link or a special file in the archive, and only plain files are "
                     "taken.",
                     name);
        input_add(walk->input, full, NULL, 0, *wrong ? wrong : NULL);
        return;
    }
    char *const bytes = entry_bytes(walk, most, &size, wrong, sizeof wrong);
    if (bytes && most == ARCHIVE_CAP) {
        input_archive(walk->input, full, -1, bytes, size, walk->deep + 1, false);
        free(bytes);
        return;
    }
    input_add(walk->input, full, bytes, size, bytes ? NULL : wrong);
}

static void walk_entries(struct walk *walk, bool whole) {
    char full[PATH_CAP], wrong[512];
    for (;;) {
        struct archive_entry *entry;
        const int got = archive_read_next_header(walk->archive, &entry);
        if (got == ARCHIVE_EOF)
            break;
        if (got < ARCHIVE_WARN) {
            const char *const said = archive_error_string(walk->archive);
            snprintf(wrong, sizeof wrong,
                     "The archive cannot be read%s (%s): pack it again and hand it in once more.",
                     walk->entries ? " to its end" : "", said ? said : "it is no archive");
            input_add(walk->input, walk->prefix, NULL, 0, wrong);
            break;
        }
        walk->bytes += archive_entry_size_is_set(entry) ? archive_entry_size(entry) : 0;
        if (++walk->entries > (whole ? ENTRIES_CLASS : ENTRIES_STUDENT) ||
            walk->bytes > (whole ? bytes_class : bytes_student)) {
            snprintf(wrong, sizeof wrong,
                     "The archive holds more than %d files or %d MiB, and was not looked at any "
                     "further: hand in the lab's files alone.",
                     whole ? ENTRIES_CLASS : ENTRIES_STUDENT,
                     (int)((whole ? bytes_class : bytes_student) >> 20));
            input_add(walk->input, walk->prefix, NULL, 0, wrong);
            break;
        }
        const char *const path = archive_entry_pathname(entry);
        if (!path || snprintf(full, sizeof full, "%s%s%s", walk->prefix, *walk->prefix ? "/" : "",
                              path) >= PATH_CAP)
            continue;
        take_entry(walk, entry, path, full);
    }
}

void input_archive(struct input *input, const char *prefix, int fd, const char *bytes, size_t size,
                   int deep, bool whole) {
    struct walk walk = {.input = input, .prefix = prefix, .deep = deep};
    struct archive *const a = archive_read_new();
    char wrong[512];
    walk.archive = a;
    if (!a)
        abort();
    archive_read_support_format_zip(a);
    archive_read_support_format_tar(a);
    archive_read_support_filter_gzip(a);
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_xz(a);
    archive_read_support_filter_zstd(a);
    const int opened = fd >= 0 ? archive_read_open_fd(a, fd, 1 << 16)
                               : archive_read_open_memory(a, (void *)(uintptr_t)bytes, size);
    if (opened < ARCHIVE_WARN) {
        const char *const said = archive_error_string(a);
        snprintf(wrong, sizeof wrong,
                 "The archive cannot be read (%s): pack it again and hand it in once more.",
                 said ? said : "it is no archive");
        input_add(input, prefix, NULL, 0, wrong);
    } else {
        walk_entries(&walk, whole);
        if (!walk.entries)
            input_add(input, prefix, NULL, 0, NULL);
    }
    archive_read_free(a);
}

#endif
