// SPDX-License-Identifier: MIT
//
// answers.c: see answers.h.

#include "answers.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// "q3: words", with blanks and a capital as people write them. Returns 3, and where the words are.
static int question(const char *line, const char **words) {
    char *end;
    line += strspn(line, " \t");
    if ((*line != 'q' && *line != 'Q') || line[1] < '1' || line[1] > '9')
        return 0;
    long number = strtol(line + 1, &end, 10);
    end += strspn(end, " \t");
    if (*end != ':' || number > 9999)
        return 0;
    *words = end + 1;
    return (int)number;
}

static void take(struct answers *answers, int number, const char *words) {
    int at = 0;
    words += strspn(words, " \t\r\n");
    const bool there = *words;
    while (at < answers->count && answers->number[at] != number)
        at++;
    if (at == ANSWERS_MAX)
        return;
    if (at == answers->count) {
        answers->number[answers->count++] = number;
        answers->there[at] = false;
    }
    if (there && !answers->there[at])
        snprintf(answers->text[at], sizeof answers->text[at], "%.*s", (int)strcspn(words, "\r\n"),
                 words);
    answers->given += there && !answers->there[at];
    answers->there[at] = answers->there[at] || there;
}

bool answers_read(const char *path, struct answers *answers, char *text, size_t cap) {
    *answers = (struct answers){0};
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;
    errno = file ? 0 : errno;
    while (file && getline(&line, &room, file) >= 0) {
        const char *words;
        int number = question(line, &words);
        if (number > 0)
            take(answers, number, words);
    }
    bool good = file && !ferror(file);
    if (!good)
        snprintf(text, cap, "%s cannot be read: %s.", path, strerror(errno));
    free(line);
    if (file)
        fclose(file);
    return good;
}

int answers_open(const struct answers *answers) {
    for (int i = 0; i < answers->count; i++)
        if (!answers->there[i])
            return answers->number[i];
    return 0;
}
