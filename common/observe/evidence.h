// SPDX-License-Identifier: MIT
//
// evidence.h: what was observed while a program ran, as sentences for a person and as one line of
// JSON each for the judge:
//
//     {"v":1,"kind":"deadlock","rank":0,"thread":0,"call":"MPI_Recv","file":"mpi.c","line":42,
//      "text":"rank 0 waits ..","try":"exchange the order .."}

#ifndef TWOFOLD_EVIDENCE_H
#define TWOFOLD_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct evidence {
    const char *kind;  // deadlock, misuse, leak, race, crash, sharing, infra
    int rank, thread;  // where it was seen; -1: of no rank, of no thread
    char call[48];     // "MPI_Recv"; "": none
    char file[256];    // as the compiler was told it; "": not known
    int line;          // 0: not known
    int other;         // of a race: the line of the other access in that file; 0: none
    char variable[64]; // of a race; "": not known
    char text[2048];   // what is wrong, whole sentences
    char advice[768];  // what to try, whole sentences; "try" in JSON
};

// The findings of a run, in the order in which they are to be read.
struct findings {
    struct evidence *at;
    size_t count, room;
};

// Adds one, all zero but for its kind, rank and thread (-1). NULL: no memory is left. The pointer
// holds until the next one is added.
struct evidence *findings_add(struct findings *findings, const char *kind);
void findings_free(struct findings *findings);
// Does any accuse the program? (Evidence of kind infra tells of the observer itself,
// that of kind sharing of what is slow, not wrong.)
bool findings_accuse(const struct findings *findings);

// As a person reads it: kind and place, the sentences broken at `width` columns, what to try.
void evidence_say(FILE *file, const struct evidence *evidence, int width);
// As one line of JSON.
void evidence_json(FILE *file, const struct evidence *evidence);

#endif
