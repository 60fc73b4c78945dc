// SPDX-License-Identifier: MIT
//
// labword.h: the word LAB among what a command was given, for its parser (argp).

#ifndef TWOFOLD_LABWORD_H
#define TWOFOLD_LABWORD_H

#include <argp.h>

// For a command about one lab, of what its parser does not know itself: takes the lab's name. A
// second word is refused with the sentence `second`, in which %s is that word. No word is, too.
error_t lab_word(int key, char *arg, struct argp_state *state, const char **lab, const char *second)
    __attribute__((format(printf, 5, 0)));

// Refuses that no lab was named.
void lab_missing(const struct argp_state *state);

#endif
