// SPDX-License-Identifier: MIT
//
// shares.c: how evenly the work of each region was shared among the lanes, and how long a chain
// the messages make.

#include "timeline.h"

#include <stdlib.h>
#include <string.h>

struct summing {
    const struct timeline *timeline;
    struct region_share *region;
    double *spent; // [region * lanes + lane], s
    int count, room, lane;
};

static bool is_same(const struct place *a, const struct place *b) {
    return a->line == b->line && strcmp(a->file, b->file) == 0;
}

static void add_work(double from, double to, const struct span *inner, enum doing doing,
                     void *user) {
    struct summing *const s = user;
    int r = 0;
    if (!inner || inner->kind != TRACE_WORK || doing != DOING_WORK)
        return;
    while (r < s->count && !is_same(&s->region[r].place, &inner->place))
        r++;
    if (r == s->room)
        return;
    if (r == s->count)
        s->region[s->count++] = (struct region_share){.place = inner->place};
    s->spent[(size_t)r * s->timeline->lanes + (size_t)s->lane] += to - from;
}

// Who was in a region for no time at all that could be measured was in it all the same.
static void count_lanes(struct summing *s) {
    const size_t lanes = s->timeline->lanes;
    bool *const in = calloc((size_t)s->count * lanes + 1, sizeof *in);
    for (size_t i = 0; in && i < s->timeline->spans; i++) {
        const struct span *const span = &s->timeline->span[i];
        for (int r = 0; span->kind == TRACE_WORK && r < s->count; r++)
            if (is_same(&s->region[r].place, &span->place))
                in[(size_t)r * lanes + (size_t)span->lane] = true;
    }
    for (int r = 0; in && r < s->count; r++)
        for (size_t lane = 0; lane < lanes; lane++)
            s->region[r].lanes += in[(size_t)r * lanes + lane];
    free(in);
}

static int by_seconds(const void *a, const void *b) {
    const struct region_share *const x = a, *const y = b;
    return (x->seconds < y->seconds) - (x->seconds > y->seconds);
}

int timeline_regions(const struct timeline *timeline, struct region_share *region, int room) {
    struct summing s = {.timeline = timeline, .region = region, .room = room};
    s.spent = calloc((size_t)room * timeline->lanes + 1, sizeof *s.spent);
    if (!s.spent)
        return 0;
    for (size_t i = 0; i < timeline->lanes; i++) {
        s.lane = (int)i;
        timeline_walk(timeline, s.lane, add_work, &s);
    }
    for (int r = 0; r < s.count; r++)
        for (size_t i = 0; i < timeline->lanes; i++) {
            const double spent = s.spent[(size_t)r * timeline->lanes + i];
            region[r].seconds += spent;
            if (spent > region[r].most) {
                region[r].most = spent;
                region[r].busiest = (int)i;
            }
        }
    count_lanes(&s);
    free(s.spent);
    if (s.count)
        qsort(region, (size_t)s.count, sizeof *region, by_seconds);
    return s.count;
}

// -- the chain of messages -----------------------------------------------------------------------------

// A message leaves, or is taken.
struct happening {
    double when;
    bool taken;
    size_t arrow;
};

// What was sent at an instant comes before what is taken then: a message cannot be taken first.
static int by_time(const void *a, const void *b) {
    const struct happening *const x = a, *const y = b;
    if (x->when < y->when || x->when > y->when)
        return x->when < y->when ? -1 : 1;
    return (x->taken > y->taken) - (x->taken < y->taken);
}

int timeline_depth(const struct timeline *timeline) {
    const size_t count = 2 * timeline->arrows;
    struct happening *const all = calloc(count + 1, sizeof *all);
    int *const carried = calloc(timeline->arrows + 1, sizeof *carried);
    int *const lane = calloc(timeline->lanes + 1, sizeof *lane);
    int deepest = 0;
    for (size_t i = 0; all && i < timeline->arrows; i++) {
        all[2 * i] = (struct happening){timeline->arrow[i].sent, false, i};
        all[2 * i + 1] = (struct happening){timeline->arrow[i].taken, true, i};
    }
    if (all && count)
        qsort(all, count, sizeof *all, by_time);
    for (size_t i = 0; all && carried && lane && i < count; i++) {
        const size_t a = all[i].arrow;
        const struct arrow *const arrow = &timeline->arrow[a];
        if (!all[i].taken)
            carried[a] = lane[arrow->from] + 1;
        else if (carried[a] > lane[arrow->to])
            lane[arrow->to] = carried[a];
        deepest = carried[a] > deepest ? carried[a] : deepest;
    }
    free(all);
    free(carried);
    free(lane);
    return deepest;
}
