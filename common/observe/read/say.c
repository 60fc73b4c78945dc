// SPDX-License-Identifier: MIT
//
// say.c: pieces that sentences are made of.

#include "reader.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void add(char *text, size_t cap, const char *format, ...) {
    const size_t used = strlen(text);
    va_list args;
    va_start(args, format);
    vsnprintf(text + used, cap - used, format, args);
    va_end(args);
}

void say_ranks(char *text, size_t cap, const int *ranks, int count) {
    const int shown = count <= 6 ? count : 4;
    add(text, cap, "rank%s", count == 1 ? "" : "s");
    for (int i = 0; i < shown; i++) {
        const bool last = i > 0 && i == count - 1;
        add(text, cap, "%s%d", i == 0 ? " " : last ? " and " : ", ", ranks[i]);
    }
    if (shown < count)
        add(text, cap, " and %d more", count - shown);
}

void evidence_place(struct evidence *evidence, const struct place *place) {
    snprintf(evidence->file, sizeof evidence->file, "%s", place->file);
    evidence->line = place->line;
}
