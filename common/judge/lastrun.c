// SPDX-License-Identifier: MIT
//
// lastrun.c: see lastrun.h.

#include "lastrun.h"
#include "flat.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// One line of the journal.
struct entry {
    struct run_check check;
    char submission[96], rubric[96];
    double run, time;
    long at; // its number in the file
};

struct entries {
    struct entry *at;
    long count, room;
};

// -- reading -----------------------------------------------------------------------------------------

static bool add_line(struct entries *all, const char *line) {
    struct entry e = {.at = all->count};
    if (!flat_text(line, "check", e.check.id, sizeof e.check.id) ||
        !flat_text(line, "verdict", e.check.verdict, sizeof e.check.verdict))
        return true; // none of ours
    flat_number(line, "points", &e.check.points);
    flat_number(line, "max_points", &e.check.most);
    flat_text(line, "submission", e.submission, sizeof e.submission);
    flat_text(line, "rubric", e.rubric, sizeof e.rubric);
    flat_number(line, "run", &e.run);
    flat_number(line, "time", &e.time);
    if (all->count == all->room) {
        long room = all->room ? 2 * all->room : 64;
        struct entry *more = realloc(all->at, (size_t)room * sizeof *more);
        if (!more)
            return false;
        all->at = more;
        all->room = room;
    }
    if (!(e.check.line = strdup(line)))
        return false;
    all->at[all->count++] = e;
    return true;
}

static bool read_all(FILE *file, struct entries *all) {
    char *line = NULL;
    size_t room = 0;
    bool good = true;
    for (ssize_t n; good && (n = getline(&line, &room, file)) > 0;)
        if (line[n - 1] == '\n') {
            line[n - 1] = 0;
            good = add_line(all, line);
        }
    free(line);
    return good;
}

// -- what counts -------------------------------------------------------------------------------------

static int place(const struct lastrun *run, const char *id) {
    for (int i = 0; i < run->count; i++)
        if (strcmp(run->check[i].id, id) == 0)
            return i;
    return -1;
}

// Puts a later line about a check in the place of an earlier one, or a first one at the end.
static void put(struct lastrun *run, const struct run_check *check) {
    int at = place(run, check->id);
    if (at < 0 && run->count < CHECKS_MAX)
        run->check[run->count++] = *check;
    else if (at >= 0 && strcmp(check->verdict, "INFRA") != 0)
        run->check[at] = *check;
}

static void add_up(struct lastrun *run) {
    run->points = run->most = 0;
    for (int i = 0; i < run->count; i++) {
        run->points += run->check[i].points;
        run->most += run->check[i].most;
    }
}

// Lines of one run together, as they came: two judges may have written at once.
static int by_run(const void *a, const void *b) {
    const struct entry *x = a, *y = b;
    if (x->run != y->run)
        return x->run < y->run ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

// The best and the most complete run of this rubric. entries: by run.
static void look_at_runs(const struct entries *all, const char *rubric, struct lastrun *result,
                         struct lastrun *whole) {
    static struct lastrun one;
    long latest = -1; // where the most complete run ended
    for (long i = 0, end; i < all->count; i = end) {
        one = (struct lastrun){0};
        for (end = i; end < all->count && all->at[end].run == all->at[i].run; end++)
            put(&one, &all->at[end].check);
        if (strcmp(all->at[i].rubric, rubric) != 0)
            continue;
        add_up(&one);
        result->runs++;
        if (one.points > result->best)
            result->best = one.points;
        if (one.count > whole->count ||
            (one.count == whole->count && all->at[end - 1].at > latest)) {
            *whole = one;
            latest = all->at[end - 1].at;
        }
    }
}

// Puts the checks in the order of the most complete run; others follow as they came.
static void sort_checks(struct lastrun *run, const struct lastrun *whole) {
    int done = 0;
    for (int i = 0; i < whole->count; i++) {
        int at = place(run, whole->check[i].id);
        if (at < done)
            continue;
        struct run_check check = run->check[at];
        memmove(&run->check[done + 1], &run->check[done], (size_t)(at - done) * sizeof *run->check);
        run->check[done++] = check;
    }
}

static void decide(struct entries *all, struct lastrun *run, time_t written) {
    static struct lastrun whole;
    const struct entry last = all->at[all->count - 1];
    for (long i = 0; i < all->count; i++)
        if (strcmp(all->at[i].submission, last.submission) == 0 &&
            strcmp(all->at[i].rubric, last.rubric) == 0)
            put(run, &all->at[i].check);
    whole = (struct lastrun){0};
    qsort(all->at, (size_t)all->count, sizeof *all->at, by_run);
    look_at_runs(all, last.rubric, run, &whole);
    sort_checks(run, &whole);
    add_up(run);
    if (whole.most > run->most)
        run->most = whole.most;
    for (int i = 0; i < run->count; i++) // nobody can have these points here
        if (strcmp(run->check[i].verdict, "UNGRADED") == 0)
            run->most -= run->check[i].most;
    if (run->points > run->best)
        run->best = run->points;
    run->when = last.time > 0 && last.time < 1e12 ? (time_t)last.time : written;
    for (int i = 0; i < run->count; i++) // its own copies of the lines
        run->check[i].line = strdup(run->check[i].line);
}

bool lastrun_read(const char *path, struct lastrun *run, char *text, size_t cap) {
    *run = (struct lastrun){0};
    FILE *file = fopen(path, "re");
    if (!file && errno == ENOENT)
        return true;
    struct stat about;
    if (!file || fstat(fileno(file), &about) != 0 || !S_ISREG(about.st_mode)) {
        snprintf(text, cap, "the journal %s cannot be read: %s.", path,
                 file ? "it is not a file" : strerror(errno));
        if (file)
            fclose(file);
        return false;
    }
    struct entries all = {0};
    bool good = read_all(file, &all);
    if (!good)
        snprintf(text, cap, "the journal %s cannot be read: there is no memory left.", path);
    else if (all.count > 0)
        decide(&all, run, about.st_mtime);
    for (long i = 0; i < all.count; i++)
        free(all.at[i].check.line);
    free(all.at);
    fclose(file);
    return good;
}

void lastrun_free(struct lastrun *run) {
    for (int i = 0; i < run->count; i++)
        free(run->check[i].line);
    run->count = 0;
}

bool verdict_is_fault(const char *verdict) {
    static const char *const others[] = {"PASS", "SKIP", "UNGRADED", "INFRA"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(verdict, others[i]) == 0)
            return false;
    return true;
}

const struct run_check *lastrun_failed(const struct lastrun *run) {
    for (int i = 0; i < run->count; i++)
        if (verdict_is_fault(run->check[i].verdict))
            return &run->check[i];
    return NULL;
}

const char *run_check_words(const struct run_check *check) {
    const char *at = check->line ? strstr(check->line, "\"evidence\":") : NULL;
    return at ? at : check->line;
}

// Behind the object or text that begins at `at`; NULL: it is not closed.
static const char *behind(const char *at) {
    int depth = 0;
    bool quoted = false;
    for (; *at; at++) {
        if (quoted && *at == '\\' && at[1])
            at++;
        else if (*at == '"')
            quoted = !quoted;
        else if (!quoted && (*at == '{' || *at == '}'))
            depth += *at == '{' ? 1 : -1;
        if (depth == 0 && !quoted)
            return at + 1;
    }
    return NULL;
}

bool run_check_said(const struct run_check *check, int number, char *text, size_t cap) {
    // Evidence is a list of objects; each of them is a line for flat_text.
    const char *at = check->line ? strstr(check->line, "\"evidence\":[{") : NULL;
    at = at ? strchr(at, '{') : NULL;
    while (at && *at == '{') {
        if (flat_text(at, "text", text, cap) && *text && number-- == 0)
            return true;
        at = behind(at);
        if (at && *at == ',')
            at++;
    }
    return number == 0 && check->line && flat_text(check->line, "hint", text, cap) && *text;
}
