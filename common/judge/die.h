// SPDX-License-Identifier: MIT
//
// die.h: the end of a command that was asked for what it cannot do.

#ifndef TWOFOLD_DIE_H
#define TWOFOLD_DIE_H

// Prints "twofold NAME: " (as the command was called) and the sentence to stderr; exit status 2.
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

// Unless there is such a program, at this path or in PATH: says so, and what was perhaps meant.
void die_without_program(const char *name);

#endif
