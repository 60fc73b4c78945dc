// SPDX-License-Identifier: MIT
#include "lines.h"
#include "cells.h"
#include "claims.h"
#include "escape.h"
#include <math.h>

static void words(FILE *file, const char *name, const char *value) {
    fprintf(file, ",\"%s\":", name);
    put_json(file, value);
}

static void number(FILE *file, const char *name, double value) {
    if (isfinite(value))
        fprintf(file, ",\"%s\":%.9g", name, value);
    else
        fprintf(file, ",\"%s\":null", name);
}

static void row_line(FILE *file, const struct part *part, const struct row *row) {
    const struct spread time = row_time(row), gain = row_speedup(part, row);
    fputs("{\"v\":1,\"kind\":\"row\"", file);
    words(file, "lab", part->name);
    words(file, "version", row->version);
    words(file, "run", row->run);
    number(file, "workers", row->workers);
    number(file, "threads", row->threads);
    fprintf(file, ",\"given\":%s", row->given ? "true" : "false");
    words(file, "state",
          row->state == ROW_TIMED     ? "timed"
          : row->state == ROW_UNTIMED ? "untimed"
                                      : state_word(row->state));
    words(file, "text", row->text);
    number(file, "times", time.times);
    number(file, "time", time.median);
    number(file, "time_low", time.low);
    number(file, "time_high", time.high);
    number(file, "nodes", row->nodes);
    number(file, "nodes_time", row_time_on_nodes(row).median);
    number(file, "speedup", gain.median);
    number(file, "speedup_low", gain.low);
    number(file, "speedup_high", gain.high);
    number(file, "efficiency", row_efficiency(part, row));
    number(file, "cpu_per_wall", row_busy(row));
    number(file, "memory", row->memory);
    words(file, "memory_kind", row->memory_pss ? "pss" : "hwm");
    number(file, "messages", row->messages);
    number(file, "collectives", row->collectives);
    number(file, "bytes", row->bytes);
    number(file, "mpi_share", row->mpi_share);
    number(file, "ideal", row->ideal > 0 ? row->ideal : NAN);
    words(file, "command", row->command);
    fputs("}\n", file);
}

void lines_write(FILE *file, const struct report *report) {
    fputs("{\"v\":1,\"kind\":\"machine\"", file);
    words(file, "cpu", report->host.cpu);
    number(file, "cores", report->host.cores);
    number(file, "memory", report->host.memory);
    words(file, "system", report->host.system);
    words(file, "mpi", report->host.mpi);
    words(file, "compiler", report->host.compiler);
    words(file, "date", report->date);
    words(file, "command", report->command);
    fprintf(file, ",\"interrupted\":%s}\n", report->interrupted ? "true" : "false");
    for (int p = 0; p < report->part_count; p++) {
        const struct part *part = &report->parts[p];
        fputs("{\"v\":1,\"kind\":\"lab\"", file);
        words(file, "name", part->name);
        words(file, "title", part->title);
        words(file, "bound", part->bound);
        words(file, "params", part->params);
        number(file, "work", part->work);
        words(file, "unit", part->unit);
        number(file, "rounds", part->rounds);
        number(file, "noise", part->noise);
        fputs("}\n", file);
        for (int i = 0; i < part->row_count; i++)
            row_line(file, part, &part->rows[i]);
        for (int i = 0; i < part->sentence_count; i++) {
            fputs("{\"v\":1,\"kind\":\"sentence\"", file);
            words(file, "lab", part->name);
            words(file, "text", part->sentences[i]);
            fputs("}\n", file);
        }
    }
    for (int i = 0; i < report->claim_count; i++) {
        fputs("{\"v\":1,\"kind\":\"claim\"", file);
        words(file, "id", report->claims[i].id);
        words(file, "statement", report->claims[i].statement);
        words(file, "verdict", claim_word(report->claims[i].holds));
        words(file, "figure", report->claims[i].figure);
        fputs("}\n", file);
    }
}
