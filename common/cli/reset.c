// SPDX-License-Identifier: MIT
//
// reset.c: `twofold reset`: puts the starters of a lab back, and keeps what was there.
//
// Where the starters come from. Each lab has a second copy of its starters in labs/NN-name/.starter,
// which no one edits. A student's tree may have come as an archive, without git; with git, HEAD may
// hold the student's own commits; and a copy that the build makes would be one of whatever was there
// at the first build. A second copy in the tree depends on none of these. A test makes sure that it
// is equal to the starters that are handed out.
//
// Nothing is lost. What differs from its starter is first copied to labs/NN-name/saved-DATE-TIME, a
// directory that was not there before, and written through to the disk. Then the starter takes its
// place by rename(2): at any instant the file is the old one or the new one.

#include "die.h"
#include "labs.h"
#include "labword.h"
#include "nearest.h"
#include "reset/copy.h"
#include <argp.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PATH_CAP = 256, FILES_MAX = 32 };

static const struct argp_option list[] = {
    {"version", 'v', "V", 0, "Put back the file of this version only, such as omp", 0},
    {"yes", 'y', NULL, 0, "Do not ask", 0},
    {0}};

static const char doc[] =
    "Put the starters of a lab back, and keep a dated copy of your files.\vThe copy is "
    "labs/NN-name/saved-DATE-TIME. Files that are still the starters stay as they are, and so does "
    "answers.txt.\n\nExample: twofold reset heat --version omp";

struct request {
    const char *lab, *version;
    bool yes;
};

struct starter {
    char file[64]; // "omp.c"
    bool there;    // the student's file is, and differs: it is to be kept
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct request *r = state->input;
    switch (key) {
    case 'v':
        r->version = arg;
        break;
    case 'y':
        r->yes = true;
        break;
    default:
        return lab_word(key, arg, state, &r->lab,
                        "one lab at a time; '%s' is too much. One file: --version omp.");
    }
    return 0;
}

// -- which files ------------------------------------------------------------------------------------

static int by_name(const void *a, const void *b) {
    return strcmp(((const struct starter *)a)->file, ((const struct starter *)b)->file);
}

// The files that have a starter.
static int find_starters(const struct lab_entry *lab, struct starter starters[FILES_MAX]) {
    int count = 0;
    DIR *folder = opendir(".starter");
    for (struct dirent *entry; folder && (entry = readdir(folder)) && count < FILES_MAX;) {
        size_t n = strlen(entry->d_name);
        if (n > 2 && n < sizeof starters->file && strcmp(entry->d_name + n - 2, ".c") == 0 &&
            *entry->d_name != '.')
            memcpy(starters[count++].file, entry->d_name, n + 1);
    }
    if (folder)
        closedir(folder);
    if (count == 0)
        die("%s/.starter holds no starter, so nothing can be put back: unpack the kit once "
            "more beside this one and copy %s from there.",
            lab->shown, lab->shown);
    qsort(starters, (size_t)count, sizeof *starters, by_name);
    return count;
}

// Leaves only the file of the version.
static int only_version(const char *version, const struct lab_entry *lab,
                        struct starter starters[FILES_MAX], int count) {
    char names[FILES_MAX][64], all[FILES_MAX * 66] = "";
    const char *list_of_names[FILES_MAX];
    for (int i = 0; i < count; i++) {
        snprintf(names[i], sizeof names[i], "%.*s", (int)strlen(starters[i].file) - 2,
                 starters[i].file);
        list_of_names[i] = names[i];
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s %s", i ? "," : "", names[i]);
        if (strcmp(version, names[i]) == 0 || strcmp(version, starters[i].file) == 0) {
            starters[0] = starters[i];
            return 1;
        }
    }
    const char *near = nearest(version, list_of_names, (size_t)count);
    die("%s has no starter '%s'%s%s%s; it has%s.", lab->name, version,
        near ? " (did you mean " : "", near ? near : "", near ? "?)" : "", all);
}

// Of the starters those that are not in their place; marks what is to be kept.
static int changed_only(const struct lab_entry *lab, struct starter starters[FILES_MAX],
                        int count) {
    char starter[PATH_CAP], mine[PATH_CAP];
    struct stat about;
    int changed = 0;
    for (int i = 0; i < count; i++) {
        snprintf(starter, sizeof starter, ".starter/%.63s", starters[i].file);
        snprintf(mine, sizeof mine, "%.63s", starters[i].file);
        bool exists = lstat(mine, &about) == 0;
        bool dangling = exists && S_ISLNK(about.st_mode) && stat(mine, &about) != 0;
        if (exists && !dangling && (stat(mine, &about) != 0 || !S_ISREG(about.st_mode)))
            die("%s/%s is not a file; move it away, then the starter can be put there.", lab->shown,
                starters[i].file);
        starters[i].there = exists && !dangling;
        if (!starters[i].there || !copy_equal(starter, mine))
            starters[changed++] = starters[i];
    }
    return changed;
}

// -- asking, keeping, putting back --------------------------------------------------------------------

static void ask(const struct lab_entry *lab, const struct starter *starters, int count) {
    char line[16];
    if (!isatty(STDIN_FILENO))
        die("it asks before it puts starters back, and here nobody can answer; --yes does it "
            "without asking (with make: ARGS=--yes).");
    printf("This puts the starter back in place of");
    for (int i = 0; i < count; i++)
        printf("%s %s/%s", i ? "," : "", lab->shown, starters[i].file);
    printf(". What is there now is kept in a copy.\nGo on? [y/N] ");
    fflush(stdout);
    if (!fgets(line, sizeof line, stdin) || (*line != 'y' && *line != 'Y')) {
        puts("Nothing was changed.");
        exit(0);
    }
}

// Makes a directory that was not there: saved-DATE-TIME, or with -2, -3 ... if it was.
static void make_saved(const struct lab_entry *lab, char name[64]) {
    struct tm now;
    time_t seconds = time(NULL);
    localtime_r(&seconds, &now);
    size_t n = strftime(name, 48, "saved-%Y%m%d-%H%M%S", &now);
    for (int i = 2; i < 1000; i++) {
        if (mkdir(name, 0777) == 0)
            return;
        if (errno != EEXIST)
            die("%s/%s cannot be made to keep your files in: %s. Nothing was changed.", lab->shown,
                name, strerror(errno));
        snprintf(name + n, 64 - n, "-%d", i);
    }
    die("%s holds a thousand copies of this second; nothing was changed.", lab->shown);
}

static void keep(const struct lab_entry *lab, const struct starter *starters, int count) {
    char saved[64] = "", from[PATH_CAP], to[PATH_CAP];
    for (int i = 0; i < count; i++) {
        if (!starters[i].there)
            continue;
        if (!*saved)
            make_saved(lab, saved);
        snprintf(from, sizeof from, "%.63s", starters[i].file);
        snprintf(to, sizeof to, "%s/%.63s", saved, starters[i].file);
        if (!copy_file(from, to))
            die("%s/%s cannot be kept in %s/%s: %s. Nothing was put back.", lab->shown,
                starters[i].file, lab->shown, saved, strerror(errno));
    }
    if (*saved)
        printf("Your files are kept in %s/%s.\n", lab->shown, saved);
}

static void put_back(const struct lab_entry *lab, const struct starter *starters, int count) {
    char from[PATH_CAP], part[PATH_CAP], to[PATH_CAP];
    for (int i = 0; i < count; i++) {
        snprintf(from, sizeof from, ".starter/%.63s", starters[i].file);
        snprintf(part, sizeof part, ".%.63s.%d.part", starters[i].file, (int)getpid());
        snprintf(to, sizeof to, "%.63s", starters[i].file);
        if (!copy_file(from, part) || rename(part, to) != 0) {
            int why = errno;
            unlink(part);
            die("%s/%s cannot be put back: %s. The file is as it was.", lab->shown,
                starters[i].file, strerror(why));
        }
        printf("%s/%s is the starter again.\n", lab->shown, starters[i].file);
    }
}

int main(int argc, char **argv) {
    static const struct argp argp = {list, parse, "LAB", doc, NULL, NULL, NULL};
    static struct labs labs;
    struct request request = {0};
    struct starter starters[FILES_MAX] = {0};
    char root[PATH_MAX], dir[PATH_MAX + 128], text[4096];
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, &request);

    const struct lab_entry *const lab =
        labs_choose(request.lab, root, sizeof root, &labs, text, sizeof text);
    if (!lab)
        die("%s", text);
    snprintf(dir, sizeof dir, "%s/labs/%s", lab->home, lab->dir);
    if (chdir(dir) != 0) // from here on, paths are short
        die("%s cannot be entered: %s.", lab->shown, strerror(errno));

    int count = find_starters(lab, starters);
    if (request.version)
        count = only_version(request.version, lab, starters, count);
    count = changed_only(lab, starters, count);
    if (count == 0) {
        printf("Nothing to do: %s of %s still %s.\n", request.version ? "that file" : "all files",
               lab->name, request.version ? "is the starter" : "are the starters");
        return 0;
    }
    if (!request.yes)
        ask(lab, starters, count);
    keep(lab, starters, count);
    put_back(lab, starters, count);
    return 0;
}
