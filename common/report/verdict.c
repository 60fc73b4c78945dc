// SPDX-License-Identifier: MIT
#include "verdict.h"
#include "show.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MODELS = 4 };
static const char *const models[MODELS] = {"threads", "ranks", "hybrid", "processes"};

static void add(struct part *part, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(struct part *part, const char *format, ...) {
    va_list list;
    if (part->sentence_count == SENTENCES_MAX)
        return;
    va_start(list, format);
    vsnprintf(part->sentences[part->sentence_count++], SENTENCE_CAP, format, list);
    va_end(list);
}

// The best rows of the models that are not the winner's; how many.
static int rivals_of(const struct part *part, const struct row *winner,
                     const struct row *rivals[MODELS]) {
    int count = 0;
    for (int m = 0; m < MODELS; m++) {
        const struct row *best = part_best(part, models[m]);
        if (best && !row_is(winner, models[m]))
            rivals[count++] = best;
    }
    return count;
}

const char *verdict_winner(const struct part *part, char *text, unsigned long cap) {
    const struct row *winner = part_best(part, NULL), *serial = part_serial(part);
    const struct row *rivals[MODELS];
    if (!winner || (serial && !row_faster(part, winner, serial))) {
        snprintf(text, cap, "%s", winner ? "serial" : "-");
        return text;
    }
    snprintf(text, cap, "%s", winner->run);
    const int count = rivals_of(part, winner, rivals);
    for (int i = 0; i < count; i++)
        if (!row_faster(part, winner, rivals[i]) && strlen(text) + 2 + strlen(rivals[i]->run) < cap)
            strcat(strcat(text, ", "), rivals[i]->run);
    return text;
}

// -- who won, and by how much --------------------------------------------------------------------

// "omp with 2 threads (412 ms)"
static const char *with_time(const struct row *row, char text[96]) {
    char name[64], time[SHOW_CAP];
    snprintf(text, 96, "%s (%s)", row_name(row, name, sizeof name),
             show_time(row_time(row).median, time));
    return text;
}

// "12 % less time than" or "3.4 times as fast as"
static const char *gain_over(const struct row *winner, const struct row *other, char text[64]) {
    const double gain = spread_of_ratios(other->wall, winner->wall, ROUNDS_MAX).median;
    char number[SHOW_CAP];
    if (gain < 2)
        snprintf(text, 64, "took %s less time than", show_percent(1 - 1 / gain, number));
    else
        snprintf(text, 64, "was %s times as fast as", show_factor(gain, number));
    return text;
}

static void say_winner(struct part *part, const struct row *winner) {
    const struct row *serial = part_serial(part), *rivals[MODELS];
    char first[96], second[96], factor[SHOW_CAP], gain[64], level[4 * 96] = "", beaten[512] = "";
    const int count = rivals_of(part, winner, rivals);
    int level_count = 0;
    with_time(winner, first);
    show_factor(row_speedup(part, winner).median, factor);
    if (serial && !row_faster(part, winner, serial)) {
        add(part,
            "No version is faster than serial (%s) by more than this machine can show; the nearest "
            "is %s.",
            show_time(row_time(serial).median, gain), first);
        return;
    }
    for (int i = 0; i < count; i++) {
        with_time(rivals[i], second);
        if (!row_faster(part, winner, rivals[i])) {
            // Another and another: A, B and C.
            char *and = strstr(level, " and ");
            if (and) {
                memmove(and+2, and+5, strlen(and+5) + 1);
                memcpy(and, ", ", 2);
            }
            snprintf(level + strlen(level), sizeof level - strlen(level), " and %s", second);
            level_count++;
        } else {
            const size_t used = strlen(beaten);
            snprintf(beaten + used, sizeof beaten - used, "%s %s %s", *beaten ? "; it" : "It",
                     gain_over(winner, rivals[i], gain), second);
        }
    }
    if (level_count)
        add(part,
            "Between %s%s there is no difference that this machine can show; the first is %s times "
            "as fast as serial.%s%s%s",
            first, level, factor, *beaten ? " " : "", beaten, *beaten ? "." : "");
    else if (count)
        add(part, "%s won: %s times as fast as serial. %s.", first, factor, beaten);
    else
        add(part, "%s is %s times as fast as serial; no other model was timed beside it.", first,
            factor);
}

// -- why -----------------------------------------------------------------------------------------

// The fastest uses one worker: what became of those with one for each core?
static void say_why_not(struct part *part) {
    static const char *const kinds[] = {"threads", "ranks"};
    for (int k = 0; k < 2; k++) {
        const struct row *full = part_find(part, kinds[k], part->cores);
        char name[96], cpu[SHOW_CAP];
        if (!full || full->state != ROW_TIMED)
            continue;
        const double busy = row_busy(full);
        show_factor(busy, cpu);
        if (busy < 0.85 * part->cores)
            add(part,
                "Why not: %s kept %s of %d cores busy on average (CPU/wall); the workers waited, "
                "for a core or for one another.",
                with_time(full, name), cpu, part->cores);
        else
            add(part,
                "Why not: %s kept the cores busy (CPU/wall %s), but with other things than "
                "serial's "
                "work, or each ran slower than alone.",
                with_time(full, name), cpu);
        return;
    }
}

static void say_why_cores(struct part *part, const struct row *winner) {
    const double efficiency = row_efficiency(part, winner), busy = row_busy(winner);
    const int units = row_units(winner);
    const bool memory = strcmp(part->bound, "memory") == 0;
    char percent[SHOW_CAP], cpu[SHOW_CAP], share[SHOW_CAP];
    show_percent(efficiency, percent);
    show_factor(busy, cpu);
    if (part->cores < 2)
        add(part, "Work that computes gets faster only by more cores, and this machine has one.");
    else if (units < 2)
        say_why_not(part);
    else if (isnan(efficiency))
        add(part, "It used %d workers on %d cores; beyond one for each core they take turns.",
            units, part->cores);
    else if (efficiency > 1.1)
        add(part,
            "More than one serial run's speed from each worker (efficiency %s): the parts fit into "
            "caches that the whole does not fit into, or something held serial up.",
            percent);
    else if (efficiency >= 0.9 && busy < 0.85 * units)
        add(part,
            "Each worker did its share (efficiency %s), but the CPU time does not show it "
            "(CPU/wall %s): the run is too short, or the machine too busy, to say why.",
            percent, cpu);
    else if (efficiency >= 0.9 && memory)
        add(part,
            "Why: the limit is the memory, and one core alone does not exhaust it here, so %d "
            "cores bring nearly %d times the speed (efficiency %s, CPU/wall %s).",
            units, units, percent, cpu);
    else if (efficiency >= 0.9)
        add(part,
            "Why: the time is computing, and every worker had a core of its own and kept it busy "
            "(CPU/wall %s on %d cores, efficiency %s).",
            cpu, part->cores, percent);
    else if (!isnan(winner->mpi_share) && winner->mpi_share > 0.1)
        add(part,
            "Why not more: the ranks spent %s of their time inside MPI calls, waiting for one "
            "another (efficiency %s).",
            show_percent(winner->mpi_share, share), percent);
    else if (busy < 0.85 * units)
        add(part,
            "Why not more: of %d workers %s were busy on average (CPU/wall); the others waited, "
            "for a core or for one another (efficiency %s).",
            units, cpu, percent);
    else if (memory)
        add(part,
            "Why not more: the cores were busy (CPU/wall %s), but they share one memory, and the "
            "memory is the limit (efficiency %s).",
            cpu, percent);
    else
        add(part,
            "Why not more: the cores were busy (CPU/wall %s), but not with more of the same work: "
            "together they did more than serial does, or each ran slower (efficiency %s).",
            cpu, percent);
}

static void say_why_waiting(struct part *part, const struct row *winner) {
    const struct spread gain = row_speedup(part, winner);
    const double ideal = row_ideal_share(winner);
    char cpu[SHOW_CAP], percent[SHOW_CAP], limit[SHOW_CAP], tail[96] = "";
    if (!isnan(ideal))
        snprintf(tail, sizeof tail, " It reached %s of the ideal %s.", show_percent(ideal, percent),
                 show_time(winner->ideal, limit));
    if (gain.median > part->cores)
        add(part,
            "Why: the time is waiting, not computing (CPU/wall %s), and waits overlap: %d workers "
            "finish sooner than %d core%s could explain.%s",
            show_factor(row_busy(winner), cpu), row_units(winner), part->cores,
            part->cores == 1 ? "" : "s", tail);
    else
        add(part,
            "The time should be waiting that overlaps, yet %d workers brought no more than the "
            "cores alone could (CPU/wall %s): look for what makes them wait in turn.%s",
            row_units(winner), show_factor(row_busy(winner), cpu), tail);
}

static void say_why_mixed(struct part *part, const struct row *winner) {
    const int units = row_units(winner);
    const struct row *full = part_find(part, winner->run, part->cores);
    char cpu[SHOW_CAP];
    show_factor(row_busy(winner), cpu);
    if (units > part->cores && full && row_faster(part, winner, full))
        add(part,
            "Why: the work computes and waits; with %d workers on %d core%s some compute while "
            "others wait (CPU/wall %s).",
            units, part->cores, part->cores == 1 ? "" : "s", cpu);
    else
        add(part,
            "Why: the work could wait, but here it mostly computes (CPU/wall %s with %d worker%s): "
            "more workers than cores bring nothing that this machine can show.",
            cpu, units, units == 1 ? "" : "s");
}

// -- at what price -------------------------------------------------------------------------------

// Bytes that one worker more takes, from the rows of this model with the fewest and most workers.
static double memory_each(const struct part *part, const char *run) {
    const struct row *few = NULL, *many = NULL;
    for (int i = 0; i < part->row_count; i++) {
        const struct row *row = &part->rows[i];
        if (!row_is(row, run) || row->given || isnan(row->memory))
            continue;
        few = !few || row->workers < few->workers ? row : few;
        many = !many || row->workers > many->workers ? row : many;
    }
    if (!few || many->workers < 2 * few->workers)
        return NAN;
    const double each = (many->memory - few->memory) / (many->workers - few->workers);
    return each > 0 ? each : 0;
}

static void say_price(struct part *part) {
    const int workers = part_common_workers(part);
    if (workers == 0)
        return;
    const struct row *threads = part_find(part, "threads", workers);
    const struct row *ranks = part_find(part, "ranks", workers);
    const double ratio = ranks->memory / threads->memory;
    char factor[SHOW_CAP], mine[SHOW_CAP], yours[SHOW_CAP], messages[SHOW_CAP], calls[SHOW_CAP];
    char bytes[SHOW_CAP], said[128] = "";
    if (ranks->messages > 0 && ranks->collectives > 0)
        snprintf(said, sizeof said,
                 "; they sent %s message%s and made %s collective call%s, %s in all",
                 show_count(ranks->messages, messages), ranks->messages == 1 ? "" : "s",
                 show_count(ranks->collectives, calls), ranks->collectives == 1 ? "" : "s",
                 show_bytes(ranks->bytes, bytes));
    else if (ranks->messages > 0)
        snprintf(said, sizeof said, "; they sent %s message%s, %s in all",
                 show_count(ranks->messages, messages), ranks->messages == 1 ? "" : "s",
                 show_bytes(ranks->bytes, bytes));
    else if (ranks->collectives > 0)
        snprintf(said, sizeof said, "; they made %s collective call%s, %s in all",
                 show_count(ranks->collectives, calls), ranks->collectives == 1 ? "" : "s",
                 show_bytes(ranks->bytes, bytes));
    add(part,
        "Price: with %d worker%s ranks took %s times the memory of threads (%s against %s)%s.",
        workers, workers == 1 ? "" : "s", show_factor(ratio, factor),
        show_bytes(ranks->memory, mine), show_bytes(threads->memory, yours), said);
    const double thread = memory_each(part, "threads"), rank = memory_each(part, "ranks");
    if (strcmp(part->bound, "waiting") == 0 && !isnan(thread) && !isnan(rank))
        add(part, "One more thread that waits costs %s, one more rank %s.",
            show_bytes(thread, mine), show_bytes(rank, yours));
}

static void say_given(struct part *part) {
    const struct row *best = NULL;
    for (int i = 0; i < part->row_count; i++)
        if (part->rows[i].given && part->rows[i].state == ROW_TIMED &&
            (!best || row_time(&part->rows[i]).median < row_time(best).median))
            best = &part->rows[i];
    if (!best)
        return;
    char name[96], factor[SHOW_CAP], memory[SHOW_CAP];
    add(part, "For comparison, given: %s, %s times as fast as serial, in %s of memory.",
        with_time(best, name), show_factor(row_speedup(part, best).median, factor),
        show_bytes(best->memory, memory));
}

void verdict_say(struct part *part) {
    const struct row *winner = part_best(part, NULL);
    char percent[SHOW_CAP];
    part->sentence_count = 0;
    if (!winner) {
        add(part, "No version but serial was timed.");
        return;
    }
    say_winner(part, winner);
    if (strcmp(part->bound, "waiting") == 0)
        say_why_waiting(part, winner);
    else if (strcmp(part->bound, "mixed") == 0)
        say_why_mixed(part, winner);
    else
        say_why_cores(part, winner);
    say_price(part);
    say_given(part);
    if (part->noise > NOISE_LIMIT)
        add(part,
            "The machine was busy: serial differed from itself by %s within a round (above 5 %% "
            "small differences mean nothing); repeat when nothing else runs.",
            show_percent(part->noise, percent));
}
