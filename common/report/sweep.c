// SPDX-License-Identifier: MIT
//
// sweep.c: see sweep.h.

#include "sweep.h"

#include "escape.h"
#include "page.h"
#include "whole.h"
#include <math.h>
#include <string.h>

struct spread sweep_spread(const struct sweep *sweep, int series, int point) {
    const struct spot *const spot = &sweep->at[series][point];
    return spread_of(spot->figure, *spot->why ? 0 : spot->runs);
}

const char *sweep_number(const struct sweep *sweep, double figure, char text[SHOW_CAP + 8]) {
    char number[SHOW_CAP];
    if (sweep->show != SWEEP_RATE || isnan(figure))
        return show_time(figure, text);
    snprintf(text, SHOW_CAP + 8, "%s/s", show_count(figure, number));
    return text;
}

const char *sweep_title(const struct sweep *sweep, char *text, unsigned long cap) {
    if (sweep->show == SWEEP_TIME)
        snprintf(text, cap, "time");
    else if (sweep->show == SWEEP_EACH)
        snprintf(text, cap, "time for each of the %s", sweep->unit);
    else
        snprintf(text, cap, "%s a second", sweep->unit);
    return text;
}

int sweep_best(const struct sweep *sweep, int point) {
    int best = -1;
    double figure = NAN;
    for (int s = 0; s < sweep->series; s++) {
        const double median = sweep_spread(sweep, s, point).median;
        if (isnan(median))
            continue;
        if (best < 0 || (sweep->show == SWEEP_RATE ? median > figure : median < figure)) {
            best = s;
            figure = median;
        }
    }
    return best;
}

bool sweep_log_x(const struct sweep *sweep) {
    enum { FAR = 16 };
    double least = HUGE_VAL, most = 0;
    for (int p = 0; p < sweep->points; p++) {
        least = fmin(least, sweep->x[p]);
        most = fmax(most, sweep->x[p]);
    }
    return least > 0 && most >= FAR * least;
}

bool sweep_log_y(const struct sweep *sweep) {
    enum { FAR = 8 };
    double least = HUGE_VAL, most = 0;
    for (int s = 0; s < sweep->series; s++)
        for (int p = 0; p < sweep->points; p++) {
            const struct spread spread = sweep_spread(sweep, s, p);
            if (spread.times == 0)
                continue;
            least = fmin(least, spread.low);
            most = fmax(most, spread.high);
        }
    return least > 0 && most >= FAR * least;
}

void sweep_csv(FILE *file, const struct sweep *sweep) {
    fprintf(file, "%s,version,runs,low,median,high\n", sweep->axis);
    for (int p = 0; p < sweep->points; p++)
        for (int s = 0; s < sweep->series; s++) {
            const struct spread spread = sweep_spread(sweep, s, p);
            fprintf(file, "%s,%s,%d,", sweep->text[p], sweep->version[s], spread.times);
            if (spread.times > 0)
                fprintf(file, "%.6g,%.6g,%.6g\n", spread.low, spread.median, spread.high);
            else
                fputs(",,\n", file);
        }
}

void sweep_json(FILE *file, const struct sweep *sweep) {
    static const char *const shows[] = {"time", "each", "rate"};
    for (int p = 0; p < sweep->points; p++)
        for (int s = 0; s < sweep->series; s++) {
            const struct spread spread = sweep_spread(sweep, s, p);
            fputs("{\"v\":1,\"kind\":\"sweep\",\"lab\":", file);
            put_json(file, sweep->lab);
            fputs(",\"axis\":", file);
            put_json(file, sweep->axis);
            fputs(",\"value\":", file);
            put_json(file, sweep->text[p]);
            fputs(",\"version\":", file);
            put_json(file, sweep->version[s]);
            fprintf(file, ",\"show\":\"%s\",\"runs\":%d", shows[sweep->show], spread.times);
            if (spread.times > 0)
                fprintf(file, ",\"low\":%.6g,\"median\":%.6g,\"high\":%.6g,\"why\":", spread.low,
                        spread.median, spread.high);
            else
                fputs(",\"low\":null,\"median\":null,\"high\":null,\"why\":", file);
            put_json(file, sweep->at[s][p].why);
            fputs("}\n", file);
        }
}

// -- the page ----------------------------------------------------------------------------------------

static void cell(FILE *file, const char *classes, const char *words) {
    fprintf(file, "<td class=\"%s\">", classes);
    put_html(file, words);
    fputs("</td>", file);
}

static void page_table(FILE *file, const struct sweep *sweep) {
    page_wide(file, "wide", "Figures");
    fputs("<table><thead><tr><th>", file);
    put_html(file, sweep->axis);
    fputs("</th>", file);
    for (int s = 0; s < sweep->series; s++) {
        fputs("<th>", file);
        put_html(file, sweep->version[s]);
        fputs("</th>", file);
    }
    fputs("<th class=\"l\">best</th></tr></thead>\n<tbody>\n", file);
    for (int p = 0; p < sweep->points; p++) {
        const int best = sweep_best(sweep, p);
        fputs("<tr>", file);
        cell(file, "", sweep->text[p]);
        for (int s = 0; s < sweep->series; s++) {
            char number[SHOW_CAP + 8];
            cell(file, "", sweep_number(sweep, sweep_spread(sweep, s, p).median, number));
        }
        cell(file, "l", best < 0 ? "-" : sweep->version[best]);
        fputs("</tr>\n", file);
    }
    fputs("</tbody></table></div>\n", file);
}

bool sweep_page(const struct sweep *sweep, const char *command, const char *path, char *why,
                unsigned long cap) {
    struct whole whole;
    char title[96], what[64];
    if (!whole_begin(&whole, path, why, cap))
        return false;
    snprintf(title, sizeof title, "%s over %s", sweep->lab, sweep->axis);
    page_begin(whole.file, title);
    fputs("<h1>", whole.file);
    put_html(whole.file, title);
    fputs("</h1>\n<p class=\"lead\">", whole.file);
    put_html(whole.file, sweep_title(sweep, what, sizeof what));
    fputs("</p>\n", whole.file);
    page_wide(whole.file, "wide overview", "The same, drawn");
    sweep_chart(whole.file, sweep);
    fputs("</div>\n", whole.file);
    page_table(whole.file, sweep);
    fputs("<p class=\"soft\">Medians of runs that took turns. Unchanged: ", whole.file);
    put_html(whole.file, sweep->fixed);
    fputs("</p>\n<pre tabindex=\"0\">", whole.file);
    put_html(whole.file, command);
    fputs("</pre>\n", whole.file);
    page_end(whole.file);
    return whole_end(&whole, why, cap);
}
