// SPDX-License-Identifier: MIT
// tree.c: rank 0 walks, the others are told: a thousand ranks that walk one tree stop its server.

#include "tree.h"

#include "kit.h"

#include <errno.h>
#include <fts.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int by_name(const FTSENT **a, const FTSENT **b) {
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static bool no_memory(void) {
    return refuse("No memory for the list of files; point dir= at a smaller tree.");
}

// Adds a file. Names may move while the list grows, so their places are kept until it is whole.
static bool add(struct tree *tree, const char *path, const struct stat *stat, size_t room[2]) {
    size_t length = strlen(path) + 1;
    if ((size_t)tree->files == room[0]) {
        room[0] = room[0] ? 2 * room[0] : 64;
        struct file *file = realloc(tree->file, room[0] * sizeof *file);
        if (!file)
            return no_memory();
        tree->file = file;
    }
    if (tree->names_size + length > room[1]) {
        room[1] = 2 * (tree->names_size + length);
        char *names = realloc(tree->names, room[1]);
        if (!names)
            return no_memory();
        tree->names = names;
    }
    memcpy(tree->names + tree->names_size, path, length);
    tree->names_size += length;
    tree->bytes += (double)stat->st_size;
    tree->file[tree->files++] = (struct file){
        .size = (long)stat->st_size,
        .changed = (long)stat->st_mtim.tv_sec * 1000000000L + stat->st_mtim.tv_nsec,
    };
    return true;
}

static const char *kind_of(mode_t mode) {
    return S_ISFIFO(mode)   ? "a FIFO"
           : S_ISSOCK(mode) ? "a socket"
           : S_ISCHR(mode)  ? "a character device"
           : S_ISBLK(mode)  ? "a block device"
                            : "no regular file";
}

// One entry of the walk; a file that can be read is added.
static bool visit(struct tree *tree, const FTSENT *entry, const char *dir, size_t room[2]) {
    const char *path = entry->fts_path, *why = strerror(entry->fts_errno);
    bool top = entry->fts_level == FTS_ROOTLEVEL;
    switch (entry->fts_info) {
    case FTS_D:
    case FTS_DP:
        return true;
    case FTS_DC:
        return refuse(
            "The directory %s leads back to %.*s: the tree has no end; remove the link that "
            "makes the loop, or point dir= at a part without it.",
            path, (int)entry->fts_cycle->fts_pathlen, path);
    case FTS_DNR:
        return refuse("The directory %s cannot be read: %s.", path, why);
    case FTS_SLNONE:
        return refuse("%s is a symbolic link to something that is not there; remove it, or point "
                      "dir= elsewhere.",
                      path);
    case FTS_F:
    case FTS_DEFAULT:
        if (top)
            return refuse("dir=%s is not a directory; name the directory that holds the files.",
                          dir);
        if (!S_ISREG(entry->fts_statp->st_mode))
            return refuse("%s is %s and no text; keep it out of the tree.", path,
                          kind_of(entry->fts_statp->st_mode));
        if (eaccess(path, R_OK) != 0)
            return refuse("The file %s cannot be read: %s.", path, strerror(errno));
        return add(tree, path, entry->fts_statp, room);
    default:
        if (top)
            return refuse("dir=%s cannot be used: %s.", dir, why);
        return refuse("%s cannot be looked at: %s.", path, why);
    }
}

static void place_names(struct tree *tree) {
    const char *name = tree->names;
    for (long i = 0; i < tree->files; i++, name += strlen(name) + 1)
        tree->file[i].path = name;
}

bool tree_walk(struct tree *tree, const char *dir) {
    *tree = (struct tree){0};
    char *roots[] = {(char *)(uintptr_t)dir, NULL}; // fts does not write to it
    FTS *walk = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, by_name);
    if (!walk)
        return refuse("dir=%s cannot be walked through: %s.", dir, strerror(errno));
    size_t room[2] = {0, 0};
    bool good = true;
    FTSENT *entry;
    while (good && (errno = 0, entry = fts_read(walk)))
        good = visit(tree, entry, dir, room);
    if (good && errno)
        good = refuse("dir=%s cannot be walked through to its end: %s.", dir, strerror(errno));
    fts_close(walk);
    if (good && tree->files == 0)
        good =
            refuse("dir=%s holds no file, and so no words; point it at a tree of text files.", dir);
    if (good && tree->names_size > INT_MAX)
        good = refuse("dir=%s holds %ld files, too many to list; point it at a part of the tree.",
                      dir, tree->files);
    if (good)
        place_names(tree);
    else
        tree_free(tree);
    return good;
}

bool tree_share(struct tree *tree, MPI_Comm comm) {
    if (comm == MPI_COMM_NULL)
        return true;
    int rank;
    MPI_Comm_rank(comm, &rank);
    long sizes[] = {tree->files, (long)tree->names_size};
    MPI_Bcast(sizes, 2, MPI_LONG, 0, comm);
    MPI_Bcast(&tree->bytes, 1, MPI_DOUBLE, 0, comm);
    tree->files = sizes[0];
    tree->names_size = (size_t)sizes[1];
    if (rank != 0) {
        tree->file = calloc((size_t)tree->files, sizeof *tree->file);
        tree->names = malloc(tree->names_size);
    }
    bool room = (tree->file && tree->names) || no_memory();
    if (!all_agree(room, comm)) {
        tree_free(tree);
        return false;
    }
    MPI_Bcast(tree->names, (int)tree->names_size, MPI_CHAR, 0, comm);
    for (long i = 0; i < tree->files;) { // the counts of a message are of type int
        long n = tree->files - i < 1000000 ? tree->files - i : 1000000;
        MPI_Bcast(tree->file + i, (int)(n * (long)sizeof *tree->file), MPI_BYTE, 0, comm);
        i += n;
    }
    place_names(tree);
    return true;
}

void tree_free(struct tree *tree) {
    free(tree->file);
    free(tree->names);
    *tree = (struct tree){0};
}

bool all_agree(bool yes, MPI_Comm comm) {
    int all = yes;
    if (comm != MPI_COMM_NULL)
        MPI_Allreduce(MPI_IN_PLACE, &all, 1, MPI_INT, MPI_MIN, comm);
    return all;
}
