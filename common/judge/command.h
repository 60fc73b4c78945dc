// SPDX-License-Identifier: MIT
//
// command.h: a command to be started: its words and what is set in its environment.

#ifndef TWOFOLD_COMMAND_H
#define TWOFOLD_COMMAND_H

#include <stdio.h>

// All zero is an empty command.
struct command {
    char **argv; // the words, NULL ends; argv[0] is looked for in PATH
    char **env;  // "NAME=value" to set beside the environment of this process, NULL ends
};

// Adds one word, written as printf writes it; a copy is kept.
void command_add(struct command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
// Adds the words of argv (NULL ends).
void command_add_all(struct command *command, char *const argv[]);
// Sets a variable for the command; the last one set counts.
void command_set(struct command *command, const char *name, const char *value);

// The command as a person copies it into a shell: variables first, words quoted where they must
// be. The caller frees it.
char *command_text(const struct command *command);
// The same on a line of its own.
void command_print(FILE *file, const struct command *command);

void command_free(struct command *command);

#endif
