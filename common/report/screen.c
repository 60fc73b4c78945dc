// SPDX-License-Identifier: MIT
#include "screen.h"
#include "cells.h"
#include "claims.h"
#include "show.h"
#include "table.h"
#include "verdict.h"
#include <math.h>
#include <string.h>

static enum tone tone_of(const struct row *row, const struct row *best, enum column column) {
    if (row->state == ROW_WRONG || row->state == ROW_FAILED)
        return column == COLUMN_TIME ? BAD : PLAIN;
    if (row->state != ROW_TIMED)
        return column == COLUMN_TIME ? DIM : PLAIN;
    if (row == best)
        return column == COLUMN_TIME || column == COLUMN_SPEEDUP ? GOOD : BOLD;
    return PLAIN;
}

static void part_table(FILE *file, const struct part *part) {
    const char *heads[COLUMN_COUNT];
    char align[COLUMN_COUNT], text[CELL_CAP];
    const struct row *best = part_best(part, NULL);
    struct table table;
    for (int c = 0; c < COLUMN_COUNT; c++) {
        heads[c] = column_about[c].head;
        align[c] = column_about[c].align;
    }
    // Times on nodes are more news than the number of collectives, and a line holds no more columns.
    const enum column left_out =
        column_used(part, COLUMN_NODES) ? COLUMN_COLLECTIVES : COLUMN_COUNT;
    table_begin(&table, COLUMN_COUNT, heads, align);
    table.colour = may_colour(file);
    for (int i = 0; i < part->row_count; i++) {
        const struct row *row = &part->rows[i];
        const int at = table_row(&table);
        for (enum column c = 0; c < COLUMN_COUNT; c++)
            table_set(&table, at, (int)c, tone_of(row, best, c),
                      c == left_out ? "-" : cell_text(part, row, c, text));
        if (row_note(part, row))
            table_note(&table, at, row_note(part, row));
    }
    table_print(&table, file, 2);
    table_free(&table);
}

void screen_part(FILE *file, const struct part *part) {
    char count[SHOW_CAP], noise[SHOW_CAP], about[512];
    const bool colour = may_colour(file);
    put_tone(file, colour, BOLD, part->name);
    fprintf(file, ": %s\n  ", part->title);
    snprintf(about, sizeof about, "limited by %s; %s%s%s %s; %d round%s", bound_word(part->bound),
             part->params, *part->params ? "; " : "", show_count(part->work, count), part->unit,
             part->rounds, part->rounds == 1 ? "" : "s");
    if (!isnan(part->noise))
        snprintf(about + strlen(about), sizeof about - strlen(about), ", serial against itself ±%s",
                 show_percent(part->noise, noise));
    put_wrapped(file, about, 2, 2, TABLE_WIDTH);
    putc('\n', file);
    part_table(file, part);
    putc('\n', file);
    for (int i = 0; i < part->sentence_count; i++) {
        fputs("  ", file);
        put_wrapped(file, part->sentences[i], 2, 2, TABLE_WIDTH);
    }
    putc('\n', file);
}

static void overview(FILE *file, const struct report *report) {
    static const char *const heads[] = {"lab",   "limited by", "threads",
                                        "ranks", "fastest",    "memory"};
    struct table table;
    char text[64], number[SHOW_CAP];
    table_begin(&table, 6, heads, "llrrlr");
    table.colour = may_colour(file);
    for (int i = 0; i < report->part_count; i++) {
        const struct part *part = &report->parts[i];
        const int row = table_row(&table), workers = part_common_workers(part);
        table_set(&table, row, 0, BOLD, part->name);
        table_set(&table, row, 1, PLAIN, bound_word(part->bound));
        for (int m = 0; m < 2; m++) {
            const struct row *best = part_best(part, m ? "ranks" : "threads");
            if (best)
                snprintf(text, sizeof text, "%s with %d",
                         show_factor(row_speedup(part, best).median, number), best->workers);
            table_set(&table, row, 2 + m, PLAIN, best ? text : "-");
        }
        table_set(&table, row, 4, GOOD, verdict_winner(part, text, sizeof text));
        if (workers) {
            const double ratio = part_find(part, "ranks", workers)->memory /
                                 part_find(part, "threads", workers)->memory;
            snprintf(text, sizeof text, "%s with %d", show_factor(ratio, number), workers);
        }
        table_set(&table, row, 5, PLAIN, workers ? text : "-");
    }
    put_tone(file, table.colour, BOLD, "All labs");
    fputs(": speed-up with the best number of workers of each model; memory of ranks over "
          "threads\n\n",
          file);
    table_print(&table, file, 2);
    putc('\n', file);
    table_free(&table);
}

void screen_end(FILE *file, const struct report *report) {
    const bool colour = may_colour(file);
    char memory[SHOW_CAP], about[768];
    if (report->part_count > 1)
        overview(file, report);
    if (report->claim_count) {
        put_tone(file, colour, BOLD, "Claims");
        fputs(": what is said of threads and processes, and what was measured here and now\n\n",
              file);
    }
    for (int i = 0; i < report->claim_count; i++) {
        const struct claim *claim = &report->claims[i];
        fprintf(file, "  %-4s", claim->id);
        put_wrapped(file, claim->statement, 6, 6, TABLE_WIDTH);
        fputs("      ", file);
        put_tone(file, colour,
                 claim->holds == HOLDS       ? GOOD
                 : claim->holds == HOLDS_NOT ? BAD
                                             : DIM,
                 claim_word(claim->holds));
        fputs(": ", file);
        put_wrapped(file, claim->figure, 6 + text_width(claim_word(claim->holds)) + 2, 6,
                    TABLE_WIDTH);
    }
    fputs("\nMachine: ", file);
    snprintf(about, sizeof about, "%s, %d core%s, %s of memory; %s; %s; %s; %s", report->host.cpu,
             report->host.cores, report->host.cores == 1 ? "" : "s",
             show_bytes(report->host.memory, memory), report->host.system, report->host.mpi,
             report->host.compiler, report->date);
    put_wrapped(file, about, 9, 9, TABLE_WIDTH);
}
