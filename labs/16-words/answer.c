// SPDX-License-Identifier: MIT
// answer.c: from a table to lines of text, and back.

#include "answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER_BYTES = 104, LINE_BYTES = 100 };

// -- sums -------------------------------------------------------------------------------------------

static uint64_t digest_of(const char *text, size_t length) {
    uint64_t hash = 14695981039346656037u; // FNV-1a (Fowler, Noll, Vo, 1991)
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (uint8_t)text[i]) * 1099511628211u;
    hash = (hash ^ hash >> 30) * 0xBF58476D1CE4E5B9u; // the last steps of SplitMix64 (Steele, Lea,
    hash = (hash ^ hash >> 27) * 0x94D049BB133111EBu; // Flood, 2014), so that sums of digests do
    return hash ^ hash >> 31;                         // not cancel
}

void sum_word(struct sum *sum, const char *text, size_t length, uint64_t count) {
    sum->words += count;
    sum->letters += count * length;
    sum->digest += count * digest_of(text, length);
}

void sum_text(struct sum *sum, const char *text, long n) {
    char small[256];
    for (long at = 0; at < n;) {
        long end = at;
        while (end < n && word_byte(text[end]))
            end++;
        if (end - at > (long)sizeof small) { // rare: fold a copy
            char *copy = malloc((size_t)(end - at));
            for (long i = at; copy && i < end; i++)
                copy[i - at] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32) : text[i];
            if (copy)
                sum_word(sum, copy, (size_t)(end - at), 1);
            free(copy);
        } else if (end > at) {
            for (long i = at; i < end; i++)
                small[i - at] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32) : text[i];
            sum_word(sum, small, (size_t)(end - at), 1);
        }
        at = end + 1;
    }
}

void sum_add(struct sum *sum, const struct sum *more, uint64_t times) {
    sum->words += times * more->words;
    sum->letters += times * more->letters;
    sum->digest += times * more->digest;
}

bool sum_equal(const struct sum *a, const struct sum *b) {
    return a->words == b->words && a->letters == b->letters && a->digest == b->digest;
}

// -- the most frequent words ------------------------------------------------------------------------

// Does a stand before b? The order is total, so equal counts cannot make two answers.
static bool before(const struct word *a, const struct word *b) {
    if (a->count != b->count)
        return a->count > b->count;
    int order = memcmp(a->text, b->text, a->length < b->length ? a->length : b->length);
    return order ? order < 0 : a->length < b->length;
}

// Keeps the first `top` words in order in best; n are there.
static long keep(const struct word **best, long n, long top, const struct word *word) {
    if (n == top && (top == 0 || !before(word, best[top - 1])))
        return n;
    long at = n < top ? n++ : top - 1;
    for (; at > 0 && before(word, best[at - 1]); at--)
        best[at] = best[at - 1];
    best[at] = word;
    return n;
}

struct answer *answer_create(const struct table *table, long top) {
    struct answer *answer = calloc(1, sizeof *answer + (size_t)top * sizeof answer->line[0]);
    const struct word **best = calloc((size_t)top + 1, sizeof *best);
    if (!answer || !best) {
        free(answer);
        free(best);
        return NULL;
    }
    long n = 0;
    answer->top = top;
    for (const struct word *word = NULL; table && (word = table_next(table, word));) {
        sum_word(&answer->sum, word->text, word->length, word->count);
        answer->different++;
        n = keep(best, n, top, word);
    }
    for (long i = 0; i < n; i++) {
        struct sum one = {0};
        struct line *line = &answer->line[i];
        sum_word(&one, best[i]->text, best[i]->length, 1);
        *line = (struct line){best[i]->count, best[i]->length, one.digest, ""};
        memcpy(line->head, best[i]->text, line->length < HEAD ? line->length : HEAD);
    }
    free(best);
    return answer;
}

// -- bytes ------------------------------------------------------------------------------------------

size_t answer_size(long top) {
    return HEADER_BYTES + (size_t)top * LINE_BYTES;
}

void answer_write(const struct answer *answer, char *bytes) {
    char text[HEADER_BYTES + 1];
    snprintf(text, sizeof text, "%20llu words %20llu different %20llu letters %016llx\n",
             (unsigned long long)answer->sum.words, (unsigned long long)answer->different,
             (unsigned long long)answer->sum.letters, (unsigned long long)answer->sum.digest);
    memcpy(bytes, text, HEADER_BYTES);
    for (long i = 0; i < answer->top; i++) {
        const struct line *line = &answer->line[i];
        snprintf(text, sizeof text, "%20llu %-*s %20llu %016llx\n", (unsigned long long)line->count,
                 HEAD, line->head, (unsigned long long)line->length,
                 (unsigned long long)line->digest);
        memcpy(bytes + HEADER_BYTES + i * LINE_BYTES, text, LINE_BYTES);
    }
}

// The number that stands in `width` columns.
static uint64_t number(const char *columns, size_t width, int base) {
    char text[32] = "";
    memcpy(text, columns, width);
    return strtoull(text, NULL, base);
}

struct answer *answer_read(const char *bytes, size_t size) {
    if (size < HEADER_BYTES || (size - HEADER_BYTES) % LINE_BYTES != 0)
        return NULL;
    long top = (long)((size - HEADER_BYTES) / LINE_BYTES);
    struct answer *answer = calloc(1, sizeof *answer + (size_t)top * sizeof answer->line[0]);
    char *again = malloc(size);
    if (answer && again) {
        answer->top = top;
        answer->sum.words = number(bytes, 20, 10);
        answer->different = number(bytes + 27, 20, 10);
        answer->sum.letters = number(bytes + 58, 20, 10);
        answer->sum.digest = number(bytes + 87, 16, 16);
        for (long i = 0; i < top; i++) {
            const char *from = bytes + HEADER_BYTES + i * LINE_BYTES;
            struct line *line = &answer->line[i];
            line->count = number(from, 20, 10);
            memcpy(line->head, from + 21, HEAD);
            for (int end = HEAD; end > 0 && line->head[end - 1] == ' '; end--)
                line->head[end - 1] = '\0';
            line->length = number(from + 62, 20, 10);
            line->digest = number(from + 83, 16, 16);
        }
        answer_write(answer, again);
    }
    bool good = answer && again && memcmp(again, bytes, size) == 0;
    free(again);
    if (good)
        return answer;
    free(answer);
    return NULL;
}

// Bytes of the UTF-8 character that begins at c, which a '\0' ends; 0: there is none.
static size_t character(const unsigned char *c) {
    static const unsigned lowest[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = *c < 0x80 ? 1 : *c < 0xC0 ? 0 : *c < 0xE0 ? 2 : *c < 0xF0 ? 3 : *c < 0xF8 ? 4 : 0;
    unsigned point = n > 1 ? *c & (0x7Fu >> n) : *c;
    for (size_t i = 1; i < n; i++) {
        if ((c[i] & 0xC0) != 0x80)
            return 0;
        point = point << 6 | (c[i] & 0x3F);
    }
    bool good = n && point >= lowest[n] && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
    return good ? n : 0;
}

void line_word(const struct line *line, char out[HEAD + 4]) {
    size_t n = 0, left = strlen(line->head);
    const unsigned char *c = (const unsigned char *)line->head;
    while (*c) {
        size_t bytes = character(c);
        if (!bytes && left < 4 && line->length > HEAD)
            break; // the head ends within a character
        if (bytes)
            memcpy(out + n, c, bytes);
        else
            out[n] = '?'; // not UTF-8
        bytes += !bytes;
        n += bytes;
        c += bytes;
        left -= bytes;
    }
    strcpy(out + n, line->length > HEAD ? "..." : "");
}
