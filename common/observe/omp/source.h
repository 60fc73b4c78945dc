// SPDX-License-Identifier: MIT
//
// source.h: what a C file says around a line: in which OpenMP constructs it stands, and what the
// statement there assigns to. Read as text, without the preprocessor: enough to speak of a place
// whose fault is already known, never to find a fault.

#ifndef TWOFOLD_OMP_SOURCE_H
#define TWOFOLD_OMP_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

// A directive and the lines of the statement it stands before (its own line alone where it has
// none, as barrier).
struct construct {
    char name[48];     // "parallel for"
    char clauses[200]; // "private(j) nowait"
    int line;          // of the pragma
    int first, last;   // of the statement
};

struct source {
    char *text;  // the file; comments and texts are blanked out
    char *lined; // as text, and lines of directives are blanked out, too
    size_t size;
    int lines;
    size_t *line_at; // where each line begins, 1 on; line_at[lines + 1] is the end
    struct construct *constructs;
    int count;
};

// False: the file cannot be read. Either way the source is to be freed.
bool source_read(struct source *source, const char *path);
void source_free(struct source *source);

// The innermost construct around the line whose name has this word ("": any); NULL: none.
const struct construct *source_around(const struct source *source, int line, const char *word);
// Has the directive this word in its name? ("for" in "parallel for", not in "taskloop").
bool construct_has(const struct construct *construct, const char *word);

// An assignment: `sum += x` is {"sum", '+', element false}.
struct assigned {
    char name[64]; // as written, without what is in brackets: "sum", "h->grid"
    char how;      // '=': plain; else the operator of += and the like; ++ and -- are '+' and '-'
    bool element;  // an element of it: grid[i]
    bool least;    // with a comparison of the same name before it: a minimum or maximum
};

enum { ASSIGNED_MOST = 8 };
// What the statement on this line assigns to, in order. Returns how many.
int source_assigned(const struct source *source, int line, struct assigned *assigned);
// Does the statement on this line speak of the name?
bool source_names(const struct source *source, int line, const char *name);
// Is the name declared within these lines, or the loop variable of a for of OpenMP that begins there?
bool source_declares(const struct source *source, int first, int last, const char *name);
// Is the line the head of a while loop (or of a do)?
bool source_spins(const struct source *source, int line);
// The first name that both statements speak of, which is no word of C and is not called; false:
// none.
bool source_common(const struct source *source, int a, int b, char *name, size_t cap);

#endif
