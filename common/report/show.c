// SPDX-License-Identifier: MIT
#include "show.h"
#include <math.h>
#include <stdio.h>

// Three digits that mean something; more is noise.
static const char *three(double value, const char *unit, char text[SHOW_CAP]) {
    const double size = fabs(value);
    const int places = size >= 99.95 || size == 0 ? 0 : size >= 9.995 ? 1 : 2;
    snprintf(text, SHOW_CAP, "%.*f%s%s", places, value, *unit ? " " : "", unit);
    return text;
}

static const char *unknown(char text[SHOW_CAP]) {
    snprintf(text, SHOW_CAP, "-");
    return text;
}

const char *show_time(double seconds, char text[SHOW_CAP]) {
    if (isnan(seconds))
        return unknown(text);
    if (seconds >= 0.9995)
        return three(seconds, "s", text);
    if (seconds >= 0.9995e-3)
        return three(1e3 * seconds, "ms", text);
    return three(1e6 * seconds, "us", text);
}

// value in units of `step`, the unit moved on until there are at most four digits.
static const char *steps(double value, double step, const char *const units[],
                         char text[SHOW_CAP]) {
    int unit = 0;
    while (value >= 999.5 && units[unit + 1]) {
        value /= step;
        unit++;
    }
    if (unit > 0)
        return three(value, units[unit], text);
    snprintf(text, SHOW_CAP, "%.0f%s%s", value, *units[0] ? " " : "", units[0]);
    return text;
}

const char *show_bytes(double bytes, char text[SHOW_CAP]) {
    static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB", NULL};
    return isnan(bytes) ? unknown(text) : steps(bytes, 1024, units, text);
}

const char *show_count(double count, char text[SHOW_CAP]) {
    static const char *const units[] = {"", "k", "M", "G", "T", NULL};
    if (isnan(count))
        return unknown(text);
    if (count < 99999.5) {
        snprintf(text, SHOW_CAP, "%.0f", count);
        return text;
    }
    return steps(count, 1000, units, text);
}

const char *show_factor(double factor, char text[SHOW_CAP]) {
    if (isnan(factor))
        return unknown(text);
    if (factor < 0.0995 && factor > 0)
        snprintf(text, SHOW_CAP, "%.3f", factor);
    else
        three(factor, "", text);
    return text;
}

const char *show_percent(double share, char text[SHOW_CAP]) {
    if (isnan(share))
        return unknown(text);
    snprintf(text, SHOW_CAP, "%.*f %%", fabs(share) < 0.0995 ? 1 : 0, 100 * share);
    return text;
}
