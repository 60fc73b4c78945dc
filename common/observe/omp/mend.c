// SPDX-License-Identifier: MIT
//
// mend.c: which clause or directive mends a race. Rules, the first that fits: what protects one of
// the two places; tasks; a construct that not all threads wait for; what is done with the variable.

#include "words.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool has(const struct construct *c, const char *word) {
    return c && construct_has(c, word);
}

static const struct construct *around(const struct race *race, int i, const char *word) {
    return race->source ? source_around(race->source, race->line[i], word) : NULL;
}

__attribute__((format(printf, 3, 4))) static bool say(char *text, size_t cap, const char *format,
                                                      ...) {
    va_list args;
    va_start(args, format);
    vsnprintf(text, cap, format, args);
    va_end(args);
    return true;
}

static const char *name_of(const struct race *race) {
    return race->name[0] ? race->name : "the variable";
}

// A flag on which a thread waits in a loop, or what is handed over by one.
static bool flag(const struct race *race, char *text, size_t cap) {
    if (!race->source || race->writes[1] || race->assigned.how != '=' ||
        !source_spins(race->source, race->line[1]))
        return false;
    return say(text, cap,
               "A flag that another thread waits for is written with #pragma omp atomic write "
               "seq_cst and read with #pragma omp atomic read seq_cst, each on a line of its own: "
               "else the waiting thread may never see it, or see it before what it stands for.");
}

// A lock, critical or atomic at one place or at both.
static bool protection(const struct race *race, char *text, size_t cap) {
    const char *const name = name_of(race);
    if (race->locked[0] && race->locked[1])
        return say(text, cap,
                   "Both places are protected, but not by the same lock: use one lock, or one name "
                   "of critical, for every access to `%s`.",
                   name);
    if (race->atomic[0] != race->atomic[1]) {
        const int plain = race->atomic[0] ? 1 : 0;
        return say(text, cap,
                   "Line %d is atomic, line %d is not: an atomic protects only against other "
                   "atomics. Put #pragma omp atomic%s before line %d, too.",
                   race->line[1 - plain], race->line[plain],
                   race->writes[plain] ? (race->assigned.how == '=' ? " write" : "") : " read",
                   race->line[plain]);
    }
    const struct construct *const a = around(race, 0, "critical"), *b = around(race, 1, "critical");
    if (race->locked[0] != race->locked[1] || (a == NULL) != (b == NULL)) {
        const int bare = race->locked[0] || (!race->locked[1] && a) ? 1 : 0;
        return say(text, cap,
                   "Line %d is protected by a lock or critical, line %d is not: every access needs "
                   "the same protection, reading too. Put line %d under the same one.",
                   race->line[1 - bare], race->line[bare], race->line[bare]);
    }
    return false;
}

static bool in_tasks(const struct race *race, char *text, size_t cap) {
    const struct construct *const loop = around(race, 0, "taskloop");
    const struct construct *const a = around(race, 0, "task"), *const b = around(race, 1, "task");
    const char *const name = name_of(race);
    if (loop && race->assigned.how != '=' && !race->assigned.element)
        return say(text, cap, "Add reduction(%c:%s) to the taskloop of line %d.",
                   race->assigned.how == '-' ? '+' : race->assigned.how, name, loop->line);
    if (!a && !b)
        return false;
    if (a && b && (race->assigned.how != '=' || a == b))
        return say(text, cap,
                   "Tasks run in any order and at once. Order those that share `%s` with "
                   "depend(inout: %s), or protect the update with #pragma omp atomic.",
                   name, name);
    if (a && b)
        return say(text, cap,
                   "Let the tasks tell what they need: depend(out: %s) where it is written, "
                   "depend(in: %s) where it is read.",
                   name, name);
    return say(text, cap,
               "The task of line %d may run at any time until somebody waits for it: put #pragma "
               "omp taskwait between it and line %d.",
               a ? a->line : b->line, race->line[a ? 1 : 0]);
}

// Written where one thread works and the others do not wait: single nowait, master, masked; or in
// a loop or sections with nowait, and used behind it.
static bool left_early(const struct race *race, char *text, size_t cap) {
    static const char *const early[] = {"single", "master", "masked", "for", "sections"};
    for (int i = 0; i < 2; i++)
        for (size_t k = 0; k < sizeof early / sizeof *early; k++) {
            const struct construct *const c = around(race, i, early[k]);
            const int other = race->line[1 - i];
            if (!c || has(c, "parallel") || (c->first <= other && other <= c->last))
                continue;
            const bool nowait = strstr(c->clauses, "nowait") != NULL;
            if (k == 1 || k == 2)
                return say(text, cap,
                           "The other threads do not wait at the end of %s: put #pragma omp "
                           "barrier between line %d and line %d.",
                           early[k], c->last, other);
            if (nowait)
                return say(text, cap,
                           "With nowait the threads do not wait at the end of the %s of line %d: "
                           "take nowait away.",
                           early[k], c->line);
        }
    return false;
}

static bool in_sections(const struct race *race, char *text, size_t cap) {
    const struct construct *const a = around(race, 0, "section"), *b = around(race, 1, "section");
    if (!around(race, 0, "sections") || a == b)
        return false;
    return say(text, cap,
               "Sections run at once: what both use must be private to each, protected by #pragma "
               "omp critical, or be computed before the sections begin.");
}

// In a function that both call: what they give it is shared.
static bool in_a_call(const struct race *race, char *text, size_t cap) {
    if (!race->inner[0][0] && !race->inner[1][0])
        return false;
    if (race->line[0] != race->line[1])
        return say(
            text, cap,
            "If line %d needs what line %d has done in all threads, nobody has waited for it: "
            "put #pragma omp barrier between the two. If each thread means something of its "
            "own, hand them a variable of the thread's own.",
            race->line[1], race->line[0]);
    if (!race->inner[0][0])
        return false;
    return say(
        text, cap,
        "What is handed to %.60s is shared by the threads, and it changes it: give each "
        "thread one of its own, made inside the parallel region, or let one thread at a time "
        "call it, under #pragma omp critical.",
        race->inner[0]);
}

// A field of a structure, or what a pointer leads to: no clause takes it.
static bool is_field(const char *name) {
    return strpbrk(name, ".>*") != NULL;
}

static bool by_use(const struct race *race, char *text, size_t cap) {
    const char *const name = name_of(race);
    const char how = race->assigned.how;
    const struct construct *loop = around(race, 0, "for");
    if (!loop)
        loop = around(race, 0, "sections");
    if (!loop)
        loop = around(race, 0, "parallel");
    char where[80] = "the parallel region";
    if (loop)
        snprintf(where, sizeof where, "the `omp %s` of line %d", loop->name, loop->line);
    if (!race->assigned.name[0])
        return false;
    if (is_field(name) && (!race->assigned.element || how != '='))
        return say(text, cap,
                   "`%s` is one place for all threads. Let each thread work in a variable of its "
                   "own, declared inside the parallel region, and combine them at the end, one "
                   "thread at a time (#pragma omp critical)%s.",
                   name, how == '=' ? "" : ", or put #pragma omp atomic before the update");
    if (race->assigned.element && how != '=')
        return say(text, cap,
                   "Put #pragma omp atomic before the update, or let each thread update a copy of "
                   "its own and add the copies at the end: reduction(%c:%s[:length]).",
                   how == '-' ? '+' : how, name);
    if (race->assigned.element)
        return say(text, cap,
                   "No two iterations may touch the same element when one of them writes it: look "
                   "at the indices. If an iteration needs what another computes, write to a second "
                   "array, or run that loop in order.");
    if (race->assigned.least)
        return say(text, cap,
                   "For a minimum or maximum add reduction(min:%s) or reduction(max:%s) to %s; "
                   "what belongs to it (its place) needs #pragma omp critical round the comparison "
                   "and the assignment.",
                   name, name, where);
    if (how != '=' && race->line[0] == race->line[1])
        return say(text, cap,
                   "Add reduction(%c:%s) to %s: each thread then has a copy of its own, and the "
                   "copies are combined at the end. (#pragma omp atomic is right, too, but slow.)",
                   how == '-' ? '+' : how, name, where);
    if (how != '=')
        return say(
            text, cap,
            "If only the total counts, add reduction(%c:%s) to %s; if it is a helper of each "
            "iteration, private(%s); if all threads need its value meanwhile, protect both "
            "lines with #pragma omp critical.",
            how == '-' ? '+' : how, name, where, name);
    return say(text, cap,
               "If each thread needs a value of its own, add private(%s) to %s, or declare it "
               "inside; if they share it, let the others wait for it with #pragma omp barrier "
               "before they read.",
               name, where);
}

void race_mend(const struct race *race, char *text, size_t cap) {
    if (protection(race, text, cap) || flag(race, text, cap) || in_tasks(race, text, cap) ||
        left_early(race, text, cap) || in_sections(race, text, cap) || in_a_call(race, text, cap) ||
        by_use(race, text, cap))
        return;
    say(text, cap,
        "Give each thread a variable of its own (private, or declared inside the region), or order "
        "the two: reduction, #pragma omp atomic or critical for updates, #pragma omp barrier "
        "between writing and reading.");
}
