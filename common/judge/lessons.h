// SPDX-License-Identifier: MIT
//
// lessons.h: what the coach knows: mistakes by the words in which compilers complain about them.

#ifndef TWOFOLD_LESSONS_H
#define TWOFOLD_LESSONS_H

struct lesson {
    // What the message looks like to fnmatch(); NULL ends the table. A compiler each has its words.
    const char *pattern;
    // Text that the source line must hold; NULL: any line.
    const char *source;
    // What it means and what to do: {1}, {2} the first and second name between quotes in the
    // message, {header} the lab's contract. "": nothing to be said about this one.
    const char *sentence;
};

// The first that fits counts.
extern const struct lesson lessons[];

#endif
