// SPDX-License-Identifier: MIT
//
// items.c: see items.h.

#include "items.h"

#include "flat.h"
#include <math.h>
#include <string.h>

// The sums that Pearson's r is made of.
struct sums {
    double n, x, y, xx, yy, xy;
};

static void add(struct sums *s, double x, double y) {
    s->n++;
    s->x += x, s->y += y;
    s->xx += x * x, s->yy += y * y, s->xy += x * y;
}

static double correlation(const struct sums *s) {
    const double x = s->n * s->xx - s->x * s->x, y = s->n * s->yy - s->y * s->y;
    const double least = 1e-9 * s->n * s->n; // what rounding leaves of no spread at all
    return s->n < ITEMS_LEAST || x < least || y < least
               ? NAN
               : (s->n * s->xy - s->x * s->y) / sqrt(x * y);
}

static bool is(const struct mark *mark, const char *verdict) {
    return strcmp(mark->verdict, verdict) == 0;
}

static bool is_judged(const struct mark *mark) {
    return !is(mark, "UNGRADED") && !is(mark, "INFRA");
}

static double share_of(const struct mark *mark) {
    return mark->most > 0 ? mark->points / mark->most : is(mark, "PASS");
}

static const struct score *widest(const struct book *book) {
    const struct score *found = NULL;
    for (size_t i = 0; i < book->count; i++)
        if (!found || book->score[i].result.count > found->result.count)
            found = &book->score[i];
    return found;
}

static const struct mark *mark_of(const struct result *result, const char *id) {
    for (int i = 0; i < result->count; i++)
        if (!strcmp(result->mark[i].id, id))
            return &result->mark[i];
    return NULL;
}

// The share of the points of all checks but one; NAN: there are none.
static double rest(const struct result *result, const struct mark *but) {
    double points = 0, most = 0;
    for (int i = 0; i < result->count; i++) {
        const struct mark *const m = &result->mark[i];
        if (m != but && is_judged(m))
            points += m->points, most += m->most;
    }
    return most > 0 ? points / most : NAN;
}

int items_fill(const struct book *book, struct item item[CHECKS_MAX]) {
    const struct score *const all = widest(book);
    const int count = all ? all->result.count : 0;
    for (int c = 0; c < count; c++) {
        const struct mark *const check = &all->result.mark[c];
        struct item *const to = &item[c];
        struct sums sums = {0};
        double shares = 0;
        *to = (struct item){.id = check->id, .title = check->title};
        for (size_t i = 0; i < book->count; i++) {
            const struct result *const result = &book->score[i].result;
            const struct mark *const m = mark_of(result, check->id);
            if (!m || !is_judged(m))
                continue;
            to->judged++;
            to->passed += is(m, "PASS");
            to->skipped += is(m, "SKIP");
            shares += share_of(m);
            const double others = rest(result, m);
            if (!is(m, "SKIP") && !isnan(others))
                add(&sums, share_of(m), others);
        }
        to->share = to->judged ? shares / (double)to->judged : NAN;
        to->discrimination = correlation(&sums);
    }
    return count;
}

void items_timing(const struct score *score, size_t count, char *text, size_t cap) {
    int timed = 0, apart = 0;
    for (size_t i = 0; i < count; i++)
        for (int c = 0; c < score[i].result.count; c++) {
            char cores[64];
            if (!flat_text(score[i].result.mark[c].line, "timed_on", cores, sizeof cores))
                continue;
            timed++;
            apart += *cores != '\0';
        }
    *text = '\0';
    if (timed && apart == timed)
        snprintf(text, cap,
                 "What was timed had cores to itself; all else that the judge did ran on others.");
    else if (timed && !apart)
        snprintf(text, cap,
                 "What was timed shared its cores with the judge, which does little meanwhile: to "
                 "keep them apart takes a machine with more cores than workers.");
    else if (timed)
        snprintf(text, cap,
                 "Of %d timings %d had cores to themselves; the others shared them with the judge, "
                 "which does little meanwhile, for they take as many workers as there are cores.",
                 timed, apart);
}
