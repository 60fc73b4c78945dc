// SPDX-License-Identifier: MIT
//
// explain.c: says of a wrong set of objects what is wrong with the first one, and asks what leads
// to the cause. Each function below knows one kind of mistake; the first that recognises its own
// speaks, the plainest signs first.

#include "explain.h"

#include <stdio.h>
#include <string.h>

struct pair {
    const unsigned char *got, *want; // objects, perhaps not aligned
    long count;                      // objects
    bool ranks;                      // made got, else threads
    int workers;                     // how many of them
    long first;                      // the first object that differs
};

static struct object at(const unsigned char *objects, long i) {
    struct object object;
    memcpy(&object, objects + (size_t)i * sizeof object, sizeof object);
    return object;
}

static bool equal(struct object a, struct object b) {
    return a.status == b.status && a.size == b.size && a.digest == b.digest;
}

static bool missing(const struct pair *p, long i) {
    return equal(at(p->got, i), (struct object){0});
}

static bool shared_link(const struct pair *p, char *text, size_t cap) {
    for (long i = 0; i < p->count; i++) {
        if (at(p->got, i).status != FETCH_SHARED)
            continue;
        snprintf(text, cap,
                 "Object %ld was asked for through a link on which another download was under way. "
                 "A link carries one at a time: does every thread open a link of its own, inside "
                 "the parallel region?",
                 i);
        return true;
    }
    return false;
}

// Objects that nobody asked for, or whose entry never reached rank 0.
static bool not_there(const struct pair *p, char *text, size_t cap) {
    const long first = p->first, n = p->count;
    if (!missing(p, first))
        return false;
    long count = 0, run = 0, dealt_round = 0;
    for (long i = first; i < n; i++) {
        if (!missing(p, i))
            continue;
        count++;
        run += i == first + run;
        dealt_round += (i - first) % p->workers == 0;
    }
    const bool one = run == 1;
    char which[64];
    snprintf(which, sizeof which, one ? "%ld" : "%ld to %ld", first, n - 1);
    if (count == n)
        snprintf(text, cap, "No object came. Does any worker call fetch_get()%s?",
                 p->ranks ? ", and do the entries come to rank 0" : "");
    else if (count == run && first + run == n && run == n % p->workers)
        snprintf(text, cap,
                 "Object%s %s %s never asked for: %ld objects over %d workers leave a rest "
                 "of %ld. Who downloads it?",
                 one ? "" : "s", which, one ? "was" : "were", n, p->workers, run);
    else if (first < p->workers && p->workers > 1 && count == dealt_round &&
             count == cyclic_count(n, p->workers, (int)first))
        snprintf(
            text, cap,
            "Object %ld is missing, and every %dth after it: the share of %s %ld where objects "
            "are dealt round. Does it download them, and do its entries arrive?",
            first, p->workers, p->ranks ? "rank" : "thread", first);
    else if (p->ranks)
        snprintf(text, cap,
                 "Rank 0 holds %ld of the %ld objects; the first that is missing is object %ld. Do "
                 "the entries of all other ranks come to rank 0, and does every object go to "
                 "exactly one rank?",
                 n - count, n, first);
    else
        snprintf(text, cap,
                 "%ld of the %ld objects %s never asked for; the first is object %ld. Does every "
                 "number from 0 to %ld go to exactly one thread?",
                 count, n, count == 1 ? "was" : "were", first, n - 1);
    return true;
}

// What stands there is what a failed try left.
static bool failed_try(const struct pair *p, char *text, size_t cap) {
    const struct object got = at(p->got, p->first), want = at(p->want, p->first);
    long failed = 0;
    for (long i = p->first; i < p->count; i++) {
        struct object here = at(p->got, i);
        failed += here.status == 500 || (here.status == 200 && here.size < at(p->want, i).size);
    }
    if (got.status == 500)
        snprintf(text, cap,
                 "Object %ld was answered with status 500 (overloaded, ask again), and that answer "
                 "stands in its place; %ld object%s so. What does fetch_get() return then, and who "
                 "looks at it?",
                 p->first, failed, failed == 1 ? " is" : "s are");
    else if (got.status == want.status && got.size < want.size)
        snprintf(text, cap,
                 "Of object %ld only %llu of %llu bytes came: that try had failed. What does "
                 "fetch_get() return then, and who looks at it?",
                 p->first, (unsigned long long)got.size, (unsigned long long)want.size);
    else
        return false;
    return true;
}

// A good entry, but of another object.
static bool mixed_up(const struct pair *p, char *text, size_t cap) {
    const struct object got = at(p->got, p->first);
    for (long other = 0; other < p->count; other++) {
        if (other == p->first || !equal(got, at(p->want, other)))
            continue;
        snprintf(text, cap, "Entry %ld holds object %ld. %s", p->first, other,
                 p->ranks
                     ? "Where entries of several ranks come together, does each go to the place of "
                       "its own object?"
                     : "Does each object go to the place of its own number?");
        return true;
    }
    return false;
}

// Bits of two entries in one place, as a reduction leaves them.
static bool blended(const struct pair *p, char *text, size_t cap) {
    const struct object got = at(p->got, p->first), want = at(p->want, p->first);
    if (!p->ranks || got.status == want.status)
        return false;
    uint64_t times = want.status ? got.status / want.status : 0;
    if (times > 1 && got.status == times * want.status)
        snprintf(text, cap,
                 "Entry %ld has status %llu, which is %llu times 200: entries were added up. Was "
                 "this object downloaded by %llu ranks?",
                 p->first, (unsigned long long)got.status, (unsigned long long)times,
                 (unsigned long long)times);
    else
        snprintf(text, cap,
                 "Entry %ld has status %llu, which the origin never sent. What was joined to what "
                 "when the ranks' entries came together?",
                 p->first, (unsigned long long)got.status);
    return true;
}

static bool other_bytes(const struct pair *p, char *text, size_t cap) {
    const struct object got = at(p->got, p->first), want = at(p->want, p->first);
    snprintf(text, cap,
             "Entry %ld says status %llu, %llu bytes, digest %016llx; the object has status %llu, "
             "%llu bytes, digest %016llx. Is an entry written by anything but fetch_get(), or by "
             "two workers?",
             p->first, (unsigned long long)got.status, (unsigned long long)got.size,
             (unsigned long long)got.digest, (unsigned long long)want.status,
             (unsigned long long)want.size, (unsigned long long)want.digest);
    return true;
}

enum same fetch_explain(long count, bool ranks, int workers, const void *got, const void *want,
                        size_t size, char *text, size_t cap) {
    static bool (*const kinds[])(const struct pair *, char *, size_t) = {
        shared_link, not_there, mixed_up, failed_try, blended, other_bytes};
    struct pair p = {.got = got, .want = want, .count = count, .ranks = ranks, .workers = workers};
    text[0] = '\0';
    if (size == 0 || memcmp(got, want, size) == 0)
        return SAME;
    if (size != (size_t)count * sizeof(struct object)) {
        snprintf(text, cap, "The result has %zu bytes; %ld objects have %zu.", size, count,
                 (size_t)count * sizeof(struct object));
        return WRONG;
    }
    while (equal(at(p.got, p.first), at(p.want, p.first)))
        p.first++;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i](&p, text, cap))
            break;
    return WRONG;
}
