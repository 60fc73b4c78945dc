// SPDX-License-Identifier: MIT
//
// explain.c: tries what the classic mistakes would have counted, and says which of them gives
// exactly what was got. That is cheap, for sums of pieces add up (answer.h), and it is certain: two
// different counts agree in words, letters and 64 bits of digest by accident once in 10^19 times.

#include "explain.h"

#include "kit.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTS_MAX = 8 }; // workers of whom we look for a lost or a doubled share
static const double bytes_max = 0x1p30, pieces_max = 1e7; // of problems that are looked into

struct evidence {
    const struct words *w;
    int workers;
    const char *worker; // "rank", "thread"
    const struct answer *got, *want;
    struct sum *piece; // of every piece, right
    struct sum cut;    // of all, if no piece cares for its edges
    struct sum begins; // if only piece_begin is used
    struct sum ends;   // if only piece_end is used
    char *text;
    size_t cap;
};

static bool found(struct evidence *e, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static bool found(struct evidence *e, const char *format, ...) {
    va_list args;
    va_start(args, format);
    vsnprintf(e->text, e->cap, format, args);
    va_end(args);
    return true;
}

// "12 words too many" or "12 words too few".
static const char *excess(const struct evidence *e, char *text, size_t cap) {
    uint64_t got = e->got->sum.words, want = e->want->sum.words;
    snprintf(text, cap, "%llu of %llu words too %s",
             (unsigned long long)(got > want ? got - want : want - got), (unsigned long long)want,
             got > want ? "many" : "few");
    return text;
}

// -- looking ----------------------------------------------------------------------------------------

static void look_at(struct reader *reader, long file, long lo, long hi, struct sum *sum) {
    const char *text = reader_text(reader, file, lo, hi);
    if (text)
        sum_text(sum, text, hi - lo);
}

static bool look(struct evidence *e) {
    double bytes = 0;
    for (long i = 0; i < e->w->files; i++)
        bytes += (double)e->w->file[i].size;
    if (bytes > bytes_max || (double)e->w->pieces > pieces_max)
        return false;
    e->piece = calloc((size_t)e->w->pieces + 1, sizeof *e->piece);
    if (!e->piece)
        return false;
    struct reader *reader = reader_create(e->w);
    for (long i = 0; i < e->w->pieces; i++) {
        const struct piece *p = &e->w->piece[i];
        long lo = piece_begin(reader, p), hi = piece_end(reader, p);
        look_at(reader, p->file, lo, hi, &e->piece[i]);
        look_at(reader, p->file, p->lo, p->hi, &e->cut);
        look_at(reader, p->file, lo, p->hi, &e->begins);
        look_at(reader, p->file, p->lo, hi, &e->ends);
    }
    bool good = !reader_failed(reader);
    reader_free(reader);
    return good;
}

// -- what it may have been --------------------------------------------------------------------------

static const char *name_of(const struct evidence *e, long file) {
    const char *path = e->w->file[file].path, *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

// Shows the word of `text`, n bytes, that is cut at `cut`, as "th|ere". Not a short one in ASCII,
// which can be read: false.
static bool show_word(const char *text, long cut, long n, char *shown, size_t cap) {
    long from = cut;
    while (from > 0 && word_byte(text[from - 1]))
        from--;
    for (long i = from; i < n; i++)
        if (text[i] & 0x80)
            return false;
    if (n - from > HEAD)
        return false;
    snprintf(shown, cap, "\"%.*s|%.*s\"", (int)(cut - from), text + from, (int)(n - cut),
             text + cut);
    return true;
}

// The first edge of a piece that cuts a word.
static void show_cut(const struct evidence *e, char *shown, size_t cap) {
    struct reader *reader = reader_create(e->w);
    snprintf(shown, cap, "some");
    for (long i = 0; i < e->w->pieces; i++) {
        const struct piece *p = &e->w->piece[i];
        long lo = piece_begin(reader, p), hi = piece_end(reader, p);
        const char *text = hi > p->hi ? reader_text(reader, p->file, lo, hi) : NULL;
        char word[HEAD + 4];
        if (!text || !show_word(text, p->hi - lo, hi - lo, word, sizeof word))
            continue;
        snprintf(shown, cap, "%s at byte %ld of %s", word, p->hi, name_of(e, p->file));
        break;
    }
    reader_free(reader);
}

static bool edges(struct evidence *e) {
    char much[80], shown[400];
    const struct sum *got = &e->got->sum;
    show_cut(e, shown, sizeof shown);
    excess(e, much, sizeof much);
    if (sum_equal(got, &e->cut))
        return found(e,
                     "%s: words are cut in two at the edges of pieces, as %s, and both parts "
                     "are counted. Whose is a word that runs across an edge? Count from "
                     "piece_begin to piece_end.",
                     much, shown);
    if (sum_equal(got, &e->begins))
        return found(e,
                     "Words lose their end at the edges of pieces, as %s: every piece leaves out "
                     "the word that began before it, but no piece reads its own last word to the "
                     "end. Is piece_end used?",
                     shown);
    if (sum_equal(got, &e->ends))
        return found(e,
                     "%s: ends of words are counted as words. Every piece reads its last word to "
                     "the end, as %s, but the next piece counts that end once more. Is "
                     "piece_begin used?",
                     much, shown);
    return false;
}

static bool times(struct evidence *e) {
    struct sum all = {0};
    uint64_t k = e->want->sum.words ? e->got->sum.words / e->want->sum.words : 0;
    sum_add(&all, &e->want->sum, k);
    return k > 1 && sum_equal(&all, &e->got->sum) &&
           found(e,
                 "Every count is exactly %llu times too large: it seems that %llu workers counted "
                 "all pieces each, and the tables were added up. Which pieces are whose?",
                 (unsigned long long)k, (unsigned long long)k);
}

// "rank 1" or "ranks 1, 3": those whose share was taken `times` times. Returns how many.
static int name_workers(const struct evidence *e, const int *taken, int times, char *list,
                        size_t cap) {
    int n = 0;
    for (int part = 0; part < e->workers; part++)
        n += taken[part] == times;
    size_t used = (size_t)snprintf(list, cap, "%s%s", e->worker, n == 1 ? "" : "s");
    for (int part = 0, at = 0; part < e->workers; part++)
        if (taken[part] == times)
            used += (size_t)snprintf(list + used, cap - used, at++ ? ", %d" : " %d", part);
    return n;
}

static bool tell_shares(struct evidence *e, const int *taken, bool cyclic) {
    char much[80], lost[80], twice[80], one[80], how[120];
    int nlost = name_workers(e, taken, 0, lost, sizeof lost);
    int ntwice = name_workers(e, taken, 2, twice, sizeof twice);
    name_workers(e, taken, 1, one, sizeof one);
    excess(e, much, sizeof much);
    if (cyclic)
        snprintf(how, sizeof how, "%s r has pieces r, r + %d, r + %d ...", e->worker, e->workers,
                 2 * e->workers);
    else
        snprintf(how, sizeof how, "the pieces are shared in even blocks");
    if (ntwice == 0 && nlost == e->workers - 1)
        return found(e,
                     "%s: exactly the words of %s are there, if %s, and none of the others'. Did "
                     "the other tables arrive, and were they merged?",
                     much, one, how);
    if (ntwice == 0)
        return found(e,
                     "%s: missing are exactly the words of %s of %d, if %s. Did each of those "
                     "tables arrive, and was it merged before it was sent on?",
                     much, lost, e->workers, how);
    return found(e,
                 "%s: the words of %s of %d are counted twice%s%s, if %s. Is a table merged "
                 "twice, or received in place of another?",
                 much, twice, e->workers, nlost ? ", and missing are those of " : "",
                 nlost ? lost : "", how);
}

// Is what was got the sum of the shares of the workers, each share taken 0, 1 or 2 times?
static bool shares(struct evidence *e, bool cyclic) {
    struct sum share[PARTS_MAX] = {0};
    int taken[PARTS_MAX], parts = e->workers, ways = 1;
    if (parts > PARTS_MAX)
        return false;
    for (long i = 0; i < e->w->pieces; i++) {
        int part = cyclic ? (int)(i % parts) : block_owner(e->w->pieces, parts, i);
        sum_add(&share[part], &e->piece[i], 1);
    }
    for (int part = 0; part < parts; part++)
        ways *= 3;
    for (int way = 0; way < ways; way++) {
        struct sum all = {0};
        bool told_apart = true; // an empty share makes no difference
        for (int part = 0, digits = way; part < parts; part++, digits /= 3) {
            taken[part] = (digits + 1) % 3;
            sum_add(&all, &share[part], (uint64_t)taken[part]);
            told_apart = told_apart && (taken[part] == 1 || share[part].words > 0);
        }
        if (told_apart && sum_equal(&all, &e->got->sum))
            return tell_shares(e, taken, cyclic);
    }
    return false;
}

// One piece lost or counted twice, or all from one piece on lost.
static bool one_piece(struct evidence *e) {
    struct sum before = {0};
    for (long i = 0; i < e->w->pieces; i++) {
        const struct piece *p = &e->w->piece[i];
        struct sum without = e->got->sum, twice = e->want->sum;
        if (e->piece[i].words == 0)
            continue;
        sum_add(&without, &e->piece[i], 1);
        sum_add(&twice, &e->piece[i], 1);
        if (sum_equal(&without, &e->want->sum))
            return found(e,
                         "Missing are exactly the words of piece %ld of %ld (bytes %ld .. %ld of "
                         "%s). Do the workers' shares meet without a gap, and does the last one "
                         "end where the pieces end?",
                         i, e->w->pieces, p->lo, p->hi, name_of(e, p->file));
        if (sum_equal(&twice, &e->got->sum))
            return found(e,
                         "The words of piece %ld of %ld (bytes %ld .. %ld of %s) are counted "
                         "twice. Do the shares of two workers overlap?",
                         i, e->w->pieces, p->lo, p->hi, name_of(e, p->file));
        if (i > 0 && sum_equal(&before, &e->got->sum))
            return found(e,
                         "Counted are exactly the pieces before number %ld of %ld. Who should "
                         "have counted the rest?",
                         i, e->w->pieces);
        sum_add(&before, &e->piece[i], 1);
    }
    return false;
}

// -- what is plain to see ---------------------------------------------------------------------------

static void plain(struct evidence *e) {
    char much[80], word[HEAD + 4];
    excess(e, much, sizeof much);
    if (sum_equal(&e->got->sum, &e->want->sum)) {
        found(e,
              "All words are counted, but the table holds %llu different ones, and there are "
              "%llu: a word stands in it more than once, or is damaged. Do two threads write "
              "to one table? Are tables brought together with table_merge?",
              (unsigned long long)e->got->different, (unsigned long long)e->want->different);
        return;
    }
    if (e->got->sum.words == e->want->sum.words)
        snprintf(much, sizeof much, "The total is right, but some words are not");
    for (long i = 0; i < e->want->top && i < e->got->top; i++) {
        const struct line *a = &e->got->line[i], *b = &e->want->line[i];
        if (a->count == b->count && a->digest == b->digest)
            continue;
        line_word(b, word);
        for (long j = 0; j < e->got->top; j++)
            if (e->got->line[j].digest == b->digest)
                a = &e->got->line[j];
        if (a->digest == b->digest && a->count != b->count) {
            found(e,
                  "%s: \"%s\" is counted %llu times and stands there %llu times. Is a table "
                  "written to by two threads at once? (Then the numbers change from run to "
                  "run.) Is a table, or part of one, lost on its way?",
                  much, word, (unsigned long long)a->count, (unsigned long long)b->count);
            return;
        }
    }
    found(e,
          "%s, and the %ld most frequent words are %s. Is a table written to by two threads at "
          "once? (Then the numbers change from run to run.) Is a table, or part of one, lost on "
          "its way?",
          much, e->want->top, e->want->top ? "right or were pushed out of the list" : "not shown");
}

void explain_answer(const struct words *w, int workers, const char *worker,
                    const struct answer *got, const struct answer *want, char *text, size_t cap) {
    struct evidence e = {.w = w,
                         .workers = workers,
                         .worker = worker,
                         .got = got,
                         .want = want,
                         .text = text,
                         .cap = cap};
    bool cause = false;
    if (got->sum.words == 0 && want->sum.words > 0)
        cause = found(&e,
                      "No word is counted, and there are %llu: is w->table set at the end (by "
                      "rank 0, if there are ranks), and was anything counted into it?",
                      (unsigned long long)want->sum.words);
    else if (!sum_equal(&got->sum, &want->sum))
        cause = times(&e) ||
                (look(&e) && (edges(&e) || shares(&e, true) || shares(&e, false) || one_piece(&e)));
    if (!cause)
        plain(&e);
    free(e.piece);
}
