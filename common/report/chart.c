// SPDX-License-Identifier: MIT
#include "chart.h"
#include "show.h"
#include "svg.h"
#include <math.h>
#include <string.h>

// Blue for threads, vermilion for ranks, green for both: told apart by colour-blind readers, too
// (after Okabe and Ito, 2008). The dark set is the same, lighter.
void chart_style(FILE *file) {
    fputs(":root{--ink:#1d2430;--soft:#5b6472;--rule:#dfe3e8;--paper:#ffffff;--card:#f6f7f9;"
          "--serial:#8a929e;--threads:#0072b2;--ranks:#d55e00;--hybrid:#009e73;"
          "--processes:#9c5fb5;--good:#0a7d33;--bad:#b3261e}\n"
          "@media (prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#a2abb8;--rule:#363c46;"
          "--paper:#14171c;--card:#1d2128;--serial:#8d95a1;--threads:#56b4e9;--ranks:#f0883e;"
          "--hybrid:#3ccb9f;--processes:#c39bd6;--good:#5fd38d;--bad:#ff8a80}}\n"
          "svg text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;"
          "fill:var(--ink);font-variant-numeric:tabular-nums}\n"
          "svg .soft{fill:var(--soft)}svg .end{text-anchor:end}svg .mid{text-anchor:middle}"
          "svg .head{font-weight:600}\n"
          "svg .rule{stroke:var(--rule);fill:none}svg .ideal{stroke:var(--soft);fill:none;"
          "stroke-dasharray:4 4}svg .whisker{stroke:var(--ink);stroke-width:1.5;fill:none}\n"
          ".serial{fill:var(--serial)}.threads{fill:var(--threads)}.ranks{fill:var(--ranks)}"
          ".hybrid{fill:var(--hybrid)}.processes{fill:var(--processes)}"
          "svg .given{fill-opacity:.45}\n"
          "svg .line{fill:none;stroke-width:2}svg .line.threads{stroke:var(--threads)}"
          "svg .line.ranks{stroke:var(--ranks)}svg .line.hybrid{stroke:var(--hybrid)}\n"
          "svg .dot{stroke:var(--paper);stroke-width:1}\n",
          file);
}

// -- bars ----------------------------------------------------------------------------------------

enum { WIDTH = 372, LABEL = 92, NUMBER = 70, LINE = 22, TOP = 26 };

static void row_label(FILE *file, const struct row *row, double y) {
    char workers[24], label[64];
    const bool alone = row_is(row, "serial");
    snprintf(label, sizeof label, "%s%s %s", row->version, row->given ? "*" : "",
             alone ? "" : row_workers(row, workers, sizeof workers));
    svg_text(file, LABEL - 8, y + 15, "end", label);
}

// A bar from 0 to value on a scale that ends at most; low to high as a whisker, where known.
static void bar(FILE *file, const struct row *row, double y, double value, double low, double high,
                double most, const char *number) {
    const double scale = (WIDTH - LABEL - NUMBER) / most;
    row_label(file, row, y);
    fprintf(file,
            "<rect x=\"%d\" y=\"%.1f\" width=\"%.2f\" height=\"%d\" rx=\"2\" class=\"%s%s\"/>\n",
            LABEL, y + 4, fmax(1, value * scale), LINE - 8, row->run, row->given ? " given" : "");
    if (high > low && (high - low) * scale >= 1)
        fprintf(file, "<path class=\"whisker\" d=\"M%.2f %.1fh%.2fm0 -4v8m%.2f -8v8\"/>\n",
                LABEL + low * scale, y + LINE / 2.0, (high - low) * scale, -(high - low) * scale);
    svg_text(file, LABEL + fmax(value, isnan(high) ? 0 : high) * scale + 6, y + 15, "", number);
}

void chart_times(FILE *file, const struct part *part) {
    double most = 0;
    int bars = 0;
    for (int i = 0; i < part->row_count; i++)
        if (part->rows[i].state == ROW_TIMED) {
            const struct spread time = row_time(&part->rows[i]);
            most = fmax(most, fmax(time.high, time.median));
            bars++;
        }
    if (!bars || most <= 0)
        return;
    svg_begin(file, WIDTH, TOP + bars * LINE + 6, "Time of each version");
    svg_title(file, "Time", "shorter is better; the line spans the quartiles");
    double y = TOP;
    for (int i = 0; i < part->row_count; i++) {
        char number[SHOW_CAP];
        const struct row *row = &part->rows[i];
        if (row->state != ROW_TIMED)
            continue;
        const struct spread time = row_time(row);
        bar(file, row, y, time.median, time.low, time.high, most, show_time(time.median, number));
        y += LINE;
    }
    fputs("</svg>\n", file);
}

void chart_memories(FILE *file, const struct part *part) {
    double most = 0;
    int bars = 0;
    for (int i = 0; i < part->row_count; i++)
        if (!isnan(part->rows[i].memory)) {
            most = fmax(most, part->rows[i].memory);
            bars++;
        }
    if (!bars || most <= 0)
        return;
    svg_begin(file, WIDTH, TOP + bars * LINE + 6, "Peak memory of each version");
    svg_title(file, "Memory", "peak of the whole job; smaller is better");
    double y = TOP;
    for (int i = 0; i < part->row_count; i++) {
        char number[SHOW_CAP];
        const struct row *row = &part->rows[i];
        if (isnan(row->memory))
            continue;
        bar(file, row, y, row->memory, NAN, NAN, most, show_bytes(row->memory, number));
        y += LINE;
    }
    fputs("</svg>\n", file);
}

// -- speed-up over workers -----------------------------------------------------------------------

enum { LEFT = 40, RIGHT = 360, HIGH = 46, LOW = 250, HEIGHT = 292 };

struct plane {
    double x_most, y_least, y_most; // in powers of two; x starts at 1 worker
};

static double at_x(const struct plane *plane, double workers) {
    return LEFT + (RIGHT - LEFT) * log2(workers) / plane->x_most;
}

static double at_y(const struct plane *plane, double speedup) {
    return LOW - (LOW - HIGH) * (log2(speedup) - plane->y_least) / (plane->y_most - plane->y_least);
}

static bool plotted(const struct part *part, const struct row *row) {
    const double gain = row_speedup(part, row).median;
    return row->state == ROW_TIMED && !row->given && !row_is(row, "serial") && gain > 0;
}

static struct plane plane_of(const struct part *part) {
    struct plane plane = {1, 0, 1};
    for (int i = 0; i < part->row_count; i++) {
        const struct row *row = &part->rows[i];
        if (!plotted(part, row))
            continue;
        const double gain = log2(row_speedup(part, row).median);
        plane.x_most = fmax(plane.x_most, log2(row_units(row)));
        plane.y_most = fmax(plane.y_most, ceil(gain - 0.02));
        plane.y_least = fmin(plane.y_least, gain - 0.15);
    }
    return plane;
}

static void axes(FILE *file, const struct part *part, const struct plane *plane) {
    char number[32];
    const int y_step = plane->y_most - plane->y_least > 7 ? 2 : 1;
    for (int y = (int)ceil(plane->y_least); y <= (int)plane->y_most; y += y_step) {
        const double at = at_y(plane, exp2(y));
        snprintf(number, sizeof number, "%g", exp2(y));
        fprintf(file, "<path class=\"rule\" d=\"M%d %.1fH%d\"/>\n", LEFT, at, RIGHT);
        svg_text(file, LEFT - 8, at + 4, "end soft", number);
    }
    for (int x = 0; x <= (int)plane->x_most; x++) {
        const double at = at_x(plane, exp2(x));
        snprintf(number, sizeof number, "%g", exp2(x));
        fprintf(file, "<path class=\"rule\" d=\"M%.1f %dv4\"/>\n", at, LOW);
        svg_text(file, at, LOW + 18, "mid soft", number);
    }
    svg_text(file, (LEFT + RIGHT) / 2.0, LOW + 36, "mid soft", "workers");
    // Speed-up equal to the number of workers, as far as it is on the page.
    const double end = fmin(plane->x_most, plane->y_most);
    fprintf(file, "<path class=\"ideal\" d=\"M%.1f %.1fL%.1f %.1f\"/>\n", at_x(plane, 1),
            at_y(plane, 1), at_x(plane, exp2(end)), at_y(plane, exp2(end)));
    if (part->cores > 1 && log2(part->cores) < plane->x_most) {
        const double at = at_x(plane, part->cores);
        fprintf(file, "<path class=\"ideal\" d=\"M%.1f %dV%d\"/>\n", at, HIGH, LOW);
        snprintf(number, sizeof number, "%d cores", part->cores);
        svg_text(file, at + 4, LOW - 6, "soft", number);
    }
}

// Rows of one kind: a line through those of one version, by workers, then its points.
static void series(FILE *file, const struct part *part, const struct plane *plane,
                   const char *run) {
    bool first = true;
    if (strcmp(run, "hybrid") != 0) {
        for (int i = 0; i < part->row_count; i++) {
            const struct row *row = &part->rows[i];
            if (!row_is(row, run) || !plotted(part, row))
                continue;
            if (first)
                fprintf(file, "<path class=\"line %s\" d=\"", run);
            fprintf(file, "%s%.1f %.1f", first ? "M" : "L", at_x(plane, row_units(row)),
                    at_y(plane, row_speedup(part, row).median));
            first = false;
        }
        if (!first)
            fputs("\"/>\n", file);
    }
    for (int i = 0; i < part->row_count; i++) {
        const struct row *row = &part->rows[i];
        if (row_is(row, run) && plotted(part, row))
            svg_mark(file, run, at_x(plane, row_units(row)),
                     at_y(plane, row_speedup(part, row).median));
    }
}

void chart_speedups(FILE *file, const struct part *part) {
    static const char *const runs[] = {"ranks", "hybrid", "processes", "threads"};
    const struct plane plane = plane_of(part);
    double x = LEFT + 6;
    if (!part_best(part, NULL) || !part_serial(part))
        return;
    svg_begin(file, WIDTH, HEIGHT, "Speed-up against serial over the number of workers");
    svg_title(file, "Speed-up", "against serial; dashed: one for each worker");
    axes(file, part, &plane);
    for (size_t r = 0; r < sizeof runs / sizeof *runs; r++) {
        if (!part_best(part, runs[r]))
            continue;
        series(file, part, &plane, runs[r]);
        svg_mark(file, runs[r], x, 32);
        svg_text(file, x + 10, 36, "soft", runs[r]);
        x += 28 + 7 * (double)strlen(runs[r]);
    }
    fputs("</svg>\n", file);
}

// -- all labs ------------------------------------------------------------------------------------

enum { WIDE = 860, NAME = 118, SPEED_END = 490, MEMORY = 560, MEMORY_END = 780, GROUP = 56 };

static void pair_bar(FILE *file, const char *run, double x, double y, double length,
                     const char *words) {
    fprintf(file,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.2f\" height=\"16\" rx=\"2\" class=\"%s\"/>\n", x,
            y, fmax(1, length), run);
    svg_text(file, x + fmax(1, length) + 6, y + 12.5, "", words);
}

static void overview_lab(FILE *file, const struct part *part, double y, double speed_most,
                         double memory_most) {
    static const char *const runs[] = {"threads", "ranks"};
    const int workers = part_common_workers(part);
    char number[SHOW_CAP], words[64];
    svg_text(file, NAME - 12, y + 17, "end head", part->name);
    svg_text(file, NAME - 12, y + 33, "end soft",
             strcmp(part->bound, "compute") == 0   ? "computing"
             : strcmp(part->bound, "memory") == 0  ? "memory"
             : strcmp(part->bound, "waiting") == 0 ? "waiting"
                                                   : "mixed");
    for (int m = 0; m < 2; m++) {
        const struct row *best = part_best(part, runs[m]);
        const struct row *big = workers ? part_find(part, runs[m], workers) : NULL;
        if (best && row_speedup(part, best).times) {
            const double gain = row_speedup(part, best).median;
            snprintf(words, sizeof words, "%s\xC3\x97 with %d", show_factor(gain, number),
                     best->workers);
            // The scale is logarithmic and starts at 1, where serial stands.
            pair_bar(file, runs[m], NAME, y + 2 + 19 * m,
                     (SPEED_END - 90 - NAME) * log2(fmax(1, gain)) / speed_most, words);
        }
        if (big)
            pair_bar(file, runs[m], MEMORY, y + 2 + 19 * m,
                     (MEMORY_END - MEMORY) * big->memory / memory_most,
                     show_bytes(big->memory, number));
    }
}

static void overview_axis(FILE *file, double speed_most, double bottom) {
    const int step = speed_most > 8 ? 2 : 1;
    for (int e = 0; e <= (int)speed_most; e += step) {
        const double x = NAME + (SPEED_END - 90 - NAME) * e / speed_most;
        char number[32];
        snprintf(number, sizeof number, "%g", exp2(e));
        fprintf(file, "<path class=\"rule\" d=\"M%.1f 50V%.1f\"/>\n", x, bottom);
        svg_text(file, x, bottom + 16, "mid soft", number);
    }
    fprintf(file, "<path class=\"rule\" d=\"M%d 50V%.1f\"/>\n", MEMORY, bottom);
}

void chart_overview(FILE *file, const struct report *report, bool alone) {
    double speed_most = 1, memory_most = 1;
    char words[160];
    for (int i = 0; i < report->part_count; i++) {
        const struct part *part = &report->parts[i];
        const struct row *best = part_best(part, NULL);
        const int workers = part_common_workers(part);
        if (best && row_speedup(part, best).median > 0)
            speed_most = fmax(speed_most, ceil(log2(row_speedup(part, best).median)));
        if (workers)
            memory_most = fmax(memory_most, fmax(part_find(part, "ranks", workers)->memory,
                                                 part_find(part, "threads", workers)->memory));
    }
    const double bottom = 54 + GROUP * report->part_count;
    svg_begin(file, WIDE, bottom + 50, "Threads and ranks side by side: speed-up and memory");
    if (alone) {
        fputs("<style>", file);
        chart_style(file);
        fputs("</style>\n<rect width=\"100%\" height=\"100%\" style=\"fill:var(--paper)\"/>\n",
              file);
    }
    svg_text(file, NAME, 20, "head", "Speed-up against serial");
    svg_text(file, MEMORY, 20, "head", "Peak memory of the whole job");
    svg_text(file, NAME, 38, "soft", "each with its best number of workers; a step doubles");
    svg_text(file, MEMORY, 38, "soft", "of both with the same number of workers");
    overview_axis(file, speed_most, bottom);
    for (int i = 0; i < report->part_count; i++)
        overview_lab(file, &report->parts[i], 58 + GROUP * i, speed_most, memory_most);
    svg_mark(file, "threads", NAME + 6, bottom + 36);
    svg_text(file, NAME + 16, bottom + 40, "", "threads (OpenMP)");
    svg_mark(file, "ranks", NAME + 146, bottom + 36);
    svg_text(file, NAME + 158, bottom + 40, "", "ranks (MPI processes)");
    snprintf(words, sizeof words, "%d cores, %.10s", report->host.cores, report->date);
    svg_text(file, WIDE - 12, bottom + 40, "end soft", words);
    fputs("</svg>\n", file);
}
