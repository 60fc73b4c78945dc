// SPDX-License-Identifier: MIT
#include "cells.h"
#include "show.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

const struct column_about column_about[COLUMN_COUNT] = {
    {"version", 'l', "the file that solves the kernel; * marks one that is given for comparison"},
    {"workers", 'r', "threads or ranks; 2x1 is 2 ranks of 1 thread each"},
    {"time", 'r',
     "median time of the kernel with its communication, without the start of the program"},
    {"spread", 'r', "half the distance between the quartiles, as a share of the median"},
    {"on 2\nnodes", 'r',
     "the same on two nodes of the cluster that is up, where messages cross a network; in a "
     "cluster "
     "in a box the nodes share the cores of this machine"},
    {"speed-\nup", 'r', "serial time over this time, measured in turn, median over the rounds"},
    {"effi-\nciency", 'r',
     "speed-up for each worker; only where every worker has a core of its own"},
    {"CPU/\nwall", 'r', "cores kept busy on average; ranks that wait in MPI keep theirs busy too"},
    {"memory", 'r',
     "peak of the whole job, pages shared by several processes counted once (PSS); <= marks an "
     "upper bound"},
    {"mes-\nsages", 'r', "sent from rank to rank within the kernel, all ranks together"},
    {"collec-\ntives", 'r', "collective calls within the kernel, all ranks together"},
    {"bytes\nsent", 'r', "handed to MPI by all ranks together"},
    {"of\nideal", 'r', "share of the speed that the problem itself allows to so many workers"},
};

const char *state_word(enum state state) {
    switch (state) {
    case ROW_WRONG:
        return "WRONG";
    case ROW_TODO:
        return "TODO";
    case ROW_FAILED:
        return "FAILED";
    case ROW_UNTIMED:
        return "not timed";
    case ROW_TIMED:
        break;
    }
    return "";
}

const char *bound_word(const char *bound) {
    return strcmp(bound, "compute") == 0   ? "computing"
           : strcmp(bound, "memory") == 0  ? "memory bandwidth"
           : strcmp(bound, "waiting") == 0 ? "waiting"
           : strcmp(bound, "mixed") == 0   ? "computing, waiting"
                                           : bound;
}

const char *cell_text(const struct part *part, const struct row *row, enum column column,
                      char text[CELL_CAP]) {
    char number[SHOW_CAP];
    const struct spread time = row_time(row);
    const char *shown = "-";
    switch (column) {
    case COLUMN_VERSION:
        snprintf(text, CELL_CAP, "%s%s", row->version, row->given ? "*" : "");
        return text;
    case COLUMN_WORKERS:
        return row_workers(row, text, CELL_CAP);
    case COLUMN_TIME:
        shown = row->state == ROW_TIMED ? show_time(time.median, number) : state_word(row->state);
        break;
    case COLUMN_SPREAD:
        if (time.times >= 2 && !isnan(spread_share(&time))) {
            snprintf(text, CELL_CAP, "±%s", show_percent(spread_share(&time), number));
            return text;
        }
        break;
    case COLUMN_NODES:
        if (row->nodes)
            shown = row->nodes_state == ROW_TIMED ? show_time(row_time_on_nodes(row).median, number)
                                                  : state_word(row->nodes_state);
        break;
    case COLUMN_SPEEDUP:
        shown = show_factor(row_speedup(part, row).median, number);
        break;
    case COLUMN_EFFICIENCY:
        shown = show_percent(row_efficiency(part, row), number);
        break;
    case COLUMN_BUSY:
        shown = show_factor(row_busy(row), number);
        break;
    case COLUMN_MEMORY:
        snprintf(text, CELL_CAP, "%s%s", row->memory_pss || isnan(row->memory) ? "" : "<=",
                 show_bytes(row->memory, number));
        return text;
    case COLUMN_MESSAGES:
        shown = show_count(row->messages, number);
        break;
    case COLUMN_COLLECTIVES:
        shown = show_count(row->collectives, number);
        break;
    case COLUMN_BYTES:
        shown = show_bytes(row->bytes, number);
        break;
    case COLUMN_IDEAL:
        shown = show_percent(row_ideal_share(row), number);
        break;
    case COLUMN_COUNT:
        break;
    }
    snprintf(text, CELL_CAP, "%s", shown);
    return text;
}

bool column_used(const struct part *part, enum column column) {
    char text[CELL_CAP];
    for (int i = 0; i < part->row_count; i++)
        if (strcmp(cell_text(part, &part->rows[i], column, text), "-") != 0)
            return true;
    return false;
}
