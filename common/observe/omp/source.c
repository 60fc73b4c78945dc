// SPDX-License-Identifier: MIT
//
// source.c: see source.h. Reads a file and finds its OpenMP constructs.

#include "source.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Blanks comments, texts and characters out, keeps newlines.
static void blank(char *text) {
    char quote = 0; // what ends it: a quote, '/' for a line's comment, '*' for another
    for (char *p = text; *p; p++) {
        const char c = *p, next = p[1];
        if (!quote) {
            if (c == '"' || c == '\'')
                quote = c;
            else if (c == '/' && (next == '/' || next == '*'))
                quote = next;
            if (quote == '/' || quote == '*') {
                *p++ = ' ';
                *p = ' ';
            }
            continue;
        }
        if (quote == '*' && c == '*' && next == '/') {
            *p++ = ' ';
            *p = ' ';
            quote = 0;
        } else if (c == '\n' && quote != '*') {
            quote = 0;
        } else if (c == quote && quote != '/') {
            quote = 0;
        } else if (c == '\\' && next && next != '\n' && quote != '/' && quote != '*') {
            *p++ = ' ';
            *p = ' ';
        } else if (c != '\n') {
            *p = ' ';
        }
    }
}

static bool find_lines(struct source *source) {
    source->lines = 1;
    for (size_t i = 0; i < source->size; i++)
        source->lines += source->text[i] == '\n';
    source->line_at = calloc((size_t)source->lines + 2, sizeof *source->line_at);
    if (!source->line_at)
        return false;
    int line = 1;
    for (size_t i = 0; i < source->size; i++)
        if (source->text[i] == '\n')
            source->line_at[++line] = i + 1;
    source->line_at[source->lines + 1] = source->size;
    return true;
}

static int line_of(const struct source *source, size_t at) {
    int low = 1, high = source->lines;
    while (low < high) {
        const int middle = (low + high + 1) / 2;
        if (source->line_at[middle] <= at)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

// -- statements -------------------------------------------------------------------------------------

static size_t skip_blanks(const char *text, size_t at) {
    while (isspace((unsigned char)text[at]))
        at++;
    return at;
}

// Behind the bracket that closes the one at `at`, or the end of the text.
static size_t skip_pair(const char *text, size_t at) {
    int depth = 0;
    for (; text[at]; at++) {
        if (strchr("({[", text[at]))
            depth++;
        else if (strchr(")}]", text[at]) && --depth == 0)
            return at + 1;
    }
    return at;
}

static bool word_at(const char *text, size_t at, const char *word) {
    const size_t length = strlen(word);
    return strncmp(text + at, word, length) == 0 && !isalnum((unsigned char)text[at + length]) &&
           text[at + length] != '_';
}

// Behind the statement that begins at `at` (directives are blanked out).
static size_t skip_statement(const char *text, size_t at) {
    at = skip_blanks(text, at);
    if (text[at] == '{')
        return skip_pair(text, at);
    const bool is_if = word_at(text, at, "if");
    if (is_if || word_at(text, at, "for") || word_at(text, at, "while") ||
        word_at(text, at, "switch")) {
        while (text[at] && text[at] != '(')
            at++;
        at = skip_statement(text, skip_pair(text, at));
        const size_t more = skip_blanks(text, at);
        return is_if && word_at(text, more, "else") ? skip_statement(text, more + 4) : at;
    }
    if (word_at(text, at, "do")) // its while(...); is a statement of its own
        at = skip_statement(text, at + 2);
    while (text[at] && text[at] != ';' && text[at] != '}')
        at = strchr("({[", text[at]) ? skip_pair(text, at) : at + 1;
    return text[at] == ';' ? at + 1 : at;
}

// -- directives -------------------------------------------------------------------------------------

static const char *const words[] = {
    "parallel", "for",     "simd",       "sections",  "section",  "single", "master",
    "masked",   "task",    "taskloop",   "taskgroup", "critical", "atomic", "ordered",
    "barrier",  "target",  "taskwait",   "taskyield", "flush",    "cancel", "threadprivate",
    "loop",     "declare", "distribute", "teams",     "scope",
};
static const char *const alone[] = {"barrier", "taskwait",      "taskyield", "flush",
                                    "cancel",  "threadprivate", "declare"};

static bool among(const char *const *list, size_t count, const char *word) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], word) == 0)
            return true;
    return false;
}

// Splits what follows "#pragma omp" into the directive's words and its clauses.
static void split(struct construct *c, const char *text, size_t length) {
    size_t at = 0;
    while (at < length) {
        char word[32];
        size_t n = 0;
        while (at < length && (isspace((unsigned char)text[at]) || text[at] == '\\'))
            at++;
        while (at + n < length && isalpha((unsigned char)text[at + n]))
            n++;
        if (n == 0 || n >= sizeof word)
            break;
        snprintf(word, sizeof word, "%.*s", (int)n, text + at);
        if (!among(words, sizeof words / sizeof *words, word))
            break;
        const size_t used = strlen(c->name);
        snprintf(c->name + used, sizeof c->name - used, "%s%s", used ? " " : "", word);
        at += n;
    }
    snprintf(c->clauses, sizeof c->clauses, "%.*s", (int)(length - at), text + at);
    for (char *p = c->clauses; *p; p++)
        if (*p == '\n' || *p == '\\')
            *p = ' ';
}

// Where the line at `at` ends, with the lines it is continued on.
static size_t directive_end(const char *text, size_t at) {
    while (text[at] && (text[at] != '\n' || (at > 0 && text[at - 1] == '\\')))
        at++;
    return at;
}

static bool add_construct(struct source *source, size_t begin, size_t end) {
    static const char omp[] = "omp";
    size_t at = skip_blanks(source->text, begin + 1); // behind the #
    if (!word_at(source->text, at, "pragma"))
        return true;
    at = skip_blanks(source->text, at + 6);
    if (!word_at(source->text, at, omp))
        return true;
    struct construct *more =
        realloc(source->constructs, (size_t)(source->count + 1) * sizeof *more);
    if (!more)
        return false;
    source->constructs = more;
    struct construct *c = &more[source->count++];
    *c = (struct construct){.line = line_of(source, begin)};
    at += strlen(omp);
    split(c, source->text + at, end - at);
    return true;
}

static void find_extents(struct source *source) {
    for (int i = 0; i < source->count; i++) {
        struct construct *c = &source->constructs[i];
        char first[32];
        snprintf(first, sizeof first, "%.*s", (int)strcspn(c->name, " "), c->name);
        c->first = c->last = c->line;
        if (among(alone, sizeof alone / sizeof *alone, first))
            continue;
        const size_t begin = skip_blanks(source->lined, source->line_at[c->line]);
        const size_t end = skip_statement(source->lined, begin);
        c->first = line_of(source, begin);
        c->last = line_of(source, end > begin ? end - 1 : begin);
    }
}

static bool find_constructs(struct source *source) {
    for (int line = 1; line <= source->lines; line++) {
        const size_t begin = source->line_at[line];
        size_t at = begin;
        while (source->text[at] == ' ' || source->text[at] == '\t')
            at++;
        if (source->text[at] != '#')
            continue;
        const size_t end = directive_end(source->text, at);
        if (!add_construct(source, at, end))
            return false;
        for (; at < end; at++)
            if (source->lined[at] != '\n')
                source->lined[at] = ' ';
        line = line_of(source, end);
    }
    find_extents(source);
    return true;
}

bool source_read(struct source *source, const char *path) {
    *source = (struct source){0};
    FILE *file = fopen(path, "re");
    if (!file)
        return false;
    FILE *copy = open_memstream(&source->text, &source->size);
    for (int c = 0; copy && (c = getc(file)) != EOF;)
        putc(c ? c : ' ', copy);
    fclose(file);
    if (!copy || fclose(copy) != 0)
        return false;
    blank(source->text);
    source->lined = strdup(source->text);
    return source->lined && find_lines(source) && find_constructs(source);
}

void source_free(struct source *source) {
    free(source->text);
    free(source->lined);
    free(source->line_at);
    free(source->constructs);
    *source = (struct source){0};
}

bool construct_has(const struct construct *construct, const char *word) {
    const size_t length = strlen(word);
    for (const char *p = construct->name; *p;) {
        const size_t n = strcspn(p, " ");
        if (n == length && strncmp(p, word, n) == 0)
            return true;
        p += n + (p[n] == ' ');
    }
    return false;
}

const struct construct *source_around(const struct source *source, int line, const char *word) {
    const struct construct *found = NULL;
    for (int i = 0; i < source->count; i++) // an inner one comes later in the file
        if (source->constructs[i].first <= line && line <= source->constructs[i].last &&
            (!*word || construct_has(&source->constructs[i], word)))
            found = &source->constructs[i];
    return found;
}
