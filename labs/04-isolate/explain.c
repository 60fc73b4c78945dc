// SPDX-License-Identifier: MIT
//
// explain.c: says which record was lost, doubled or given up without need, and asks what leads to the
// cause. Each function below knows one kind of mistake; the first that recognises its own speaks.

#include "explain.h"

#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pair {
    const struct isolate *s;
    const struct entry *got, *want; // [records]
    int first;                      // the first record that differs
    int lost, killers; // records of which nothing was noted; of them, those that kill their worker
    bool ranks;
};

static bool is_lost(const struct entry *entry) {
    return entry->noted == 0 && entry->given_up == 0;
}

static bool killers_lost(const struct pair *p, char *text, size_t cap) {
    if (p->lost == 0 || p->killers < p->lost)
        return false;
    snprintf(
        text, cap,
        "%d record%s killed a worker, and nothing was noted of %s; the first is record %d. "
        "Who knows which record a worker had, when its pipe ends? It may have left with status "
        "0, too.",
        p->lost, p->lost == 1 ? " has" : "s have", p->lost == 1 ? "it" : "them", p->first);
    return true;
}

static bool all_lost(const struct pair *p, char *text, size_t cap) {
    if (p->lost < p->s->records)
        return false;
    snprintf(text, cap, "Nothing was noted of any record. %s",
             p->ranks
                 ? "Does every record go to one rank, and do the entries come to "
                   "rank 0?"
                 : "Does the process that is looked at call isolate_note()? What a child notes "
                   "stands in a copy of its own.");
    return true;
}

static bool some_lost(const struct pair *p, char *text, size_t cap) {
    if (p->lost == 0)
        return false;
    snprintf(text, cap, "Nothing was noted of %d of %d records; the first is record %d. %s",
             p->lost, p->s->records, p->first,
             p->ranks ? "Does every record go to one rank, and do the entries of all ranks come to "
                        "rank 0?"
                      : "Does every record go to a worker, also when some of them have died?");
    return true;
}

static bool doubled(const struct pair *p, char *text, size_t cap) {
    const struct entry *const got = &p->got[p->first], *const want = &p->want[p->first];
    const long times = got->noted + got->given_up;
    if (times < 2)
        return false;
    if (want->given_up)
        snprintf(text, cap,
                 "Record %d kills its worker, and was given up %ld times: once is enough. Was it "
                 "handed to another worker afterwards?",
                 p->first, got->given_up);
    else
        snprintf(
            text, cap,
            "Record %d was noted %ld times and given up %ld times: once is right. Which workers "
            "had it?",
            p->first, got->noted, got->given_up);
    return true;
}

static bool given_up_in_vain(const struct pair *p, char *text, size_t cap) {
    const struct entry *const got = &p->got[p->first], *const want = &p->want[p->first];
    if (!got->given_up || want->given_up)
        return false;
    snprintf(
        text, cap,
        "Record %d was given up, but it is harmless. When a worker is gone: which record did it "
        "have at that moment, and had its last value been read?",
        p->first);
    return true;
}

static void other(const struct pair *p, char *text, size_t cap) {
    snprintf(
        text, cap,
        "Record %d has the value %ld and not %ld. Whose value is it, and does it go to the entry "
        "of its own record?",
        p->first, p->got[p->first].value, p->want[p->first].value);
}

enum same isolate_explain(const struct isolate *s, bool ranks, int workers, const void *got,
                          const void *want, size_t size, char *text, size_t cap) {
    (void)workers;
    if (memcmp(got, want, size) == 0)
        return SAME;
    struct entry *const entries = malloc(2 * size); // got may lie anywhere
    if (!entries) {
        snprintf(text, cap, "No memory to compare the entries; take fewer records.");
        return WRONG;
    }
    memcpy(entries, got, size);
    memcpy(entries + s->records, want, size);
    struct pair p = {
        .s = s, .got = entries, .want = entries + s->records, .first = -1, .ranks = ranks};
    for (int i = 0; i < s->records; i++) {
        const bool lost = is_lost(&p.got[i]);
        if (p.first < 0 && memcmp(&p.got[i], &p.want[i], sizeof p.got[i]) != 0)
            p.first = i;
        p.lost += lost;
        p.killers += lost && p.want[i].given_up;
    }
    if (!killers_lost(&p, text, cap) && !all_lost(&p, text, cap) && !some_lost(&p, text, cap) &&
        !doubled(&p, text, cap) && !given_up_in_vain(&p, text, cap))
        other(&p, text, cap);
    free(entries);
    return WRONG;
}
