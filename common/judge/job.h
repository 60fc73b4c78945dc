// SPDX-License-Identifier: MIT
//
// job.h: the directories of a launch of a program that is not believed.
//
//     DIR/shown   what the program is shown and cannot change: its cases, sockets of services
//     DIR/job     where it writes its result files; empty before each launch
//     DIR/taken   what the judge has taken out of DIR/job, after the launch
//
// The first and the second are what a sandbox is opened with. In the third stand only plain files
// that no other name leads to: a link, a pipe or a device is left where it lies.

#ifndef TWOFOLD_JOB_H
#define TWOFOLD_JOB_H

#include <stdbool.h>

// Makes the three, where they are not there yet. False: errno says why not.
bool job_make(const char *dir);
// Empties DIR/job and DIR/taken and makes DIR/job/results. While no launch is under way.
bool job_begin(const char *dir);
// Removes a file, or a directory with all that is in it, however deep.
void job_remove(const char *dir);
// Takes the file NAME ("results/17.res") out of DIR/job, to DIR/taken under the last part of its
// name. False: it is not there, or is no plain file.
bool job_take(const char *dir, const char *name);

#endif
