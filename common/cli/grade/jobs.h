// SPDX-License-Identifier: MIT
//
// jobs.h: what is to be judged of a class: each different submission once.

#ifndef TWOFOLD_GRADE_JOBS_H
#define TWOFOLD_GRADE_JOBS_H

#include "course.h"
#include "queue.h"

// Gives the queue a job for each different submission that its journal has not yet, those that most
// share first. Returns how many different ones there are in all. The caller frees queue->job.
size_t jobs_find(struct queue *queue, const struct course *course);

#endif
