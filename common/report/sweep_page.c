// SPDX-License-Identifier: MIT
//
// sweep_page.c: a sweep as a page: what is said of it, its charts, its table.

#include "sweep.h"

#include "escape.h"
#include "page.h"
#include "whole.h"
#include <math.h>

static void cell(FILE *file, const char *tag, const char *classes, const char *words) {
    fprintf(file, *classes ? "<%s class=\"%s\">" : "<%s>", tag, classes);
    put_html(file, words);
    fprintf(file, "</%s>", tag);
}

static void heads(FILE *file, const struct sweep *sweep) {
    fputs("<table><thead><tr>", file);
    cell(file, "th", "", sweep->x.name);
    if (*sweep->by.name)
        cell(file, "th", "", sweep->by.name);
    for (int v = 0; v < sweep->versions; v++)
        cell(file, "th", "", sweep->version[v]);
    cell(file, "th", "l", "best");
    for (int v = 0; sweep->memory && v < sweep->versions; v++) {
        char head[48];
        snprintf(head, sizeof head, "memory of %s", sweep->version[v]);
        cell(file, "th", "", head);
    }
    fputs("</tr></thead>\n<tbody>\n", file);
}

static void row(FILE *file, const struct sweep *sweep, int b, int p) {
    char number[SHOW_CAP + 8];
    const int best = sweep_best(sweep, b, p);
    fputs("<tr>", file);
    cell(file, "td", "", sweep->x.text[p]);
    if (*sweep->by.name)
        cell(file, "td", "", sweep->by.text[b]);
    for (int v = 0; v < sweep->versions; v++)
        cell(file, "td", "",
             sweep_number(sweep->show, spot_spread(&sweep->at[v][b][p]).median, number));
    cell(file, "td", "l", best < 0 ? "-" : sweep->version[best]);
    for (int v = 0; sweep->memory && v < sweep->versions; v++) {
        const double memory = sweep->at[v][b][p].memory;
        cell(file, "td", "", sweep_number(SWEEP_MEMORY, memory > 0 ? memory : NAN, number));
    }
    fputs("</tr>\n", file);
}

static void chart(FILE *file, const struct sweep *sweep, int view, bool memory) {
    static struct curves curves;
    sweep_view(sweep, view, memory, &curves);
    page_wide(file, "wide overview", curves.title);
    curves_chart(file, &curves);
    fputs("</div>\n", file);
}

static void words(FILE *file, const char *tag, const char *classes, const char *text) {
    cell(file, tag, classes, text);
    fputs("\n", file);
}

static void body(FILE *file, const struct sweep *sweep, const char *title) {
    enum { MOST = 12 };
    char what[96], text[300];
    static char said[MOST][SAID_CAP];
    const int count = sweep_say(sweep, said, MOST);
    words(file, "h1", "", title);
    words(file, "p", "lead", sweep_title(sweep, what, sizeof what));
    for (int i = 0; i < count; i++)
        words(file, "p", "", said[i]);
    chart(file, sweep, 0, false);
    if (sweep->memory)
        chart(file, sweep, 0, true);
    for (int view = 1; view < sweep_views(sweep); view++)
        chart(file, sweep, view, false);
    page_wide(file, "wide", "Figures");
    heads(file, sweep);
    for (int p = 0; p < sweep->x.count; p++)
        for (int b = 0; b < sweep->by.count; b++)
            row(file, sweep, b, p);
    fputs("</tbody></table></div>\n", file);
    snprintf(text, sizeof text, "Medians of runs that took turns. Unchanged: %s",
             *sweep->fixed ? sweep->fixed : "nothing else was set");
    words(file, "p", "soft", text);
}

bool sweep_page(const struct sweep *sweep, const char *command, const char *path, char *why,
                unsigned long cap) {
    struct whole whole;
    char title[160];
    if (!whole_begin(&whole, path, why, cap))
        return false;
    snprintf(title, sizeof title, "%s over %s%s%s", sweep->lab, sweep->x.name,
             *sweep->by.name ? " and " : "", sweep->by.name);
    page_begin(whole.file, title);
    body(whole.file, sweep, title);
    fputs("<pre tabindex=\"0\">", whole.file);
    put_html(whole.file, command);
    fputs("</pre>\n", whole.file);
    page_end(whole.file);
    return whole_end(&whole, why, cap);
}
