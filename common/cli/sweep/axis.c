// SPDX-License-Identifier: MIT
//
// axis.c: see axis.h.

#include "axis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool axis_is_many(const char *list) {
    return strchr(list, ',') || strstr(list, "..");
}

// A number that ends at *end; NAN: there is none.
static double number(const char *text, char **end) {
    const double value = strtod(text, end);
    const double times = **end == 'K' ? 1024 : **end == 'M' ? 1024.0 * 1024 : 1;
    if (*end == text || !isfinite(value))
        return NAN;
    *end += times > 1;
    return value * times;
}

static bool add(struct axis *axis, double value, char *why, unsigned long cap) {
    if (axis->count == POINTS_MAX) {
        snprintf(why, cap, "there are more than %d values; take a longer step, as in 1..4M*4",
                 POINTS_MAX);
        return false;
    }
    snprintf(axis->text[axis->count], sizeof *axis->text, "%.15g", value);
    axis->at[axis->count++] = value;
    return true;
}

static bool range(const char *list, struct axis *axis, char *why, unsigned long cap) {
    char first[64], *end;
    const char *const dots = strstr(list, "..");
    snprintf(first, sizeof first, "%.*s", (int)(dots - list), list); // "1." of "1..4" is a number
    const double from = number(first, &end), lo = *end ? NAN : from, hi = number(dots + 2, &end);
    const char by = *end ? *end : '*';
    const double step = *end ? number(end + 1, &end) : 2;
    if (isnan(lo) || isnan(hi) || *end || lo > hi || (by != '*' && by != '+') ||
        !(by == '*' ? step > 1 && lo > 0 : step > 0)) {
        snprintf(why, cap,
                 "'%.60s' is no range; write 1..4M (twice as much each time, from more than 0), "
                 "1..4M*4 or 0..100+25",
                 list);
        return false;
    }
    const double most = hi + 1e-9 * fabs(hi); // 0.1 three times is a little more than 0.3,
    double value = lo;
    while (value <= most) {
        if (!add(axis, value, why, cap))
            return false;
        value = by == '*' ? value * step : value + step;
        if (by == '+' && fabs(value) < 1e-9 * step)
            value = 0; // and -0.3 and three times 0.1 a little more than 0
    }
    return true;
}

bool axis_read(const char *list, struct axis *axis, char *why, unsigned long cap) {
    axis->count = 0;
    if (strstr(list, ".."))
        return range(list, axis, why, cap);
    for (char *end = NULL;; list = end + 1) {
        const double value = number(list, &end);
        if (isnan(value) || (*end && *end != ',')) {
            snprintf(why, cap, "'%.60s' is no number; write a list as in 1,8,64K", list);
            return false;
        }
        if (!add(axis, value, why, cap))
            return false;
        if (!*end)
            return true;
    }
}
