// SPDX-License-Identifier: MIT
//
// diff.c: `twofold diff`: a student's file beside the reference solution, once it has passed all its
// checks. Which have passed stands in the journal of the last `make check`. An instructor who does
// not want the solutions to be shown puts a file solutions/closed.txt there; its first line says why
// or until when. (The solutions are plain files: this keeps a promise, and no secret. A class that
// must not see them gets a kit without.)

#include "die.h"
#include "labs.h"
#include "labword.h"
#include "lastrun.h"
#include "nearest.h"
#include "process.h"
#include <argp.h>
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_CAP = PATH_MAX + 256, FILES = 16 };

static const struct argp_option list[] = {
    {"version", 'v', "V", 0, "This version alone (all that have passed)", 0}, {0}};

static const char doc[] =
    "Show your files beside the reference solution, once they are right.\vA version is shown when "
    "the last `make check` found all its checks right. Lines with - are yours, with + the "
    "solution's. Yours may well be the better one.\n\nExample: twofold diff heat --version omp";

struct request {
    const char *lab, *version;
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct request *const r = state->input;
    switch (key) {
    case 'v':
        r->version = arg;
        break;
    default:
        return lab_word(key, arg, state, &r->lab,
                        "one lab at a time; '%s' is too much. One file: --version omp.");
    }
    return 0;
}

// -- may it be shown? -------------------------------------------------------------------------------

static void refuse_if_closed(const char *root) {
    char path[PATH_CAP], line[300] = "";
    snprintf(path, sizeof path, "%s/solutions/closed.txt", root);
    FILE *const file = fopen(path, "re");
    if (!file)
        return;
    if (fgets(line, sizeof line, file))
        line[strcspn(line, "\r\n")] = '\0';
    fclose(file);
    die("your instructor keeps the solutions closed (solutions/closed.txt)%s%s", *line ? ": " : ".",
        line);
}

static int by_name(const void *a, const void *b) {
    return strcmp(a, b);
}

// The versions that have a solution.
static int find_versions(const struct lab_entry *lab, char names[FILES][32]) {
    char path[PATH_CAP];
    int count = 0;
    snprintf(path, sizeof path, "%s/solutions/%s", lab->home, lab->dir);
    DIR *const dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir)) && count < FILES;) {
        const size_t n = strlen(entry->d_name);
        if (n > 2 && n < sizeof names[0] && !strcmp(entry->d_name + n - 2, ".c"))
            snprintf(names[count++], sizeof names[0], "%.*s", (int)n - 2, entry->d_name);
    }
    if (dir)
        closedir(dir);
    if (!count)
        die("this kit came without a solution of %s, so there is none to show.", lab->name);
    qsort(names, (size_t)count, sizeof names[0], by_name);
    return count;
}

// The first check of the version that is not right; NULL: none. checked: it was checked at all.
static const struct run_check *first_open(const struct lastrun *run, const char *version,
                                          bool *checked) {
    const size_t length = strlen(version);
    *checked = false;
    for (int i = 0; i < run->count; i++) {
        const struct run_check *const check = &run->check[i];
        if (strncmp(check->id, version, length) != 0 || check->id[length] != '-')
            continue;
        *checked = *checked || check->most > 0;
        if (strcmp(check->verdict, "PASS") != 0 && strcmp(check->verdict, "UNGRADED") != 0)
            return check;
    }
    return NULL;
}

// May it be shown? If not, and it was asked for by name, this says why.
static bool has_passed(const struct lastrun *run, const struct lab_entry *lab, const char *version,
                       bool asked) {
    char path[PATH_CAP];
    struct stat file;
    bool checked;
    const struct run_check *const open = first_open(run, version, &checked);
    snprintf(path, sizeof path, "%s/labs/%s/%.24s.c", lab->home, lab->dir, version);
    const bool there = stat(path, &file) == 0, saved = there && file.st_mtime > run->when;
    if (asked && open)
        die("%s.c has not passed all its checks yet (%s: %s); `make hint LAB=%s` helps. The "
            "solution teaches more when yours is done.",
            version, open->id, open->verdict, lab->name);
    if (asked && (!checked || saved || !there))
        die("%s.c %s: run `make check LAB=%s` first.", version,
            !there    ? "is not there"
            : checked ? "was saved after the last check"
                      : "has not been checked yet",
            lab->name);
    return checked && !open && !saved && there;
}

// -- the difference ---------------------------------------------------------------------------------

static void show(const struct lab_entry *lab, const char *version) {
    struct command command = {0};
    struct outcome o;
    const char *const none = getenv("NO_COLOR");
    command_add(&command, "diff");
    command_add(&command, "-u");
    if (isatty(STDOUT_FILENO) && !(none && *none))
        command_add(&command, "--color=always");
    for (int i = 0; i < 2; i++)
        command_add(&command, "--label=%s/%s/%s.c (%s)", i ? "solutions" : "labs", lab->dir,
                    version, i ? "the reference" : "yours");
    command_add(&command, "%s/labs/%s/%s.c", lab->home, lab->dir, version);
    command_add(&command, "%s/solutions/%s/%s.c", lab->home, lab->dir, version);
    fflush(stdout);
    if (!process_find("diff", NULL, 0))
        die("diff was not found; Debian, Ubuntu: apt-get install diffutils.");
    process_run(&command, &(struct how){.seconds = 20}, &o);
    if (o.status > 1)
        die("%s.c cannot be compared (%s).", version, o.text);
    if (o.status == 0)
        printf("Your %s.c is the reference solution, letter for letter.\n", version);
    outcome_free(&o);
    command_free(&command);
}

static void check_name(const struct lab_entry *lab, const char *version, char names[FILES][32],
                       int count) {
    const char *known[FILES];
    char all[FILES * 34] = "";
    for (int i = 0; i < count; i++) {
        known[i] = names[i];
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s %s", i ? "," : "", names[i]);
        if (!strcmp(names[i], version))
            return;
    }
    const char *const near = nearest(version, known, (size_t)count);
    die("%s has no solution of a version '%s'%s%s%s; it has%s.", lab->name, version,
        near ? " (did you mean " : "", near ? near : "", near ? "?)" : "", all);
}

int main(int argc, char **argv) {
    static const struct argp argp = {list, parse, "LAB", doc, NULL, NULL, NULL};
    static struct labs labs;
    static struct lastrun run;
    struct request request = {0};
    char root[PATH_MAX], path[PATH_CAP], text[PATH_CAP + 1024], names[FILES][32];
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, &request);

    const struct lab_entry *const lab =
        labs_choose(request.lab, root, sizeof root, &labs, text, sizeof text);
    if (!lab)
        die("%s", text);
    refuse_if_closed(root);
    const int count = find_versions(lab, names);
    if (request.version)
        check_name(lab, request.version, names, count);
    snprintf(path, sizeof path, "%s/build/check/%s.jsonl", root, lab->name);
    if (!lastrun_read(path, &run, text, sizeof text))
        die("%s", text);
    int shown = 0;
    for (int i = 0; i < count; i++) {
        const bool asked = request.version && !strcmp(request.version, names[i]);
        if ((request.version && !asked) || !has_passed(&run, lab, names[i], asked))
            continue;
        show(lab, names[i]);
        shown++;
    }
    lastrun_free(&run);
    if (!shown)
        die("no file of %s is known to be right: the solution is shown when all checks of a "
            "version "
            "have passed. Run `make check LAB=%s`; `make hint LAB=%s` helps.",
            lab->name, lab->name, lab->name);
    return 0;
}
