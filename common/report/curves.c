// SPDX-License-Identifier: MIT
//
// curves.c: the charts of a sweep (sweep.h). Lines are told apart by colour (after Okabe and Ito,
// 2008), by dashes, and by the name at their end, so that nobody depends on colours.

#include "sweep.h"

#include "svg.h"
#include <math.h>
#include <string.h>

enum { LEFT = 78, RIGHT = 640, HIGH = 34, LOW = 330, WIDE = 740, HEIGHT = 384, GAP = 14 };
static const char *const colours[SERIES_MAX] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                "#b58900", "#56b4e9", "#8a929e", "#9c5fb5"};

// A scale from lo to hi; with logs of both where it is logarithmic.
struct scale {
    double base; // of the logarithms; 0: it is not logarithmic
    double lo, hi, step;
};

static double on_scale(const struct scale *scale, double value) {
    return scale->base > 0 ? log(value) / log(scale->base) : value;
}

static double share(const struct scale *scale, double value) {
    const double v = on_scale(scale, value);
    return (v - scale->lo) / (scale->hi - scale->lo);
}

static double at_x(const struct scale *scale, double value) {
    return LEFT + (RIGHT - LEFT) * share(scale, value);
}

static double at_y(const struct scale *scale, double value) {
    return LOW - (LOW - HIGH) * share(scale, value);
}

static struct scale scale_x(const struct curves *curves) {
    const struct axis *const x = &curves->of->x;
    struct scale scale = {curves_log_x(curves) ? 10 : 0, HUGE_VAL, -HUGE_VAL, 0};
    for (int p = 0; p < x->count; p++) {
        const double v = on_scale(&scale, x->at[p]);
        scale.lo = fmin(scale.lo, v);
        scale.hi = fmax(scale.hi, v);
    }
    if (scale.hi <= scale.lo)
        scale.hi = scale.lo + 1;
    return scale;
}

// The step from one line to the next: 1, 2 or 5 times a power of ten, and of bytes a power of two, so
// that a few of them reach `most`.
static double step_to(double most, bool bytes) {
    enum { LINES = 5 };
    static const double nice[] = {1, 2, 5, 10};
    const double least = most / LINES, power = pow(10, floor(log10(least)));
    int i = 0;
    if (bytes)
        return exp2(ceil(log2(least)));
    while (i < 3 && nice[i] * power < least)
        i++;
    return nice[i] * power;
}

// From 0, or from a power to another: of ten, and of four where it is bytes.
static struct scale scale_y(const struct curves *curves) {
    const bool bytes = curves->show == SWEEP_MEMORY;
    struct scale scale = {curves_log_y(curves) ? bytes ? 4 : 10 : 0, HUGE_VAL, -HUGE_VAL, 1};
    for (int l = 0; l < curves->lines; l++)
        for (int p = 0; p < curves->of->x.count; p++) {
            const struct spread spread = curves_spread(curves, l, p);
            if (spread.times == 0)
                continue;
            scale.lo = fmin(scale.lo, on_scale(&scale, spread.low));
            scale.hi = fmax(scale.hi, on_scale(&scale, spread.high));
        }
    if (!(scale.hi > 0) && scale.base == 0)
        scale.hi = 1; // nothing was measured
    if (scale.base == 0) {
        scale.lo = 0;
        scale.step = step_to(scale.hi, bytes);
    }
    scale.lo = floor(scale.lo);
    scale.hi = scale.step * ceil(scale.hi / scale.step - 1e-9);
    return scale;
}

static void axes(FILE *file, const struct curves *curves, const struct scale *x,
                 const struct scale *y) {
    char number[SHOW_CAP + 8];
    const struct axis *const axis = &curves->of->x;
    const int steps = (int)lround((y->hi - y->lo) / y->step);
    double last = -HUGE_VAL;
    for (int i = 0; i <= steps; i++) {
        const double v = y->lo + y->step * i;
        const double value = y->base > 0 ? pow(y->base, v) : v, at = at_y(y, value);
        fprintf(file, "<path class=\"rule\" d=\"M%d %.1fH%d\"/>\n", LEFT, at, RIGHT);
        svg_text(file, LEFT - 8, at + 4, "end soft", sweep_number(curves->show, value, number));
    }
    for (int p = 0; p < axis->count; p++) {
        const double at = at_x(x, axis->at[p]), room = 8 * (double)strlen(axis->text[p]) + 10;
        fprintf(file, "<path class=\"rule\" d=\"M%.1f %dv4\"/>\n", at, LOW);
        if (fabs(at - last) < room)
            continue;
        svg_text(file, at, LOW + 18, "mid soft", axis->text[p]);
        last = at;
    }
    svg_text(file, (LEFT + RIGHT) / 2.0, LOW + 38, "mid soft", axis->name);
}

// The last value at which there is a figure; -1: none.
static int last_of(const struct curves *curves, int l) {
    int p = curves->of->x.count - 1;
    while (p >= 0 && curves_spread(curves, l, p).times == 0)
        p--;
    return p;
}

static void line(FILE *file, const struct curves *curves, int l, const struct scale *x,
                 const struct scale *y) {
    const struct axis *const axis = &curves->of->x;
    bool first = true;
    fprintf(file, "<g stroke=\"%s\" fill=\"none\"><path stroke-width=\"2\"%s d=\"", colours[l],
            l % 2 ? " stroke-dasharray=\"7 3\"" : "");
    for (int p = 0; p < axis->count; p++) {
        const struct spread spread = curves_spread(curves, l, p);
        if (spread.times == 0)
            continue;
        fprintf(file, "%s%.1f %.1f", first ? "M" : "L", at_x(x, axis->at[p]),
                at_y(y, spread.median));
        first = false;
    }
    fputs("\"/>\n", file);
    for (int p = 0; p < axis->count; p++) {
        const struct spread spread = curves_spread(curves, l, p);
        if (spread.times == 0)
            continue;
        const double at = at_x(x, axis->at[p]);
        fprintf(file, "<path d=\"M%.1f %.1fV%.1f\"/><circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>\n",
                at, at_y(y, spread.low), at_y(y, spread.high), at, at_y(y, spread.median));
    }
    fputs("</g>\n", file);
}

// Names at the ends of the lines, from the top down, pushed apart where they would touch.
static void names(FILE *file, const struct curves *curves, const struct scale *y) {
    bool done[SERIES_MAX] = {false};
    double free_from = 0;
    for (int n = 0; n < curves->lines; n++) {
        int next = -1;
        double top = HUGE_VAL;
        for (int l = 0; l < curves->lines; l++) {
            const int p = done[l] ? -1 : last_of(curves, l);
            const double at = p < 0 ? HUGE_VAL : at_y(y, curves_spread(curves, l, p).median);
            if (at < top) {
                next = l;
                top = at;
            }
        }
        if (next < 0)
            return;
        done[next] = true;
        const double at = fmax(top, free_from);
        fprintf(file, "<path stroke=\"%s\" stroke-width=\"2\" d=\"M%d %.1fh8\"/>\n", colours[next],
                RIGHT + 8, at);
        svg_text(file, RIGHT + 20, at + 4, "", curves->name[next]);
        free_from = at + GAP;
    }
}

void curves_chart(FILE *file, const struct curves *curves) {
    const struct scale x = scale_x(curves), y = scale_y(curves);
    svg_begin(file, WIDE, HEIGHT, curves->title);
    svg_title(file, curves->title,
              curves->show == SWEEP_MEMORY ? "of one run each"
                                           : "medians; the upright lines span the quartiles");
    axes(file, curves, &x, &y);
    for (int l = 0; l < curves->lines; l++)
        line(file, curves, l, &x, &y);
    names(file, curves, &y);
    fputs("</svg>\n", file);
}
