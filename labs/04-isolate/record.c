// SPDX-License-Identifier: MIT
//
// record.c: given. What is in a record, and what becomes of who works on it.

#include "record.h"

#include <sys/resource.h>
#include <unistd.h>

const char *const kills_names[] = {"crash", "exit", "wild", NULL};

// One record of each of `poison` equal parts.
bool record_is_poisoned(const struct secret *secret, int record) {
    if (secret->poison <= 0)
        return false;
    const int part = block_owner(secret->s.records, secret->poison, record);
    const struct range range = block_range(secret->s.records, secret->poison, part);
    return record == range.lo + (long)(random_bits(secret->seed, 1, (uint64_t)part) %
                                       (uint64_t)(range.hi - range.lo));
}

bool record_kills(const struct secret *secret, int record) {
    return secret->kills != KILLS_WILD && record_is_poisoned(secret, record);
}

long record_value(const struct secret *secret, int record) {
    uint64_t value = random_bits(secret->seed, 0, (uint64_t)record);
    for (long i = 0; i < secret->strokes; i++)
        value = (value ^ (value >> 29)) * UINT64_C(0xbf58476d1ce4e5b9);
    return (long)(value >> 1) + 1;
}

// Through a pointer that went astray: over all that was noted so far, as far as it can reach.
static void write_wildly(const struct isolate *s) {
    for (int i = 0; i < s->records; i++)
        if (s->entry[i].noted)
            s->entry[i].value = -1;
}

long isolate_work(const struct isolate *s, int record) {
    const long value = record_value(s->secret, record);
    if (record_is_poisoned(s->secret, record)) {
        volatile int *volatile nowhere = NULL;
        switch (s->secret->kills) {
        case KILLS_CRASH:
            setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}); // leaves no file behind
            *nowhere = 1; // address 0: the system ends the process
            break;
        case KILLS_EXIT:
            _exit(0); // and not a word
        default:
            write_wildly(s);
        }
    }
    return value;
}

void isolate_note(struct isolate *s, int record, long value) {
    s->entry[record].noted++;
    s->entry[record].value = value;
}

void isolate_give_up(struct isolate *s, int record) {
    s->entry[record].given_up++;
}
