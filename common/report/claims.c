// SPDX-License-Identifier: MIT
#include "claims.h"
#include "show.h"
#include "verdict.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *claim_word(enum holds holds) {
    return holds == HOLDS       ? "holds"
           : holds == HOLDS_NOT ? "does not hold here"
                                : "not measurable here";
}

enum holds claim_holds(const struct spread *figure, double from, double to, const char **why) {
    enum { LEAST = 3 };
    const bool good = figure->median >= from && figure->median <= to;
    *why = "";
    if ((figure->low < from && figure->high > from) || (figure->low < to && figure->high > to))
        *why = "the rounds differ so much that they lie on both sides of what is claimed";
    else if (!good && figure->times < LEAST)
        *why = "fewer than three rounds refute nothing";
    return **why ? HOLDS_UNKNOWN : good ? HOLDS : HOLDS_NOT;
}

// Adds a sentence to the claim's figure, in a line of its own.
static void add(struct claim *claim, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(struct claim *claim, const char *format, ...) {
    const size_t used = strlen(claim->figure);
    va_list list;
    va_start(list, format);
    snprintf(claim->figure + used, sizeof claim->figure - used, "%s", used ? "\n" : "");
    const size_t begin = strlen(claim->figure);
    vsnprintf(claim->figure + begin, sizeof claim->figure - begin, format, list);
    va_end(list);
}

// A claim about several labs holds where it holds in each that speaks to it.
static void judge(struct claim *claim, enum holds one) {
    if (claim->holds == HOLDS_UNKNOWN || one == HOLDS_NOT)
        claim->holds = one;
}

// The same for a figure that is to be `from` or more.
static void judge_figure(struct claim *claim, const struct part *part, const struct spread *figure,
                         double from) {
    const char *why;
    judge(claim, claim_holds(figure, from, HUGE_VAL, &why));
    if (*why)
        add(claim, "But what %s shows is not measurable here: %s.", part->name, why);
}

// The fastest of this kind with more workers than cores.
static const struct row *crowd(const struct part *part, const char *run) {
    const struct row *best = NULL;
    for (int i = 0; i < part->row_count; i++) {
        const struct row *row = &part->rows[i];
        if (row_is(row, run) && !row->given && row->state == ROW_TIMED &&
            row->workers > part->cores && (!best || row_time(row).median < row_time(best).median))
            best = row;
    }
    return best;
}

static void waits_overlap(const struct part *parts, int count, struct claim *claim) {
    for (int i = 0; i < count; i++) {
        const struct part *part = &parts[i];
        const struct row *threads = crowd(part, "threads"), *ranks = crowd(part, "ranks");
        char first[SHOW_CAP], second[SHOW_CAP], memory[SHOW_CAP], more[SHOW_CAP], beside[96] = "";
        if (strcmp(part->bound, "waiting") != 0)
            continue;
        claim->asked = true;
        if (!threads || !part_serial(part))
            continue;
        const struct spread gain = row_speedup(part, threads);
        if (ranks)
            snprintf(beside, sizeof beside, "; %d ranks %s times, in %s", ranks->workers,
                     show_factor(row_speedup(part, ranks).median, second),
                     show_bytes(ranks->memory, more));
        add(claim, "%s: %d threads on %d core%s are %s times as fast as serial, in %s%s.",
            part->name, threads->workers, part->cores, part->cores == 1 ? "" : "s",
            show_factor(gain.median, first), show_bytes(threads->memory, memory), beside);
        // Cores alone could bring a factor `cores`; all above is waiting that overlapped.
        judge_figure(claim, part, &gain, 1.5 * part->cores);
    }
    if (!*claim->figure)
        add(claim, "no lab that waits was timed with more threads than cores.");
}

static void truly_parallel(const struct part *parts, int count, struct claim *claim) {
    bool one_core = false;
    double noise = 0;
    for (int i = 0; i < count; i++) {
        const struct part *part = &parts[i];
        const struct row *ranks = part_find(part, "ranks", part->cores);
        const struct row *threads = part_find(part, "threads", part->cores);
        char first[SHOW_CAP], second[SHOW_CAP], beside[96] = "";
        if (strcmp(part->bound, "compute") != 0)
            continue;
        claim->asked = true;
        one_core = one_core || part->cores < 2;
        if (part->cores < 2 || !ranks || ranks->state != ROW_TIMED || !part_serial(part))
            continue;
        noise = part->noise > noise ? part->noise : noise;
        const struct spread gain = row_speedup(part, ranks);
        if (threads && threads->state == ROW_TIMED) {
            const double also = row_speedup(part, threads).median;
            snprintf(beside, sizeof beside, "; %d threads %s times%s", threads->workers,
                     show_factor(also, second),
                     also >= 0.8 * part->cores ? ", for C has no lock round all threads" : "");
        }
        add(claim, "%s: %d ranks on %d cores are %s times as fast as serial%s.", part->name,
            ranks->workers, part->cores, show_factor(gain.median, first), beside);
        judge_figure(claim, part, &gain, 0.8 * part->cores);
    }
    if (claim->holds == HOLDS_NOT && noise > NOISE_LIMIT) {
        char percent[SHOW_CAP];
        claim->holds = HOLDS_UNKNOWN;
        add(claim, "But the machine was busy: serial differed from itself by %s.",
            show_percent(noise, percent));
    } else if (!*claim->figure) {
        add(claim, one_core ? "this machine has one core."
                            : "no lab that computes was timed with a rank on every core.");
    }
}

static void isolation_costs(const struct part *parts, int count, struct claim *claim) {
    for (int i = 0; i < count; i++) {
        const int workers = part_common_workers(&parts[i]);
        char mine[SHOW_CAP], yours[SHOW_CAP], calls[SHOW_CAP], bytes[SHOW_CAP], said[96] = "";
        claim->asked = true;
        if (workers < 2)
            continue;
        const struct row *threads = part_find(&parts[i], "threads", workers);
        const struct row *ranks = part_find(&parts[i], "ranks", workers);
        judge(claim, ranks->memory > 1.05 * threads->memory ? HOLDS : HOLDS_NOT);
        if (!isnan(ranks->messages))
            snprintf(said, sizeof said, " and %s calls that handed %s to MPI",
                     show_count(ranks->messages + ranks->collectives, calls),
                     show_bytes(ranks->bytes, bytes));
        add(claim, "%s: %d ranks took %s%s; %d threads took %s.", parts[i].name, workers,
            show_bytes(ranks->memory, mine), said, workers, show_bytes(threads->memory, yours));
    }
    if (claim->holds == HOLDS_UNKNOWN)
        add(claim, "no lab ran right with as many ranks as threads, two or more.");
}

void claims_judge(const struct part *parts, int count, struct claim claims[CLAIMS]) {
    claims[0] = (struct claim){
        "C7", "Threads make waiting cheap: waits overlap, however few cores there are.",
        HOLDS_UNKNOWN, "", false};
    claims[1] = (struct claim){
        "C8", "Processes run truly in parallel on work that computes, up to the number of cores.",
        HOLDS_UNKNOWN, "", false};
    claims[2] = (struct claim){"C10", "Isolation costs memory and needs explicit communication.",
                               HOLDS_UNKNOWN, "", false};
    waits_overlap(parts, count, &claims[0]);
    truly_parallel(parts, count, &claims[1]);
    isolation_costs(parts, count, &claims[2]);
}
