// SPDX-License-Identifier: MIT
//
// timeline.c: from the stamps of the signatures to a picture. Nobody tells a worker when it loses
// its core. But every 32nd of a signature takes the same time; where one took much longer than it
// needs, its worker stood still for the rest.

#include "timeline.h"

#include <stdlib.h>

enum { WIDTH = 1000, ROW = 24, GAP = 4, ROWS_MAX = 64, PARTS = HELLO_STAMPS - 1 };

struct axis {
    double from, to; // s
};

static int column(const struct axis *axis, double at) {
    const double share = (at - axis->from) / (axis->to - axis->from);
    return share <= 0 ? 0 : share >= 1 ? WIDTH : (int)(share * WIDTH);
}

static void bar(struct picture *picture, const struct axis *axis, int row, double from, double to,
                const uint8_t rgb[3]) {
    int end = column(axis, to);
    end += end == column(axis, from) && end < WIDTH; // however short, it shows
    for (int x = column(axis, from); x < end; x++)
        for (int y = GAP / 2; y < ROW - GAP / 2; y++)
            picture_set(picture, x, row * ROW + y, rgb);
}

static int by_size(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// How long a 32nd of a signature takes that nobody interrupts: a tenth of them were faster. 0: no
// memory, or no line.
static double usual_part(const struct line *roll, int n) {
    double *const took = malloc(((size_t)n * PARTS + 1) * sizeof *took), usual;
    size_t count = 0;
    if (!took)
        return 0;
    took[0] = 0;
    for (int i = 0; i < n; i++)
        for (int part = 0; roll[i].worker >= 0 && part < PARTS; part++)
            took[count++] = roll[i].stamp[part + 1] - roll[i].stamp[part];
    qsort(took, count, sizeof *took, by_size);
    usual = took[count / 10];
    free(took);
    return usual;
}

void hello_timeline(const struct line *roll, int n, struct picture *picture) {
    static const uint8_t dim[3] = {70, 70, 80}, floor[3] = {24, 24, 32};
    struct axis axis = {0, 0};
    int rows = 0;
    for (int i = 0; i < n; i++) {
        const struct line *const line = &roll[i];
        if (line->worker < 0 || line->of > ROWS_MAX)
            continue;
        axis.from = rows == 0 || line->begin < axis.from ? line->begin : axis.from;
        axis.to = rows == 0 || line->stamp[PARTS] > axis.to ? line->stamp[PARTS] : axis.to;
        rows = line->of > rows ? line->of : rows;
    }
    if (!picture_size(picture, rows > 0 ? WIDTH : 0, rows * ROW))
        return;
    axis.to = axis.to > axis.from ? axis.to : axis.from + 1;
    const double usual = usual_part(roll, n);
    for (int row = 0; row < rows; row++)
        bar(picture, &axis, row, axis.from, axis.to, floor);
    for (int i = 0; i < n; i++) {
        const struct line *const line = &roll[i];
        uint8_t rgb[3];
        if (line->worker < 0 || line->worker >= rows || line->of > ROWS_MAX)
            continue;
        picture_ramp(0.4 + 0.6 * line->worker / rows, rgb);
        bar(picture, &axis, line->worker, line->begin, line->stamp[0], dim);
        for (int part = 0; part < PARTS; part++) {
            const double end = line->stamp[part + 1], took = end - line->stamp[part];
            bar(picture, &axis, line->worker, took > 2 * usual ? end - usual : line->stamp[part],
                end, rgb);
        }
    }
}
