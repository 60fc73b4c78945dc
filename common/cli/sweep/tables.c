// SPDX-License-Identifier: MIT
//
// tables.c: see tables.h.

#include "tables.h"

#include "table.h"
#include <math.h>
#include <string.h>

enum { SENTENCES = 12 };

// "12.3 ms ±2 %"; of a single run without the spread, of which it has none.
static void show_spot(const struct sweep *sweep, const struct spot *spot, bool memory, char *text,
                      size_t cap) {
    char number[SHOW_CAP + 8], around[SHOW_CAP];
    const struct spread spread = spot_spread(spot);
    if (memory)
        snprintf(text, cap, "%s",
                 sweep_number(SWEEP_MEMORY, spot->memory > 0 ? spot->memory : NAN, number));
    else if (spread.times > 1)
        snprintf(text, cap, "%s ±%s", sweep_number(sweep->show, spread.median, number),
                 show_percent(spread_share(&spread), around));
    else
        snprintf(text, cap, "%s", sweep_number(sweep->show, spread.median, number));
}

// Columns: x, `by` where it has a name, the versions, the best of them.
static void put_row(struct table *table, const struct sweep *sweep, int b, int p, bool memory) {
    char text[64];
    const int row = table_row(table), best = sweep_best(sweep, b, p);
    int column = 0;
    table_set(table, row, column++, PLAIN, sweep->x.text[p]);
    if (*sweep->by.name)
        table_set(table, row, column++, PLAIN, sweep->by.text[b]);
    for (int v = 0; v < sweep->versions; v++) {
        show_spot(sweep, &sweep->at[v][b][p], memory, text, sizeof text);
        table_set(table, row, column++, !memory && v == best ? BOLD : PLAIN, text);
    }
    if (!memory)
        table_set(table, row, column, PLAIN, best < 0 ? "-" : sweep->version[best]);
}

static void put_table(const struct sweep *sweep, bool memory) {
    struct table table;
    const char *heads[SERIES_MAX + 3] = {sweep->x.name};
    char align[SERIES_MAX + 4] = "r";
    int columns = 1;
    if (*sweep->by.name)
        heads[columns++] = sweep->by.name;
    for (int v = 0; v < sweep->versions; v++)
        heads[columns++] = sweep->version[v];
    memset(align, 'r', (size_t)columns);
    if (!memory) {
        heads[columns] = "best";
        align[columns++] = 'l';
    }
    table_begin(&table, columns, heads, align);
    table.colour = may_colour(stdout);
    for (int p = 0; p < sweep->x.count; p++)
        for (int b = 0; b < sweep->by.count; b++)
            put_row(&table, sweep, b, p, memory);
    table_print(&table, stdout, 2);
    table_free(&table);
}

void tables_put(const struct sweep *sweep) {
    static char said[SENTENCES][SAID_CAP];
    char what[96];
    printf("\n%s over %s%s%s: %s\n\n", sweep->lab, sweep->x.name, *sweep->by.name ? " and " : "",
           sweep->by.name, sweep_title(sweep, what, sizeof what));
    put_table(sweep, false);
    if (sweep->memory) {
        puts("\nMemory of the whole job, of one run each:\n");
        put_table(sweep, true);
    }
    const int count = sweep_say(sweep, said, SENTENCES);
    for (int i = 0; i < count; i++) {
        fputs(i == 0 ? "\n  " : "  ", stdout);
        put_wrapped(stdout, said[i], 2, 4, TABLE_WIDTH);
    }
}

int missing_put(const struct sweep *sweep) {
    int count = 0;
    for (int v = 0; v < sweep->versions; v++)
        for (int b = 0; b < sweep->by.count; b++)
            for (int p = 0; p < sweep->x.count; p++) {
                const char *const why = sweep->at[v][b][p].why;
                if (!*why)
                    continue;
                count++;
                if (*sweep->by.name)
                    fprintf(stderr, "%s with %s=%s and %s=%s was not measured: %s\n",
                            sweep->version[v], sweep->x.name, sweep->x.text[p], sweep->by.name,
                            sweep->by.text[b], why);
                else
                    fprintf(stderr, "%s with %s=%s was not measured: %s\n", sweep->version[v],
                            sweep->x.name, sweep->x.text[p], why);
            }
    return count;
}
