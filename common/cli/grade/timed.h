// SPDX-License-Identifier: MIT
//
// timed.h: between the two lanes (../check/lanes.h): what the first one found of a submission waits
// in a file until the second one, which needs the machine for itself, goes on with it.
//
// Theory of operation. The file stands in the queue's work_dir, under the name of what is judged:
// the files, the rubric, the seed. It has that name only when it is whole and on the disk, so a later
// call may go on from it, whatever ended the one that made it.

#ifndef TWOFOLD_GRADE_TIMED_H
#define TWOFOLD_GRADE_TIMED_H

#include "queue.h"

#include "../check/rubric.h"

// Does the rubric ask for speed at all?
bool timed_asked(const struct rubric *rubric);
// Is there something left for the lane of timing, in the lines that the first one found?
bool timed_left(const struct rubric *rubric, const char *found);

// Is this the name of such a file?
bool timed_is_waiting(const char *name);
// The path of the job's.
void timed_path(const struct queue *queue, const struct job *job, char *path, size_t cap);
// Gives the journal the job's path: what is right is known. False: it cannot be kept, why is in errno.
bool timed_keep(const char *journal, const char *path);
// Has the job such a file, and is something left to time? Then true.
bool timed_waits(const struct queue *queue, const struct job *job);
// Puts the lines of the first lane before those of the second, in `journal`. False: why is in errno.
bool timed_join(const char *first, const char *journal);

#endif
