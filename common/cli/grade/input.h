// SPDX-License-Identifier: MIT
//
// input.h: all files of a directory or an archive that might be a lab's, in memory.
//
// Theory of operation. What strangers packed is never unpacked to the disk: a path in an archive is
// only a text here, looked at by layout.h, so that no "..", absolute path, link, device or clash of
// names can reach anything. Directories and archives (zip, tar and its compressed forms, one inside
// another once) are walked alike, without following links. Bytes are kept only of plain files that
// may be one of the lab's, each up to a cap; the others leave their path alone. An archive that is
// too large by what it declares is given up before it is unpacked, entry by entry.

#ifndef TWOFOLD_GRADE_INPUT_H
#define TWOFOLD_GRADE_INPUT_H

#include "submission.h"

#define MANIFEST "manifest.txt" // is kept, too, of what make hand-in packed

struct found {
    char *path;  // below the directory of all submissions: "ada.zip/omp.c"
    char *bytes; // NULL: only known to be there
    size_t size;
    char *wrong; // NULL, or why it was not taken, a sentence
};

struct input {
    int count; // of the lab's files
    char names[FILES_MAX][32];
    size_t files;
    struct found *file;
};

// Reads all that lies in `path`; input->names and ->count are set before. False: why says in a
// sentence why nothing can be read.
bool input_read(struct input *input, const char *path, char *why, size_t cap);
void input_free(struct input *input);

// Can this file's name be one of the lab's, whatever a platform wrote round it?
bool input_wants(const struct input *input, const char *name);

// -- for input.c and archive.c alone ----------------------------------------------------------------

enum { ARCHIVES_DEEP = 2, METADATA_CAP = 32 << 20, ARCHIVE_CAP = 64 << 20, MANIFEST_CAP = 1 << 16 };

// Adds a file; bytes is taken over, path and wrong are copied (wrong: NULL none).
void input_add(struct input *input, const char *path, char *bytes, size_t size, const char *wrong);
// How many bytes of this file are worth reading; 0: none.
size_t input_cap(const struct input *input, const char *name, int deep);
// Looks into an archive (fd, or bytes if fd is -1), whose entries are named PREFIX/path. deep: in
// how many archives it lies. whole: it is a class, not a student.
void input_archive(struct input *input, const char *prefix, int fd, const char *bytes, size_t size,
                   int deep, bool whole);

#endif
