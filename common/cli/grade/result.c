// SPDX-License-Identifier: MIT
//
// result.c: what counts of all that stands in a journal; see ledger.h.

#include "ledger.h"

#include "flat.h"
#include <string.h>

static void put(struct result *result, const char *line) {
    struct mark m = {.line = line};
    double wall = 0;
    int at = 0;
    if (!flat_text(line, "check", m.id, sizeof m.id) ||
        !flat_text(line, "verdict", m.verdict, sizeof m.verdict))
        return;
    flat_text(line, "title", m.title, sizeof m.title);
    flat_text(line, "visibility", m.hidden, sizeof m.hidden);
    flat_number(line, "points", &m.points);
    flat_number(line, "max_points", &m.most);
    if (flat_number(line, "wall_ms", &wall))
        result->wall += wall / 1000;
    while (at < result->count && strcmp(result->mark[at].id, m.id) != 0)
        at++;
    if (at == CHECKS_MAX || (at < result->count && !strcmp(m.verdict, "INFRA")))
        return;
    result->mark[at] = m;
    result->count += at == result->count;
}

static bool is_closing_of(const struct closing *c, const struct piece *piece) {
    return !strcmp(c->files, piece->files) && !strcmp(c->rubric, piece->rubric) &&
           c->variant == piece->variant;
}

static bool is_entry_of(const struct entry *e, const struct piece *piece) {
    return !strcmp(e->files, piece->files) && !strcmp(e->rubric, piece->rubric) &&
           e->variant == piece->variant;
}

void result_sum(struct result *result) {
    result->points = result->most = result->ungraded = 0;
    result->infra = false;
    for (int i = 0; i < result->count; i++) {
        const struct mark *const m = &result->mark[i];
        result->points += m->points;
        result->most += m->most;
        result->infra = result->infra || !strcmp(m->verdict, "INFRA");
        if (!strcmp(m->verdict, "UNGRADED") || !strcmp(m->verdict, "INFRA"))
            result->ungraded += m->most;
    }
}

// What the runs of a piece say together, from a closing and an entry on.
static void merge(const struct ledger *ledger, const struct piece *piece, size_t closing,
                  size_t entry, struct result *result) {
    *result = (struct result){0};
    if (!*piece->files)
        return;
    for (size_t i = closing; i < ledger->closings; i++) {
        const struct closing *const c = &ledger->closing[i];
        if (!is_closing_of(c, piece))
            continue;
        result->tries++;
        snprintf(result->text, sizeof result->text, "%s", c->text);
        if (!c->failed)
            memcpy(result->kit, c->kit, sizeof result->kit);
    }
    for (size_t i = entry; i < ledger->entries; i++)
        if (is_entry_of(&ledger->entry[i], piece))
            put(result, ledger->entry[i].line);
    result_sum(result);
}

void ledger_result(const struct ledger *ledger, const struct piece *piece, struct result *result) {
    merge(ledger, piece, 0, 0, result);
}

bool ledger_done(const struct ledger *ledger, const struct piece *piece) {
    struct result since; // an older valid verdict would hide that it is INFRA now
    merge(ledger, piece, ledger->again_from, ledger->again_entry, &since);
    return since.tries >= TRIES_MAX || (since.count > 0 && !since.infra);
}

const struct score_line *ledger_score(const struct ledger *ledger, const char *student) {
    for (size_t i = ledger->scores; i-- > 0;)
        if (!strcmp(ledger->score[i].student, student))
            return &ledger->score[i];
    return NULL;
}
