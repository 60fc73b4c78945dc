// SPDX-License-Identifier: MIT
//
// command.c: see command.h.

#include "command.h"
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static void no_memory(void) {
    fputs("twofold: no memory left for the words of a command; close other programs.\n", stderr);
    exit(2);
}

static size_t count(char *const *list) {
    size_t n = 0;
    while (list && list[n])
        n++;
    return n;
}

static void append(char ***list, char *word) {
    size_t n = count(*list);
    char **longer = realloc(*list, (n + 2) * sizeof *longer);
    if (!longer)
        no_memory();
    longer[n] = word;
    longer[n + 1] = NULL;
    *list = longer;
}

void command_add(struct command *command, const char *format, ...) {
    va_list args;
    char *word;
    va_start(args, format);
    if (vasprintf(&word, format, args) < 0)
        no_memory();
    va_end(args);
    append(&command->argv, word);
}

void command_add_all(struct command *command, char *const argv[]) {
    for (size_t i = 0; argv[i]; i++)
        command_add(command, "%s", argv[i]);
}

void command_set(struct command *command, const char *name, const char *value) {
    char *pair;
    if (asprintf(&pair, "%s=%s", name, value) < 0)
        no_memory();
    size_t length = strlen(name) + 1; // with the '='
    for (size_t i = 0; command->env && command->env[i]; i++)
        if (strncmp(command->env[i], pair, length) == 0) {
            free(command->env[i]);
            command->env[i] = pair;
            return;
        }
    append(&command->env, pair);
}

// -- the text ------------------------------------------------------------------------------------

// Characters that mean nothing to any shell, wherever they stand in a word but the first of a
// command, where a '=' would make an assignment of it.
static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                            "_-+./:,@%=";

static void put(FILE *file, const char *word, bool first) {
    if (*word && strspn(word, plain) == strlen(word) && !(first && strchr(word, '='))) {
        fputs(word, file);
        return;
    }
    fputc('\'', file);
    for (; *word; word++) {
        if (*word == '\'')
            fputs("'\\''", file);
        else
            fputc(*word, file);
    }
    fputc('\'', file);
}

char *command_text(const struct command *command) {
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    if (!file)
        no_memory();
    const char *space = "";
    for (size_t i = 0; command->env && command->env[i]; i++, space = " ") {
        // Only the value may be quoted: 'NAME=value' would be a program's name to a shell.
        const char *value = strchr(command->env[i], '=') + 1;
        fprintf(file, "%s%.*s", space, (int)(value - command->env[i]), command->env[i]);
        if (*value)
            put(file, value, false);
    }
    for (size_t i = 0; command->argv && command->argv[i]; i++, space = " ") {
        fputs(space, file);
        put(file, command->argv[i], i == 0);
    }
    if (fclose(file) != 0)
        no_memory();
    return text;
}

void command_print(FILE *file, const struct command *command) {
    char *text = command_text(command);
    fprintf(file, "%s\n", text);
    free(text);
}

static void free_list(char **list) {
    for (size_t i = 0; list && list[i]; i++)
        free(list[i]);
    free(list);
}

void command_free(struct command *command) {
    free_list(command->argv);
    free_list(command->env);
    *command = (struct command){0};
}
