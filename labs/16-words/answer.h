// SPDX-License-Identifier: MIT
//
// answer.h: what a count comes to, in bytes that can be compared: the totals, and the words that
// stand most often, those of equal count in the order of their bytes. It is text, in lines of fixed
// length, so its size does not depend on what was counted (it is the payload of a result file):
//
//        2731 words     411 different     14402 letters 2f0c8a3b5d7e9164
//         163 the                              3 a9c1b2d3e4f50617
//
// Every word has a number of 64 bits, its digest. The digest of a count is the sum of them, each
// as often as the word was counted. So the digest of all is the sum of the digests of the pieces,
// and where an answer is wrong it can be seen which pieces are missing, or are there twice.

#ifndef ANSWER_H
#define ANSWER_H

#include "table.h"

struct sum {
    uint64_t words, letters, digest; // letters: bytes of all words
};

enum { HEAD = 40 }; // bytes of a word that are shown; the digest stands for the rest

struct line {
    uint64_t count, length, digest; // of one word; count 0: there are fewer words than lines
    char head[HEAD + 1];            // its first bytes, ended by '\0'
};

struct answer {
    struct sum sum;
    uint64_t different;
    long top;
    struct line line[]; // top of them
};

// Adds `count` times a word, in lower case.
void sum_word(struct sum *sum, const char *text, size_t length, uint64_t count);
// Adds all words of n bytes of text.
void sum_text(struct sum *sum, const char *text, long n);
// Adds `times` times another sum.
void sum_add(struct sum *sum, const struct sum *more, uint64_t times);
bool sum_equal(const struct sum *a, const struct sum *b);

// The answer of a table (NULL: of an empty one), to be freed with free(). NULL: no memory.
struct answer *answer_create(const struct table *table, long top);

// As bytes, answer_size(top) of them, and back; of anything else than such bytes: NULL.
size_t answer_size(long top);
void answer_write(const struct answer *answer, char *bytes);
struct answer *answer_read(const char *bytes, size_t size);

// The head of a word for a sentence: whole characters only; "..." where the word goes on.
void line_word(const struct line *line, char out[HEAD + 4]);

#endif
