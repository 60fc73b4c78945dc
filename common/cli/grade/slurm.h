// SPDX-License-Identifier: MIT
//
// slurm.h: judges what is not judged yet on the nodes of a cluster.
//
// Theory of operation. Two job arrays, submitted by slurm/grade.sh: in the first what is right is
// judged, several submissions on each of many nodes; behind it, if the rubric asks for speed, what
// only a clock tells, on nodes that nobody else uses. They know nothing of the journal of the class.
// Each submission's verdicts come as files of their own in a directory that all nodes see, under
// their names only when they are whole:
//
//     DIR/list, words     the submissions with the seed of each, and the words for the judge
//     DIR/hidden.txt      a copy of the instructor's own checks (check/hidden.h), if there are any
//     DIR/N.correctness   what the first array found of submission N, from 1
//     DIR/N.timing        what the second one found
//     DIR/N.refused       what the judge said in place of verdicts
//     DIR/jobs            the numbers of the arrays
//
// This program waits for the arrays, and adds what is whole to the journal, as it comes, in one piece
// each, as queue.h does. A node that dies costs time: Slurm starts its member again. What is not
// there when the arrays have left the queue is submitted once more, twice at most.

#ifndef TWOFOLD_GRADE_SLURM_H
#define TWOFOLD_GRADE_SLURM_H

#include "queue.h"

// Judges all jobs of the queue. root: the kit's. False: stopped before the end.
bool slurm_run(struct queue *queue, const char *root);

#endif
