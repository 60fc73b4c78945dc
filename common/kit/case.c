// SPDX-License-Identifier: MIT
// case.c: reads cases; what a person typed is answered with the names that would have been right.

#include "case.h"

#include "kit.h"

#include <errno.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

enum { WORKERS_MAX = 4096 };

bool needs_ranks(const struct version *version) {
    return version->run == RUN_RANKS || version->run == RUN_HYBRID;
}

const char *run_name(enum run run) {
    static const char *const names[] = {"serial", "threads", "ranks", "hybrid", "processes"};
    return names[run];
}

const char *bound_name(enum bound bound) {
    static const char *const names[] = {"compute", "memory", "waiting", "mixed"};
    return names[bound];
}

struct run_case case_default(void) {
    struct run_case c = {.version = lab.versions, .threads = 1, .seed = 1};
    for (int i = 0; lab.params[i].name; i++)
        c.values[i] = lab.params[i].value;
    return c;
}

static void append(char *list, size_t cap, const char *name) {
    size_t used = strlen(list);
    snprintf(list + used, cap - used, "%s%s", used ? ", " : "", name);
}

bool case_version(struct run_case *c, const char *name) {
    char list[512] = "";
    for (const struct version *v = lab.versions; v->name; v++) {
        if (strcmp(v->name, name) == 0) {
            c->version = v;
            return true;
        }
        append(list, sizeof list, v->name);
    }
    return refuse("%s has no version %s; its versions are: %s.", lab.name, name, list);
}

bool case_param(struct run_case *c, char *assignment) {
    char *equals = strchr(assignment, '=');
    if (!equals)
        return refuse("\"%s\" is not a parameter; parameters are written name=value, as in %s=%s.",
                      assignment, lab.params[0].name, lab.params[0].value);
    *equals = '\0';
    char list[512] = "";
    for (int i = 0; lab.params[i].name; i++) {
        if (strcmp(lab.params[i].name, assignment) == 0) {
            c->values[i] = equals + 1;
            return true;
        }
        append(list, sizeof list, lab.params[i].name);
    }
    return refuse("%s has no parameter %s; its parameters are: %s.", lab.name, assignment, list);
}

bool case_workers(struct run_case *c, const char *text) {
    long workers;
    if (!value_long("workers", text, 1, WORKERS_MAX, &workers))
        return false;
    c->workers = (int)workers;
    return true;
}

bool case_seed(struct run_case *c, const char *text) {
    char *end;
    errno = 0;
    unsigned long long seed = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || errno == ERANGE)
        return refuse("seed=%s is not a seed; give a whole number from 0 to 18446744073709551615.",
                      text);
    c->seed = seed;
    return true;
}

bool case_line(struct run_case *c, char *line) {
    char *rest;
    char *id = strtok_r(line, " \t\n", &rest);
    char *version = strtok_r(NULL, " \t\n", &rest);
    char *workers = strtok_r(NULL, " \t\n", &rest);
    char *seed = strtok_r(NULL, " \t\n", &rest);
    if (!seed)
        return refuse(
            "A case is written ID VERSION WORKERS SEED [name=value ...]; \"%s\" has less.",
            id ? id : "");
    long number;
    if (!value_long("case", id, 0, 1000000000, &number) || !case_version(c, version) ||
        !case_workers(c, workers) || !case_seed(c, seed))
        return false;
    c->id = (uint64_t)number;
    for (char *word; (word = strtok_r(NULL, " \t\n", &rest));)
        if (!case_param(c, word))
            return false;
    return true;
}

bool case_fits(struct run_case *c, int ranks) {
    if (!needs_ranks(c->version)) {
        if (c->workers == 0)
            c->workers = c->version->run == RUN_SERIAL ? 1 : omp_get_num_procs();
        if (c->version->run == RUN_SERIAL && c->workers != 1)
            return refuse("The %s version has one worker; workers=%d makes no sense with it.",
                          c->version->name, c->workers);
        return true;
    }
    if (c->workers == 0)
        c->workers = ranks;
    if (c->workers > ranks)
        return refuse("workers=%d asks for more ranks than this launch has (%d); start it with "
                      "mpirun -n %d, or let \"build/bin/twofold run %s %s --workers %d\" do it.",
                      c->workers, ranks, c->workers, lab.name, c->version->name, c->workers);
    return true;
}

void record_free(struct record *record) {
    free(record->bytes);
    record->bytes = NULL;
}
