// SPDX-License-Identifier: MIT
//
// stats.h: the middle of a series of measurements, and how far it is spread.

#ifndef TWOFOLD_STATS_H
#define TWOFOLD_STATS_H

struct spread {
    int times;                // measurements; 0: the rest is NAN
    double low, median, high; // the quartiles
};

// The value below which a share q (0 to 1) of the n values lies, interpolated linearly (definition
// 7 of Hyndman and Fan, 1996). sorted: ascending; n at least 1.
double quantile(const double *sorted, int n, double q);

// Of n values in any order; those that are NAN are left out. At most 64 are looked at.
struct spread spread_of(const double *values, int n);
// Of the ratios a[i] / b[i] of the pairs in which neither is NAN.
struct spread spread_of_ratios(const double *a, const double *b, int n);

// Half the distance between the quartiles as a share of the median: 0.02 is "± 2 %".
double spread_share(const struct spread *spread);

// How far two series that should be the same are apart: the median of |a[i] / b[i] - 1|.
double noise_of(const double *a, const double *b, int n);

#endif
