// SPDX-License-Identifier: MIT
#include "stats.h"
#include <math.h>
#include <stdlib.h>

enum { VALUES_MAX = 64 };

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double quantile(const double *sorted, int n, double q) {
    const double at = q * (n - 1);
    const int below = (int)at;
    if (below + 1 >= n)
        return sorted[n - 1];
    return sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
}

struct spread spread_of(const double *values, int n) {
    double sorted[VALUES_MAX];
    int known = 0;
    for (int i = 0; i < n && known < VALUES_MAX; i++)
        if (!isnan(values[i]))
            sorted[known++] = values[i];
    if (known == 0)
        return (struct spread){0, NAN, NAN, NAN};
    qsort(sorted, (size_t)known, sizeof *sorted, ascending);
    return (struct spread){known, quantile(sorted, known, 0.25), quantile(sorted, known, 0.5),
                           quantile(sorted, known, 0.75)};
}

struct spread spread_of_ratios(const double *a, const double *b, int n) {
    double ratios[VALUES_MAX];
    int count = n < VALUES_MAX ? n : VALUES_MAX;
    for (int i = 0; i < count; i++)
        ratios[i] = b[i] > 0 ? a[i] / b[i] : NAN;
    return spread_of(ratios, count);
}

double spread_share(const struct spread *spread) {
    return spread->median > 0 ? (spread->high - spread->low) / 2 / spread->median : NAN;
}

double noise_of(const double *a, const double *b, int n) {
    double apart[VALUES_MAX];
    int count = n < VALUES_MAX ? n : VALUES_MAX;
    for (int i = 0; i < count; i++)
        apart[i] = b[i] > 0 ? fabs(a[i] / b[i] - 1) : NAN;
    return spread_of(apart, count).median;
}
