// SPDX-License-Identifier: MIT
//
// source.c: see source.h.

#include "source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Copies a line without the blanks around it.
static void trim(const char *line, char *text, size_t cap) {
    snprintf(text, cap, "%s", line + strspn(line, " \t"));
    for (size_t n = strlen(text); n && strchr(" \t\n", text[n - 1]); n--)
        text[n - 1] = '\0';
}

void source_line(const char *path, int line, char *text, size_t cap) {
    FILE *const file = *path && line > 0 ? fopen(path, "re") : NULL;
    char *read = NULL;
    size_t size = 0;
    text[0] = '\0';
    for (int i = 1; file && i <= line && getline(&read, &size, file) > 0; i++)
        if (i == line)
            trim(read, text, cap);
    free(read);
    if (file)
        fclose(file);
}

static bool is_letter(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Where the line holds this name as a word, before a comment begins; NULL: nowhere.
static const char *find_word(const char *line, const char *word) {
    const size_t length = strlen(word);
    const char *const comment = strstr(line, "//");
    for (const char *at = line; (at = strstr(at, word)) && (!comment || at < comment); at++)
        if ((at == line || !is_letter(at[-1])) && !is_letter(at[length]))
            return at;
    return NULL;
}

// A declaration stands at the left margin, a call does not.
static bool is_call(const char *line, const char *at, size_t length) {
    return strchr(" \t", *line) && at[length + strspn(at + length, " \t")] == '(';
}

int source_find(const char *path, const char *name, bool call, char *text, size_t cap) {
    FILE *const file = fopen(path, "re");
    char *line = NULL;
    size_t size = 0;
    int number = 0, found = 0;
    text[0] = '\0';
    while (file && !found && getline(&line, &size, file) > 0) {
        const char *const at = find_word(line, name);
        number++;
        if (!at || (call && !is_call(line, at, strlen(name))))
            continue;
        found = number;
        trim(line, text, cap);
    }
    free(line);
    if (file)
        fclose(file);
    return found;
}
