// SPDX-License-Identifier: MIT
//
// survey.h: which cells of a plate are wrong, and where they lie: whose they are, and how far from
// the edges where one worker's part meets another's.

#ifndef SURVEY_H
#define SURVEY_H

#include "plate.h"

// The four edges of a part, seen from inside.
struct side {
    int row, col;       // the step that leads out
    const char *mine;   // the line of the part along this edge
    const char *theirs; // the line of the neighbour that it needs
    const char *whose;  // which neighbour
    const char *ghost;  // where the neighbour's line belongs
};

// The line of a part along an edge where another part begins.
struct edge {
    const struct side *side;
    int mine, theirs; // whose line, whose is beyond
    double cells;     // in the line
    double lost;      // how many are not finite
    double error;     // summed differences of the others, degrees
    long cell;        // the first that is wrong, or -1
};

struct survey {
    int n, steps;
    struct cut cut;     // the parts: ranks' blocks, or the runs of rows of threads
    const char *worker; // "rank" or "thread"
    const double *got, *want;
    int *row_away, *col_away; // of each row and column, the distance to the nearest edge between
                              // parts: 0 for the rows along it; INT_MAX where there is none
    struct edge *edges;       // four of each part, in the order of the sides

    double lost;         // how many cells are not finite
    double wrong;        // how many differ, these among them
    double worst;        // the largest difference of the others, degrees
    long worst_cell;     // where; cells are counted row by row, -1: there is none
    long first;          // the first wrong cell, or -1
    bool far, far_wrong; // a mistake at an edge spreads by one cell a step: are there cells that it
                         // cannot have reached, and is one of them wrong?
    int lost_depth;      // the largest distance from an edge of a cell that is not finite
    int depth;           // ... of any cell
};

// Compares got with want (n * n each). Finds edges between the parts of cut. worker: what a part
// belongs to. False: no memory.
bool survey_make(struct survey *s, const struct cut *cut, const char *worker, int steps,
                 const double *got, const double *want);
void survey_free(struct survey *s);

// The edge with the largest share of cells that are not finite; of the largest error. NULL: none.
const struct edge *survey_lost_edge(const struct survey *s);
const struct edge *survey_wrong_edge(const struct survey *s);

// Writes "row 48, column 0 (of rank 1)". Returns words.
const char *survey_place(const struct survey *s, long cell, char *words, size_t cap);

#endif
