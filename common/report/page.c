// SPDX-License-Identifier: MIT
#include "page.h"
#include "cells.h"
#include "chart.h"
#include "claims.h"
#include "escape.h"
#include "show.h"
#include "verdict.h"
#include "whole.h"
#include <math.h>
#include <string.h>
#include <unistd.h>

static const char style[] =
    "*{box-sizing:border-box}html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}\n"
    "body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,"
    "-apple-system,'Segoe UI',Roboto,sans-serif}\n"
    "main{max-width:74rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}\n"
    "h1{font-size:2rem;line-height:1.2;margin:0 0 .5rem;letter-spacing:-.015em}"
    "h2{font-size:1.4rem;margin:3.2rem 0 .3rem;line-height:1.25;scroll-margin-top:1rem}"
    "h2 small{font-weight:400;color:var(--soft);font-size:1rem}\n"
    "p,ul{max-width:46rem;margin:.6rem 0}ul{padding-left:1.2rem}li{margin:.3rem 0}"
    ".lead{font-size:1.1rem;color:var(--soft)}.soft{color:var(--soft)}\n"
    "nav a{margin-right:1rem}a{color:var(--threads)}\n"
    ".wide{overflow-x:auto;margin:1rem 0;border:1px solid var(--rule);border-radius:8px}\n"
    "table{border-collapse:collapse;width:100%;font-size:.9rem;"
    "font-variant-numeric:tabular-nums}th,td{padding:.45rem .75rem;text-align:right;"
    "white-space:nowrap;border-top:1px solid var(--rule)}tr:first-child th{border-top:0}"
    "thead th{background:var(--card);font-weight:600;vertical-align:bottom}"
    "th.l,td.l{text-align:left}tbody tr:hover{background:var(--card)}"
    "tr.best td{font-weight:650}td.note{white-space:normal;text-align:left;color:var(--soft);"
    "border-top:0;padding-top:0}"
    // A table of sentences, and not of figures: they are broken where there is no room.
    ".said td.l,.said td.note{white-space:normal;overflow-wrap:anywhere}"
    ".said .badge{white-space:nowrap}\n"
    ".dot{display:inline-block;width:.65em;height:.65em;border-radius:2px;margin-right:.5em}"
    ".dot.serial{background:var(--serial)}.dot.threads{background:var(--threads)}"
    ".dot.ranks{background:var(--ranks)}.dot.hybrid{background:var(--hybrid)}"
    ".dot.processes{background:var(--processes)}.dot.given{opacity:.5}\n"
    ".charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,21rem),1fr));"
    "gap:1rem;margin:1rem 0}.charts figure,.card{margin:0;padding:1rem;border:1px solid "
    "var(--rule);border-radius:8px}svg{display:block;width:100%;height:auto}"
    ".charts svg{max-width:30rem}.overview svg{min-width:44rem;padding:.75rem}\n"
    ".cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));"
    "gap:1rem;margin:1rem 0}.card p{margin:.4rem 0 0;white-space:pre-line}.card b{display:block}\n"
    ".badge{display:inline-block;font-size:.8rem;font-weight:600;padding:.05rem .6rem;"
    "border-radius:1rem;border:1px solid currentColor}.yes{color:var(--good)}"
    ".no{color:var(--bad)}.unknown{color:var(--soft)}\n"
    "details{margin:.8rem 0}summary{cursor:pointer;color:var(--soft)}"
    "pre{overflow-x:auto;background:var(--card);padding:.8rem 1rem;border-radius:8px;"
    "font:.82rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}\n"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.25rem;margin:.6rem 0;"
    "max-width:60rem}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}\n"
    "@media (max-width:32rem){main{padding:1.5rem 1rem 3rem}h1{font-size:1.6rem}"
    "dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}"
    ".said th,.said td{padding-left:.35rem;padding-right:.35rem}}\n"
    "@media print{.wide{overflow:visible}details::details-content{content-visibility:visible}"
    "tr,figure,.card{break-inside:avoid}"
    "h2{break-after:avoid}pre{white-space:pre-wrap}*{print-color-adjust:exact}}\n";

// <tag class="...">text</tag>
static void element(FILE *file, const char *tag, const char *classes, const char *words) {
    fprintf(file, *classes ? "<%s class=\"%s\">" : "<%s>", tag, classes);
    put_html(file, words);
    fprintf(file, "</%s>", tag);
}

static void fact(FILE *file, const char *name, const char *words) {
    element(file, "dt", "", name);
    element(file, "dd", "", words);
    putc('\n', file);
}

// A head of two lines on one: "effi-\nciency" is one word again, "speed-\nup" keeps its hyphen.
static void put_head(FILE *file, const char *head) {
    const char *cut = strchr(head, '\n');
    const bool joined = cut && cut > head && (cut[-1] == '-' || cut[-1] == '/');
    const bool hyphen = joined && cut[-1] == '-' && strcmp(cut, "\nup") != 0;
    if (!cut) {
        put_html(file, head);
        return;
    }
    fprintf(file, "%.*s%s%s", (int)(cut - head) - hyphen, head, joined ? "" : " ", cut + 1);
}

// -- one lab -------------------------------------------------------------------------------------

static void part_table(FILE *file, const struct part *part) {
    const struct row *best = part_best(part, NULL);
    char text[CELL_CAP], about[64];
    int columns = 0;
    snprintf(about, sizeof about, "Figures of %.40s", part->name);
    page_wide(file, "wide", about);
    fputs("<table><thead><tr>", file);
    for (enum column c = 0; c < COLUMN_COUNT; c++) {
        if (!column_used(part, c))
            continue;
        columns++;
        fprintf(file, "<th%s title=\"", column_about[c].align == 'l' ? " class=\"l\"" : "");
        put_html(file, column_about[c].what);
        fputs("\">", file);
        put_head(file, column_about[c].head);
        fputs("</th>", file);
    }
    fputs("</tr></thead>\n<tbody>\n", file);
    for (int i = 0; i < part->row_count; i++) {
        const struct row *row = &part->rows[i];
        fputs(row == best ? "<tr class=\"best\">" : "<tr>", file);
        for (enum column c = 0; c < COLUMN_COUNT; c++) {
            if (!column_used(part, c))
                continue;
            const bool bad =
                c == COLUMN_TIME && (row->state == ROW_WRONG || row->state == ROW_FAILED);
            fprintf(file, "<td class=\"%s%s\">", column_about[c].align == 'l' ? "l" : "",
                    bad ? "no" : "");
            if (c == COLUMN_VERSION)
                fprintf(file, "<span class=\"dot %s%s\"></span>", row->run,
                        row->given ? " given" : "");
            put_html(file, cell_text(part, row, c, text));
            fputs("</td>", file);
        }
        fputs("</tr>\n", file);
        if (row_note(part, row)) {
            fprintf(file, "<tr><td class=\"note\" colspan=\"%d\">", columns);
            put_html(file, row_note(part, row));
            fputs("</td></tr>\n", file);
        }
    }
    fputs("</tbody></table></div>\n", file);
}

// Links to the timelines that `twofold trace --html` has drawn of the lab's versions, where the page
// will stand: trace-LAB-VERSION.html.
static void part_traces(FILE *file, const struct part *part, const char *page) {
    const char *const slash = strrchr(page, '/');
    bool any = false;
    for (int i = 0; i < part->row_count; i++) {
        char path[4096], name[160];
        bool new = true;
        for (int k = 0; k < i && new; k++)
            new = strcmp(part->rows[k].version, part->rows[i].version) != 0;
        snprintf(name, sizeof name, "trace-%.60s-%.60s.html", part->name, part->rows[i].version);
        snprintf(path, sizeof path, "%.*s%s", slash ? (int)(slash - page) + 1 : 0, page, name);
        if (!new || access(path, R_OK) != 0)
            continue;
        fprintf(file, "%s<a href=\"", any ? ", " : "<p>Who did what when, in one run: ");
        put_html(file, name);
        fputs("\">", file);
        put_html(file, part->rows[i].version);
        fputs("</a>", file);
        any = true;
    }
    if (any)
        fputs("</p>\n", file);
}

static void part_section(FILE *file, const struct part *part, const char *page) {
    char count[SHOW_CAP], noise[SHOW_CAP], about[512];
    fputs("<section>\n<h2 id=\"", file);
    put_html(file, part->name);
    fputs("\">", file);
    put_html(file, part->name);
    fputs(" <small>", file);
    put_html(file, part->title);
    fputs("</small></h2>\n", file);
    snprintf(about, sizeof about, "Limited by %s. %s%s%s %s a run; %d round%s, in turn%s%s.",
             bound_word(part->bound), part->params, *part->params ? "; " : "",
             show_count(part->work, count), part->unit, part->rounds, part->rounds == 1 ? "" : "s",
             isnan(part->noise) ? "" : "; serial differs from itself by ",
             isnan(part->noise) ? "" : show_percent(part->noise, noise));
    element(file, "p", "soft", about);
    fputs("\n<ul>\n", file);
    for (int i = 0; i < part->sentence_count; i++)
        element(file, "li", "", part->sentences[i]);
    fputs("</ul>\n<div class=\"charts\">\n", file);
    if (part_serial(part)) {
        fputs("<figure>", file);
        chart_times(file, part);
        fputs("</figure>\n", file);
    }
    if (part_serial(part) && part_best(part, NULL)) {
        fputs("<figure>", file);
        chart_speedups(file, part);
        fputs("</figure>\n", file);
    }
    fputs("<figure>", file);
    chart_memories(file, part);
    fputs("</figure>\n</div>\n", file);
    part_table(file, part);
    part_traces(file, part, page);
    fputs("<details><summary>The commands, to run again</summary>\n<pre tabindex=\"0\">", file);
    for (int i = 0; i < part->row_count; i++)
        if (*part->rows[i].command) {
            put_html(file, part->rows[i].command);
            putc('\n', file);
        }
    fputs("</pre></details>\n</section>\n", file);
}

// -- all labs ------------------------------------------------------------------------------------

static void best_cell(FILE *file, const struct part *part, const char *run) {
    const struct row *best = part_best(part, run);
    char factor[SHOW_CAP], text[64] = "-";
    if (best)
        snprintf(text, sizeof text, "%s\xC3\x97 with %d",
                 show_factor(row_speedup(part, best).median, factor), best->workers);
    element(file, "td", "", text);
}

static void overview(FILE *file, const struct report *report) {
    fputs("<h2 id=\"all\">At a glance</h2>\n"
          "<p class=\"soft\">Speed-up against serial, each model with its best number of workers."
          "</p>\n",
          file);
    page_wide(file, "wide overview", "Speed-up and memory of all labs, drawn");
    chart_overview(file, report, false);
    fputs("</div>\n", file);
    page_wide(file, "wide", "Speed-up and memory of all labs");
    fputs("<table><thead><tr><th class=\"l\">lab</th><th class=\"l\">"
          "limited by</th><th>serial</th><th>threads</th><th>ranks</th><th class=\"l\">fastest</th>"
          "<th>memory, ranks / threads</th></tr></thead>\n<tbody>\n",
          file);
    for (int i = 0; i < report->part_count; i++) {
        const struct part *part = &report->parts[i];
        const struct row *serial = part_serial(part);
        const int workers = part_common_workers(part);
        char number[SHOW_CAP], text[64] = "-";
        fputs("<tr><td class=\"l\"><a href=\"#", file);
        put_html(file, part->name);
        fputs("\">", file);
        put_html(file, part->name);
        fputs("</a></td>", file);
        element(file, "td", "l", bound_word(part->bound));
        element(file, "td", "", serial ? show_time(row_time(serial).median, number) : "-");
        best_cell(file, part, "threads");
        best_cell(file, part, "ranks");
        element(file, "td", "l", verdict_winner(part, text, sizeof text));
        if (workers)
            snprintf(text, sizeof text, "%s\xC3\x97 with %d",
                     show_factor(part_find(part, "ranks", workers)->memory /
                                     part_find(part, "threads", workers)->memory,
                                 number),
                     workers);
        element(file, "td", "", workers ? text : "-");
        fputs("</tr>\n", file);
    }
    fputs("</tbody></table></div>\n", file);
}

static void claims(FILE *file, const struct report *report) {
    static const char *const classes[] = {"badge yes", "badge no", "badge unknown"};
    if (report->claim_count == 0)
        return;
    fputs("<h2 id=\"claims\">What is said of threads and processes</h2>\n"
          "<p class=\"soft\">Each claim with the figure measured here and now.</p>\n"
          "<div class=\"cards\">\n",
          file);
    for (int i = 0; i < report->claim_count; i++) {
        const struct claim *claim = &report->claims[i];
        fputs("<div class=\"card\">", file);
        element(file, "b", "", claim->statement);
        element(file, "span", classes[claim->holds], claim_word(claim->holds));
        element(file, "p", "soft", claim->figure);
        fputs("</div>\n", file);
    }
    fputs("</div>\n", file);
}

static void machine(FILE *file, const struct report *report) {
    char memory[SHOW_CAP], text[192];
    fputs(
        "<h2 id=\"how\">How this was measured</h2>\n"
        "<p>Every time is the median of runs that took turns: one run of each configuration, then "
        "the next round, each in a fresh process. So what else the machine did meanwhile hit all "
        "of them alike. Speed-up compares the two runs of the same round. Memory, messages and "
        "bytes come from a run of their own that was not timed, and in which the result was "
        "compared with the serial one.</p>\n<dl>\n",
        file);
    fact(file, "Processor", report->host.cpu);
    snprintf(text, sizeof text, "%d cores, %s of memory", report->host.cores,
             show_bytes(report->host.memory, memory));
    fact(file, "Machine", text);
    fact(file, "System", report->host.system);
    fact(file, "MPI", report->host.mpi);
    fact(file, "Compiler", report->host.compiler);
    fact(file, "Date", report->date);
    fact(file, "Command", report->command);
    fputs("</dl>\n<details><summary>What the columns mean</summary>\n<dl>\n", file);
    for (enum column c = 0; c < COLUMN_COUNT; c++) {
        fputs("<dt>", file);
        put_head(file, column_about[c].head);
        fputs("</dt>", file);
        element(file, "dd", "", column_about[c].what);
        putc('\n', file);
    }
    fputs("</dl></details>\n", file);
}

void page_begin(FILE *file, const char *title) {
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
          "<meta name=\"color-scheme\" content=\"light dark\">\n<title>",
          file);
    put_html(file, title);
    fputs("</title>\n<style>\n", file);
    chart_style(file);
    fputs(style, file);
    fputs("</style>\n</head>\n<body>\n<main>\n", file);
}

void page_wide(FILE *file, const char *classes, const char *name) {
    fprintf(file, "<div class=\"%s\" role=\"group\" tabindex=\"0\" aria-label=\"", classes);
    put_html(file, name);
    fputs("\">\n", file);
}

void page_end(FILE *file) {
    fputs("</main>\n</body>\n</html>\n", file);
}

bool page_write(const struct report *report, const char *path, char *why, size_t cap) {
    struct whole whole;
    if (!whole_begin(&whole, path, why, cap))
        return false;
    FILE *file = whole.file;
    page_begin(file, "Twofold: threads and processes, side by side");
    fputs("<h1>Threads and processes, side by side</h1>\n"
          "<p class=\"lead\">Every kernel solved twice: with OpenMP threads that share one memory, "
          "and with MPI processes that share nothing. Measured on this machine",
          file);
    fputs(report->solutions ? ", with the kit\xE2\x80\x99s own solutions.</p>\n"
                            : ", with the files in labs/.</p>\n",
          file);
    if (report->interrupted)
        fputs("<p><span class=\"badge no\">not complete</span> The measurement was interrupted; "
              "what is here was measured before.</p>\n",
              file);
    overview(file, report);
    claims(file, report);
    for (int i = 0; i < report->part_count; i++)
        part_section(file, &report->parts[i], path);
    machine(file, report);
    page_end(file);
    return whole_end(&whole, why, cap);
}

bool page_write_svg(const struct report *report, const char *path, char *why, size_t cap) {
    struct whole whole;
    if (!whole_begin(&whole, path, why, cap))
        return false;
    chart_overview(whole.file, report, true);
    return whole_end(&whole, why, cap);
}
