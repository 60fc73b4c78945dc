// SPDX-License-Identifier: MIT
//
// explain.c: says of wrong bins how many balls are missing or too many, and whose they are, and
// asks what leads to the cause. Each function below knows one kind of mistake; the first that
// recognises its own speaks. The order matters: the plainest signs come first.

#include "explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORKERS_MAX = 64, BINS_MAX = 61 };
static const long BALLS_MAX = 50000000; // of problems whose shares are looked into

struct histograms {
    const struct race *r;
    long got[BINS_MAX], want[BINS_MAX]; // grams
    int bins, workers;                  // that made got:
    bool ranks;                         // ranks, else threads
    int first;                          // the first bin that differs
    double missing;                     // grams that want has more than got
};

static const char *worker_of(const struct histograms *h) {
    return h->ranks ? "rank" : "thread";
}

static double sum(const long *bin, int bins) {
    double all = 0;
    for (int b = 0; b < bins; b++)
        all += (double)bin[b];
    return all;
}

static bool equal(const struct histograms *h, const long *bin) {
    return memcmp(h->got, bin, (size_t)h->bins * sizeof *bin) == 0;
}

// Grams as balls where they are whole balls.
static const char *as_balls(const struct histograms *h, double grams, char text[64]) {
    const double balls = grams / (double)h->r->weight;
    if (balls == (double)(long)balls)
        snprintf(text, 64, "%.0f of %ld balls", balls, h->r->balls);
    else
        snprintf(text, 64, "%.0f grams", grams);
    return text;
}

// -- one kind of mistake each ------------------------------------------------------------------------

static bool nothing(const struct histograms *h, char *text, size_t cap) {
    for (int b = 0; b < h->bins; b++)
        if (h->got[b] != 0)
            return false;
    const char *const added =
        h->ranks ? "Are they added to r->bin of rank 0, and not to an array that ends with the "
                   "function?"
                 : "Are they added to r->bin, and not to an array of a thread's own, and are the "
                   "sums not stored over by a thread that had none?";
    if (h->r->balls < h->workers)
        snprintf(text, cap,
                 "No ball is in any bin: fewer balls than workers (%ld over %d) are all rest of a "
                 "division. Who drops it? %s",
                 h->r->balls, h->workers, added);
    else
        snprintf(text, cap, "No ball is in any bin. %s", added);
    return true;
}

// What is left of the right sums in 32 bits.
static bool narrow(const struct histograms *h, char *text, size_t cap) {
    for (int b = 0; b < h->bins; b++)
        if ((uint32_t)h->got[b] != (uint32_t)h->want[b] || labs(h->got[b]) > UINT32_MAX)
            return false;
    snprintf(text, cap,
             "Bin %d holds %ld grams, which is what 32 bits can hold of %ld. Somewhere the sum is "
             "kept in an int%s. It needs a long.",
             h->first, h->got[h->first], h->want[h->first],
             h->ranks ? ", or handed to MPI as an MPI_INT" : "");
    return true;
}

static bool many_times(const struct histograms *h, char *text, size_t cap) {
    const long times = h->want[h->first] ? h->got[h->first] / h->want[h->first] : 0;
    if (times < 2)
        return false;
    for (int b = 0; b < h->bins; b++)
        if (h->got[b] != times * h->want[b])
            return false;
    if (times == h->workers)
        snprintf(text, cap,
                 "Every bin holds exactly %ld times too much. Does every one of the %ld %ss drop "
                 "all the balls, and not its share?",
                 times, times, worker_of(h));
    else
        snprintf(text, cap, "Every bin holds exactly %ld times too much. What is added twice?",
                 times);
    return true;
}

static bool unweighed(const struct histograms *h, char *text, size_t cap) {
    if (h->r->weight == 1)
        return false;
    for (int b = 0; b < h->bins; b++)
        if (h->got[b] != h->want[b] / h->r->weight)
            return false;
    snprintf(text, cap,
             "The bins hold the number of balls. What is asked for is their weight: a ball weighs "
             "r->weight = %ld grams.",
             h->r->weight);
    return true;
}

// -- shares of single workers -------------------------------------------------------------------------

// What the balls from, from + step, ... below `to` leave in the bins.
static void drop(const struct race *r, long from, long to, long step, long bin[BINS_MAX]) {
    memset(bin, 0, BINS_MAX * sizeof *bin);
    for (long ball = from; ball < to; ball += step)
        bin[race_fall(r, ball)] += r->weight;
}

static void but(const struct histograms *h, const long *part, long rest[BINS_MAX]) {
    for (int b = 0; b < h->bins; b++)
        rest[b] = h->want[b] - part[b];
}

// Up to which bin got is right and holds this share from there on; 0: it is not so.
static int reduced_up_to(const struct histograms *h, const long *share) {
    int end = 0;
    bool others = false; // do balls that are not of this share lie in a bin that is right?
    for (; end < h->bins && h->got[end] == h->want[end]; end++)
        others = others || h->want[end] != share[end];
    if (!others)
        return 0;
    for (int b = end; b < h->bins; b++)
        if (h->got[b] != share[b])
            return 0;
    return end < h->bins ? end : 0;
}

// Where the array that a share came from ends up is what one of these sentences asks.
static bool share_of(const struct histograms *h, int w, const long *share, char *text, size_t cap) {
    long rest[BINS_MAX];
    const char *const worker = worker_of(h);
    but(h, share, rest);
    const int end = h->ranks && w == 0 ? reduced_up_to(h, share) : 0;
    if (sum(share, h->bins) == 0)
        return false;
    if (equal(h, share))
        snprintf(text, cap,
                 "In the bins lie exactly the balls of %s %d of %d, and none of the others'. %s",
                 worker, w, h->workers,
                 h->ranks ? "Every rank has bins of its own: what brings all of them to rank 0?"
                          : "Is what each thread counted added to r->bin, or stored over it?");
    else if (equal(h, rest))
        snprintf(text, cap,
                 h->ranks ? "Missing are exactly the balls of rank %d of %d. Does it drop its "
                            "share, and do its bins come to rank 0?"
                          : "Missing are exactly the balls of thread %d of %d. Does it drop its "
                            "share, or is what it added stored over by another one?",
                 w, h->workers);
    else if (end > 0)
        snprintf(
            text, cap,
            "The bins up to bin %d hold the balls of all ranks, bin %d and those behind it only "
            "the balls of rank 0: what brings all of them to rank 0? There are r->bins = %d.",
            end - 1, end, h->bins);
    else
        return false;
    return true;
}

static bool shares(const struct histograms *h, char *text, size_t cap) {
    const long balls = h->r->balls;
    long share[BINS_MAX], rest[BINS_MAX];
    if (balls > BALLS_MAX || h->workers > WORKERS_MAX)
        return false;
    for (int w = 0; h->workers > 1 && w < h->workers; w++) {
        const struct range block = block_range(balls, h->workers, w);
        drop(h->r, block.lo, block.hi, 1, share);
        if (share_of(h, w, share, text, cap))
            return true;
        drop(h->r, w, balls, h->workers, share);
        if (share_of(h, w, share, text, cap))
            return true;
    }
    const long left = balls % h->workers;
    drop(h->r, balls - left, balls, 1, share);
    but(h, share, rest);
    if (left > 0 && equal(h, rest)) {
        snprintf(text, cap,
                 "Missing %s exactly the last %ld ball%s: %ld balls over %d workers leave a rest "
                 "of %ld. Who drops it?",
                 left == 1 ? "is" : "are", left, left == 1 ? "" : "s", balls, h->workers, left);
        return true;
    }
    for (int last = 0; last < 2 && balls > 0; last++) {
        const long ball = last ? balls - 1 : 0;
        drop(h->r, ball, ball + 1, 1, share);
        but(h, share, rest);
        if (equal(h, rest)) {
            snprintf(text, cap, "Missing is exactly ball %ld, the %s one. Where does the loop %s?",
                     ball, last ? "last" : "first", last ? "end" : "begin");
            return true;
        }
    }
    return false;
}

// -- what is left --------------------------------------------------------------------------------------

static bool moved(const struct histograms *h, char *text, size_t cap) {
    for (int by = -1; by <= 1; by += 2) {
        bool fits = h->bins > 2;
        for (int b = 0; b < h->bins && fits; b++)
            if (b - by >= 0 && b - by < h->bins)
                fits = h->got[b] == h->want[b - by];
        if (!fits)
            continue;
        snprintf(text, cap,
                 "Every bin holds what belongs in the one %s it. Bins are counted from 0: "
                 "race_fall() gives the place in r->bin as it is.",
                 by > 0 ? "before" : "behind");
        return true;
    }
    return false;
}

static bool fewer(const struct histograms *h, char *text, size_t cap) {
    char balls[64];
    for (int b = 0; b < h->bins; b++)
        if (h->got[b] > h->want[b] || h->got[b] < 0)
            return false;
    as_balls(h, h->missing, balls);
    if (h->ranks)
        snprintf(text, cap,
                 "%s are in no bin of rank 0. Does every ball fall on exactly one rank, and do the "
                 "bins of all ranks come to rank 0, with their right type and number?",
                 balls);
    else
        snprintf(text, cap,
                 "%s (%.3g %%) are in no bin: they got lost. Two threads read the same bin, both "
                 "add a ball, both write, and one addition is gone. Which bins may two threads "
                 "write to at the same time? (make explore shows every order.)",
                 balls, 100 * h->missing / sum(h->want, h->bins));
    return true;
}

static bool otherwise(const struct histograms *h, char *text, size_t cap) {
    char balls[64];
    const int b = h->first;
    if (h->missing == 0)
        snprintf(text, cap,
                 "All balls are there, but not in their bins: bin %d holds %ld grams and should "
                 "hold %ld. Is a bin's number kept where another worker can change it before the "
                 "ball is added?",
                 b, h->got[b], h->want[b]);
    else
        snprintf(text, cap,
                 "Bin %d holds %ld grams and should hold %ld; in all bins together there %s %s too "
                 "%s. Is every ball dropped exactly once, and is anything written to r->bin "
                 "but additions?",
                 b, h->got[b], h->want[b], labs((long)h->missing) == h->r->weight ? "is" : "are",
                 as_balls(h, h->missing > 0 ? h->missing : -h->missing, balls),
                 h->missing > 0 ? "few" : "many");
    return true;
}

// ----------------------------------------------------------------------------------------------------

enum same race_explain(const struct race *r, bool ranks, int workers, const void *got,
                       const void *want, size_t size, char *text, size_t cap) {
    static bool (*const kinds[])(const struct histograms *, char *, size_t) = {
        nothing, many_times, unweighed, shares, narrow, moved, fewer, otherwise};
    struct histograms h = {.r = r, .bins = r->bins, .workers = workers, .ranks = ranks};
    text[0] = '\0';
    if (memcmp(got, want, size) == 0)
        return SAME;
    if (size != (size_t)r->bins * sizeof *h.got) {
        snprintf(text, cap, "The result has %zu bytes; %d bins have %zu.", size, r->bins,
                 (size_t)r->bins * sizeof *h.got);
        return WRONG;
    }
    memcpy(h.got, got, size);
    memcpy(h.want, want, size);
    while (h.got[h.first] == h.want[h.first])
        h.first++;
    h.missing = sum(h.want, h.bins) - sum(h.got, h.bins);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i](&h, text, cap))
            break;
    return WRONG;
}
