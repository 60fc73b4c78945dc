// SPDX-License-Identifier: MIT
//
// mutant.h: one wrong answer, or attack, judged: what it is to get, and what is not as expected.

#ifndef TWOFOLD_MUTANT_H
#define TWOFOLD_MUTANT_H

#include "expect.h"
#include "labs.h"
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

enum kind { SOLUTIONS, STARTERS, MUTANT };

// What all runs of a lab share.
struct setting {
    struct lab_entry lab;
    char lab_path[PATH_MAX], solution_path[PATH_MAX], mutant_path[PATH_MAX];
    bool hostile;      // it is about tests/hostile
    const char *judge; // the program to ask
    uint64_t seed;     // of the cases
};

// One call of the judge.
struct run {
    enum kind kind;
    char name[64]; // of the mutant: "in_place"
    struct expect expect;
    char wrong[4096];          // what is not as expected, "" nothing
    int todo;                  // checks with that verdict
    double points, max_points; // of all lines
    bool seen, passed;         // the check at hand
    bool ungraded;             // it could not be graded here: its points do not count
    bool harm;                 // something was reached that is not the run's, or left behind
    bool again;                // it is judged a second time
};

extern const char mutant_honest[]; // the name of a run that is no attack: the solution's files

// Adds a line to what is not as expected.
void mutant_wrong(struct run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));
// Reads its first two lines: what it is to get, and that it says what the student believed.
void mutant_read(struct run *run, const struct setting *setting, const char *name);
// Hands its files in, and looks at what the judge makes of them.
void mutant_judge(struct run *run, const struct setting *setting);
// One line of the journal (journal.c): is it what the run is to get?
void mutant_look(struct run *run, const struct setting *setting, const char *line);
// VERSION-build is judged in every run; VERSION-equal needs it, and is skipped where it fails.
bool mutant_is_of_build(const struct run *run);

#endif
