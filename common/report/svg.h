// SPDX-License-Identifier: MIT
//
// svg.h: what the drawings of the kit are put together from. Colours are classes, see chart_style().

#ifndef TWOFOLD_SVG_H
#define TWOFOLD_SVG_H

#include <stdio.h>

// Begins a drawing; title: what it shows, for those who hear it read. It is ended with "</svg>".
void svg_begin(FILE *file, double width, double height, const char *title);
// Words at a place; classes: "soft", "end", "mid", "head", with blanks between.
void svg_text(FILE *file, double x, double y, const char *classes, const char *words);
// A title and, behind it, what a reader needs to know; one text, for widths differ between fonts.
void svg_title(FILE *file, const char *head, const char *rest);
// Threads are discs, ranks squares, hybrids diamonds: equal points stay both visible.
void svg_mark(FILE *file, const char *run, double x, double y);

#endif
