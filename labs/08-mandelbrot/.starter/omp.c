// SPDX-License-Identifier: MIT
//
// Goal     The threads of a team compute the picture, and none is idle while there are rows left.
// Run      make run LAB=mandelbrot VERSION=omp WORKERS=2
// Predict  answers.txt, q1 to q3: how much faster are equal blocks of rows, and how much your
//          version?
// Do       1  Decompose: copy the loop of serial.c. A row is a good unit: rows do not depend on
//             each other, and each is written by the one thread that computes it.
//          2  Compute: one pragma above the loop gives the rows to threads. Its schedule clause
//             says when it is decided who gets which row: before the start, or when a thread has
//             nothing left to do. Which of the two knows what a row costs?
//          3  Combine: nothing to do. Say why.
// Check    make run LAB=mandelbrot VERSION=omp WORKERS=2 ARGS=--check
//          make compare LAB=mandelbrot shows omp beside blocks.
//
// Given: mandelbrot_row() (mandelbrot.h). blocks.c shows a schedule that is right, and slow.

#include "kit.h"
#include "mandelbrot.h"

void mandelbrot_omp(struct mandelbrot *m) {
    (void)m; // goes when your code comes
    todo(__func__, __FILE__);
}
