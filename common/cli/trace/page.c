// SPDX-License-Identifier: MIT
//
// page.c: a timeline as one HTML page: drawn, and the same figures as tables.

#include "page.h"
#include "chart.h"
#include "escape.h"
#include "show.h"
#include "svg.h"
#include "views.h"
#include "whole.h"

#include <stdlib.h>
#include <string.h>

enum {
    WIDTH = 1000,
    NAME = 130, // of a lane, at the left
    RIGHT = 16, // free at the right
    LANE = 26,
    TOP = 28,
    COLUMNS = WIDTH - NAME - RIGHT, // one for each unit of the drawing
    ARROWS = 500                    // of more, none is to be told from another
};

// What the drawing's colours mean. (Of the page's own: they are told apart in the dark, too.)
static const struct {
    const char *class, *head, *words;
} about[DOINGS] = {
    {"", "", ""},
    {"hybrid", "computes", "computes"},
    {"ranks", "messages", "waits in a call for a message"},
    {"serial", "barriers",
     "waits for the others, at a barrier, in a collective or at the end of a region"},
    {"processes", "critical", "waits to enter (critical, a lock)"}};

static const char style[] =
    "<style>.trace svg{min-width:44rem;padding:.75rem}svg .arrow{stroke:var(--ink);"
    "stroke-opacity:.45;stroke-width:.8}.key{display:inline-block;width:.8em;height:.8em;"
    "margin-right:.5em;border-radius:2px}.key.hybrid{background:var(--hybrid)}"
    ".key.ranks{background:var(--ranks)}.key.serial{background:var(--serial)}"
    ".key.processes{background:var(--processes)}</style>\n";

// -- drawn --------------------------------------------------------------------------------------------

static double lane_y(int lane) {
    return TOP + (double)lane * LANE;
}

// A lane's row: stretches of equal columns are one rectangle.
static void draw_lane(FILE *file, const struct timeline *t, int lane, enum doing *doing) {
    timeline_columns(t, lane, COLUMNS, doing);
    svg_text(file, NAME - 8, lane_y(lane) + 17, "end", t->lane[lane].name);
    for (int from = 0, to; from < COLUMNS; from = to) {
        for (to = from + 1; to < COLUMNS && doing[to] == doing[from]; to++) {
        }
        if (doing[from] != DOING_NOTHING)
            fprintf(file, "<rect x=\"%d\" y=\"%.0f\" width=\"%d\" height=\"%d\" class=\"%s\"/>\n",
                    NAME + from, lane_y(lane) + 3, to - from, LANE - 6, about[doing[from]].class);
    }
}

static void draw_arrows(FILE *file, const struct timeline *t) {
    for (size_t i = 0; i < t->arrows && t->arrows <= ARROWS; i++) {
        const struct arrow *const a = &t->arrow[i];
        fprintf(file, "<line x1=\"%.1f\" y1=\"%.0f\" x2=\"%.1f\" y2=\"%.0f\" class=\"arrow\"/>\n",
                NAME + a->sent / t->length * COLUMNS, lane_y(a->from) + LANE / 2.0,
                NAME + a->taken / t->length * COLUMNS, lane_y(a->to) + LANE / 2.0);
    }
}

static void draw(FILE *file, const struct timeline *t, const char *title) {
    enum doing *const doing = calloc(COLUMNS, sizeof *doing);
    char length[SHOW_CAP];
    if (!doing || t->length <= 0) {
        free(doing);
        return;
    }
    page_wide(file, "wide trace", "The timeline, drawn");
    svg_begin(file, WIDTH, lane_y((int)t->lanes) + 8, title);
    svg_text(file, NAME, 16, "soft", "0");
    svg_text(file, NAME + COLUMNS, 16, "end soft", show_time(t->length, length));
    for (size_t i = 0; i < t->lanes; i++)
        draw_lane(file, t, (int)i, doing);
    draw_arrows(file, t);
    fputs("</svg>\n</div>\n", file);
    free(doing);
}

static void legend(FILE *file, const struct timeline *t) {
    fputs("<ul>\n", file);
    for (int d = DOING_WORK; d < DOINGS; d++) {
        double spent = 0;
        for (size_t i = 0; i < t->lanes; i++)
            spent += t->lane[i].spent[d];
        if (spent > 0)
            fprintf(file, "<li><span class=\"key %s\"></span>%s</li>\n", about[d].class,
                    about[d].words);
    }
    if (t->arrows > 0 && t->arrows <= ARROWS)
        fputs("<li>A thin line is a message, from where it was sent to where it was received.</li>"
              "\n",
              file);
    else if (t->arrows > 0)
        fprintf(file,
                "<li>%zu messages were received, too many to draw them as lines; a smaller problem "
                "shows them.</li>\n",
                t->arrows);
    fputs("</ul>\n", file);
}

// -- as figures ---------------------------------------------------------------------------------------

static void cell(FILE *file, const char *words) {
    fputs("<td>", file);
    put_html(file, words);
    fputs("</td>", file);
}

static void table(FILE *file, const struct timeline *t) {
    const bool ranks = t->lanes > 0 && t->lane[0].rank >= 0;
    char text[SHOW_CAP], number[32];
    page_wide(file, "wide", "The time of each worker");
    fputs("<table><thead><tr><th class=\"l\">worker</th><th>at work</th>", file);
    for (int d = DOING_WORK; d < DOINGS; d++)
        fprintf(file, "<th title=\"%s\">%s</th>", about[d].words, about[d].head);
    fputs(ranks ? "<th>sent</th><th>bytes</th></tr></thead>\n<tbody>\n"
                : "</tr></thead>\n<tbody>\n",
          file);
    for (size_t i = 0; i < t->lanes; i++) {
        const struct lane_of *const lane = &t->lane[i];
        fputs("<tr><td class=\"l\">", file);
        put_html(file, lane->name);
        fputs("</td>", file);
        const double share = t->length > 0 ? 100 * lane->spent[DOING_WORK] / t->length : 0;
        snprintf(number, sizeof number, "%.1f %%", share);
        cell(file, number);
        for (int d = DOING_WORK; d < DOINGS; d++)
            cell(file, lane->spent[d] > 0 ? show_time(lane->spent[d], text) : "-");
        if (ranks) {
            const bool sends = lane->thread == 0;
            snprintf(number, sizeof number, "%d", lane->messages);
            cell(file, sends ? number : "");
            cell(file, sends ? show_bytes((double)lane->bytes, text) : "");
        }
        fputs("</tr>\n", file);
    }
    fputs("</tbody></table></div>\n", file);
}

// The longest waits, in the words of the terminal.
static void waits(FILE *file, const struct timeline *t) {
    char *text = NULL;
    size_t size = 0;
    FILE *const words = open_memstream(&text, &size);
    if (words) {
        draw_waits(words, t);
        fclose(words);
        if (size > 0) {
            fputs("<pre tabindex=\"0\">", file);
            put_html(file, text + strspn(text, "\n"));
            fputs("</pre>\n", file);
        }
    }
    free(text);
}

bool write_trace_page(const char *path, const struct timeline *t, const char *title,
                      const char *command, char *why, size_t cap) {
    struct whole whole;
    char length[SHOW_CAP];
    if (!whole_begin(&whole, path, why, cap))
        return false;
    FILE *const file = whole.file;
    page_begin(file, title);
    fputs(style, file);
    fputs("<h1>", file);
    put_html(file, title);
    fprintf(file,
            "</h1>\n<p class=\"lead\">Who did what when, in %s%s, as recorded in one run.</p>\n",
            show_time(t->length, length), t->kernel ? " of the kernel" : "");
    draw(file, t, title);
    legend(file, t);
    table(file, t);
    waits(file, t);
    if (t->missing)
        fprintf(file,
                "<p>%llu events more happened than there was room for: what is missing here may "
                "look like computing. Trace a smaller problem, or give --events.</p>\n",
                (unsigned long long)t->missing);
    fputs("<p class=\"soft\">Waits of a worker that has no core to run on look like computing."
          "</p>\n<details><summary>The command, to run again</summary>\n<pre tabindex=\"0\">",
          file);
    put_html(file, command);
    fputs("</pre></details>\n", file);
    page_end(file);
    return whole_end(&whole, why, cap);
}
