// SPDX-License-Identifier: MIT
//
// spent.c: who spent its time how: of each instant of a lane only the innermost span counts.

#include "timeline.h"

#include <stdlib.h>

// What a lane does that is in no span: a rank computes there; a thread beside others that work
// waits for the next region, and the first thread computes alone.
static enum doing doing_in(const struct timeline *t, int lane, const struct span *inner) {
    return inner ? inner->doing : t->lane[lane].thread == 0 ? DOING_WORK : DOING_NOTHING;
}

enum { NESTED = 64 };

void timeline_walk(const struct timeline *t, int lane,
                   void (*give)(double from, double to, const struct span *inner, enum doing doing,
                                void *user),
                   void *user) {
    const struct span *open[NESTED];
    int depth = 0;
    double at = 0;
    for (size_t i = 0; i <= t->spans; i++) {
        const struct span *const next = i < t->spans ? &t->span[i] : NULL;
        if (next && next->lane != lane)
            continue;
        const double until = next ? next->begin : t->length;
        while (depth > 0 && open[depth - 1]->end <= until) {
            const struct span *const inner = open[--depth];
            if (inner->end > at)
                give(at, inner->end, inner, inner->doing, user);
            at = inner->end > at ? inner->end : at;
        }
        const struct span *const inner = depth ? open[depth - 1] : NULL;
        if (until > at)
            give(at, until, inner, doing_in(t, lane, inner), user);
        at = until > at ? until : at;
        if (next && depth < NESTED)
            open[depth++] = next;
    }
}

static void add_spent(double from, double to, const struct span *inner, enum doing doing,
                      void *user) {
    (void)inner;
    ((struct lane_of *)user)->spent[doing] += to - from;
}

struct columns {
    double width; // s
    int count;
    double (*spent)[DOINGS];
};

static void add_columns(double from, double to, const struct span *inner, enum doing doing,
                        void *user) {
    (void)inner;
    const struct columns *const c = user;
    for (int i = (int)(from / c->width); i < c->count && i * c->width < to; i++) {
        const double low = from > i * c->width ? from : i * c->width;
        const double high = to < (i + 1) * c->width ? to : (i + 1) * c->width;
        if (high > low)
            c->spent[i][doing] += high - low;
    }
}

void timeline_columns(const struct timeline *timeline, int lane, int columns, enum doing *doing) {
    struct columns c = {timeline->length / columns, columns,
                        calloc((size_t)columns, sizeof *c.spent)};
    for (int i = 0; i < columns; i++)
        doing[i] = DOING_NOTHING;
    if (!c.spent || !(c.width > 0)) {
        free(c.spent);
        return;
    }
    timeline_walk(timeline, lane, add_columns, &c);
    for (int i = 0; i < columns; i++)
        for (int d = 0; d < DOINGS; d++)
            if (c.spent[i][d] > c.spent[i][doing[i]])
                doing[i] = (enum doing)d;
    free(c.spent);
}

void timeline_add_spent(struct timeline *timeline) {
    for (size_t i = 0; i < timeline->spans; i++)
        timeline->lane[timeline->span[i].lane].entries +=
            timeline->span[i].kind == TRACE_CRITICAL || timeline->span[i].kind == TRACE_LOCK;
    for (size_t i = 0; i < timeline->lanes; i++)
        timeline_walk(timeline, (int)i, add_spent, &timeline->lane[i]);
}
