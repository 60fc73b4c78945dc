// SPDX-License-Identifier: MIT
//
// pace.h: the line that says how far grading is, how long it will take still, and who is slow.

#ifndef TWOFOLD_GRADE_PACE_H
#define TWOFOLD_GRADE_PACE_H

#include <stddef.h>

// What is under way: all of each submission, or what is right of several at a time, with their speed
// to come, or speed, of one at a time (timed.h).
enum pace_lane { PACE_WHOLE, PACE_RIGHT, PACE_SPEED };

struct pace {
    enum pace_lane lane;
    size_t jobs, done;
    size_t waiting;         // of those that are not done: only their speed is left
    size_t before;          // known already when the lane began; PACE_RIGHT: with those that wait
    double seconds;         // since then
    const char *now;        // who is under way for the longest; NULL: nobody
    double now_seconds;     // and for how long
    const char *slowest;    // who took longest of those that have ended; NULL: none has
    double slowest_seconds; // and how long
};

// How many seconds the lane will take still, if all goes on as it went; -1: nothing is known yet.
double pace_left(const struct pace *pace);

// The line, of at most `width` bytes; what does not fit as a whole is left out, slowest first.
void pace_line(const struct pace *pace, size_t width, char *text, size_t cap);

#endif
