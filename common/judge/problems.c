// SPDX-License-Identifier: MIT
//
// problems.c: see problems.h.

#include "problems.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct problem *problems_add(struct problems *problems, const char *file, int line,
                             const char *verdict, const char *format, ...) {
    static _Thread_local struct problem dropped;
    const bool room = problems->count < PROBLEMS_MAX;
    struct problem *at = room       ? &problems->at[problems->count++]
                         : *verdict ? &problems->at[PROBLEMS_MAX - 1]
                                    : &dropped;
    problems->more = problems->more || !room;
    *at = (struct problem){.line = line};
    snprintf(at->file, sizeof at->file, "%s", file);
    snprintf(at->verdict, sizeof at->verdict, "%s", verdict);
    va_list args;
    va_start(args, format);
    vsnprintf(at->text, sizeof at->text, format, args);
    va_end(args);
    return at;
}

const struct problem *problems_of(const struct problems *problems, const char *file) {
    for (int i = 0; i < problems->count; i++) {
        const struct problem *at = &problems->at[i];
        if (at->verdict[0] && (!at->file[0] || strcmp(at->file, file) == 0))
            return at;
    }
    return NULL;
}
