// SPDX-License-Identifier: MIT
//
// why.c: see why.h.

#include "why.h"

#include "process.h"
#include "verifier.h"
#include <stdio.h>
#include <unistd.h>

enum { PATH_CAP = PATH_MAX + 256 };

// A line that begins with "# " is a comment, as in hints.txt.
static bool say_file(const char *path) {
    char line[400];
    FILE *const file = fopen(path, "re");
    bool said = false;
    while (file && fgets(line, sizeof line, file)) {
        if ((*line == '#' && (line[1] == ' ' || line[1] == '\n')) || (!said && *line == '\n'))
            continue;
        if (!said)
            putchar('\n');
        fputs(line, stdout);
        said = true;
    }
    if (file)
        fclose(file);
    return said;
}

// The table of predictions, by a program of its own, with the program that was just judged.
static void predict(const struct session *session) {
    char path[PATH_CAP];
    struct command command = {0};
    struct outcome o;
    snprintf(path, sizeof path, "%s/build/bin/twofold-predict", session->root);
    command_add(&command, "%s", path);
    command_add(&command, "%s", session->lab->name);
    command_add(&command, "--program");
    command_add(&command, "%s", session->program);
    if (access(path, X_OK) == 0)
        process_run(&command, &(struct how){.seconds = 180}, &o), outcome_free(&o);
    command_free(&command);
}

void why_say(const struct session *session) {
    char path[PATH_CAP];
    snprintf(path, sizeof path, "%s/labs/%s/why.txt", session->lab->home, session->lab->dir);
    say_file(path);
    snprintf(path, sizeof path, "%s/solutions/closed.txt", session->root);
    if (verifier_is_whole(session->lab) && access(path, F_OK) != 0)
        printf("\nYour files beside the reference solution: make diff LAB=%s\n",
               session->lab->name);
    fflush(stdout);
    predict(session);
}
