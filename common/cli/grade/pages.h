// SPDX-License-Identifier: MIT
//
// pages.h: what students and instructors read in a browser: a page a student, to be given to that
// student alone, and one of the class, for the instructor. Each needs nothing else: no network, no
// script, no other file. All that students wrote or caused is text there, never markup.

#ifndef TWOFOLD_GRADE_PAGES_H
#define TWOFOLD_GRADE_PAGES_H

#include "book.h"
#include <stdio.h>

void page_student(FILE *file, const struct book *book, const struct score *score);
// Links to pages/KEY.html beside it.
void page_class(FILE *file, const struct book *book);

// The head that both have: title, and the banner of a class judged without a sandbox.
void page_top(FILE *file, const struct book *book, const char *title, const char *lead);
// <tag class="classes">text</tag>
void page_element(FILE *file, const char *tag, const char *classes, const char *text);
// The class of a verdict's badge: good, bad, neither.
const char *page_badge(const char *verdict);

#endif
