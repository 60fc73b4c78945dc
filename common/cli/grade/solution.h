// SPDX-License-Identifier: MIT
//
// solution.h: the part of a student's page that is there from the date on that the policy names
// (`show solution`, policy.h), and not before: each file of the solution with the student's own
// beside it, and why it works.

#ifndef TWOFOLD_GRADE_SOLUTION_H
#define TWOFOLD_GRADE_SOLUTION_H

#include "book.h"
#include <stdio.h>

// Nothing where book->solution is NULL.
void page_solution(FILE *file, const struct book *book, const struct score *score);

#endif
