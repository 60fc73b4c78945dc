// SPDX-License-Identifier: MIT
//
// policy.h: what counts: when a submission is late, which attempts and versions, for how many points.
// Read from a small file that the instructor writes:
//
//     # heat, autumn
//     due    2026-11-20 23:59 Europe/Berlin    a date, a time, a zone (Europe/Berlin, UTC, +01:00)
//     grace  10m                               so much later is not late yet
//     late   1d 90                             up to a day late: 90 % of the points
//     late   3d 50                             up to three days: 50 %; later than the last: none
//     curve  steps                             steps (as above), or linear between the lines
//     extend ada 2026-11-25 23:59 Europe/Berlin    another due date for one student
//     count  best                              best attempt counts; or last
//     attempts 3                               later ones do not count
//     points 20                                what all checks together are worth
//     versions omp mpi                         only checks of these versions count
//     show   after_due_date                    what students see of checks that say nothing else: as
//                                              a visibility of check/hidden.h
//     show   solution 2026-12-18 12:00 Europe/Berlin    from when on they see the solution, when
//                                              nobody can hand in any more; else they never do
//
// Without a file nothing is late and the best attempt counts.

#ifndef TWOFOLD_GRADE_POLICY_H
#define TWOFOLD_GRADE_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LATE_STEPS = 16, VERSIONS_COUNTED = 8 };

struct extension {
    char student[96];
    int64_t due;
};

struct policy {
    int64_t due;  // seconds since 1970; -1: none
    double grace; // seconds
    struct {
        double seconds, percent;
    } late[LATE_STEPS]; // by seconds
    int steps;
    bool linear, last; // last: the last attempt counts, not the best
    char zone[64];     // of `due`; "" the machine's
    int attempts;      // that count, from the first; 0: all
    double points;     // of all checks together; 0: the rubric's
    int versions;      // that count; 0: all
    char version[VERSIONS_COUNTED][32];
    char show[24];    // "" visible
    int64_t solution; // from when on students see it; -1: never
    size_t extensions;
    struct extension *extension;
};

// What is true without a file.
struct policy policy_none(void);
// False: the file is not as it must be; why names it, the line, and what is wrong there.
bool policy_read(struct policy *policy, const char *path, char *why, size_t cap);

// How late, in seconds; 0: not late, or nobody knows. when: -1 not known.
double policy_late(const struct policy *policy, const char *student, int64_t when);
// The share of the points that counts, 0 to 1, so many seconds late.
double policy_share(const struct policy *policy, double late);

// Does a check of this id count?
bool policy_counts(const struct policy *policy, const char *check);

// Is it too late at this time for anybody to hand in anything that counts? False where nothing is due.
bool policy_is_over(const struct policy *policy, int64_t now);

// Do students see the solution at this time?
bool policy_shows_solution(const struct policy *policy, int64_t now);

// "2026-11-20 23:59[:59]" ('T', '_' or '-' between date and time, '-' between its parts do, too) in
// a zone ("" the machine's) as seconds since 1970; -1: that is no such date, or there is no such zone.
int64_t policy_date(const char *text, const char *zone);

#endif
