// SPDX-License-Identifier: MIT
//
// text.h: text that looks like a language to a program that counts words. Word number k of the
// vocabulary is used about 1/k as often as the first (Zipf, 1935). Everything is a function of the
// seed and of where it stands, so the same seed gives the same files everywhere.

#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stdint.h>

struct vocabulary;

// A vocabulary for `bytes` of text: longer texts use more words. NULL: no memory, refused.
struct vocabulary *vocabulary_create(uint64_t seed, double bytes);
void vocabulary_free(struct vocabulary *vocabulary);

// Writes text of exactly `size` bytes to fd, that of file number `number`. What a number brings:
// number % 5 == 2: all on one line; number % 7 == 3: a very long word first; odd: no newline at the
// end. False: not written, errno says why.
bool text_write(const struct vocabulary *vocabulary, long number, long size, int fd);

#endif
