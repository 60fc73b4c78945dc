// SPDX-License-Identifier: MIT
// text.c: words from syllables, frequencies by Zipf, capitals and punctuation by the dice.

#include "text.h"

#include "kit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORD_MAX = 40, PICKS = 1 << 16, BLOCK = 1 << 20 };

struct vocabulary {
    uint64_t seed;
    long words;
    char (*word)[WORD_MAX]; // lower case, ended by '\0'
    uint8_t *length;        // bytes
    int pick[PICKS];        // a random one of these is the word to use next
};

enum { STREAM_VOCABULARY = 1, STREAM_FILES = 1000 }; // of random_bits()

static const char *const onsets[] = {"b",   "d", "f", "g", "h",  "k",  "l",  "m",  "n", "p",  "r",
                                     "s",   "t", "v", "w", "z",  "br", "fl", "gr", "k", "st", "tr",
                                     "sch", "ç", "ñ", "j", "th", "",   "",   "",   "",  ""};
static const char *const nuclei[] = {"a",  "e",  "i",  "o", "u", "a", "e", "o",
                                     "ai", "ea", "ou", "é", "ö", "ü", "å", "y"};
static const char *const codas[] = {"",  "",  "",  "",   "n",  "r", "s", "t",
                                    "l", "m", "d", "ng", "st", "",  "",  ""};
static const char *const letters[] = {"α",  "β",  "γ", "δ", "λ", "π", "σ", "ω",  "б",  "в",  "д",
                                      "ж",  "и",  "л", "н", "о", "я", "ш", "山", "川", "水", "火",
                                      "木", "語", "א", "ב", "ש", "م", "ن", "ي",  "𐍈",  "ß"};

// A number from 0 to n - 1 from the low bits of *bits, which are used up. n: a power of two.
static unsigned draw(uint64_t *bits, unsigned n) {
    unsigned drawn = (unsigned)(*bits & (n - 1));
    for (unsigned left = n; left > 1; left /= 2)
        *bits >>= 1;
    return drawn;
}

// The k-th word. The frequent words are short, as in every language.
static void make_word(uint64_t seed, long k, char *word) {
    uint64_t bits = random_bits(seed, STREAM_VOCABULARY, (uint64_t)k);
    int syllables = 1 + (k >= 24) + (k >= 400 && draw(&bits, 2)) + (k >= 4000 && draw(&bits, 2));
    bool foreign = draw(&bits, 32) == 0;
    *word = '\0';
    for (int i = 0; i < syllables; i++) {
        if (foreign) {
            strcat(word, letters[draw(&bits, 32)]);
            strcat(word, letters[draw(&bits, 32)]);
        } else {
            strcat(word, onsets[draw(&bits, 32)]);
            strcat(word, nuclei[draw(&bits, 16)]);
            strcat(word, codas[draw(&bits, 16)]);
        }
    }
}

struct vocabulary *vocabulary_create(uint64_t seed, double bytes) {
    struct vocabulary *v = calloc(1, sizeof *v);
    if (v) {
        v->seed = seed;
        v->words = bytes > 50000 * 64.0 ? 50000 : 64 + (long)(bytes / 64);
        v->word = calloc((size_t)v->words, sizeof *v->word);
        v->length = calloc((size_t)v->words, sizeof *v->length);
    }
    if (!v || !v->word || !v->length) {
        vocabulary_free(v);
        refuse("No memory for the vocabulary of the corpus; free some and try again.");
        return NULL;
    }
    double sum = 0, below = 0;
    for (long k = 0; k < v->words; k++) {
        make_word(seed, k, v->word[k]);
        v->length[k] = (uint8_t)strlen(v->word[k]);
        sum += 1.0 / (double)(k + 1);
    }
    // Word k stands in pick as often as it shall be used: 1 / (k + 1) of the first one's share.
    long picked = 0;
    for (long k = 0; k < v->words; k++) {
        below += 1.0 / (double)(k + 1) / sum;
        while (picked < PICKS && (double)picked + 0.5 < below * PICKS)
            v->pick[picked++] = (int)k;
    }
    while (picked < PICKS)
        v->pick[picked++] = (int)v->words - 1;
    return v;
}

void vocabulary_free(struct vocabulary *vocabulary) {
    if (!vocabulary)
        return;
    free(vocabulary->word);
    free(vocabulary->length);
    free(vocabulary);
}

// A word that stands nowhere else, or nearly: a number, or letters and a number.
static size_t rare_word(char *out, uint64_t bits) {
    size_t n = 0;
    for (unsigned i = 0, end = draw(&bits, 8); i < end; i++)
        out[n++] = (char)('a' + draw(&bits, 16));
    for (unsigned i = 0; i < 4; i++)
        out[n++] = (char)('0' + draw(&bits, 8));
    return n;
}

static size_t long_word(char *out, size_t length, uint64_t bits) {
    for (size_t i = 0; i < length; i++)
        out[i] = (char)('a' + (bits >> i % 59) % 26);
    return length;
}

static void capitals(char *word, size_t length, bool all) {
    for (size_t i = 0; i < (all ? length : 1); i++)
        if (word[i] >= 'a' && word[i] <= 'z')
            word[i] = (char)(word[i] - 'a' + 'A');
}

static size_t separator(char *out, unsigned dice, bool lines) {
    static const char *const rare[] = {", ",  ", ", ", ", ". ", ". ", ".\n", ".\n\n", "; ",
                                       " - ", "'",  " (", ") ", "\t", "  ",  "\r\n",  "/"};
    const char *text = dice < 200 ? " " : dice < 216 ? (lines ? "\n" : " ") : rare[dice % 16];
    size_t n = 0;
    for (; text[n]; n++)
        out[n] = !lines && (text[n] == '\n' || text[n] == '\r') ? ' ' : text[n];
    return n;
}

static bool write_all(int fd, const char *bytes, size_t n) {
    while (n > 0) {
        ssize_t written = write(fd, bytes, n);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        n -= (size_t)written;
    }
    return true;
}

// The next word and what follows it; counter says where in the file it stands.
static size_t token(const struct vocabulary *v, long number, uint64_t counter, char *out) {
    uint64_t bits = random_bits(v->seed, STREAM_FILES + (uint64_t)number, counter);
    unsigned pick = draw(&bits, PICKS), kind = draw(&bits, 256), dice = draw(&bits, 256);
    bool first = number % 7 == 3 && counter == 0;
    size_t n;
    if (first || counter % 20000 == 19999) {
        n = long_word(out, 300 + bits % 3000, bits);
    } else if (kind < 2) {
        n = rare_word(out, bits);
    } else {
        n = v->length[v->pick[pick]];
        memcpy(out, v->word[v->pick[pick]], WORD_MAX);
    }
    if (kind >= 240)
        capitals(out, n, kind >= 254);
    return n + separator(out + n, dice, number % 5 != 2);
}

bool text_write(const struct vocabulary *v, long number, long size, int fd) {
    char *block = malloc(BLOCK);
    if (!block)
        return false;
    bool written = true;
    long left = size; // bytes still to make
    size_t n = 0;     // bytes in block
    for (uint64_t counter = 0; left > 0 && written; counter++) {
        char *out = block + n;
        long made = (long)token(v, number, counter, out);
        if (made >= left) { // the last word, of just the length that is wanted
            bool newline = number % 2 == 0;
            memset(out, newline ? '.' : 'z', (size_t)left);
            if (newline)
                out[left - 1] = '\n';
            made = left;
        }
        left -= made;
        n += (size_t)made;
        if (n > BLOCK - 4096 || left == 0) {
            written = write_all(fd, block, n);
            n = 0;
        }
    }
    free(block);
    return written;
}
