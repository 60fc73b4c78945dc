// SPDX-License-Identifier: MIT
//
// jobs.c: see jobs.h.

#include "jobs.h"

#include "die.h"
#include <stdlib.h>
#include <string.h>

static int by_number_of_attempts(const void *a, const void *b) {
    return ((const struct job *)b)->sharing - ((const struct job *)a)->sharing;
}

size_t jobs_find(struct queue *queue, const struct course *course) {
    size_t all = 0, room = 0;
    for (size_t s = 0; s < course->students; s++)
        room += course->student[s].attempts;
    struct job *const job = calloc(room + 1, sizeof *job);
    if (!job)
        die("there is no memory left.");
    for (size_t s = 0; s < course->students; s++)
        for (size_t i = 0; i < course->student[s].attempts; i++) {
            const struct attempt *const a = &course->student[s].attempt[i];
            const double variant = course->student[s].variant;
            size_t j = 0;
            while (j < all && (strcmp(job[j].files, a->sha) != 0 || job[j].variant != variant))
                j++;
            if (!*a->sha || job[j].sharing++)
                continue;
            memcpy(job[j].files, a->sha, sizeof a->sha);
            job[j].variant = variant;
            memcpy(job[j].dir, a->dir, sizeof a->dir);
            memcpy(job[j].student, course->student[s].key, sizeof job[j].student);
            all++;
        }
    for (size_t j = 0; j < all; j++) {
        const struct piece piece = queue_piece(queue, &job[j]);
        if (!ledger_done(queue->ledger, &piece))
            job[queue->jobs++] = job[j];
    }
    qsort(job, queue->jobs, sizeof *job, by_number_of_attempts);
    queue->job = job;
    return all;
}
