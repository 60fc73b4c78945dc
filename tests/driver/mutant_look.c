// SPDX-License-Identifier: MIT
//
// mutant_look.c: what the judge said of a wrong answer, line by line; see mutant.h.

#include "flat.h"
#include "mutant.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Are these words in the line's evidence or its hint? Both are compared as JSON writes them.
static bool says(const char *line, const char *words) {
    char *written = NULL;
    size_t size;
    const char *const evidence = strstr(line, "\"evidence\":");
    FILE *const to = open_memstream(&written, &size);
    if (!to)
        return false;
    flat_print(to, words);
    fclose(to);
    written[strlen(written) - 1] = '\0'; // without the quotes
    const bool found = evidence && strstr(evidence, written + 1);
    free(written);
    return found;
}

// Is it the one expected, or one of "WRONG|FLAKY"? A race is seen as either.
static bool is_expected(const char *verdict, const char *expected) {
    const size_t length = strlen(verdict);
    for (const char *at = expected; at; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL)
        if (strncmp(at, verdict, length) == 0 && (!at[length] || at[length] == '|'))
            return true;
    return false;
}

// Does its evidence name the line of the file? None is wanted: yes.
static bool points_at(const char *line, const struct expect *expect) {
    char place[96];
    snprintf(place, sizeof place, "{\"line\":%s,\"file\":\"%s\",", expect->line, expect->file);
    return !*expect->line || strstr(line, place);
}

static void tell(struct run *run, const char *line, const char *what) {
    const char *const evidence = strstr(line, "\"evidence\":");
    char verdict[16] = "no verdict";
    flat_text(line, "verdict", verdict, sizeof verdict);
    mutant_wrong(run, "# %s: %s; the journal: %.300s ...\n", what, verdict, line);
    mutant_wrong(run, "#   ... %.1200s\n", evidence ? evidence : "no evidence");
}

static bool is_printable(const char *line) {
    while ((unsigned char)*line >= ' ' && *line != 0x7f)
        line++;
    return !*line;
}

bool mutant_is_of_build(const struct run *run) {
    const size_t length = strlen(run->expect.check);
    return length > 6 && strcmp(run->expect.check + length - 6, "-build") == 0;
}

void mutant_look(struct run *run, const struct setting *setting, const char *line) {
    char check[48] = "", verdict[16] = "";
    double points = 0, max_points = 0;
    if (!is_printable(line))
        tell(run, line, "a control character in the journal");
    if (!flat_text(line, "check", check, sizeof check) ||
        !flat_text(line, "verdict", verdict, sizeof verdict) ||
        !flat_number(line, "points", &points) || !flat_number(line, "max_points", &max_points)) {
        tell(run, line, "no check, verdict, points and max_points in it");
        return;
    }
    const bool pass = strcmp(verdict, "PASS") == 0;
    // A clock says nothing on a busy machine, and must then say so.
    const bool untimed = !strcmp(verdict, "UNGRADED") && strlen(check) > 6 &&
                         !strcmp(check + strlen(check) - 6, "-speed");
    run->points += points;
    run->max_points += untimed ? 0 : max_points;
    if (run->kind == SOLUTIONS && !pass && !untimed) {
        tell(run, line, "the solutions are right");
    } else if (run->kind == STARTERS && max_points > 0) {
        run->todo += strcmp(verdict, "TODO") == 0;
        if (strcmp(verdict, "TODO") != 0 && strcmp(verdict, "SKIP") != 0)
            tell(run, line, "nothing is written yet");
    } else if (run->kind == MUTANT && strcmp(check, run->expect.check) == 0) {
        run->seen = true;
        run->passed = pass;
        run->ungraded = strcmp(verdict, "UNGRADED") == 0;
        if (!is_expected(verdict, run->expect.verdict))
            tell(run, line, "another verdict");
        else if (*run->expect.says && !says(line, run->expect.says))
            tell(run, line, "other words");
        else if (!points_at(line, &run->expect))
            tell(run, line, "another line of the file, or none");
        else if (setting->hostile && !pass && points > 0)
            tell(run, line, "points for an answer that is not right");
    } else if (run->kind == MUTANT && !pass &&
               !(mutant_is_of_build(run) && strcmp(verdict, "SKIP") == 0)) {
        tell(run, line, "the mutant is about another check");
    }
}
