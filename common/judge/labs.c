// SPDX-License-Identifier: MIT
//
// labs.c: see labs.h.

#include "labs.h"
#include "command.h"
#include "flat.h"
#include "nearest.h"
#include "process.h"
#include <ctype.h>
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool labs_root(char *path, size_t cap) {
    char self[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);
    if (cap)
        *path = 0;
    if (size <= 0)
        return false;
    self[size] = 0;
    for (int i = 0; i < 3; i++) { // the program's name, bin, build
        char *slash = strrchr(self, '/');
        if (!slash)
            return false;
        *slash = 0;
    }
    return (size_t)snprintf(path, cap, "%s", *self ? self : "/") < cap;
}

static int by_number(const void *a, const void *b) {
    const struct lab_entry *x = a, *y = b;
    return x->number != y->number ? x->number - y->number : strcmp(x->name, y->name);
}

// Adds the labs of HOME/labs. False: text says what is wrong with one.
static bool add_home(struct labs *labs, const char *home, bool kit, char *text, size_t cap) {
    char path[PATH_MAX + 320];
    snprintf(path, sizeof path, "%s/labs", home);
    DIR *dir = opendir(path);
    const int kits = labs->count; // those before are the kit's
    bool good = true;
    for (struct dirent *entry; good && dir && (entry = readdir(dir)) && labs->count < LABS_MAX;) {
        struct lab_entry *lab = &labs->at[labs->count];
        const char *name = entry->d_name;
        int end = 0; // where a lab's name would end; a directory called otherwise is no lab
        if (strlen(name) >= sizeof lab->dir || !isdigit((unsigned char)*name) ||
            sscanf(name, "%4d-%31[a-z0-9_]%n", &lab->number, lab->name, &end) != 2 || name[end])
            continue;
        snprintf(path, sizeof path, "%s/labs/%s/lab.c", home, name);
        if (access(path, R_OK) != 0)
            continue;
        memcpy(lab->dir, name, strlen(name) + 1); // it fits, see above
        snprintf(lab->home, sizeof lab->home, "%s", home);
        snprintf(lab->shown, sizeof lab->shown, "%s%slabs/%s", kit ? "" : home, kit ? "" : "/",
                 name);
        for (int i = 0; i < kits && good; i++)
            good = strcmp(labs->at[i].name, lab->name) != 0;
        if (!good)
            snprintf(
                text, cap,
                "the kit has a lab of the same name as %s: give the course's lab another name.",
                lab->shown);
        labs->count++;
    }
    if (dir)
        closedir(dir);
    return good;
}

// The course that the environment names, "": none.
static bool find_course(char *path, char *text, size_t cap) {
    const char *const named = getenv("TWOFOLD_COURSE");
    struct stat file;
    char *const real = named && *named ? realpath(named, NULL) : NULL;
    const bool good =
        !named || !*named ||
        (real && strlen(real) < HOME_CAP && !stat(real, &file) && S_ISDIR(file.st_mode));
    snprintf(path, HOME_CAP, "%s", good && real ? real : "");
    free(real);
    if (!good)
        snprintf(
            text, cap,
            "there is no course in %s, which TWOFOLD_COURSE names: `make course OUT=dir` makes "
            "one, and COURSE=dir names it.",
            named);
    return good;
}

bool labs_list(const char *root, struct labs *labs, char *text, size_t cap) {
    char course[HOME_CAP];
    labs->count = 0;
    if (strlen(root) >= HOME_CAP) {
        snprintf(text, cap, "the path of the kit is longer than %d letters: move it up.", HOME_CAP);
        return false;
    }
    if (!add_home(labs, root, true, text, cap) || !find_course(course, text, cap) ||
        (*course && !add_home(labs, course, false, text, cap)))
        return false;
    if (labs->count == 0) {
        snprintf(text, cap,
                 "no labs were found in %s/labs: is build/bin still where `make build` put it, "
                 "inside the kit?",
                 root);
        return false;
    }
    qsort(labs->at, (size_t)labs->count, sizeof *labs->at, by_number);
    return true;
}

int labs_find(const struct labs *labs, const char *word, char *text, size_t cap) {
    char bare[sizeof labs->at->shown];
    const char *names[LABS_MAX] = {0};
    if (strncmp(word, "labs/", 5) == 0)
        word += 5;
    snprintf(bare, sizeof bare, "%s", word);
    for (size_t n = strlen(bare); n && bare[n - 1] == '/'; n--)
        bare[n - 1] = 0;
    char *end;
    long number = strtol(bare, &end, 10);
    bool is_number = *bare && !*end;
    for (int i = 0; i < labs->count; i++) {
        const struct lab_entry *lab = &labs->at[i];
        names[i] = lab->name;
        if (strcmp(bare, lab->name) == 0 || strcmp(bare, lab->dir) == 0 ||
            (*bare && strcmp(bare, lab->shown) == 0) || (is_number && number == lab->number))
            return i;
    }
    const char *near = nearest(bare, names, (size_t)labs->count);
    char list[LABS_MAX * (sizeof labs->at->name + 2)] = "";
    for (int i = 0; i < labs->count; i++)
        snprintf(list + strlen(list), sizeof list - strlen(list), "%s %s", i ? "," : "", names[i]);
    snprintf(text, cap, "there is no lab '%s'%s%s%s; the labs are%s.", word,
             near ? " (did you mean " : "", near ? near : "", near ? "?)" : "", list);
    return -1;
}

const struct lab_entry *labs_choose(const char *word, char *root, size_t root_cap,
                                    struct labs *labs, char *text, size_t cap) {
    if (!labs_root(root, root_cap)) {
        snprintf(text, cap, "the kit's directory cannot be found; is /proc mounted?");
        return NULL;
    }
    const int index = labs_list(root, labs, text, cap) ? labs_find(labs, word, text, cap) : -1;
    return index < 0 ? NULL : &labs->at[index];
}

// -- what a lab says of itself ---------------------------------------------------------------------

static void parse_line(const char *line, struct lab_about *about) {
    char kind[16];
    if (!flat_text(line, "kind", kind, sizeof kind))
        return;
    if (strcmp(kind, "lab") == 0) {
        flat_text(line, "name", about->name, sizeof about->name);
        flat_text(line, "title", about->title, sizeof about->title);
        flat_text(line, "bound", about->bound, sizeof about->bound);
        flat_text(line, "unit", about->unit, sizeof about->unit);
        flat_number(line, "bytes_per_unit", &about->bytes_per_unit);
        flat_bool(line, "services", &about->services);
    } else if (strcmp(kind, "param") == 0 && about->params < PARAMS_MAX) {
        struct lab_param *param = &about->param[about->params++];
        flat_text(line, "name", param->name, sizeof param->name);
        flat_text(line, "value", param->value, sizeof param->value);
        flat_text(line, "what", param->what, sizeof param->what);
    } else if (strcmp(kind, "version") == 0 && about->versions < VERSIONS_MAX) {
        struct lab_version *version = &about->version[about->versions++];
        flat_text(line, "name", version->name, sizeof version->name);
        flat_text(line, "run", version->run, sizeof version->run);
        flat_bool(line, "given", &version->given);
    }
}

bool lab_parse(const char *lines, struct lab_about *about) {
    *about = (struct lab_about){0};
    char *copy = strdup(lines), *rest = copy;
    for (char *line; copy && (line = strsep(&rest, "\n"));)
        parse_line(line, about);
    free(copy);
    return *about->name && about->versions > 0;
}

bool lab_describe(const char *program, struct lab_about *about, char *text, size_t cap) {
    if (access(program, X_OK) != 0) {
        snprintf(text, cap, "%s is not built yet: run `make build`.", program);
        return false;
    }
    struct command command = {0};
    struct outcome outcome;
    command_add(&command, "%s", program);
    command_add(&command, "--describe");
    process_run(&command, &(struct how){.seconds = 20, .capture_out = true, .capture_err = true},
                &outcome);
    bool ok = outcome.started && outcome.status == 0 && lab_parse(outcome.out, about);
    if (!ok)
        snprintf(text, cap,
                 "%s does not say what it is (%s)%s%.200s; build it again: `make build`.", program,
                 outcome.text, *outcome.err ? ": " : "", outcome.err);
    outcome_free(&outcome);
    command_free(&command);
    return ok;
}

int lab_version_index(const struct lab_about *about, const char *name) {
    for (int i = 0; i < about->versions; i++)
        if (strcmp(about->version[i].name, name) == 0)
            return i;
    return -1;
}

int lab_param_index(const struct lab_about *about, const char *name) {
    for (int i = 0; i < about->params; i++)
        if (strcmp(about->param[i].name, name) == 0)
            return i;
    return -1;
}

// Says that none of the names is this one.
static bool say_none(const struct lab_about *about, const char *what, const char *name,
                     const char *const *names, int count, char *text, size_t cap) {
    char all[1280] = "";
    for (int i = 0; i < count; i++)
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s %s", i ? "," : "", names[i]);
    const char *const near = nearest(name, names, (size_t)count);
    snprintf(text, cap, "%s has no %s '%s'%s%s%s; it has%s.", about->name, what, name,
             near ? " (did you mean " : "", near ? near : "", near ? "?)" : "", all);
    return false;
}

bool lab_check_version(const struct lab_about *about, const char *word, char *text, size_t cap) {
    const char *names[VERSIONS_MAX];
    if (lab_version_index(about, word) >= 0)
        return true;
    for (int i = 0; i < about->versions; i++)
        names[i] = about->version[i].name;
    return say_none(about, "version", word, names, about->versions, text, cap);
}

bool lab_check_param(const struct lab_about *about, const char *word, char *text, size_t cap) {
    const char *names[PARAMS_MAX];
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "="), word);
    if (lab_param_index(about, name) >= 0)
        return true;
    for (int i = 0; i < about->params; i++)
        names[i] = about->param[i].name;
    return say_none(about, "parameter", name, names, about->params, text, cap);
}

bool lab_run_needs_mpi(const char *run) {
    return strcmp(run, "ranks") == 0 || strcmp(run, "hybrid") == 0;
}
