// SPDX-License-Identifier: MIT
//
// escape.h: any text inside HTML, SVG or JSON.

#ifndef TWOFOLD_ESCAPE_H
#define TWOFOLD_ESCAPE_H

#include <stdio.h>

// Writes text so that it is text and nothing else, between tags and in quoted attributes. Bytes
// that are not UTF-8 and control characters become U+FFFD.
void put_html(FILE *file, const char *text);

// Writes text as a JSON string, quotes and all; as above.
void put_json(FILE *file, const char *text);

// The bytes of the UTF-8 sequence at text, 0: there is none (a stray, overlong or cut one).
int utf8_length(const char *text);

#endif
