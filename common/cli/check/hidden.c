// SPDX-License-Identifier: MIT
//
// hidden.c: see hidden.h.

#include "hidden.h"

#include "expand.h"
#include "nearest.h"
#include "sha256.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A check that takes more cases than this would take minutes.
enum { CASES_MAX = 300 };

struct reader {
    struct rubric *rubric;
    const struct lab_about *about;
    const char *path;
    int line;  // at hand
    int check; // in the rubric; -1: none has begun
    int begun; // the line where it did
    bool same; // it is one of the rubric's own
    char *why;
    size_t cap;
};

__attribute__((format(printf, 3, 4))) static bool wrong(const struct reader *r, int line,
                                                        const char *format, ...) {
    char said[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(said, sizeof said, format, args);
    va_end(args);
    snprintf(r->why, r->cap, "line %d of %s: %s.", line, r->path, said);
    return false;
}

// -- a check that is whole ------------------------------------------------------------------------------

// "mpi-build" of a version that is the student's to write.
static bool is_build(const struct lab_about *about, const char *id) {
    char version[48];
    const size_t length = strlen(id);
    if (length < 7 || strcmp(id + length - 6, "-build") != 0)
        return false;
    snprintf(version, sizeof version, "%.*s", (int)(length - 6), id);
    const int v = about ? lab_version_index(about, version) : 0;
    return v >= 0 && (!about || !about->version[v].given);
}

static bool names_are_known(const struct reader *r, const struct case_specs *specs) {
    for (size_t i = 0; r->about && i < specs->count; i++) {
        char params[sizeof specs->at[i].params], *rest = params;
        if (lab_version_index(r->about, specs->at[i].version) < 0)
            return wrong(r, r->begun, "%s has no version '%s'", r->about->name,
                         specs->at[i].version);
        memcpy(params, specs->at[i].params, sizeof params);
        for (char *word; (word = strsep(&rest, " "));) {
            word[strcspn(word, "=")] = '\0';
            if (*word && lab_param_index(r->about, word) < 0)
                return wrong(r, r->begun, "%s has no parameter '%s'", r->about->name, word);
        }
    }
    return true;
}

static bool cases_are_good(const struct reader *r, const struct rubric_check *check) {
    struct case_specs specs = {0};
    char why[256];
    bool good = expand(check->cases, 1, r->rubric->program, 0, &specs, why, sizeof why);
    if (!good)
        wrong(r, r->begun, "the cases of %s cannot be read: %s", check->id, why);
    else if (specs.count > CASES_MAX)
        good = wrong(r, r->begun, "%s has %zu cases, and a check takes %d at most", check->id,
                     specs.count, CASES_MAX);
    else
        good = names_are_known(r, &specs);
    case_specs_free(&specs);
    return good;
}

static bool end_check(struct reader *r) {
    if (r->check < 0)
        return true;
    struct rubric_check *const check = &r->rubric->check[r->check];
    if (r->same)
        return true;
    if (!*check->cases)
        return wrong(r, r->begun,
                     "%s has no cases: it is none of the rubric's, so say what it runs, as in: "
                     "cases mpi workers=2,3 n=97",
                     check->id);
    if (check->points == 0)
        return wrong(r, r->begun, "%s has no points: say what it is worth, as in: points 5",
                     check->id);
    if (!*check->title)
        return wrong(r, r->begun,
                     "%s has no title: students read it, and it should tell no inputs, as in: "
                     "title ranks give the serial plate at other sizes too",
                     check->id);
    char version[40];
    snprintf(version, sizeof version, "%.*s", (int)strcspn(check->cases, " "), check->cases);
    if (!*check->needs)
        snprintf(check->needs, sizeof check->needs, "%s-build", version);
    if (!cases_are_good(r, check))
        return false;
    const int needs = rubric_index(r->rubric, check->needs);
    if ((needs < 0 || needs >= r->check) && !is_build(r->about, check->needs))
        return wrong(r, r->begun, "%s needs '%s', which is no earlier check", check->id,
                     check->needs);
    return true;
}

// -- a line ---------------------------------------------------------------------------------------------

static bool begin_check(struct reader *r, const char *id) {
    struct rubric *const rubric = r->rubric;
    if (!end_check(r))
        return false;
    if (strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(id) ||
        strlen(id) >= sizeof rubric->check->id)
        return wrong(r, r->line, "'%s' is no name of a check: small letters, digits and - make one",
                     id);
    r->begun = r->line;
    r->check = rubric_index(rubric, id);
    r->same = r->check >= 0;
    if (r->same && rubric->check[r->check].own)
        return wrong(r, r->line, "the check '%s' stands twice", id);
    if (r->same)
        return true;
    if (is_build(NULL, id))
        return wrong(r, r->line, "'%s' is what every version has by itself; take another name", id);
    if (rubric->count == RUBRIC_MAX)
        return wrong(r, r->line, "the lab has more than %d checks then", RUBRIC_MAX);
    r->check = rubric->count++;
    struct rubric_check *const check = &rubric->check[r->check];
    *check = (struct rubric_check){.own = true};
    snprintf(check->id, sizeof check->id, "%s", id);
    snprintf(check->visibility, sizeof check->visibility, "hidden");
    return true;
}

static bool set_text(const struct reader *r, const char *key, const char *value, char *text,
                     size_t cap) {
    if (*text)
        return wrong(r, r->line, "%s stands twice for this check", key);
    if (strlen(value) >= cap)
        return wrong(r, r->line, "%s is longer than %zu letters", key, cap - 1);
    memcpy(text, value, strlen(value) + 1);
    return true;
}

static bool set_visibility(const struct reader *r, struct rubric_check *check, const char *value) {
    static const char *const all[] = {"visible", "hidden", "after_due_date", "after_published"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!strcmp(all[i], value)) {
            snprintf(check->visibility, sizeof check->visibility, "%s", value);
            return true;
        }
    const char *const near = nearest(value, all, 4);
    return near ? wrong(r, r->line, "there is no visibility '%s' (did you mean %s?)", value, near)
                : wrong(r, r->line,
                        "there is no visibility '%s'; there are visible, hidden, after_due_date "
                        "and after_published",
                        value);
}

static bool add_cases(const struct reader *r, struct rubric_check *check, const char *value) {
    const size_t used = strlen(check->cases);
    const int more =
        snprintf(check->cases + used, sizeof check->cases - used, "%s%s", used ? "; " : "", value);
    return (used + (size_t)more < sizeof check->cases) ||
           wrong(r, r->line, "the cases of a check are longer than %zu letters",
                 sizeof check->cases - 1);
}

static bool take(struct reader *r, const char *key, const char *value) {
    static const char *const keys[] = {"check", "points", "title",     "needs",
                                       "cases", "asks",   "visibility"};
    if (!*value)
        return wrong(r, r->line, "a line is a key and its value, as in: points 10");
    if (!strcmp(key, "check"))
        return begin_check(r, value);
    bool known = false;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        known = known || !strcmp(key, keys[i]);
    if (!known) {
        const char *const near = nearest(key, keys, sizeof keys / sizeof *keys);
        return near ? wrong(r, r->line, "there is no key '%s' (did you mean %s?)", key, near)
                    : wrong(r, r->line,
                            "there is no key '%s'; the keys are check, points, title, needs, "
                            "cases, asks and visibility",
                            key);
    }
    if (r->check < 0)
        return wrong(r, r->line, "%s is said of no check: a line 'check NAME' comes first", key);
    struct rubric_check *const check = &r->rubric->check[r->check];
    if (!strcmp(key, "visibility"))
        return set_visibility(r, check, value);
    if (r->same)
        return wrong(r, r->line,
                     "%s is a check of the rubric, and only its visibility can be said here; a "
                     "check of your own has another name",
                     check->id);
    if (!strcmp(key, "cases"))
        return add_cases(r, check, value);
    if (!strcmp(key, "title"))
        return set_text(r, key, value, check->title, sizeof check->title);
    if (!strcmp(key, "needs"))
        return set_text(r, key, value, check->needs, sizeof check->needs);
    if (!strcmp(key, "asks")) {
        check->same_bits = !strcmp(value, "same-bits");
        return check->same_bits || !strcmp(value, "right") ||
               wrong(r, r->line, "asks is followed by right or same-bits, not '%s'", value);
    }
    char *end;
    const long points = strtol(value, &end, 10);
    check->points = (int)points;
    return (!*end && points >= 1 && points <= 1000) ||
           wrong(r, r->line, "points are a whole number from 1 to 1000, not '%s'", value);
}

// Key and value of a line, without comment and blanks around them.
static bool take_line(struct reader *r, char *line) {
    line[strcspn(line, "#\r\n")] = '\0';
    char *const key = line + strspn(line, " \t");
    size_t end = strlen(key);
    while (end && strchr(" \t", key[end - 1]))
        key[--end] = '\0';
    if (!*key)
        return true;
    char *value = key + strcspn(key, " \t");
    if (*value)
        *value++ = '\0';
    return take(r, key, value + strspn(value, " \t"));
}

// -- the file -------------------------------------------------------------------------------------------

// What counts of the file: comments and blanks may change, and nothing is judged anew.
static void digest(struct rubric *rubric) {
    struct sha256 sha;
    char text[65], line[1600];
    sha256_begin(&sha);
    sha256_add(&sha, rubric->sha, strlen(rubric->sha));
    for (int i = 0; i < rubric->count; i++) {
        const struct rubric_check *const c = &rubric->check[i];
        if (!c->own)
            continue;
        const int n = snprintf(line, sizeof line, "%s|%d|%s|%s|%s|%d\n", c->id, c->points, c->title,
                               c->needs, c->cases, c->same_bits);
        sha256_add(&sha, line, (size_t)n);
    }
    sha256_end(&sha, text);
    snprintf(rubric->sha, sizeof rubric->sha, "sha256:%s", text);
}

bool hidden_add(struct rubric *rubric, const char *path, const struct lab_about *about, char *why,
                size_t cap) {
    struct reader r = {
        .rubric = rubric, .about = about, .path = path, .check = -1, .why = why, .cap = cap};
    const int before = rubric->count;
    char *line = NULL;
    size_t room = 0;
    FILE *const file = fopen(path, "re");
    errno = file ? 0 : errno;
    bool good = file;
    while (good && getline(&line, &room, file) >= 0) {
        r.line++;
        good = take_line(&r, line);
    }
    if (!file || (good && errno)) {
        snprintf(why, cap, "the hidden checks %s cannot be read: %s.", path, strerror(errno));
        good = false;
    }
    good = good && end_check(&r);
    if (good && r.check < 0) {
        snprintf(why, cap, "%s has no check: a line 'check NAME' begins one.", path);
        good = false;
    }
    free(line);
    if (file)
        fclose(file);
    if (good && rubric->count > before)
        digest(rubric);
    return good;
}
