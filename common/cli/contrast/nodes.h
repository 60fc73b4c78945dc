// SPDX-License-Identifier: MIT
//
// nodes.h: the rows on two nodes: what a network costs.
//
// Theory of operation. Where a cluster in a box is up (twofold cluster), each row on two ranks or
// more runs there as well: once to see whether its result is right, then in each round right behind
// its run on this machine. All else that is told of a row is of this machine.

#ifndef TWOFOLD_CONTRAST_NODES_H
#define TWOFOLD_CONTRAST_NODES_H

#include "study.h"

// How many nodes of a cluster can be had at once: NODES, or 0: none is up, or they are busy.
enum { NODES = 2 };
int nodes_up(const char *tools);

// The first look at row i on the nodes, where there are any.
void nodes_look(struct study *study, int i);
// Times row i there, in the round of its last time here.
void nodes_time(struct study *study, int i, int round);
// Adds a sentence on what the nodes made of the fastest row on ranks, if any was timed there.
void nodes_say(struct study *study);

#endif
