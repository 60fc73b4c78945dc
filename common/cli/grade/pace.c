// SPDX-License-Identifier: MIT
//
// pace.c: see pace.h.

#include "pace.h"

#include <stdio.h>
#include <string.h>

// How many the lane has come to its end with, and how many it has before it.
static size_t ended(const struct pace *p) {
    const size_t known = p->done + (p->lane == PACE_RIGHT ? p->waiting : 0);
    return known > p->before ? known - p->before : 0;
}

static size_t ahead(const struct pace *p) {
    return p->lane == PACE_SPEED   ? p->waiting
           : p->lane == PACE_RIGHT ? p->jobs - p->done - p->waiting
                                   : p->jobs - p->done;
}

double pace_left(const struct pace *p) {
    const double had = (double)ended(p), has = (double)ahead(p);
    if (had == 0)
        return -1;
    if (p->lane != PACE_SPEED)
        return p->seconds * has / had;
    // One at a time: the one under way has behind it what it took up to now.
    const double each = (p->seconds - p->now_seconds) / had;
    return each * has - (p->now_seconds < each ? p->now_seconds : each);
}

static void duration(double seconds, char text[32]) {
    if (seconds < 90)
        snprintf(text, 32, "%.0f s", seconds);
    else if (seconds < 5400)
        snprintf(text, 32, "%.0f min", seconds / 60);
    else
        snprintf(text, 32, "%.1f h", seconds / 3600);
}

static void add(const char *part, size_t width, char *text, size_t cap) {
    const size_t used = strlen(text), more = strlen(part);
    if (used + more <= width && used + more < cap)
        memcpy(text + used, part, more + 1);
}

void pace_line(const struct pace *p, size_t width, char *text, size_t cap) {
    char part[256], time[32];
    const double left = pace_left(p);
    switch (p->lane) {
    case PACE_WHOLE:
        snprintf(part, sizeof part, "%zu of %zu judged", p->done, p->jobs);
        break;
    case PACE_RIGHT:
        snprintf(part, sizeof part, "%zu of %zu judged but for speed", p->done + p->waiting,
                 p->jobs);
        break;
    case PACE_SPEED:
        snprintf(part, sizeof part, "%zu of %zu timed alone", ended(p), ended(p) + ahead(p));
        break;
    }
    *text = '\0';
    add(part, width, text, cap);
    if (left >= 0 && ahead(p)) {
        duration(left, time);
        snprintf(part, sizeof part, ", about %s left", time);
        add(part, width, text, cap);
    }
    if (p->now) {
        duration(p->now_seconds, time);
        snprintf(part, sizeof part, "; longest now: %.96s, %s", p->now, time);
        add(part, width, text, cap);
    }
    if (p->slowest) {
        duration(p->slowest_seconds, time);
        snprintf(part, sizeof part, "; slowest: %.96s, %s", p->slowest, time);
        add(part, width, text, cap);
    }
}
