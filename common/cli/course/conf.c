// SPDX-License-Identifier: MIT
//
// conf.c: see conf.h.

#include "conf.h"

#include "../grade/policy.h"
#include "nearest.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_INIH
#include <ini.h>
#endif

// Where a key's value is kept, and what it is.
struct key {
    const char *name;
    size_t offset, room;
};

// (versions of clang-format differ on it)
// clang-format off
#define KEY(of, name) {#name, offsetof(struct of, name), sizeof(((struct of *)NULL)->name)}
// clang-format on
static const struct key course_keys[] = {KEY(conf, name), KEY(conf, timezone), KEY(conf, exports),
                                         KEY(conf, salt)};
static const struct key lab_keys[] = {
    KEY(conf_lab, due),      KEY(conf_lab, grace),  KEY(conf_lab, late),     KEY(conf_lab, curve),
    KEY(conf_lab, count),    KEY(conf_lab, extend), KEY(conf_lab, attempts), KEY(conf_lab, points),
    KEY(conf_lab, versions), KEY(conf_lab, show)};
#undef KEY
_Static_assert(sizeof course_keys <= sizeof lab_keys, "the list of a lab's keys is the longer one");

const struct conf_lab *conf_lab(const struct conf *conf, const char *name) {
    for (int i = 0; i < conf->labs; i++)
        if (!strcmp(conf->lab[i].name, name))
            return &conf->lab[i];
    return NULL;
}

#ifdef HAVE_INIH

struct reader {
    struct conf *conf;
    const char *path;
    char *why;
    size_t cap;
};

// Puts the value of a key into what `base` points to. 0: reader->why says what is wrong.
static int take(struct reader *reader, const char *section, const struct key *keys, size_t count,
                void *base, const char *name, const char *value) {
    const char *names[sizeof lab_keys / sizeof *lab_keys]; // the longer of the two lists
    char all[256] = "";
    for (size_t i = 0; i < count; i++) {
        char *const place = (char *)base + keys[i].offset;
        names[i] = keys[i].name;
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s %s", i ? "," : "", names[i]);
        if (strcmp(name, names[i]) != 0)
            continue;
        if (*place)
            snprintf(reader->why, reader->cap, "%s says %s twice in [%s]; leave one of the two.",
                     reader->path, name, section);
        else if (strlen(value) >= keys[i].room)
            snprintf(reader->why, reader->cap, "%s of [%s] in %s is longer than %zu letters.", name,
                     section, reader->path, keys[i].room - 1);
        else
            memcpy(place, value, strlen(value) + 1);
        return !*reader->why;
    }
    const char *const near = nearest(name, names, count);
    snprintf(reader->why, reader->cap, "[%s] in %s has a key '%s'%s%s%s; the keys are%s.", section,
             reader->path, name, near ? " (did you mean " : "", near ? near : "", near ? "?)" : "",
             all);
    return 0;
}

static int take_value(void *user, const char *section, const char *name, const char *value) {
    struct reader *const reader = user;
    struct conf *const conf = reader->conf;
    if (!strcmp(section, "course"))
        return take(reader, section, course_keys, sizeof course_keys / sizeof *course_keys, conf,
                    name, value);
    if (strncmp(section, "lab ", 4) != 0 || strlen(section + 4) >= sizeof conf->lab->name) {
        snprintf(reader->why, reader->cap,
                 "%s has a section [%s]; a section is [course], or [lab NAME] as in [lab heat].",
                 reader->path, section);
        return 0;
    }
    struct conf_lab *lab = NULL;
    for (int i = 0; i < conf->labs; i++)
        if (!strcmp(conf->lab[i].name, section + 4))
            lab = &conf->lab[i];
    if (!lab && conf->labs == CONF_LABS) {
        snprintf(reader->why, reader->cap, "%s has more than %d labs.", reader->path, CONF_LABS);
        return 0;
    }
    if (!lab) {
        lab = &conf->lab[conf->labs++];
        snprintf(lab->name, sizeof lab->name, "%s", section + 4);
    }
    return take(reader, section, lab_keys, sizeof lab_keys / sizeof *lab_keys, lab, name, value);
}

static bool dates_exist(const struct conf *conf, const char *path, char *why, size_t cap) {
    if (*conf->timezone && policy_date("2026-01-01 12:00", conf->timezone) < 0) {
        snprintf(why, cap,
                 "timezone = %s in %s is no zone of this machine: write it as Europe/Berlin, UTC "
                 "or +01:00.",
                 conf->timezone, path);
        return false;
    }
    for (int i = 0; i < conf->labs; i++)
        if (*conf->lab[i].due && policy_date(conf->lab[i].due, conf->timezone) < 0) {
            snprintf(why, cap,
                     "due = %s of [lab %s] in %s is no date that exists: write it as 2026-12-11 "
                     "23:59.",
                     conf->lab[i].due, conf->lab[i].name, path);
            return false;
        }
    return true;
}

bool conf_read(struct conf *conf, const char *dir, char *why, size_t cap) {
    char path[PATH_MAX + 16];
    *conf = (struct conf){0};
    *why = '\0';
    snprintf(path, sizeof path, "%s/course.conf", dir);
    struct reader reader = {conf, path, why, cap};
    const int line = ini_parse(path, take_value, &reader);
    if (line == -1)
        snprintf(why, cap, "%s cannot be read: %s; `twofold course make DIR` writes one.", path,
                 strerror(errno));
    else if (line != 0 && !*why)
        snprintf(why, cap, "line %d of %s is not understood: it is [SECTION], or KEY = VALUE.",
                 line, path);
    return !*why && dates_exist(conf, path, why, cap);
}

#else

bool conf_read(struct conf *conf, const char *dir, char *why, size_t cap) {
    *conf = (struct conf){0};
    (void)dir, (void)course_keys, (void)lab_keys;
    snprintf(why, cap,
             "this kit was built without inih, which reads course.conf: install libinih-dev and "
             "run `make build`.");
    return false;
}

#endif

// A line a part of a list: "late 1d 90" for each of "1d 90, 3d 50".
static void write_list(FILE *file, const char *key, const char *list, const char *end) {
    char copy[sizeof((struct conf_lab *)NULL)->extend];
    snprintf(copy, sizeof copy, "%s", list);
    for (char *rest = copy, *part; (part = strsep(&rest, ","));)
        if (part[strspn(part, " \t")])
            fprintf(file, "%s %s %s\n", key, part, end);
}

// The same of what students see; of its parts "solution DATE TIME" alone has a zone.
static void write_show(FILE *file, const char *list, const char *zone) {
    char copy[sizeof((struct conf_lab *)NULL)->show];
    snprintf(copy, sizeof copy, "%s", list);
    for (char *rest = copy, *part; (part = strsep(&rest, ","));) {
        part += strspn(part, " \t");
        write_list(file, "show", part, strncmp(part, "solution", 8) ? "" : zone);
    }
}

bool conf_policy(const struct conf *conf, const struct conf_lab *lab, FILE *file) {
    fprintf(file, "# Made of course.conf, each time anew: change that file.\n");
    if (*lab->due)
        fprintf(file, "due %s %s\n", lab->due, conf->timezone);
    if (*lab->grace)
        fprintf(file, "grace %s\n", lab->grace);
    write_list(file, "late", lab->late, "");
    if (*lab->curve)
        fprintf(file, "curve %s\n", lab->curve);
    if (*lab->count)
        fprintf(file, "count %s\n", lab->count);
    write_list(file, "extend", lab->extend, *conf->timezone ? conf->timezone : "");
    if (*lab->attempts)
        fprintf(file, "attempts %s\n", lab->attempts);
    if (*lab->points)
        fprintf(file, "points %s\n", lab->points);
    if (*lab->versions) {
        char spaced[sizeof lab->versions];
        snprintf(spaced, sizeof spaced, "%s", lab->versions);
        for (char *at = spaced; (at = strchr(at, ','));)
            *at = ' ';
        fprintf(file, "versions %s\n", spaced);
    }
    write_show(file, lab->show, conf->timezone);
    return !ferror(file);
}

void conf_template(FILE *file, const char *const *labs, int count) {
    fputs(
        "; A course. `make grade COURSE=DIR LAB=NAME` reads this file and roster.csv beside it.\n"
        "; A line that begins with ; is a comment.\n"
        "\n"
        "[course]\n"
        "name = A course\n"
        "; of all dates below: Europe/Berlin, UTC, +01:00\n"
        "timezone = UTC\n"
        "; what is written beside pages and grades.csv, with commas between: gradescope,\n"
        "; prairielearn, autolab, junit, ctrf, or all\n"
        ";exports = gradescope\n"
        "; a word that only you know: each student is then judged with cases of their own. Choose "
        "it\n"
        "; before the first lab is graded; with another one all is judged anew\n"
        ";salt = autumn-4711\n"
        "\n"
        "; A section a lab that the course has. All keys may be left out: then nothing is late,\n"
        "; and the best attempt counts.\n"
        ";   due    = 2026-12-11 23:59\n"
        ";   grace  = 10m              so much later is not late yet (s, m, h, d)\n"
        ";   late   = 1d 90, 3d 50     a day late 90 % of the points, three days 50 %, later none\n"
        ";   curve  = steps            or linear: a line between these points\n"
        ";   count  = best             or last: which attempt counts\n"
        ";   extend = ada 2026-12-15 23:59, bob 2026-12-18 12:00\n"
        ";   attempts = 3              later ones do not count\n"
        ";   points = 20               what the lab is worth; else what its rubric says, 100\n"
        ";   versions = omp, mpi       only checks of these versions count\n"
        ";   show   = after_due_date   when students see what is wrong: visible (at once), "
        "hidden,\n"
        ";                             after_due_date, after_published; the points they always "
        "see.\n"
        ";                             With a date the solution, too: hidden, solution 2026-12-18 "
        "12:00\n",
        file);
    for (int i = 0; i < count; i++)
        fprintf(file, "\n[lab %s]\ncount = best\n", labs[i]);
}
