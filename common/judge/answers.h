// SPDX-License-Identifier: MIT
//
// answers.h: reads labs/NN-name/answers.txt, in which a student answers the questions of a handout,
// a line each: "q3: twice as fast". A prediction earns its point by being there, not by being right.

#ifndef TWOFOLD_ANSWERS_H
#define TWOFOLD_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>

enum { ANSWERS_MAX = 64 };

struct answers {
    int count, given;            // questions, and how many of them are answered
    int number[ANSWERS_MAX];     // of the question: 3 of "q3"
    bool there[ANSWERS_MAX];     // is it answered?
    char text[ANSWERS_MAX][160]; // its first words
};

// False: the file cannot be read; text says why.
bool answers_read(const char *path, struct answers *answers, char *text, size_t cap);
// The number of the first question that is not answered; 0: all are.
int answers_open(const struct answers *answers);

#endif
