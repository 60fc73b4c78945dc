// SPDX-License-Identifier: MIT
//
// words.h: says a report of ThreadSanitizer as a teacher would: which variable, which two lines,
// why it is wrong, and the clause that mends it.

#ifndef TWOFOLD_RACE_WORDS_H
#define TWOFOLD_RACE_WORDS_H

#include "../evidence.h"
#include "log.h"
#include "source.h"

// What is known of a race, and what can be told from the source.
struct race {
    char file[2][256]; // names without directories
    int line[2];       // the write first, where one only reads
    bool writes[2], atomic[2], locked[2];
    enum sight_by by[2];
    char locks[2][64];
    char inner[2][128];       // the function that a line calls and that does it; "": the line does
    char name[64];            // of the variable; "": not known
    struct assigned assigned; // how the first line assigns to it; name "": it does not, plainly
    const struct source
        *source; // of both lines; NULL: they are not in one file, or it is not there
    const struct construct *around[2]; // the innermost construct of each line; NULL: none
};

// Fills in the evidence: kind, file, line, text, advice. `source`: the file that the report speaks
// of; NULL: it could not be read. False: such a report says nothing of use, or is one of those that
// are passed over (a thread that was not waited for).
bool race_say(const struct report *report, const struct source *source, struct evidence *evidence);

// What would mend it (mend.c), in whole sentences.
void race_mend(const struct race *race, char *text, size_t cap);

#endif
