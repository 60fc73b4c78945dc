// SPDX-License-Identifier: MIT
#include "report.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

bool row_is(const struct row *row, const char *run) {
    return strcmp(row->run, run) == 0;
}

int row_units(const struct row *row) {
    return row_is(row, "serial") ? 1 : row->workers * row->threads;
}

struct spread row_time(const struct row *row) {
    return spread_of(row->wall, ROUNDS_MAX);
}

struct spread row_time_on_nodes(const struct row *row) {
    return row->nodes && row->nodes_state == ROW_TIMED ? spread_of(row->nodes_wall, ROUNDS_MAX)
                                                       : (struct spread){0, NAN, NAN, NAN};
}

struct spread row_speedup(const struct part *part, const struct row *row) {
    const struct row *serial = part_serial(part);
    if (!serial || row->state != ROW_TIMED)
        return (struct spread){0, NAN, NAN, NAN};
    return spread_of_ratios(serial->wall, row->wall, ROUNDS_MAX);
}

bool row_faster(const struct part *part, const struct row *a, const struct row *b) {
    const struct spread gain = spread_of_ratios(b->wall, a->wall, ROUNDS_MAX);
    const double noise = part->noise > 0.01 ? part->noise : 0.01;
    // Three pairs or more: three quarters of them on one side, and the middle one further away than
    // serial is from itself. Two pairs know little of chance: only what is far away counts.
    if (gain.times == 2)
        return gain.low > 1.2 && gain.low > 1 + 3 * noise;
    return gain.times >= 3 && gain.low > 1 && gain.median > 1 + noise;
}

double row_efficiency(const struct part *part, const struct row *row) {
    const int units = row_units(row);
    return units <= part->cores ? row_speedup(part, row).median / units : NAN;
}

double row_busy(const struct row *row) {
    return spread_of_ratios(row->cpu, row->wall, ROUNDS_MAX).median;
}

double row_ideal_share(const struct row *row) {
    const struct spread time = row_time(row);
    return row->ideal > 0 && time.times ? row->ideal / time.median : NAN;
}

const char *row_workers(const struct row *row, char *text, unsigned long cap) {
    if (row_is(row, "hybrid"))
        snprintf(text, cap, "%dx%d", row->workers, row->threads);
    else
        snprintf(text, cap, "%d", row->workers);
    return text;
}

const char *row_name(const struct row *row, char *text, unsigned long cap) {
    const int w = row->workers, t = row->threads;
    const char *s = w == 1 ? "" : "s";
    if (row->given) // what its workers are is its own affair
        snprintf(text, cap, "%s with %d worker%s", row->version, w, s);
    else if (row_is(row, "hybrid"))
        snprintf(text, cap, "%s with %d rank%s of %d thread%s", row->version, w, s, t,
                 t == 1 ? "" : "s");
    else if (row_is(row, "threads"))
        snprintf(text, cap, "%s with %d thread%s", row->version, w, s);
    else if (row_is(row, "ranks"))
        snprintf(text, cap, "%s with %d rank%s", row->version, w, s);
    else if (row_is(row, "processes"))
        snprintf(text, cap, "%s with %d process%s", row->version, w, w == 1 ? "" : "es");
    else
        snprintf(text, cap, "%s", row->version);
    return text;
}

const char *row_note(const struct part *part, const struct row *row) {
    if (row->state == ROW_TIMED || !*row->text)
        return NULL;
    if (row > part->rows && row[-1].state == row->state && strcmp(row[-1].text, row->text) == 0)
        return NULL;
    return row->text;
}

const struct row *part_serial(const struct part *part) {
    for (int i = 0; i < part->row_count; i++)
        if (row_is(&part->rows[i], "serial") && strcmp(part->rows[i].version, "serial") == 0 &&
            part->rows[i].state == ROW_TIMED)
            return &part->rows[i];
    return NULL;
}

const struct row *part_best(const struct part *part, const char *run) {
    const struct row *best = NULL;
    for (int i = 0; i < part->row_count; i++) {
        const struct row *row = &part->rows[i];
        if (row->state != ROW_TIMED || row->given ||
            !(run ? row_is(row, run) : !row_is(row, "serial")))
            continue;
        if (!best || row_time(row).median < row_time(best).median)
            best = row;
    }
    return best;
}

const struct row *part_find(const struct part *part, const char *run, int workers) {
    for (int i = 0; i < part->row_count; i++) {
        const struct row *row = &part->rows[i];
        if (row_is(row, run) && row->workers == workers && !row->given)
            return row;
    }
    return NULL;
}

int part_common_workers(const struct part *part) {
    int most = 0;
    for (int i = 0; i < part->row_count; i++) {
        const struct row *ranks = &part->rows[i];
        if (ranks->given || !row_is(ranks, "ranks") || isnan(ranks->memory))
            continue;
        const struct row *threads = part_find(part, "threads", ranks->workers);
        if (threads && !isnan(threads->memory) && ranks->workers > most)
            most = ranks->workers;
    }
    return most;
}
