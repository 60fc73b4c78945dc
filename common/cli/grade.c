// SPDX-License-Identifier: MIT
//
// grade.c: `twofold grade`: judges the submissions of a class.
//
// Theory of operation.
//
//     input     a directory or an archive, in any of five layouts, and perhaps a roster
//               (grade/input.h, layout.h, course.h)
//     judging   each different submission once, several at a time, by `twofold check`, in the
//               sandbox (grade/queue.h)
//     journal   OUT/journal.jsonl holds what was judged; a call goes on where the one before it
//               was stopped or killed (grade/ledger.h)
//     marks     made from the journal, attempts and late policy, each time anew (grade/book.h)
//     output    a table in the terminal, OUT/grades.csv, pages, exports (grade/output.h)
//
// One call at a time works on an output directory: OUT/lock.

#include "grade/book.h"
#include "grade/output.h"
#include "grade/queue.h"
#include "grade/slurm.h"
#include "grade/tell.h"
#include "grade/timed.h"

#include "check/rubric.h"
#include "expand.h"
#include "machine.h"
#include "process.h"
#include "sandbox.h"
#include "version.h"
#include <argp.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    KEY_LAB = 'l',
    KEY_OUT = 'o',
    KEY_ROSTER = 'r',
    KEY_POLICY = 'p',
    KEY_JOBS = 'j',
    KEY_SEED = 's',
    KEY_EXPORT = 'e',
    KEY_LAYOUT = 300,
    KEY_AGAIN,
    KEY_NO_SANDBOX,
    KEY_SLURM,
    KEY_CANVAS,
    KEY_MOODLE,
    KEY_BLACKBOARD,
    KEY_COLUMN
};

static const struct argp_option list[] = {
    {"lab", KEY_LAB, "LAB", 0, "Which lab: heat, 09-heat, 9", 0},
    {"out", KEY_OUT, "DIR", 0, "Where everything is kept (build/grade/LAB)", 0},
    {"roster", KEY_ROSTER, "FILE", 0, "The class, as CSV: a column username, id or email, and name",
     0},
    {"policy", KEY_POLICY, "FILE", 0,
     "When it is due and what lateness costs (docs/instructor-guide.md)", 0},
    {"layout", KEY_LAYOUT, "NAME", 0, "plain, canvas, moodle, gradescope or blackboard (found out)",
     0},
    {"jobs", KEY_JOBS, "N", 0, "Submissions at a time (as many as cores)", 0},
    {"seed", KEY_SEED, "N", 0, "The cases of an earlier call that printed this seed", 0},
    {"slurm", KEY_SLURM, NULL, 0,
     "On the nodes of a cluster: a login node's Slurm, or make cluster", 0},
    {"again", KEY_AGAIN, NULL, 0, "Judge all once more", 0},
    {"export", KEY_EXPORT, "NAMES", 0,
     "gradescope, prairielearn, autolab, junit, ctrf (with commas between), or all", 0},
    {"canvas", KEY_CANVAS, "FILE", 0, "Fill Canvas's exported gradebook into OUT/canvas.csv", 0},
    {"moodle", KEY_MOODLE, "FILE", 0, "Fill Moodle's grading worksheet into OUT/moodle.csv", 0},
    {"blackboard", KEY_BLACKBOARD, "FILE", 0, "Fill Blackboard's work file into OUT/blackboard.*",
     0},
    {"column", KEY_COLUMN, "NAME", 0, "Its column for this lab (the one that names the lab)", 0},
    {"no-sandbox", KEY_NO_SANDBOX, NULL, 0, "Run strangers' code as you: every page will say so",
     0},
    {0}};

static const char doc[] =
    "Judge the submissions of a class, write pages and grades.\vSUBMISSIONS is a directory with a "
    "directory or an archive for each student, or what Canvas, Moodle, Gradescope or Blackboard "
    "give as a bulk download. Call it again to go on after Ctrl-C, or when more was handed in: "
    "nothing is judged twice. Exit status: 0 all is judged, 1 some could not be, 2 refused.\n\n"
    "Example: twofold grade --lab heat submissions.zip";

struct request {
    const char *submissions, *lab, *out, *roster, *policy, *layout, *jobs, *seed;
    struct wanted wanted;
    bool again, no_sandbox, slurm;
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct request *const r = state->input;
    switch (key) {
    case KEY_LAB:
        r->lab = arg;
        break;
    case KEY_OUT:
        r->out = arg;
        break;
    case KEY_ROSTER:
        r->roster = arg;
        break;
    case KEY_POLICY:
        r->policy = arg;
        break;
    case KEY_LAYOUT:
        r->layout = arg;
        break;
    case KEY_JOBS:
        r->jobs = arg;
        break;
    case KEY_SEED:
        r->seed = arg;
        break;
    case KEY_AGAIN:
        r->again = true;
        break;
    case KEY_SLURM:
        r->slurm = true;
        break;
    case KEY_NO_SANDBOX:
        r->no_sandbox = true;
        break;
    case KEY_EXPORT:
        r->wanted.exports = arg;
        break;
    case KEY_CANVAS:
        r->wanted.canvas = arg;
        break;
    case KEY_MOODLE:
        r->wanted.moodle = arg;
        break;
    case KEY_BLACKBOARD:
        r->wanted.blackboard = arg;
        break;
    case KEY_COLUMN:
        r->wanted.column = arg;
        break;
    case ARGP_KEY_ARG:
        if (r->submissions)
            argp_error(state,
                       "'%s' is one word too many: all submissions lie in one directory or "
                       "archive.",
                       arg);
        r->submissions = arg;
        break;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "where are the submissions? Name their directory or archive.");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

__attribute__((format(printf, 1, 2), noreturn)) static void die(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("twofold grade: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(2);
}

static double whole_number(const char *text, const char *what, double least, double most) {
    char *end;
    const unsigned long long number = strtoull(text, &end, 10);
    if (!*text || strspn(text, "0123456789") != strlen(text) || (double)number < least ||
        (double)number > most)
        die("%s is a whole number from %.0f to %.0f, not '%s'.", what, least, most, text);
    return (double)number;
}

// -- the places -----------------------------------------------------------------------------------------

struct place {
    char root[PATH_MAX], out[PATH_MAX];
    char files[PATH_MAX + 16], work[PATH_MAX + 16];
};

static void make_way(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0777);
        *slash = '/';
    }
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        die("the directory %s cannot be made: %s; name another with --out DIR.", path,
            strerror(errno));
}

// Removes what lies in the directory of work, perhaps but for what waits to be timed (timed.h).
static void clear_work(const struct place *place, bool keep_waiting) {
    DIR *const work = opendir(place->work);
    for (struct dirent *entry; work && (entry = readdir(work));)
        if (!keep_waiting || !timed_is_waiting(entry->d_name))
            unlinkat(dirfd(work), entry->d_name, 0);
    if (work)
        closedir(work);
}

static void open_place(struct place *place, const char *out, const char *lab, bool again) {
    char path[PATH_MAX + 64], absolute[PATH_MAX];
    snprintf(path, sizeof path, "%s/build/grade/%s", place->root, lab);
    if (out && strlen(out) >= 400)
        die("the path of the output directory is longer than 400 bytes; give a shorter one.");
    if (out)
        snprintf(path, sizeof path, "%s", out);
    make_way(path);
    if (!realpath(path, absolute) || strlen(absolute) > 440)
        die("the output directory %s cannot be used: %s; name another with --out DIR.", path,
            errno ? strerror(errno) : "its path is too long");
    memcpy(place->out, absolute, sizeof absolute);
    snprintf(place->files, sizeof place->files, "%s/files", place->out);
    snprintf(place->work, sizeof place->work, "%s/work", place->out);
    snprintf(path, sizeof path, "%s/lock", absolute);
    // Held until this program ends, however it ends.
    const int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (lock < 0 || (mkdir(place->work, 0777) != 0 && errno != EEXIST))
        die("nothing can be written in %s: %s; name another directory with --out DIR.", place->out,
            strerror(errno));
    const bool alone = flock(lock, LOCK_EX | LOCK_NB) == 0;
    // What a killed call left there is of no use, but for what only waits to be timed.
    if (alone)
        clear_work(place, !again);
    else
        die("another grade is at work in %s: wait for its end, or name another directory with "
            "--out DIR.",
            place->out);
}

// -- what is judged -------------------------------------------------------------------------------------

static int by_number_of_attempts(const void *a, const void *b) {
    return ((const struct job *)b)->sharing - ((const struct job *)a)->sharing;
}

// A job for each different submission that is not judged yet. Returns how many there are in all.
static size_t find_jobs(struct queue *queue, const struct course *course) {
    size_t all = 0, room = 0;
    for (size_t s = 0; s < course->students; s++)
        room += course->student[s].attempts;
    struct job *const job = calloc(room + 1, sizeof *job);
    if (!job)
        die("there is no memory left.");
    for (size_t s = 0; s < course->students; s++)
        for (size_t i = 0; i < course->student[s].attempts; i++) {
            const struct attempt *const a = &course->student[s].attempt[i];
            size_t j = 0;
            while (j < all && strcmp(job[j].files, a->sha) != 0)
                j++;
            if (!*a->sha || job[j].sharing++)
                continue;
            memcpy(job[j].files, a->sha, sizeof a->sha);
            memcpy(job[j].dir, a->dir, sizeof a->dir);
            memcpy(job[j].student, course->student[s].key, sizeof job[j].student);
            all++;
        }
    for (size_t j = 0; j < all; j++)
        if (!ledger_done(queue->ledger, job[j].files, queue->rubric))
            job[queue->jobs++] = job[j];
    qsort(job, queue->jobs, sizeof *job, by_number_of_attempts);
    queue->job = job;
    return all;
}

static void check_sandbox(const char *root, bool no_sandbox) {
    char why[1024];
    if (no_sandbox) {
        fputs("Without a sandbox strangers' code runs as you, and may read and change what you "
              "may: every page says so.\n",
              stderr);
        return;
    }
    if (!sandbox_available(root, why, sizeof why))
        die("strangers' code is judged in a sandbox, and none can be made here: %s With "
            "--no-sandbox it would run as you.",
            why);
}

int main(int argc, char **argv) {
    static const struct argp argp = {list, parse, "SUBMISSIONS", doc, NULL, NULL, NULL};
    static struct labs labs;
    static struct rubric rubric;
    static struct lab_about about;
    struct request r = {0};
    struct place place;
    struct input input = {0};
    struct course course;
    struct policy policy = policy_none();
    struct ledger ledger;
    char text[4096], path[PATH_MAX + 96], kit[32], date[32];
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, &r);

    // What is asked for, before anything is written.
    if (!r.lab)
        die("which lab? Say it with --lab heat; `twofold list` shows them.");
    const struct lab_entry *const lab =
        labs_choose(r.lab, place.root, sizeof place.root, &labs, text, sizeof text);
    if (!lab)
        die("%s", text);
    const enum layout layout = r.layout ? layout_find(r.layout) : LAYOUTS;
    if (r.layout && layout == LAYOUTS)
        die("there is no layout '%s'; the layouts are plain, canvas, moodle, gradescope and "
            "blackboard.",
            r.layout);
    if (r.policy && !policy_read(&policy, r.policy, text, sizeof text))
        die("%s", text);
    if (!output_check(&r.wanted, text, sizeof text))
        die("%s", text);
    if (r.slurm && r.jobs)
        die("--jobs is about this machine; with --slurm the queue of the cluster decides how many "
            "at a time: leave it out.");
    struct machine machine;
    machine_read(&machine);
    const int workers =
        r.jobs ? (int)whole_number(r.jobs, "the number of jobs", 1, 256) : machine.cores;
    const double seed = r.seed ? whole_number(r.seed, "the seed", 0, 9007199254740991) : -1;
    if (!rubric_read(&rubric, place.root, lab, text, sizeof text))
        die("%s", text);
    snprintf(path, sizeof path, "%s/build/solutions/%s", place.root, lab->name);
    if (access(path, X_OK) != 0)
        snprintf(path, sizeof path, "%s/build/labs/%s", place.root, lab->name);
    if (!lab_describe(path, &about, text, sizeof text))
        die("%s", text);
    input.count = submission_names(place.root, lab, &about, input.names);
    if (!input_read(&input, r.submissions, text, sizeof text))
        die("%s", text);
    course_collect(&course, &input, layout, &policy);
    if (r.roster && !course_roster(&course, r.roster, text, sizeof text))
        die("%s", text);
    if (course.students == 0)
        die("no submission was found in %s as %s lays them out; say how with --layout NAME.",
            r.submissions, layout_names[course.layout]);
    if (!r.slurm || r.no_sandbox) // else each node looks for itself
        check_sandbox(place.root, r.no_sandbox);
    process_catch_signals();

    open_place(&place, r.out, lab->name, r.again);
    if (!course_lay_out(&course, &input, place.files, text, sizeof text))
        die("%s", text);
    snprintf(path, sizeof path, "%s/journal.jsonl", place.out);
    if (!ledger_open(&ledger, path, text, sizeof text))
        die("%s", text);
    tell_input(&course, &policy);
    const double base = seed >= 0               ? seed
                        : ledger.base_seed >= 0 ? ledger.base_seed
                                                : (double)fresh_base_seed();
    if (!ledger_add_session(&ledger, lab->name, base, r.again, text, sizeof text))
        die("%s", text);
    ledger.base_seed = base;

    version_text(place.root, kit, sizeof kit);
    struct queue queue = {.lab = lab->name,
                          .files_dir = place.files,
                          .work_dir = place.work,
                          .rubric = rubric.sha,
                          .checks = &rubric,
                          .kit = kit,
                          .no_sandbox = r.no_sandbox,
                          .workers = r.slurm ? 0 : workers,
                          .ledger = &ledger};
    snprintf(queue.judge, sizeof queue.judge, "%.*s/build/bin/twofold-check", PATH_MAX - 32,
             place.root);
    const size_t all = find_jobs(&queue, &course);
    char where[32] = "on the cluster";
    if (!r.slurm)
        snprintf(where, sizeof where, "%d at a time", workers);
    fprintf(stderr, "%zu different submission%s, %zu to judge, %s; seed %.0f.\n", all,
            all == 1 ? "" : "s", queue.jobs, where, base);
    const bool ended = r.slurm ? slurm_run(&queue, place.root) : queue_run(&queue);

    double most = 0;
    for (int i = 0; i < rubric.count; i++)
        most += rubric.check[i].points;
    const time_t now = time(NULL);
    struct tm at;
    localtime_r(&now, &at);
    strftime(date, sizeof date, "%Y-%m-%d %H:%M", &at);
    snprintf(path, sizeof path, "%s/labs/%s/.starter", place.root, lab->dir);
    struct book book = {.lab = lab->name,
                        .starter = path,
                        .title = about.title,
                        .rubric = rubric.sha,
                        .kit = kit,
                        .date = date,
                        .most = most,
                        .no_sandbox = r.no_sandbox};
    book_fill(&book, &course, &ledger, &policy);
    bool good = ended;
    if (ended) {
        clear_work(&place, false);
        tell_class(&book);
        good = tell_changes(&book, &ledger, r.again, text, sizeof text) &&
               output_write(&book, &r.wanted, place.out, text, sizeof text);
        if (!good)
            fprintf(stderr, "twofold grade: %s\n", text);
    } else {
        fprintf(stderr,
                "%s%s%zu of %zu judged up to now are kept: the same command goes on from here.\n",
                queue.why, *queue.why ? " " : "Stopped. ", all - queue.jobs + queue.done, all);
    }
    size_t unknown = 0;
    for (size_t i = 0; i < book.count; i++)
        unknown += book.score[i].state == UNKNOWN;
    rmdir(place.work);
    book_free(&book);
    free(queue.job);
    free(policy.extension);
    ledger_close(&ledger);
    course_free(&course);
    input_free(&input);
    process_die_if_interrupted();
    return !good ? 2 : unknown ? 1 : 0;
}
