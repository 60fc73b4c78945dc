// SPDX-License-Identifier: MIT
#include "progress.h"

#include "process.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

void progress_begin(struct progress *progress, int labs, double until) {
    *progress = (struct progress){.labs = labs, .until = until, .begin = process_now()};
}

void progress_lab(struct progress *progress, const char *name) {
    const int before = progress->lab++;
    const double t = process_now();
    progress->name = name;
    // Until more is known the lab is taken for one like those before.
    progress->lab_end = before ? t + (t - progress->begin) / before : 0;
}

void progress_expect(struct progress *progress, double seconds) {
    if (!isnan(seconds))
        progress->lab_end = process_now() + seconds;
}

double progress_left(const struct progress *progress) {
    const double t = process_now();
    const double budget = progress->until > t ? progress->until - t : 0;
    if (progress->lab_end <= 0) // the very first run
        return budget > 0 ? budget : NAN;
    const double end = progress->lab_end > t ? progress->lab_end : t;
    const double each = (end - progress->begin) / progress->lab;
    const double needed = end - t + each * (progress->labs - progress->lab);
    return needed > budget ? needed : budget;
}

void progress_show(struct progress *progress) {
    char line[256], name[96], rest[64] = "";
    struct winsize window;
    const double left = progress_left(progress), past = process_now() - progress->begin;
    int width = 80;
    if (!isatty(STDERR_FILENO))
        return;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 1)
        width = window.ws_col;
    if (!isnan(left)) {
        if (progress->lab_end > 0)
            progress->shown = fmax(progress->shown, past / (past + left + 1));
        // To the second, it would only flicker.
        snprintf(rest, sizeof rest, "%2.0f %%, about %.0f s left: ", floor(100 * progress->shown),
                 left > 20 ? 5 * ceil(left / 5) : fmax(1, ceil(left)));
    }
    snprintf(line, sizeof line, "%s%s (%d of %d), %s, %s", rest, progress->name, progress->lab,
             progress->labs, progress->doing, row_name(progress->row, name, sizeof name));
    fprintf(stderr, "\r%.*s\033[K", width - 1, line);
}

void progress_clear(void) {
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
}
