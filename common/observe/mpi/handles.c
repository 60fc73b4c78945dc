// SPDX-License-Identifier: MIT
//
// handles.c: what a program makes and must free: datatypes, operators, groups, windows. (Requests
// and communicators are looked after by their own files.) A library may hand out one handle
// several times; then it is to be freed as often.

#include "handles.h"
#include <stdlib.h>

struct handle {
    enum board_rule rule;
    uint64_t key, pc;
    struct handle *next;
};

enum { BUCKETS = 256 };
static struct handle *buckets[BUCKETS];

static struct handle **bucket_of(uint64_t key) {
    return &buckets[(key * 0x9e3779b97f4a7c15U) >> 56];
}

void handle_made(enum board_rule rule, uint64_t key, uint64_t pc) {
    struct handle *const h = self.slot ? malloc(sizeof *h) : NULL;
    if (!h)
        return;
    *h = (struct handle){.rule = rule, .key = key, .pc = pc, .next = *bucket_of(key)};
    *bucket_of(key) = h;
}

void handle_freed(enum board_rule rule, uint64_t key) {
    for (struct handle **link = bucket_of(key); *link; link = &(*link)->next)
        if ((*link)->rule == rule && (*link)->key == key) {
            struct handle *const h = *link;
            *link = h->next;
            free(h);
            return;
        }
}

void handles_left(void) {
    for (int i = 0; i < BUCKETS; i++)
        for (const struct handle *h = buckets[i]; h; h = h->next)
            find_add(h->rule, h->pc, 0);
}
