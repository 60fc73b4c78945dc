// SPDX-License-Identifier: MIT
//
// similar.c: see similar.h.

#include "similar.h"

#include "grow.h"
#include <ctype.h>
#include <string.h>

// -- tokens -----------------------------------------------------------------------------------------

// Words that say what a program does, and stay themselves; all others are names.
static bool is_kept(const char *word, size_t length) {
    static const char *const kept[] = {"for",    "while",  "if",     "else",  "do",      "return",
                                       "switch", "break",  "case",   "goto",  "sizeof",  "struct",
                                       "int",    "double", "char",   "long",  "size_t",  "pragma",
                                       "const",  "void",   "static", "float", "uint64_t"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (strlen(kept[i]) == length && !strncmp(kept[i], word, length))
            return true;
    return length > 4 && (!strncmp(word, "MPI_", 4) || !strncmp(word, "omp_", 4));
}

static uint64_t mix(uint64_t hash, const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) // FNV-1a (Fowler, Noll, Vo)
        hash = (hash ^ (unsigned char)text[i]) * 1099511628211u;
    return hash;
}

static bool is_word(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

// The next token's hash; false: there is none. *at moves behind it.
static bool next_token(const char *text, size_t size, size_t *at, uint64_t *token) {
    const uint64_t seed = 14695981039346656037u;
    size_t i = *at;
    for (;;) {
        while (i < size && (isspace((unsigned char)text[i]) || text[i] == '\\'))
            i++;
        if (i + 1 < size && text[i] == '/' && text[i + 1] == '/') {
            while (i < size && text[i] != '\n')
                i++;
        } else if (i + 1 < size && text[i] == '/' && text[i + 1] == '*') {
            for (i += 2; i < size && !(text[i - 1] == '*' && text[i] == '/'); i++)
                ;
            i += i < size;
        } else {
            break;
        }
    }
    if (i >= size)
        return false;
    const size_t begin = i;
    if (isdigit((unsigned char)text[i])) {
        while (i < size && (is_word(text[i]) || text[i] == '.'))
            i++;
        *token = mix(seed, text + begin, i - begin);
    } else if (is_word(text[i])) {
        while (i < size && is_word(text[i]))
            i++;
        *token = is_kept(text + begin, i - begin) ? mix(seed, text + begin, i - begin) : 1;
    } else if (text[i] == '"') {
        for (i++; i < size && text[i] != '"' && text[i] != '\n'; i++)
            i += text[i] == '\\' && i + 1 < size;
        i += i < size;
        *token = 2;
    } else {
        *token = mix(seed, text + i++, 1);
    }
    *at = i;
    return true;
}

// -- fingerprints -----------------------------------------------------------------------------------

static int by_value(const void *a, const void *b) {
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void keep(struct prints *prints, uint64_t value) {
    if (prints->count && prints->at[prints->count - 1] == value)
        return;
    prints->at = grow(prints->at, prints->count, sizeof *prints->at);
    prints->at[prints->count++] = value;
}

void prints_add(struct prints *prints, const char *text, size_t size) {
    uint64_t gram[GRAM] = {0}, window[WINDOW] = {0}, token;
    struct prints found = {0};
    size_t tokens = 0, at = 0;
    while (next_token(text, size, &at, &token)) {
        gram[tokens++ % GRAM] = token;
        if (tokens < GRAM)
            continue;
        uint64_t hash = 14695981039346656037u;
        for (size_t i = 0; i < GRAM; i++)
            hash = mix(hash, (const char *)&gram[(tokens + i) % GRAM], sizeof *gram);
        const size_t grams = tokens - GRAM + 1;
        window[grams % WINDOW] = hash;
        if (grams < WINDOW)
            continue;
        uint64_t least = window[0];
        for (size_t i = 1; i < WINDOW; i++)
            least = window[i] < least ? window[i] : least;
        keep(&found, least);
    }
    // Together with those that were there, sorted, each once.
    for (size_t i = 0; i < prints->count; i++) {
        found.at = grow(found.at, found.count, sizeof *found.at);
        found.at[found.count++] = prints->at[i];
    }
    if (found.count)
        qsort(found.at, found.count, sizeof *found.at, by_value);
    size_t kept = 0;
    for (size_t i = 0; i < found.count; i++)
        if (kept == 0 || found.at[kept - 1] != found.at[i])
            found.at[kept++] = found.at[i];
    found.count = kept;
    free(prints->at);
    *prints = found;
}

size_t prints_common(const struct prints *a, const struct prints *b) {
    size_t i = 0, j = 0, common = 0;
    while (i < a->count && j < b->count) {
        const uint64_t x = a->at[i], y = b->at[j];
        common += x == y;
        i += x <= y;
        j += y <= x;
    }
    return common;
}

void prints_subtract(struct prints *prints, const struct prints *known) {
    size_t kept = 0, j = 0;
    for (size_t i = 0; i < prints->count; i++) {
        while (j < known->count && known->at[j] < prints->at[i])
            j++;
        if (j == known->count || known->at[j] != prints->at[i])
            prints->at[kept++] = prints->at[i];
    }
    prints->count = kept;
}

double prints_share(const struct prints *a, const struct prints *b, size_t least) {
    const size_t smaller = a->count < b->count ? a->count : b->count;
    return smaller < least || !smaller ? 0 : (double)prints_common(a, b) / (double)smaller;
}

void prints_free(struct prints *prints) {
    free(prints->at);
    *prints = (struct prints){0};
}
