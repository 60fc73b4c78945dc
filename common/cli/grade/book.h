// SPDX-License-Identifier: MIT
//
// book.h: the marks of a class, made from the journal, the attempts and the late policy. Exports,
// pages and the gradebook are made from this, and from nothing else.
//
// A check that could not be judged on this machine (UNGRADED, or INFRA after all tries) takes its
// points out of what could be reached; the score is then given as if all could: 87 of 95 is 91.6 of
// 100. An attempt that is late counts the policy's share. The best attempt counts, or the last.

#ifndef TWOFOLD_GRADE_BOOK_H
#define TWOFOLD_GRADE_BOOK_H

#include "course.h"
#include "earlier.h"
#include "ledger.h"

#include "../check/rubric.h"

enum standing_state {
    GRADED,
    NOTHING, // nothing handed in: 0 points
    UNKNOWN  // the judge could not judge it: no points, and no 0 either
};

struct score {
    const struct student *student;
    const struct attempt *attempt; // that counts; NULL: none
    enum standing_state state;
    double points, most; // after the late policy
    double before;       // it
    double late;         // s
    double share;        // of the points that counts, 0 to 1
    int shared;          // other students with the same files
    struct result result;
};

struct book {
    const char *lab, *title; // "heat", "Heat flow in a plate"
    const char *rubric, *kit, *date;
    const char *starter; // the directory of the lab's starters, whose text nobody copied
    // What students see once the policy's date has come: the directory of the solution, the file that
    // says why it works, and the directory of what was handed in. NULL: not now.
    const char *solution, *explanation, *files;
    const struct earlier *earlier; // classes whose text is compared; NULL: none
    double most;
    bool no_sandbox;
    const struct rubric *checks; // what students see of each counts as it says; NULL: as journalled
    bool due_over;               // nobody can hand in any more
    bool published;              // the instructor says that the marks are
    size_t count;
    struct score *score; // a student each, in the order of the course
};

// Fills book->score. What is told of the lab is set before.
void book_fill(struct book *book, const struct course *course, const struct ledger *ledger,
               const struct policy *policy);
void book_free(struct book *book);

// "87.5", "100": a number of points as platforms want it.
const char *book_points(double points, char text[32]);
// What a student is told in one line: "87.5 of 100 points", "Nothing was handed in.", and why.
void book_sentence(const struct score *score, char *text, size_t cap);
// How the student makes the same cases again, a sentence; "": nothing of theirs was judged.
void book_cases(const struct book *book, const struct score *score, char *text, size_t cap);
// What students read instead of what this check ran, a sentence; NULL: they may see all of it. A
// visibility that nobody knows hides.
const char *book_withheld(const struct book *book, const struct mark *mark);
// The state of a mark for platforms: "passed", "failed", "skipped" (UNGRADED, INFRA, SKIP).
const char *book_status(const struct mark *mark);
// What the judge said of a check, its evidence and its next step, a paragraph each.
void book_said(const struct mark *mark, char *text, size_t cap);

#endif
