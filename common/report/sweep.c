// SPDX-License-Identifier: MIT
//
// sweep.c: see sweep.h.

#include "sweep.h"

#include "escape.h"
#include <math.h>
#include <string.h>

struct spread spot_spread(const struct spot *spot) {
    return spread_of(spot ? spot->figure : NULL, spot && !*spot->why ? spot->runs : 0);
}

const char *sweep_number(enum sweep_show show, double figure, char text[SHOW_CAP + 8]) {
    char number[SHOW_CAP];
    if (show == SWEEP_MEMORY)
        return show_bytes(figure, text);
    if (show != SWEEP_RATE || isnan(figure))
        return show_time(figure, text);
    snprintf(text, SHOW_CAP + 8, "%s/s", show_count(figure, number));
    return text;
}

const char *sweep_title(const struct sweep *sweep, char *text, unsigned long cap) {
    if (sweep->show == SWEEP_TIME)
        snprintf(text, cap, "time");
    else if (sweep->show == SWEEP_EACH)
        snprintf(text, cap, "time for each of the %s", sweep->unit);
    else if (sweep->times)
        snprintf(text, cap, "%s times %s, a second", sweep->unit, sweep->x.name);
    else
        snprintf(text, cap, "%s a second", sweep->unit);
    return text;
}

// Is this figure better than the best up to now? NAN never is.
static bool is_better(const struct sweep *sweep, double figure, double best) {
    return isnan(best) ? !isnan(figure)
                       : (sweep->show == SWEEP_RATE ? figure > best : figure < best);
}

int sweep_best_by(const struct sweep *sweep, int version, int point) {
    int best = -1;
    double least = NAN;
    for (int b = 0; b < sweep->by.count; b++) {
        const double median = spot_spread(&sweep->at[version][b][point]).median;
        if (is_better(sweep, median, least)) {
            best = b;
            least = median;
        }
    }
    return best;
}

int sweep_best(const struct sweep *sweep, int by, int point) {
    int best = -1;
    double least = NAN;
    for (int v = 0; v < sweep->versions; v++) {
        const double median = spot_spread(&sweep->at[v][by][point]).median;
        if (is_better(sweep, median, least)) {
            best = v;
            least = median;
        }
    }
    return best;
}

// -- views -------------------------------------------------------------------------------------------

int sweep_views(const struct sweep *sweep) {
    return sweep->by.count > 1 && sweep->versions > 1 ? 1 + sweep->by.count : 1;
}

// One version: a line for each value of `by`.
static void view_values(const struct sweep *sweep, struct curves *curves) {
    curves->lines = sweep->by.count;
    for (int b = 0; b < sweep->by.count; b++) {
        snprintf(curves->name[b], sizeof *curves->name, "%.23s", sweep->by.text[b]);
        for (int p = 0; p < sweep->x.count; p++)
            curves->spot[b][p] = &sweep->at[0][b][p];
    }
}

// A line for each version, at this value of `by`; -1: at the one that is best for it.
static void view_versions(const struct sweep *sweep, int by, struct curves *curves) {
    curves->lines = sweep->versions;
    for (int v = 0; v < sweep->versions; v++) {
        snprintf(curves->name[v], sizeof *curves->name, "%s", sweep->version[v]);
        for (int p = 0; p < sweep->x.count; p++) {
            const int at = by < 0 ? sweep_best_by(sweep, v, p) : by;
            curves->spot[v][p] = at < 0 ? NULL : &sweep->at[v][at][p];
        }
    }
}

void sweep_view(const struct sweep *sweep, int view, bool memory, struct curves *curves) {
    char what[96];
    const char *const name = sweep->by.name;
    *curves = (struct curves){.of = sweep, .show = memory ? SWEEP_MEMORY : sweep->show};
    if (memory)
        snprintf(what, sizeof what, "memory of the whole job");
    else
        sweep_title(sweep, what, sizeof what);
    if (sweep->by.count > 1 && sweep->versions == 1) {
        view_values(sweep, curves);
        snprintf(curves->title, sizeof curves->title, "%s, %s: %s, a line for each value of %s",
                 sweep->lab, sweep->version[0], what, name);
    } else if (sweep->by.count > 1 && view == 0) {
        view_versions(sweep, -1, curves);
        snprintf(curves->title, sizeof curves->title, "%s: %s, each with the best %s", sweep->lab,
                 what, name);
    } else {
        const int by = view > 0 ? view - 1 : 0;
        view_versions(sweep, by, curves);
        snprintf(curves->title, sizeof curves->title, "%s: %s%s%s%s%s", sweep->lab, what,
                 *name ? ", " : "", name, *name ? "=" : "", *name ? sweep->by.text[by] : "");
    }
}

struct spread curves_spread(const struct curves *curves, int line, int point) {
    const struct spot *const spot = curves->spot[line][point];
    if (curves->show == SWEEP_MEMORY)
        return spread_of(spot ? &spot->memory : NULL, spot && spot->memory > 0);
    return spot_spread(spot);
}

bool curves_log_x(const struct curves *curves) {
    enum { FAR = 16 };
    const struct axis *const x = &curves->of->x;
    double least = HUGE_VAL, most = 0;
    for (int p = 0; p < x->count; p++) {
        least = fmin(least, x->at[p]);
        most = fmax(most, x->at[p]);
    }
    return least > 0 && most >= FAR * least;
}

bool curves_log_y(const struct curves *curves) {
    enum { FAR = 8 };
    double least = HUGE_VAL, most = 0;
    for (int l = 0; l < curves->lines; l++)
        for (int p = 0; p < curves->of->x.count; p++) {
            const struct spread spread = curves_spread(curves, l, p);
            if (spread.times == 0)
                continue;
            least = fmin(least, spread.low);
            most = fmax(most, spread.high);
        }
    return least > 0 && most >= FAR * least;
}

// -- for other programs ------------------------------------------------------------------------------

// Calls for every spot, x outermost.
static void each_spot(FILE *file, const struct sweep *sweep,
                      void (*put)(FILE *file, const struct sweep *sweep, int v, int b, int p)) {
    for (int p = 0; p < sweep->x.count; p++)
        for (int b = 0; b < sweep->by.count; b++)
            for (int v = 0; v < sweep->versions; v++)
                put(file, sweep, v, b, p);
}

static void csv_line(FILE *file, const struct sweep *sweep, int v, int b, int p) {
    const struct spot *const spot = &sweep->at[v][b][p];
    const struct spread spread = spot_spread(spot);
    fprintf(file, "%s,", sweep->x.text[p]);
    if (*sweep->by.name)
        fprintf(file, "%s,", sweep->by.text[b]);
    fprintf(file, "%s,%d,", sweep->version[v], spread.times);
    if (spread.times > 0)
        fprintf(file, "%.6g,%.6g,%.6g", spread.low, spread.median, spread.high);
    else
        fputs(",,", file);
    if (sweep->memory && spot->memory > 0)
        fprintf(file, ",%.0f\n", spot->memory);
    else
        fputs(sweep->memory ? ",\n" : "\n", file);
}

void sweep_csv(FILE *file, const struct sweep *sweep) {
    fprintf(file, "%s%s%s,version,runs,low,median,high%s\n", sweep->x.name,
            *sweep->by.name ? "," : "", sweep->by.name, sweep->memory ? ",memory" : "");
    each_spot(file, sweep, csv_line);
}

static void json_words(FILE *file, const char *name, const char *words) {
    fprintf(file, ",\"%s\":", name);
    put_json(file, words);
}

static void json_number(FILE *file, const char *name, double figure) {
    if (isfinite(figure))
        fprintf(file, ",\"%s\":%.10g", name, figure);
    else
        fprintf(file, ",\"%s\":null", name);
}

static void json_line(FILE *file, const struct sweep *sweep, int v, int b, int p) {
    static const char *const shows[] = {"time", "each", "rate"};
    const struct spot *const spot = &sweep->at[v][b][p];
    const struct spread spread = spot_spread(spot);
    fputs("{\"v\":1,\"kind\":\"sweep\"", file);
    json_words(file, "lab", sweep->lab);
    json_words(file, "axis", sweep->x.name);
    json_words(file, "value", sweep->x.text[p]);
    if (*sweep->by.name) {
        json_words(file, "by", sweep->by.name);
        json_words(file, "by_value", sweep->by.text[b]);
    }
    json_words(file, "version", sweep->version[v]);
    json_words(file, "show", shows[sweep->show]);
    fprintf(file, ",\"runs\":%d", spread.times);
    json_number(file, "low", spread.low);
    json_number(file, "median", spread.median);
    json_number(file, "high", spread.high);
    json_number(file, "memory", spot->memory > 0 ? spot->memory : NAN);
    json_words(file, "why", spot->why);
    fputs("}\n", file);
}

void sweep_json(FILE *file, const struct sweep *sweep) {
    each_spot(file, sweep, json_line);
}
