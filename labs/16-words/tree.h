// SPDX-License-Identifier: MIT
//
// tree.h: the list of the files below a directory, in the order of their names, so that it is the
// same list for every rank and every run. Symbolic links are followed.

#ifndef TREE_H
#define TREE_H

#include "words.h"

struct tree {
    struct file *file;
    long files;
    double bytes; // of all files
    char *names;  // the paths, one after another, each ended by '\0'
    size_t names_size;
};

// Lists the files below dir. Anything that cannot be read as text files (no such directory, one
// that leads back into itself, a FIFO, no permission) is refused in words: false.
bool tree_walk(struct tree *tree, const char *dir);

// Every rank of comm calls it: gives the list that rank 0 holds to all of them. MPI_COMM_NULL:
// nothing is to be done. A rank without memory for it: refused, false on every rank.
bool tree_share(struct tree *tree, MPI_Comm comm);

void tree_free(struct tree *tree);

// Do all ranks of comm say yes?
bool all_agree(bool yes, MPI_Comm comm);

#endif
