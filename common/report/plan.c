// SPDX-License-Identifier: MIT
#include "plan.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static int add_count(int counts[COUNTS_MAX], int n, int workers) {
    if (n == COUNTS_MAX || (n > 0 && counts[n - 1] >= workers))
        return n;
    counts[n] = workers;
    return n + 1;
}

int plan_workers(const char *bound, const char *run, int cores, int counts[COUNTS_MAX]) {
    const bool ranks = strcmp(run, "ranks") == 0 || strcmp(run, "processes") == 0;
    int n = 0;
    if (strcmp(run, "serial") == 0)
        return add_count(counts, 0, 1);
    for (int w = 1; w < cores && w <= 1 << 20; w *= 2)
        n = add_count(counts, n, w);
    n = add_count(counts, n, cores);
    if (strcmp(bound, "waiting") == 0) {
        n = add_count(counts, n, 8);
        n = add_count(counts, n, 32);
        if (!ranks)
            n = add_count(counts, n, 64);
        if (cores >= 32) // the list above is no crowd on a large machine
            n = add_count(counts, n, 4 * cores);
    } else if (strcmp(bound, "mixed") == 0) {
        n = add_count(counts, n, 2 * cores);
        n = add_count(counts, n, 4 * cores);
    }
    return n;
}

static void add_row(struct part *part, const char *name, const char *run, bool given, int workers,
                    int threads) {
    if (part->row_count == ROWS_MAX)
        return;
    struct row *row = &part->rows[part->row_count++];
    *row = (struct row){.workers = workers,
                        .threads = threads,
                        .given = given,
                        .state = ROW_UNTIMED,
                        .memory = NAN,
                        .messages = NAN,
                        .collectives = NAN,
                        .bytes = NAN,
                        .mpi_share = NAN};
    snprintf(row->version, sizeof row->version, "%s", name);
    snprintf(row->run, sizeof row->run, "%s", run);
    for (int r = 0; r < ROUNDS_MAX; r++)
        row->wall[r] = row->cpu[r] = row->nodes_wall[r] = NAN;
}

// Two ranks that share the cores, and two threads in each of as many ranks as that leaves.
static void add_hybrid(struct part *part, const char *name, bool given) {
    const int half = part->cores / 2;
    if (half == 0) {
        add_row(part, name, "hybrid", given, 1, 1);
        return;
    }
    add_row(part, name, "hybrid", given, 2, half);
    if (half != 2)
        add_row(part, name, "hybrid", given, half, 2);
}

void plan_version(struct part *part, const char *name, const char *run, bool given) {
    int counts[COUNTS_MAX];
    if (strcmp(run, "hybrid") == 0) {
        add_hybrid(part, name, given);
        return;
    }
    const int n = plan_workers(part->bound, run, part->cores, counts);
    int first = 0, last = n;
    if (given && strcmp(run, "serial") != 0) {
        const bool waiting = strcmp(part->bound, "waiting") == 0;
        while (!waiting && last > 1 && counts[last - 1] > part->cores)
            last--;
        first = last - 1;
    }
    // "serial" is what all others are held against, not one more that is given.
    for (int i = first; i < last; i++)
        add_row(part, name, run, given && strcmp(name, "serial") != 0, counts[i], 1);
}

bool plan_another_round(const struct part *part, int rounds, double last, double left, int asked) {
    bool steady = rounds >= ROUNDS_GOOD;
    if (rounds >= ROUNDS_MAX)
        return false;
    if (asked > 0)
        return rounds < asked;
    if (rounds < ROUNDS_LEAST)
        return true;
    for (int i = 0; i < part->row_count && steady; i++) {
        const struct spread time = row_time(&part->rows[i]);
        steady =
            part->rows[i].state != ROW_TIMED || time.times < rounds || spread_share(&time) < 0.01;
    }
    return !steady && last < left;
}
