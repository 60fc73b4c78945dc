// SPDX-License-Identifier: MIT
//
// explain.c: says of a wrong roll which line is wrong, and asks what leads to the cause. Each
// function below knows one kind of mistake; the first that recognises its own speaks.

#include "explain.h"

#include <stdio.h>

struct rolls {
    const struct line *got, *want; // h->n lines each
    int n, workers;                // that made got:
    bool ranks;                    // ranks, else threads
    bool alone;                    // each worker is one thread of its own
};

static const char *worker_of(const struct rolls *r) {
    return r->ranks ? "rank" : "thread";
}

static bool signed_at_all(const struct line *line) {
    return line->worker >= 0;
}

// Lines that nobody has signed: which they are tells whose they were.
static bool missing(const struct rolls *r, char *text, size_t cap) {
    const char *const worker = worker_of(r);
    int first = -1, count = 0, others = 0, beyond = 0;
    for (int i = 0; i < r->n; i++) {
        if (signed_at_all(&r->got[i]))
            continue;
        first = first < 0 ? i : first;
        count++;
        others += i % r->workers != 0;
        beyond += i >= r->workers;
    }
    const int not_of_0 = r->n - (int)cyclic_count(r->n, r->workers, 0);
    if (count == 0)
        return false;
    if (count == r->n)
        snprintf(text, cap,
                 "Nobody has signed any of the %d lines%s. Does any %s call hello_sign()?", r->n,
                 r->ranks ? " of rank 0's roll" : "", worker);
    else if (r->ranks && count == others && count == not_of_0)
        snprintf(
            text, cap,
            "Line %d was never signed on the roll of rank 0, and so are all lines that are not "
            "its own. Every rank has a roll of its own: what brings a line that rank 1 has "
            "signed to rank 0?",
            first);
    else if (count == beyond && count == r->n - r->workers)
        snprintf(
            text, cap,
            "Line %d was never signed, nor any line behind it: every %s signed one line. Whose "
            "is line %d, with %d workers?",
            first, worker, first, r->workers);
    else if (count == cyclic_count(r->n, r->workers, first % r->workers) && first < r->workers)
        snprintf(
            text, cap,
            "Line %d was never signed%s, and so are all lines of %s %d of %d. Does it sign, and "
            "%s?",
            first, r->ranks ? " on the roll of rank 0" : "", worker, first, r->workers,
            r->ranks ? "do its lines come to rank 0" : "under its own number");
    else
        snprintf(text, cap,
                 "Line %d was never signed%s; %d of %d lines are so. It belongs to %s %d of %d: "
                 "where does its loop begin, how far does it step, where does it end?",
                 first, r->ranks ? " on the roll of rank 0" : "", count, r->n, worker,
                 first % r->workers, r->workers);
    return true;
}

// A signature that belongs into another line, or into none.
static bool wrong_mark(const struct rolls *r, char *text, size_t cap) {
    int i = 0, other = 0;
    while (i < r->n && r->got[i].mark == r->want[i].mark)
        i++;
    if (i == r->n)
        return false;
    while (other < r->n && r->got[i].mark != r->want[other].mark)
        other++;
    if (other < r->n)
        snprintf(text, cap, "Line %d holds the signature of line %d. %s", i, other,
                 r->ranks ? "Messages from one rank with one tag arrive in the order in which they "
                            "were sent: which line does rank 0 take this one for?"
                          : "Is hello_sign() asked for the line that it is called for?");
    else
        snprintf(text, cap,
                 "The signature in line %d is none that hello_sign() makes%s. Is anything else "
                 "written there, or only a part of a line?",
                 i, r->ranks ? ", or it did not arrive whole" : "");
    return true;
}

static bool wrong_number_of_workers(const struct rolls *r, char *text, size_t cap) {
    int i = 0;
    while (i < r->n && r->got[i].of == r->workers)
        i++;
    if (i == r->n)
        return false;
    if (r->got[i].of == 1 && !r->ranks)
        snprintf(text, cap,
                 "Line %d was signed by thread %d of 1, but there are %d. omp_get_num_threads() "
                 "counts the team that it is called in: is it called inside of the parallel block?",
                 i, r->got[i].worker, r->workers);
    else
        snprintf(
            text, cap,
            "Line %d was signed by %s %d of %d, but there are %d. Where does the number %d come "
            "from?%s",
            i, worker_of(r), r->got[i].worker, r->got[i].of, r->workers, r->got[i].of,
            r->ranks ? " Ask comm for it, and no other communicator." : "");
    return true;
}

static bool wrong_worker(const struct rolls *r, char *text, size_t cap) {
    const char *const worker = worker_of(r);
    int first = -1, count = 0;
    bool all_by_one = true;
    for (int i = 0; i < r->n; i++) {
        all_by_one = all_by_one && r->got[i].worker == r->got[0].worker;
        if (r->got[i].worker == i % r->workers)
            continue;
        first = first < 0 ? i : first;
        count++;
    }
    if (count == 0)
        return false;
    if (all_by_one && r->ranks)
        snprintf(text, cap,
                 "Line %d was signed by rank %d, as all lines were, and belongs to rank %d. Does "
                 "every rank sign the whole roll, and not only every %d. line of it?",
                 first, r->got[first].worker, first % r->workers, r->workers);
    else
        snprintf(
            text, cap,
            "Line %d was signed in the name of %s %d and belongs to %s %d; %d line%s wrong so. "
            "%s",
            first, worker, r->got[first].worker, worker, first % r->workers, count,
            count == 1 ? " is" : "s are",
            r->ranks ? "Line i is for rank i % size."
                     : "Line i is for thread i % threads. Is the variable that holds a "
                       "thread's number declared inside of the parallel block, so that each "
                       "has its own?");
    return true;
}

// Two numbers, one signer.
static bool one_for_two(const struct rolls *r, char *text, size_t cap) {
    for (int i = 1; r->alone && i < r->n && i < r->workers; i++)
        for (int j = 0; j < i; j++) {
            if (r->got[i].thread != r->got[j].thread)
                continue;
            snprintf(
                text, cap,
                "Lines %d and %d were signed by one and the same %s, in the names of %d and %d. "
                "Does each worker sign its own lines, and only these?",
                j, i, r->ranks ? "process" : "thread", r->got[j].worker, r->got[i].worker);
            return true;
        }
    return false;
}

enum same hello_explain(const struct hello *h, bool ranks, bool alone, int workers,
                        const struct line *got, const struct line *want, char *text, size_t cap) {
    static bool (*const kinds[])(const struct rolls *, char *, size_t) = {
        missing, wrong_mark, wrong_number_of_workers, wrong_worker, one_for_two};
    const struct rolls r = {got, want, h->n, workers, ranks, alone};
    text[0] = '\0';
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i](&r, text, cap))
            return WRONG;
    return SAME;
}
