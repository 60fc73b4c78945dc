// SPDX-License-Identifier: MIT
//
// Lab 02 race, threads.
//
// Goal     The threads of a team drop the balls. No ball gets lost, and nobody waits for a lock.
// Run      make run LAB=race VERSION=omp WORKERS=2
// Predict  How many balls get lost if you take no care? Write q1 in answers.txt first.
// Do       decompose  Balls do not depend on each other: one pragma above the loop of serial.c
//                     shares them out. Do that first, alone, and run it with --check: see what
//                     happens.
//          compute    A thread that adds to bins of its own disturbs nobody.
//          combine    At the end all threads' bins are added up, once. One clause of the pragma
//                     makes the bins of each thread and adds them up for you. Which?
// Check    make run LAB=race VERSION=omp WORKERS=2 ARGS=--check
//          make compare LAB=race shows yours beside critical, atomic, and bins of one's own.
//
// Given: race_fall() (race.h) says in which bin a ball ends.

#include "race.h"

void race_omp(struct race *r) {
    (void)r; // yours from here
    todo(__func__, __FILE__);
}
