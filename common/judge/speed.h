// SPDX-License-Identifier: MIT
//
// speed.h: is an answer as fast as the reference solution? The decision over recorded times, and
// nothing else: it starts no program and reads no clock, so a test can give it any times.
//
// Theory of operation. Answer and reference run in turn, A B A B ..., each in a fresh process on
// the same input, and after each pair this is asked whether it knows enough. What is compared is the
// shortest time of each side, which a busy machine disturbs least; how far the second shortest is
// from it, in the reference's own runs too, is the noise. Then
//
//     enough for all points, noise set against the answer      all points, after two pairs already
//     fewer points, noise set in its favour, both sides calm   the points of the curve, never before
//                                                              five pairs
//     other programs had the cores meanwhile (a third of them  not graded: a machine that is not
//     after two pairs, a tenth after nine), or too much      calm costs nobody a point
//     noise after nine pairs
//
// A program says itself how long its kernel took; the judge's clock bounds it from outside. What a
// launch takes beyond its kernel (starting, making the input, writing the result) is the same for
// both sides. Where an answer seems to need much more for it than the reference ever did, its own
// figure is not believed, and the difference is counted as kernel time.

#ifndef TWOFOLD_SPEED_H
#define TWOFOLD_SPEED_H

#include <stdbool.h>
#include <stddef.h>

enum { SPEED_PAIRS_MAX = 9 };

// All points where the answer's speed is `full` of the reference's or more, none at `none` or less,
// evenly between. full 0: the check is not about speed.
struct curve {
    double full, none;
};

// One run.
struct timing {
    double inner;  // s: what the program says that its kernel took
    double outer;  // s: from its start to its end, by the judge's clock
    double others; // share of the machine's cores that other programs used meanwhile, 0 to 1
};

struct speed {
    enum { SPEED_MORE, SPEED_GRADED, SPEED_UNGRADED } state; // MORE: run another pair
    double share;                                            // of the points, 0 to 1, once graded
    double ours, reference;                                  // the shortest times, s
    double ratio; // reference / ours: 1 is as fast, 0.5 takes twice as long
    double noise; // of the reference against itself: 0.02 is 2 %
    int pairs;
    bool disbelieved; // the judge's clock contradicted the answer's own figure
    char why[400];    // what to say of UNGRADED
    char cores[64];   // those that were kept for what was timed, "2-3" (cores.h); "": none were
};

// The share of the points for a ratio: 0 to 1.
double curve_share(const struct curve *curve, double ratio);

// ours[i] and reference[i] are pair i.
struct speed speed_decide(const struct timing *ours, const struct timing *reference, int pairs,
                          const struct curve *curve);

// What a tree without solutions can tell: how much faster than the serial version the answer is,
// and how much of that each of the workers brings. Not graded: why says all of it.
struct speed speed_over_serial(const struct timing *ours, const struct timing *serial, int pairs,
                               int workers);

// "1.31 s against the reference's 1.25 s: 0.95 of its speed (2 pairs, ...); all points from ..."
void speed_words(const struct speed *speed, const struct curve *curve, char *text, size_t cap);

#endif
