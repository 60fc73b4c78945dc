// SPDX-License-Identifier: MIT
//
// Lab 01 hello, threads.
//
// Goal     The threads of a team sign the roll: line i is signed by thread i % threads.
// Run      make run LAB=hello VERSION=omp WORKERS=2
// Predict  How many times as fast as serial are 2 threads? Write q1 in answers.txt first.
// Do       decompose  #pragma omp parallel starts a team: every thread runs the block below it. In
//                     the block, ask who you are, omp_get_thread_num(), and how many you are,
//                     omp_get_num_threads(). What do these two return outside of the block?
//          compute    Sign every line that is yours: the one of your number, and then each that is
//                     as many lines further as there are threads.
//          combine    Nothing to do: all threads write to one roll. Say why.
//          A variable that is declared in the block is each thread's own. One declared before it
//          is shared by all: what happens if that is the one that holds your number?
// Check    make run LAB=hello VERSION=omp WORKERS=3 ARGS=--check
//          and with ARGS="--check n=2": there are more workers than lines.
//
// Given: hello_sign() (hello.h) signs a line.

#include "hello.h"

#include <omp.h>

void hello_omp(struct hello *h) {
    (void)h; // yours from here
    todo(__func__, __FILE__);
}
