// SPDX-License-Identifier: MIT
//
// apart.h: one board of what ranks that share no memory tell of themselves (../apart.h).

#ifndef TWOFOLD_READ_APART_H
#define TWOFOLD_READ_APART_H

#include "../apart.h"
#include <stdbool.h>
#include <stddef.h>

// The account of one rank, as it was read last.
struct apart_image {
    uint64_t sum;               // of the file; 0: none was read
    struct apart_account *told; // NULL: no file was there yet
};

struct apart_view {
    struct board *board;         // all of them together
    char path[256];              // of the board's file; the ranks' are beside it
    int ranks, world;            // that are looked at; of the program
    struct apart_image *images;  // by rank
    bool seen;                   // some rank has told of itself
    struct board_find finds[64]; // what was found by comparing
    int finders[64], find_count; // whose they are
};

// path: of the board's file. NULL: no memory.
struct apart_view *apart_view_new(const char *path, int ranks);
// Reads what is new. last: the program has ended. True: some rank has told of itself, so the board is this
// one.
bool apart_view_look(struct apart_view *view, bool last);
// The first rank that has told nothing, or whose file was not whole, while others have; or, ended: that has not
// told its end, for there was no room. -1: none.
int apart_view_silent(const struct apart_view *view, bool ended);
// Removes the files, too.
void apart_view_free(struct apart_view *view);

// -- differences.c: what the ranks do not agree in --------------------------------------------------------

// What is found goes onto the board; of messages only when the program has ended.
void apart_compare(struct apart_view *view, bool last);

#endif
