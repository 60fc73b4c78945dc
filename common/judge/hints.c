// SPDX-License-Identifier: MIT
//
// hints.c: see hints.h.

#include "hints.h"
#include <errno.h>
#include <fnmatch.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_BYTES = 200, LADDERS_MAX = 500 };

struct reading {
    const char *path;
    int line;
    struct hints *hints;
    struct ladder *ladder; // the one that is being read, NULL: none yet
    int step;              // its paragraph, 0 ..
    char *text;
    size_t cap;
};

__attribute__((format(printf, 2, 3))) static bool wrong(const struct reading *r, const char *format,
                                                        ...) {
    int used = snprintf(r->text, r->cap, "%s, line %d: ", r->path, r->line);
    va_list args;
    va_start(args, format);
    if (used >= 0 && (size_t)used < r->cap)
        vsnprintf(r->text + used, r->cap - (size_t)used, format, args);
    va_end(args);
    return false;
}

static bool is_blank(const char *line) {
    return line[strspn(line, " \t")] == 0;
}

// -- one line after another ------------------------------------------------------------------------

// Adds a line to a paragraph; blank lines before the first one are left out.
static bool add(char **paragraph, const char *line) {
    size_t used = *paragraph ? strlen(*paragraph) : 0, more = strlen(line);
    if (used == 0 && is_blank(line))
        return true;
    char *longer = realloc(*paragraph, used + more + 2);
    if (!longer)
        return false;
    memcpy(longer + used, line, more);
    memcpy(longer + used + more, "\n", 2);
    *paragraph = longer;
    return true;
}

// A paragraph that is done: blank lines at its end go.
static bool has_words(char *paragraph) {
    size_t n = paragraph ? strlen(paragraph) : 0;
    while (n > 1 && paragraph[n - 1] == '\n' && paragraph[n - 2] == '\n')
        paragraph[--n] = 0;
    return n > 0;
}

// The ladder that was being read is over: does it have its three hints?
static bool end_ladder(const struct reading *r) {
    if (!r->ladder)
        return true;
    if (r->step != HINTS - 1 || !has_words(r->ladder->hint[r->step]))
        return wrong(r,
                     "the ladder [%s %s] that began in line %d ends here with %d of its %d "
                     "hints; separate them by lines that hold -- alone.",
                     r->ladder->checks, r->ladder->verdicts, r->ladder->line,
                     r->step + has_words(r->ladder->hint[r->step]), HINTS);
    return true;
}

static bool next_hint(struct reading *r) {
    if (!r->ladder)
        return wrong(r, "-- stands between two hints, and no [CHECK VERDICT] came before it.");
    if (!has_words(r->ladder->hint[r->step]))
        return wrong(r, "the hint that ends here is empty.");
    if (r->step == HINTS - 1)
        return wrong(r, "a ladder has %d hints, and this begins a further one.", HINTS);
    r->step++;
    return true;
}

// "[CHECKS VERDICTS]" or "[CHECKS VERDICTS: WORDS]"
static bool begin_ladder(struct reading *r, char *line) {
    size_t length = strlen(line);
    char *checks = line + 1, *verdicts = strchr(line, ' '), *said = strstr(line, ": ");
    if (line[length - 1] != ']' || !verdicts || (said && said < verdicts))
        return wrong(r, "'%s' is no [CHECK VERDICT], such as [mpi-* HANG] or [omp-equal WRONG].",
                     line);
    if (r->hints->count == LADDERS_MAX)
        return wrong(r, "this is ladder number %d; %d are the most.", LADDERS_MAX + 1, LADDERS_MAX);
    line[length - 1] = 0;
    *verdicts++ = 0;
    if (said) {
        *said = 0;
        said += 2;
    }
    if (!*checks || !*verdicts || strpbrk(verdicts, " \t") || (said && is_blank(said)))
        return wrong(r,
                     "[%s %s%s%s] is no [CHECK VERDICT], such as [mpi-* HANG] or [omp-equal "
                     "WRONG: not a number].",
                     checks, verdicts, said ? ": " : "", said ? said : "");
    struct ladder *more =
        realloc(r->hints->at, (size_t)(r->hints->count + 1) * sizeof *r->hints->at);
    if (!more)
        return wrong(r, "there is no memory left.");
    r->hints->at = more;
    r->ladder = &more[r->hints->count++];
    *r->ladder = (struct ladder){.checks = strdup(checks),
                                 .verdicts = strdup(verdicts),
                                 .said = strdup(said ? said : ""),
                                 .line = r->line};
    r->step = 0;
    return (r->ladder->checks && r->ladder->verdicts && r->ladder->said) ||
           wrong(r, "there is no memory left.");
}

static bool read_line(struct reading *r, char *line) {
    if (strlen(line) > LINE_MAX_BYTES)
        return wrong(r, "this line has more than %d bytes; break it.", LINE_MAX_BYTES);
    if (strcmp(line, "#") == 0 || strncmp(line, "# ", 2) == 0)
        return true; // a comment; "#pragma" is none
    if (*line == '[')
        return end_ladder(r) && begin_ladder(r, line);
    if (strcmp(line, "--") == 0)
        return next_hint(r);
    if (!r->ladder)
        return is_blank(line) ||
               wrong(r, "'%s' stands before the first [CHECK VERDICT]; a comment begins with '# '.",
                     line);
    return add(&r->ladder->hint[r->step], line) || wrong(r, "there is no memory left.");
}

// -- whole ------------------------------------------------------------------------------------------

static void free_ladder(struct ladder *ladder) {
    free(ladder->checks);
    free(ladder->verdicts);
    free(ladder->said);
    for (int i = 0; i < HINTS; i++)
        free(ladder->hint[i]);
}

bool hints_read(const char *path, struct hints *hints, char *text, size_t cap) {
    struct reading r = {.path = path, .hints = hints, .text = text, .cap = cap};
    const int before = hints->count;
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;
    bool good = file != NULL;
    if (!file)
        snprintf(text, cap, "%s cannot be read: %s.", path, strerror(errno));
    for (ssize_t n; good && (n = getline(&line, &room, file)) >= 0;) {
        r.line++;
        while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
            line[--n] = 0;
        good = strlen(line) == (size_t)n ? read_line(&r, line)
                                         : wrong(&r, "a byte 0 stands here; the file is text.");
    }
    good = good && end_ladder(&r);
    if (good && ferror(file)) {
        snprintf(text, cap, "%s cannot be read to its end.", path);
        good = false;
    }
    while (!good && hints->count > before)
        free_ladder(&hints->at[--hints->count]);
    free(line);
    if (file)
        fclose(file);
    return good;
}

// Takes the next of several texts with '|' between them. False: no more.
static bool next_of(const char **at, char one[LINE_MAX_BYTES + 1]) {
    if (!*at)
        return false;
    size_t n = strcspn(*at, "|");
    snprintf(one, LINE_MAX_BYTES + 1, "%.*s", (int)n, *at);
    *at = (*at)[n] ? *at + n + 1 : NULL;
    return true;
}

// Does one of the patterns fit the word?
static bool fits(const char *patterns, const char *word) {
    char one[LINE_MAX_BYTES + 1];
    while (next_of(&patterns, one))
        if (fnmatch(one, word, 0) == 0)
            return true;
    return false;
}

// Was one of the wanted words said?
static bool was_said(const char *wanted, const char *said) {
    char one[LINE_MAX_BYTES + 1];
    while (said && next_of(&wanted, one))
        if (strcasestr(said, one))
            return true;
    return !said && !*wanted;
}

const struct ladder *hints_find(const struct hints *hints, const char *check, const char *verdict,
                                const char *said) {
    const struct ladder *plain = NULL;
    for (int i = 0; i < hints->count; i++) {
        const struct ladder *ladder = &hints->at[i];
        if (!fits(ladder->checks, check) || !fits(ladder->verdicts, verdict) ||
            !was_said(ladder->said, said))
            continue;
        if (*ladder->said)
            return ladder;
        plain = plain ? plain : ladder;
    }
    return plain;
}

void hints_free(struct hints *hints) {
    for (int i = 0; i < hints->count; i++)
        free_ladder(&hints->at[i]);
    free(hints->at);
    *hints = (struct hints){0};
}
