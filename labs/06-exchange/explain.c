// SPDX-License-Identifier: MIT
//
// explain.c: says of a wrong count what its number was compared with, and asks what leads to the
// cause. All of it follows from how many matches each worker's sheet has for it: one sheet missing,
// one seen twice, only its own.

#include "explain.h"

#include <stdio.h>

struct counts {
    const struct exchange *x;
    const uint32_t *got, *want;
    int workers; // that made got:
    bool ranks;  // ranks, else threads
    int first;   // the first number that is wrong
    int owner;   // the worker whose it is
    struct range block;
    uint32_t word;
};

static const char *worker_of(const struct counts *c) {
    return c->ranks ? "rank" : "thread";
}

// How many of worker w's sheet number i matches.
static uint32_t from_sheet(const struct counts *c, long i, int w) {
    const struct range sheet = block_range(c->x->n, c->workers, w);
    uint32_t matches = 0;
    for (long j = sheet.lo; j < sheet.hi; j++)
        matches += exchange_match(c->x->number[i], c->x->number[j], c->word);
    return matches;
}

static bool no_news(const struct counts *c, char *text, size_t cap) {
    if (c->got[c->first] != NO_NEWS)
        return false;
    int worker = c->owner, ignorant = 0;
    for (int w = 0; w < c->workers; w++) {
        const struct range block = block_range(c->x->n, c->workers, w);
        ignorant += block.lo < block.hi && c->got[block.lo] == NO_NEWS;
    }
    snprintf(
        text, cap,
        "%s %d compared its numbers before it knew the word%s. Who calls it, in which round%s? "
        "%s",
        c->ranks ? "Rank" : "Thread", worker, ignorant > 1 ? ", and it was not the only one" : "",
        c->workers > 2 ? ", and does the caller know the word by then" : "",
        c->ranks ? "What exchange_call() writes is in the caller's memory: is it sent?"
                 : "What makes it wait until it has been called?");
    return true;
}

static bool nothing(const struct counts *c, char *text, size_t cap) {
    bool own = false; // would its own sheet alone have given anything? No number matches itself
    for (long i = c->block.lo; i < c->block.hi; i++) {
        if (c->got[i] != 0)
            return false;
        own = own || from_sheet(c, i, c->owner) > 0;
    }
    if (own)
        snprintf(text, cap,
                 "The numbers of %s %d, from number %ld on, were compared with nothing. Does it "
                 "call exchange_compare(), for its own block%s?",
                 worker_of(c), c->owner, c->block.lo,
                 c->ranks ? ", which begins at 0 in x->number of each rank" : "");
    else
        snprintf(text, cap,
                 "The numbers of %s %d, from number %ld on, were compared with nothing, or only "
                 "with its own sheet. Does it call exchange_compare(), %s?",
                 worker_of(c), c->owner, c->block.lo,
                 c->ranks ? "and with every sheet that goes round the ring"
                          : "with all numbers of all sheets");
    return true;
}

static bool fits(const struct counts *c, int lacks, int doubles) {
    for (long i = c->block.lo; i < c->block.hi; i++) {
        uint32_t count = c->want[i];
        count -= lacks >= 0 ? from_sheet(c, i, lacks) : 0;
        count += doubles >= 0 ? from_sheet(c, i, doubles) : 0;
        if (c->got[i] != count)
            return false;
    }
    return true;
}

static bool only_own(const struct counts *c, char *text, size_t cap) {
    uint32_t times = 0;
    for (long i = c->block.lo; i < c->block.hi; i++) {
        const uint32_t own = from_sheet(c, i, c->owner);
        if (own == 0 ? c->got[i] != 0 : c->got[i] % own != 0)
            return false;
        if (own > 0 && times == 0)
            times = c->got[i] / own;
        if (own > 0 && c->got[i] / own != times)
            return false;
    }
    if (times == 0)
        return false;
    if (times == 1)
        snprintf(text, cap,
                 "The numbers of %s %d were compared with its own sheet, and with no other. %s",
                 worker_of(c), c->owner,
                 c->ranks ? "Which messages bring the others' sheets to it?"
                          : "Which numbers are all numbers?");
    else
        snprintf(
            text, cap,
            "The numbers of %s %d were compared with its own sheet %u times. Is the sheet that "
            "came the one that is compared in the next step?",
            worker_of(c), c->owner, times);
    return true;
}

static bool one_sheet(const struct counts *c, char *text, size_t cap) {
    char which[64];
    snprintf(which, sizeof which, "The numbers of %s %d", worker_of(c), c->owner);
    for (int w = 0; w < c->workers; w++) {
        const char *const own = w == c->owner ? ", its own" : "";
        if (fits(c, w, -1)) {
            snprintf(text, cap,
                     "%s were never compared with the sheet of %s %d%s. How many steps does the "
                     "ring take, and is the sheet compared in the first and in the last of them?",
                     which, worker_of(c), w, own);
            return true;
        }
        if (fits(c, -1, w)) {
            snprintf(text, cap,
                     "%s were compared twice with the sheet of %s %d%s. How many steps does the "
                     "ring take?",
                     which, worker_of(c), w, own);
            return true;
        }
    }
    for (int w = 0; w < c->workers; w++)
        for (int v = 0; v < c->workers; v++)
            if (w != v && fits(c, w, v)) {
                snprintf(text, cap,
                         "%s were compared twice with the sheet of %s %d, and never with that of "
                         "%s %d. Is a sheet touched before the wait for it is over, or sent from "
                         "where the next one arrives?",
                         which, worker_of(c), v, worker_of(c), w);
                return true;
            }
    return false;
}

static bool otherwise(const struct counts *c, char *text, size_t cap) {
    int wrong = 0;
    for (int i = 0; i < c->x->n; i++)
        wrong += c->got[i] != c->want[i];
    snprintf(text, cap,
             "Number %d, of %s %d, has %u matches and should have %u; %d of %d numbers are wrong. "
             "%s",
             c->first, worker_of(c), c->owner, c->got[c->first], c->want[c->first], wrong, c->x->n,
             c->ranks ? "Is each sheet compared in its own length (blocks may differ by one), and "
                        "is a buffer touched only when the message in it is done?"
                      : "Does every thread compare its own block, once, with all numbers?");
    return true;
}

enum same exchange_explain(const struct exchange *x, bool ranks, int workers, const uint32_t *got,
                           const uint32_t *want, char *text, size_t cap) {
    static bool (*const kinds[])(const struct counts *, char *,
                                 size_t) = {no_news, nothing, only_own, one_sheet, otherwise};
    struct counts c = {.x = x,
                       .got = got,
                       .want = want,
                       .workers = workers,
                       .ranks = ranks,
                       .word = x->news[0].word};
    while (c.first < x->n && got[c.first] == want[c.first])
        c.first++;
    c.owner = block_owner(x->n, workers, c.first);
    c.block = block_range(x->n, workers, c.owner);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i](&c, text, cap))
            break;
    return WRONG;
}
