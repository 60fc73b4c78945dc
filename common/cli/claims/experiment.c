// SPDX-License-Identifier: MIT
//
// experiment.c: see experiment.h.

#include "experiment.h"

#include "predictions.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool experiment_has_second(const struct experiment *e) {
    return e->kind == KIND_DEARER || e->kind == KIND_FASTER || e->kind == KIND_OVERLAPS ||
           e->kind == KIND_MEMORY;
}

// "from 0.7 to 1.4", "from 2", "to 3".
static bool read_bounds(const char *part, struct experiment *e) {
    char end = '\0';
    e->from = -HUGE_VAL;
    e->to = HUGE_VAL;
    e->judged = true;
    return (sscanf(part, "from %lf to %lf%c", &e->from, &e->to, &end) == 2 ||
            (e->to = HUGE_VAL, sscanf(part, "from %lf%c", &e->from, &end) == 1) ||
            (e->from = -HUGE_VAL, sscanf(part, "to %lf%c", &e->to, &end) == 1)) &&
           e->from <= e->to;
}

static bool read_line(char *line, int cores, int most, struct experiment *e, char *why,
                      size_t cap) {
    static const char *const names[] = {"each",     "dearer", "launch", "faster",
                                        "overlaps", "says",   "dies",   "memory"};
    char kind[16], *rest = line;
    char *const head = predictions_part(&rest), *const title = predictions_part(&rest);
    char *const first = predictions_part(&rest), *const next = predictions_part(&rest);
    size_t i = 0;
    *e = (struct experiment){.cores = 1};
    snprintf(why, cap, "it is not \"C1 each | TITLE | CASE\"");
    if (!head || sscanf(head, "C%4d %15s cores=%4d", &e->claim, kind, &e->cores) < 2 || !title ||
        !*title || !first)
        return false;
    if (e->claim < 1 || e->claim > most) {
        snprintf(why, cap, "there is no claim C%d; they are C1 to C%d", e->claim, most);
        return false;
    }
    while (i < sizeof names / sizeof *names && strcmp(names[i], kind) != 0)
        i++;
    if (i == sizeof names / sizeof *names) {
        snprintf(why, cap,
                 "there is no experiment '%s'; there are each, dearer, launch, faster, overlaps, "
                 "says, dies and memory",
                 kind);
        return false;
    }
    e->kind = (enum kind)i;
    snprintf(e->title, sizeof e->title, "%s", title);
    if (!predictions_case(first, cores, &e->first, why, cap))
        return false;
    snprintf(why, cap, "the part after the case is missing");
    if (e->kind == KIND_SAYS) {
        e->judged = true;
        return next && *next && snprintf(e->words, sizeof e->words, "%s", next) > 0;
    }
    if (e->kind == KIND_DIES)
        return e->judged = true;
    const char *bounds = next;
    if (experiment_has_second(e)) {
        if (!next || !predictions_case(next, cores, &e->second, why, cap))
            return false;
        bounds = predictions_part(&rest);
    }
    snprintf(why, cap, "the second case must have more workers than the first");
    if (e->kind == KIND_MEMORY && e->second.workers <= e->first.workers)
        return false;
    snprintf(why, cap, "'%.100s' is not \"from 2\", \"to 3\" or \"from 2 to 3\"",
             bounds ? bounds : "");
    return !bounds || read_bounds(bounds, e);
}

bool experiments_read(const char *path, int lab, int cores, int most, struct experiments *all,
                      char *text, size_t cap) {
    FILE *const file = fopen(path, "re");
    char *line = NULL, why[256];
    size_t room = 0;
    bool good = true;
    if (!file && errno == ENOENT)
        return true;
    if (!file)
        snprintf(text, cap, "%s cannot be read: %s.", path, strerror(errno));
    for (int number = 1; file && good && getline(&line, &room, file) >= 0; number++) {
        if (*line == '#' || line[strspn(line, " \t\r\n")] == '\0')
            continue;
        struct experiment *const e = &all->at[all->count];
        snprintf(why, sizeof why, "all labs together have more than %d lines", EXPERIMENTS_MAX);
        good = all->count < EXPERIMENTS_MAX && read_line(line, cores, most, e, why, sizeof why);
        if (good)
            e->lab = lab;
        else
            snprintf(text, cap, "%s, line %d: %s.", path, number, why);
        all->count += good;
    }
    free(line);
    if (file)
        fclose(file);
    return file && good;
}
