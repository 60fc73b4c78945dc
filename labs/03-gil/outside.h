// SPDX-License-Identifier: MIT
//
// outside.h: the world outside, which answers after a while; between machine.c, lab.c and python.c,
// nothing a student's file needs.
//
// It is the origin of the I/O labs, an HTTP server: each task asks it for an object, which the seed
// chooses, and what it is answered is made of the first bytes of that object. So one origin does for
// all problems of the same pause. A timer stands in for it, which takes as long, where the origin is
// not built (it needs a library, and this lab does not), and where a share of a task is to be waiting:
// a question costs computing, too.

#ifndef GIL_OUTSIDE_H
#define GIL_OUTSIDE_H

#include "kit.h"

enum outside_kind {
    OUTSIDE_ORIGIN,
    OUTSIDE_TIMER, // no origin: only the time passes
    OUTSIDE_KNOWN  // nobody is asked, and no time passes: what would be answered is known
};

struct outside {
    enum outside_kind kind;
    uint64_t seed;          // decides what is asked for
    double pause;           // s until an answer comes
    char where[512];        // of the origin: http://HOST:PORT or unix:PATH
    struct service service; // rank 0's
};

// The words that start such an origin.
void outside_words(const struct outside *outside, struct service_words *words);
// Starts it, or takes a timer where it is not there; every rank of comm calls it. seed and pause must be set.
// Cannot: refuse()s, false on every rank.
bool outside_begin(struct outside *outside, MPI_Comm comm);
void outside_end(struct outside *outside);

// Which object a task asks for; what it is answered, 1 to 1000.
long outside_object(uint64_t seed, long task);
long outside_reply(uint64_t seed, long task);

// A line to it, for one question at a time; opened with the first one.
struct line {
    int fd; // -1: not open yet
};

// Sends the question of a task (not for OUTSIDE_KNOWN). Returns what can be read from once the answer is there; the line
// keeps it. Cannot: refuse()s, -1.
int line_ask(struct line *line, const struct outside *outside, long task);
// Waits for the answer; 0: there will be none, refuse()d.
long line_hear(struct line *line, const struct outside *outside, long task);
void line_close(struct line *line);

#endif
