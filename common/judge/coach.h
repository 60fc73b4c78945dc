// SPDX-License-Identifier: MIT
//
// coach.h: what a compiler or linker says (gcc 11 to 14, clang 14 to 19), in a teacher's words.
//
// Theory of operation. The output is cut into complaints: place, severity, message, option. A table
// maps a message to a function that knows this mistake, and writes what it means here and what to
// do next, with the names of the message in it. The complaints that explain nothing (the same
// mistake twice, what only follows from an earlier error) are left out.

#ifndef TWOFOLD_COACH_H
#define TWOFOLD_COACH_H

#include <stdbool.h>
#include <stddef.h>

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

struct complaint {
    char file[256];   // as the compiler writes it; "" if it named none
    int line, column; // 0: none
    enum severity severity;
    char message[512]; // without place, severity and option; quotes are ' and '
    char option[48];   // -Wunused-result; "": none
};

// Cuts the output of a compiler or linker; returns how many complaints there are, at most max.
// Notes that belong to a complaint before them are left out.
int coach_read(const char *output, struct complaint *complaints, int max);

// Writes what it means and what to do, a sentence or two. source: the source line it is about, ""
// if it is not known. lab_header: the lab's contract, "heat.h". False: the coach knows nothing
// beyond what the compiler says; text is "".
bool coach_explain(const struct complaint *complaint, const char *source, const char *lab_header,
                   char *text, size_t cap);

#endif
