// SPDX-License-Identifier: MIT
//
// export.h: the marks as other programs read them. Each writes one file; the fields are those of
// the formats' own documentation:
//
//     gradescope    results.json, gradescope-autograders.readthedocs.io/en/latest/specs
//     prairielearn  results.json, docs.prairielearn.com/externalGrading
//     autolab       two lines at the end of a grader's output, docs.autolabproject.com/lab
//     junit         an XML file, a suite a student; github.com/testmoapp/junitxml
//     ctrf          the common test report format, ctrf.io

#ifndef TWOFOLD_GRADE_EXPORT_H
#define TWOFOLD_GRADE_EXPORT_H

#include "book.h"
#include "csv.h"

// A file a student.
void export_gradescope(FILE *file, const struct book *book, const struct score *score);
void export_prairielearn(FILE *file, const struct book *book, const struct score *score);
void export_autolab(FILE *file, const struct book *book, const struct score *score);
// A file a class.
void export_junit(FILE *file, const struct book *book);
void export_ctrf(FILE *file, const struct book *book);

// -- the platform's own table, filled ------------------------------------------------------------------

enum platform { TO_CANVAS, TO_MOODLE, TO_BLACKBOARD };

struct filled {
    size_t rows, known; // students in the table, and of them those that are ours
    size_t missing;     // students of ours with points who are not in the table
    double most;        // that the platform has for it; 0: it does not say
};

// Sets the marks in the table; column: its name, NULL: the one that names the lab. Students whose
// score is not known stay as they are. False: why.
bool export_fill(struct csv *table, enum platform platform, const struct book *book,
                 const char *column, struct filled *filled, char *why, size_t cap);

#endif
