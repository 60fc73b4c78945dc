// SPDX-License-Identifier: MIT
//
// course.h: the students, and what each handed in.
//
// Theory of operation. course_collect() sorts the files that input.h found by student and attempt
// (layout.h), course_roster() adds the names of a list, and students who handed in nothing. Each
// attempt's files are then laid into OUT/files/STUDENT/ATTEMPT (course_lay_out), where the judge
// takes them from and an instructor may look at them; their digest says which attempts are the same
// submission. A student's `key` is what the input calls them, made fit for a file's name.

#ifndef TWOFOLD_GRADE_COURSE_H
#define TWOFOLD_GRADE_COURSE_H

#include "input.h"
#include "layout.h"
#include "policy.h"
#include <stdint.h>

enum { NAMES_MAX = 12 };

struct attempt {
    char label[64];                      // "2", a date; "" there is one only
    int64_t when;                        // handed in, seconds since 1970; -1: nobody knows
    bool late;                           // the platform says so (and not by how much)
    char dir[400];                       // of its files: STUDENT/ATTEMPT below OUT/files
    char sha[72];                        // of the submission; "" no file of the lab is in it
    int files;                           // of the lab, in it
    char wrong[640];                     // what could not be taken, sentences; ""
    const struct found *file[FILES_MAX]; // a name of the lab each, NULL: not in it
    int depth[FILES_MAX];
    const struct found *manifest; // of make hand-in (manifest.h); NULL: it has none
};

struct student {
    char key[96];
    char name[128], email[128]; // "" not known
    char *known[NAMES_MAX];     // all that platforms and rosters call them by
    int knowns;
    bool listed;             // in the roster
    double variant;          // the seed of their own cases (variant.h); 0: those of the class
    size_t attempts, beyond; // beyond: so many more came too late to count (policy.h)
    struct attempt *attempt; // the earliest first, as far as is known
};

struct course {
    enum layout layout;
    bool roster;
    size_t students;
    struct student *student; // by key
};

// Students and attempts of the input. layout: LAYOUTS to find it out.
void course_collect(struct course *course, const struct input *input, enum layout layout,
                    const struct policy *policy);
// Adds a roster: a CSV whose header has some of username, student, login, id, email, name. False:
// why says what is wrong with it, in a sentence.
bool course_roster(struct course *course, const char *path, char *why, size_t cap);
// Writes the files of all attempts below `dir` and finds their digests. False: why.
bool course_lay_out(struct course *course, const struct input *input, const char *dir, char *why,
                    size_t cap);

// -- for course.c and roster.c alone ------------------------------------------------------------------

// The student who is called so, perhaps a new one.
struct student *course_student(struct course *course, const char *called);
void course_sort(struct course *course); // by key

// -- for all ------------------------------------------------------------------------------------------

// Adds a sentence to what was wrong with an attempt, once.
void attempt_wrong(struct attempt *attempt, const char *sentence);

// Is this student called so (a cell of a platform's table)?
bool student_is(const struct student *student, const char *called);
// Adds what they are called by; "" is left out.
void student_called(struct student *student, const char *called);
// The name if there is one, else the key.
const char *student_name(const struct student *student);
void course_free(struct course *course);

#endif
