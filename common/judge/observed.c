// SPDX-License-Identifier: MIT
//
// observed.c: see observed.h.

#include "observed.h"

#include "flat.h"
#include "job.h"
#include "lone.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const observed_needs[] = {"build/bin/twofold-diagnose", "build/lib/check.so",
                                      "build/lib/team.so", NULL};

bool observed_read(const char *line, struct observed *o) {
    double number = 0;
    *o = (struct observed){0};
    if (!flat_text(line, "kind", o->kind, sizeof o->kind) || !strcmp(o->kind, "infra") ||
        !flat_text(line, "text", o->text, sizeof o->text))
        return false;
    flat_text(line, "file", o->file, sizeof o->file);
    flat_text(line, "try", o->advice, sizeof o->advice);
    if (flat_number(line, "line", &number) && number > 0 && number < 1e8)
        o->line = (int)number;
    return true;
}

static void read_evidence(const char *path, struct observation *seen) {
    FILE *const file = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;
    while (file && seen->count < OBSERVED_MAX && getline(&line, &room, file) > 0)
        seen->count += observed_read(line, &seen->at[seen->count]);
    free(line);
    if (file)
        fclose(file);
}

bool case_observe(const struct subject *subject, const struct case_spec *spec, int ranks,
                  double seconds, struct observation *seen) {
    char path[PATH_MAX], diagnose[PATH_MAX];
    char witness[sizeof((struct record *)0)->witness];
    struct command command = {0};
    struct outcome outcome;
    *seen = (struct observation){0};
    const bool on_ranks = case_on_ranks(subject, spec);
    if (!subject->root || !subject->verifier || !(on_ranks || case_is_threads(subject, spec)))
        return false;
    snprintf(diagnose, sizeof diagnose, "%s/%s", subject->root, observed_needs[0]);
    if (access(diagnose, X_OK) != 0 || !job_make(subject->dir) || !job_begin(subject->dir))
        return false;
    snprintf(path, sizeof path, "%s/job/evidence", subject->dir);
    command_add(&command, "%s", diagnose);
    if (on_ranks) {
        command_add(&command, "-n");
        command_add(&command, "%d", ranks);
    }
    command_add(&command, "--seconds");
    command_add(&command, "%g", seconds);
    command_add(&command, "--evidence");
    command_add(&command, "%s", path);
    command_add(&command, "--");
    struct command words = case_words(subject, subject->program, spec, NULL);
    command_add_all(&command, words.argv);
    command_free(&words);
    case_run_command(subject, spec, &command, seconds + 10, witness, &outcome);
    const bool good = outcome.started && !outcome.over_time && !outcome.verdict &&
                      outcome.status <= 1 && job_take(subject->dir, "evidence");
    snprintf(path, sizeof path, "%s/taken/evidence", subject->dir);
    if (good)
        read_evidence(path, seen);
    outcome_free(&outcome);
    command_free(&command);
    return good;
}
