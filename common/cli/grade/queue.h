// SPDX-License-Identifier: MIT
//
// queue.h: judges what is not judged yet, several submissions at a time.
//
// Theory of operation. A job is a submission: files that several students may have handed in. Each
// worker, a thread, takes the next job and runs `twofold check` on it, in a directory and with a
// journal of its own; what that leaves is added to the journal of the class in one piece
// (ledger.h). Where the rubric asks for speed and there are several workers, they judge only what is
// right; speed is timed when they have ended, one submission after another, with nothing beside it
// (timed.h). Where it did not come to verdicts, or one is INFRA, the job is done again, twice at
// most, the last time when nothing else runs. Ctrl-C ends the runs that are under way, and the next
// call begins with them.

#ifndef TWOFOLD_GRADE_QUEUE_H
#define TWOFOLD_GRADE_QUEUE_H

#include "ledger.h"
#include "pace.h"

#include "../check/rubric.h"
#include <limits.h>

struct job {
    char files[72];   // digest
    char dir[400];    // STUDENT/ATTEMPT, below the directory of all files
    char student[96]; // the first who handed it in
    int sharing;      // attempts that are the same
    double variant;   // the seed of the student's own cases; 0: those of the class
    double seconds;   // it took; 0: not done
};

struct queue {
    // told
    char judge[PATH_MAX]; // build/bin/twofold-check
    const char *lab, *files_dir, *work_dir, *rubric, *kit;
    const char *hidden; // the instructor's own checks (check/hidden.h), a whole path; NULL: none
    const struct rubric *checks; // whose digest is `rubric`
    bool no_sandbox;
    int workers;
    struct ledger *ledger;
    size_t jobs;
    struct job *job;
    // how far it is
    size_t next, done, failed;
    size_t waiting;      // of those that are not done: only their speed is left
    bool stopped;        // Ctrl-C, or the journal cannot be written
    char why[1024];      // in the latter case
    enum pace_lane lane; // under way
    size_t before;       // known when it began (pace.h)
    double begin;
    const struct cpus *cpus; // the judge's, where this program has moved away; NULL: ours
};

// Judges all jobs. False: stopped before the end.
bool queue_run(struct queue *queue);

// -- for whoever else judges them (slurm.h) -----------------------------------------------------------

// What the job is in the journal, and the seed of its cases.
struct piece queue_piece(const struct queue *queue, const struct job *job);
double queue_seed(const struct queue *queue, const struct job *job);

// Counts and tells that the job is done.
void queue_judged(struct queue *queue, const struct job *job);
// The line on a terminal that says how far it is. (Where there are several threads: in the mutex.)
void queue_progress(const struct queue *queue);
void queue_clear_progress(void);
// The last line of what the judge said, without its name.
void queue_last_words(const char *said, char *text, size_t cap);

#endif
