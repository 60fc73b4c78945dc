// SPDX-License-Identifier: MIT
//
// page.h: a report as one HTML page that needs nothing else: no network, no script, no other file.

#ifndef TWOFOLD_PAGE_H
#define TWOFOLD_PAGE_H

#include "report.h"
#include <stddef.h>
#include <stdio.h>

// Each writes the file whole or not at all (whole.h). False: why holds a sentence.
// The page of all labs. A section links to trace-LAB-VERSION.html, for each that stands beside it.
bool page_write(const struct report *report, const char *path, char *why, size_t cap);
// The overview of all labs as a drawing of its own.
bool page_write_svg(const struct report *report, const char *path, char *why, size_t cap);

// What any page of the kit begins and ends with: its title in the head, its style, and <main>.
void page_begin(FILE *file, const char *title);
void page_end(FILE *file);

// A box for what may be wider than a phone: it is pushed to and fro by itself, by keys, too, and the
// page stays where it is. name: what is in it, for those who hear the page; it ends with </div>.
void page_wide(FILE *file, const char *classes, const char *name);

#endif
