// SPDX-License-Identifier: MIT
//
// plate.h: the plate as it is before the first step, and how it is cut into blocks. Given; a
// solution needs nothing of it.

#ifndef PLATE_H
#define PLATE_H

#include "heat.h"

enum { COLDEST = 20, HOTTEST = 100, HOT_SPOTS = 5 }; // degrees Celsius; how many

struct plate {
    int n;
    uint64_t seed;
    struct {
        double row, col, radius; // in points
    } spot[HOT_SPOTS];
};

// A cut of the plate into down x across blocks, rank by rank, row by row.
struct cut {
    int n, down, across;
};

// What the kit keeps behind h->kit.
struct heat_kit {
    struct plate plate;
    struct cut cut;
    MPI_Comm comm; // our own copy, so that no message a version left unread is taken for ours
    void *pages;   // both buffers
    size_t bytes;  // of pages
};

// The plate of a seed. All temperatures lie from COLDEST to HOTTEST, at the start and, as each step
// takes means, at any time.
void plate_init(struct plate *plate, int n, uint64_t seed);
// The temperature at the start of point (row, col), or the border's, which lies at rows and columns
// -1 and n.
double plate_start(const struct plate *plate, int row, int col);

// As many blocks as ranks, as near to square as can be, not more across than down.
struct cut cut_plate(int n, int ranks);
// The block of a rank; both ranges are empty where one is.
void cut_block(const struct cut *cut, int rank, struct range *rows, struct range *cols);
// The rank whose block holds a point.
int cut_owner(const struct cut *cut, int row, int col);

#endif
