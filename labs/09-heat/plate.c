// SPDX-License-Identifier: MIT
//
// plate.c: every value is a function of (n, seed, row, column), so that any process can make any
// block and all make the same plate.

#include "plate.h"

void plate_init(struct plate *plate, int n, uint64_t seed) {
    *plate = (struct plate){.n = n, .seed = seed};
    for (uint64_t i = 0; i < HOT_SPOTS; i++) {
        plate->spot[i].row = n * random_unit(seed, UINT64_MAX, 3 * i);
        plate->spot[i].col = n * random_unit(seed, UINT64_MAX, 3 * i + 1);
        plate->spot[i].radius = n * (0.05 + 0.1 * random_unit(seed, UINT64_MAX, 3 * i + 2));
    }
}

static const double grain = 25; // degrees

double plate_start(const struct plate *plate, int row, int col) {
    if (row < 0 || row >= plate->n || col < 0 || col >= plate->n) // the border, hot at the top
        return COLDEST + (double)(HOTTEST - COLDEST) * (plate->n - row) / (plate->n + 1);
    double base = COLDEST;
    for (int i = 0; i < HOT_SPOTS; i++) {
        double down = row - plate->spot[i].row, right = col - plate->spot[i].col;
        double radius = plate->spot[i].radius;
        if (down * down + right * right < radius * radius)
            base = HOTTEST - grain;
    }
    // Grains of chance, so that no two cells are alike and no mistake stays unseen.
    return base + grain * random_unit(plate->seed, (uint64_t)row, (uint64_t)col);
}

struct cut cut_plate(int n, int ranks) {
    int across = 1;
    for (int i = 2; i <= ranks / i; i++)
        if (ranks % i == 0)
            across = i;
    return (struct cut){.n = n, .down = ranks / across, .across = across};
}

void cut_block(const struct cut *cut, int rank, struct range *rows, struct range *cols) {
    *rows = block_range(cut->n, cut->down, rank / cut->across);
    *cols = block_range(cut->n, cut->across, rank % cut->across);
    if (rows->lo == rows->hi || cols->lo == cols->hi)
        *rows = *cols = (struct range){0, 0};
}

int cut_owner(const struct cut *cut, int row, int col) {
    int down = block_owner(cut->n, cut->down, row);
    int right = block_owner(cut->n, cut->across, col);
    return down * cut->across + right;
}
