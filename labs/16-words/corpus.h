// SPDX-License-Identifier: MIT
//
// corpus.h: the text that this lab makes for itself, real files on a real disk.
//
// Theory of operation. A corpus is a directory that depends on (seed, size, number of files) alone
// and has these in its name, so it is made once and found again. It lies in build/corpus, beside
// the build/labs or build/solutions that the running program is in; where nothing can be written
// there, in $TMPDIR/twofold-UID/corpus. It is made under another name and renamed when it is whole:
// of two runs that make it at once, the second one to finish throws its own away, and nobody ever
// sees half of one. Who uses a corpus, or makes one, holds a lock (flock) on its directory. A small
// corpus costs nothing to make, and is removed by the last one who used it; so is what a maker
// left that was killed.

#ifndef CORPUS_H
#define CORPUS_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

struct corpus {
    char path[PATH_MAX];
    int lock; // its directory, open and locked; -1: none
    bool small;
};

// Finds or makes the corpus of `kb` KiB in `files` files. It cannot (no space, no permission):
// refuses in words, false.
bool corpus_open(struct corpus *corpus, uint64_t seed, long kb, long files);

// The same on another rank, which is told by corpus->path where rank 0 has found it; on a node that
// does not see that disk it is made once more.
bool corpus_open_there(struct corpus *corpus, uint64_t seed, long kb, long files);

void corpus_close(struct corpus *corpus);

// -- fill.c -------------------------------------------------------------------------------------------

enum {
    SMALL_KB = 1024,     // from here on a corpus is kept
    TALK_KB = 32 * 1024, // from here on it takes long enough to say so
};

// Has the disk of `base` room for such a corpus? No: refuses in words, false.
bool corpus_fits(const char *base, long kb, long files);

// Writes the files of a corpus into an empty open directory. False: errno, or a refusal, says why.
bool corpus_fill(int directory, uint64_t seed, long kb, long files);

// Makes the texts of the same files one after another in memory, without a disk. take: false ends
// it. False: a text could not be made, or was not taken.
bool corpus_each(uint64_t seed, long kb, long files,
                 bool (*take)(void *user, char *text, long size), void *user);

#endif
