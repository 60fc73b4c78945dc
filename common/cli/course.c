// SPDX-License-Identifier: MIT
//
// course.c: `twofold course`: a directory outside the kit in which a course is run.
//
//     DIR/course.conf      what is graded how (course/conf.h)
//     DIR/roster.csv       the class
//     DIR/submissions/LAB  what was handed in: a directory, or an archive LAB.zip, LAB.tar.gz
//     DIR/earlier/LAB/     a directory or an archive for each earlier class, to find pairs (grade/pairs.h)
//     DIR/hidden/LAB.txt   checks of which students see no inputs (check/hidden.h), if there are any
//     DIR/LAB              journal, marks, pages and exports of that lab (`twofold grade`)
//
// `course grade` judges nothing itself: it makes the late policy of course.conf, looks whether the
// journal is of this kit and rubric, and becomes `twofold grade` with what that wants to be told.

#include "course/conf.h"
#include "course/journal.h"
#include "course/make.h"
#include "grade/earlier.h"
#include "grade/policy.h"

#include "die.h"
#include "labs.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_CAP = PATH_MAX + 96, WORDS = 128 };

static const char usage[] =
    "Usage: twofold course make DIR\n"
    "       twofold course labs DIR\n"
    "       twofold course salt DIR\n"
    "       twofold course versions DIR LAB\n"
    "       twofold course grade DIR LAB [--regrade] [--submissions PATH] [WORDS OF GRADE ...]\n\n"
    "Run a course in a directory of its own: make it, name its labs, its salt, the versions of a "
    "lab that\ncount, or grade a lab.\ncourse.conf in it says what is graded how; `make` writes "
    "one with every key explained. "
    "Without --submissions\nwhat was handed in is DIR/submissions/LAB, a directory or an archive. "
    "--regrade judges anew under\na rubric or a kit that is not the journal's, and shows old and "
    "new scores.\n\nExample: twofold course grade ~/parallel heat\n";

// -- grading --------------------------------------------------------------------------------------------

static bool exists(const char *path) {
    struct stat file;
    return stat(path, &file) == 0;
}

// DIR/submissions/LAB, or an archive of that name.
static void find_submissions(const char *dir, const char *lab, char path[PATH_CAP]) {
    static const char *const ends[] = {"", ".zip", ".tar.gz", ".tgz", ".tar"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(path, PATH_CAP, "%s/submissions/%s%s", dir, lab, ends[i]);
        if (exists(path))
            return;
    }
    die("nothing was handed in: put the submissions into %s/submissions/%s (a directory, or an "
        "archive), or name them with SUBMISSIONS=.",
        dir, lab);
}

static void write_policy(const struct conf *conf, const struct conf_lab *lab, const char *path) {
    char part[PATH_CAP + 32], why[1024];
    struct policy policy;
    snprintf(part, sizeof part, "%s.part", path);
    FILE *const file = fopen(part, "we");
    if (!file)
        die("%s cannot be written: %s.", part, strerror(errno));
    conf_policy(conf, lab, file);
    make_finish(file, part);
    const bool good = policy_read(&policy, part, why, sizeof why);
    free(policy.extension);
    if (!good) {
        unlink(part);
        die("[lab %s] of course.conf: %s", lab->name, why);
    }
    if (rename(part, path) != 0)
        die("%s cannot be written: %s.", path, strerror(errno));
}

struct request {
    char dir[PATH_MAX], submissions[PATH_CAP];
    const char *lab;
    bool regrade;
    int count; // of words for grade
    const char *words[WORDS];
};

static void add_word(struct request *r, const char *word) {
    if (r->count + 1 >= WORDS)
        die("there are too many words for grade.");
    r->words[r->count++] = word;
}

// DIR LAB and words, ours and those of grade.
static void read_words(struct request *r, char **argv) {
    static const char *const fixed[] = {"--lab", "--out", "--roster", "--policy", "--hidden"};
    if (!argv[0] || !argv[1])
        die("which course and which lab? As in: twofold course grade DIR heat");
    if (strlen(argv[0]) > 400 || !realpath(argv[0], r->dir))
        die("there is no course %s: `twofold course make DIR` makes one.", argv[0]);
    setenv("TWOFOLD_COURSE", r->dir, 1); // it may have labs of its own
    r->lab = argv[1];
    add_word(r, "twofold grade");
    for (char **word = argv + 2; *word; word++) {
        for (size_t f = 0; f < sizeof fixed / sizeof *fixed; f++)
            if (!strncmp(*word, fixed[f], strlen(fixed[f])))
                die("%s is told by the course; leave it out.", fixed[f]);
        if (!strcmp(*word, "--regrade"))
            r->regrade = true;
        else if (!strcmp(*word, "--submissions") && word[1])
            snprintf(r->submissions, sizeof r->submissions, "%s", *++word);
        else
            add_word(r, *word);
    }
}

// What course.conf says of the lab; all labs that it names must be there.
static const struct conf_lab *lab_of(const struct conf *conf, const struct labs *labs,
                                     const struct request *r, const char *name) {
    char text[4096];
    for (int i = 0; i < conf->labs; i++)
        if (labs_find(labs, conf->lab[i].name, text, sizeof text) < 0)
            die("[lab %s] of %s/course.conf: %s", conf->lab[i].name, r->dir, text);
    const struct conf_lab *const lab = conf_lab(conf, name);
    if (!lab)
        die("%s/course.conf has no [lab %s]: add that section if the course has this lab.", r->dir,
            name);
    return lab;
}

// Each class of DIR/earlier/LAB is compared with. Not more than grade takes: the latest by name.
static void add_earlier(struct request *r, const char *lab) {
    char dir[PATH_CAP + 16];
    struct dirent **list;
    snprintf(dir, sizeof dir, "%s/earlier/%s", r->dir, lab);
    const int count = scandir(dir, &list, NULL, versionsort);
    for (int i = 0; i < count; i++) {
        char *path;
        if (*list[i]->d_name != '.' && i >= count - EARLIER_MAX) {
            if (asprintf(&path, "%s/%s", dir, list[i]->d_name) < 0)
                die("there is no memory left.");
            add_word(r, "--earlier");
            add_word(r, path);
        }
        free(list[i]);
    }
    if (count >= 0)
        free(list);
}

// Becomes `twofold grade`.
static int grade(char **argv) {
    static struct labs labs;
    static struct conf conf;
    static struct request r;
    char root[PATH_MAX], text[4096], out[PATH_CAP], policy[PATH_CAP + 16], roster[PATH_CAP];
    char hidden[PATH_CAP];
    char path[PATH_CAP + 32];
    read_words(&r, argv);
    if (!conf_read(&conf, r.dir, text, sizeof text))
        die("%s", text);
    const struct lab_entry *const lab =
        labs_choose(r.lab, root, sizeof root, &labs, text, sizeof text);
    if (!lab)
        die("%s", text);
    const struct conf_lab *const its = lab_of(&conf, &labs, &r, lab->name);
    if (!*r.submissions)
        find_submissions(r.dir, lab->name, r.submissions);
    snprintf(out, sizeof out, "%s/%s", r.dir, lab->name);
    snprintf(path, sizeof path, "%s/journal.jsonl", out);
    snprintf(hidden, sizeof hidden, "%s/hidden/%s.txt", r.dir, lab->name);
    journal_compare(root, lab, exists(hidden) ? hidden : NULL, path, r.regrade);
    if (mkdir(out, 0777) != 0 && errno != EEXIST)
        die("%s cannot be made: %s.", out, strerror(errno));
    snprintf(policy, sizeof policy, "%s/policy.txt", out);
    write_policy(&conf, its, policy);
    snprintf(roster, sizeof roster, "%s/roster.csv", r.dir);
    const char *const told[] = {"--lab",
                                lab->name,
                                "--out",
                                out,
                                "--policy",
                                policy,
                                exists(roster) ? "--roster" : NULL,
                                roster,
                                exists(hidden) ? "--hidden" : NULL,
                                hidden,
                                *conf.salt ? "--variants" : NULL,
                                conf.salt,
                                *conf.exports ? "--export" : NULL,
                                conf.exports};
    for (size_t i = 0; i < sizeof told / sizeof *told; i += 2)
        if (told[i]) {
            add_word(&r, told[i]);
            add_word(&r, told[i + 1]);
        }
    add_earlier(&r, lab->name);
    add_word(&r, r.submissions);
    snprintf(path, sizeof path, "%s/build/bin/twofold-grade", root);
    execv(path, (char *const *)(void *)r.words);
    die("%s cannot be started: %s; run `make build`.", path, strerror(errno));
}

// What course.conf says: its labs, a line each, its salt, if it has one, or the versions of a lab, if
// not all count.
static int print(const char *verb, const char *dir, const char *name) {
    static struct conf conf;
    char text[4096];
    if (!conf_read(&conf, dir, text, sizeof text))
        die("%s", text);
    const struct conf_lab *const lab = conf_lab(&conf, name);
    if (!strcmp(verb, "labs"))
        for (int i = 0; i < conf.labs; i++)
            puts(conf.lab[i].name);
    else if (!strcmp(verb, "salt") && *conf.salt)
        puts(conf.salt);
    else if (lab && *lab->versions)
        puts(lab->versions);
    return 0;
}

int main(int argc, char **argv) {
    const char *const verb = argc > 1 ? argv[1] : "";
    if (!strcmp(verb, "--help") || !strcmp(verb, "-h")) {
        fputs(usage, stdout);
        return 0;
    }
    if (!strcmp(verb, "grade"))
        return grade(argv + 2);
    const bool versions = !strcmp(verb, "versions");
    if (!versions && strcmp(verb, "make") != 0 && strcmp(verb, "labs") != 0 &&
        strcmp(verb, "salt") != 0)
        die("make, labs, salt, versions or grade is wanted, not '%s'; try --help.", verb);
    if (versions && argc != 4)
        die("a directory and a lab are wanted, as in: twofold course versions DIR heat");
    if (!versions && argc != 3)
        die("one directory is wanted, as in: twofold course %s DIR", verb);
    return !strcmp(verb, "make") ? make_course(argv[2])
                                 : print(verb, argv[2], versions ? argv[3] : "");
}
