// SPDX-License-Identifier: MIT
//
// grade.c: `twofold grade`: judges the submissions of a class.
//
// Theory of operation. What is asked for stands in grade/words.h, where all is kept in grade/place.h.
//
//     input     a directory or an archive, in any of five layouts, and perhaps a roster
//               (grade/input.h, layout.h, course.h)
//     judging   each different submission once (grade/jobs.h), several at a time, by `twofold
//               check`, in the sandbox (grade/queue.h)
//     journal   OUT/journal.jsonl holds what was judged; a call goes on where the one before it
//               was stopped or killed (grade/ledger.h)
//     marks     made from the journal, attempts and late policy, each time anew (grade/book.h)
//     output    a table in the terminal, OUT/grades.csv, gradebook, pages, exports (grade/output.h)
//
// A call ends with 0 where all is judged, 1 where something could not be, 2 where it was refused.

#include "die.h"
#include "grade/jobs.h"
#include "grade/manifest.h"
#include "grade/place.h"
#include "grade/queue.h"
#include "grade/slurm.h"
#include "grade/tell.h"
#include "grade/variant.h"
#include "grade/words.h"

#include "check/hidden.h"
#include "expand.h"
#include "machine.h"
#include "process.h"
#include "sandbox.h"
#include "version.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

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

// -- a call ---------------------------------------------------------------------------------------------

struct call {
    struct request r;
    struct place place;
    const struct lab_entry *lab;
    struct lab_about about;
    struct rubric rubric;
    struct policy policy;
    struct input input;
    struct course course;
    struct earlier earlier;
    struct ledger ledger;
    struct queue queue;
    struct book book;
    size_t different; // submissions
    int workers;
    double seed;           // typed; -1: none
    char hidden[PATH_MAX]; // the instructor's checks, a whole path; "": none
    char kit[32], date[32], starter[PATH_MAX + 96];
    char solution[PATH_MAX + 96], explanation[PATH_MAX + 96];
};

// What is asked for, before anything is written.
static void read_request(struct call *c) {
    static struct labs labs;
    const struct request *const r = &c->r;
    char text[4096];
    if (!r->lab)
        die("which lab? Say it with --lab heat; `twofold list` shows them.");
    c->lab = labs_choose(r->lab, c->place.root, sizeof c->place.root, &labs, text, sizeof text);
    if (!c->lab)
        die("%s", text);
    if (r->layout && layout_find(r->layout) == LAYOUTS)
        die("there is no layout '%s'; the layouts are plain, canvas, moodle, gradescope and "
            "blackboard.",
            r->layout);
    if (r->policy && !policy_read(&c->policy, r->policy, text, sizeof text))
        die("%s", text);
    if (!output_check(&r->wanted, text, sizeof text))
        die("%s", text);
    if (r->slurm && r->jobs)
        die("--jobs is about this machine; with --slurm the queue of the cluster decides how "
            "many at a time: leave it out.");
    if (r->variants && r->seed)
        die("--seed gives all the same cases, and --variants each student others: leave one "
            "of them out.");
    if (r->variants && !*r->variants)
        die("--variants wants a word that only the course knows, as in: --variants "
            "autumn-4711.");
    struct machine machine;
    machine_read(&machine);
    c->workers = r->jobs ? (int)words_number(r->jobs, "the number of jobs", 1, 256) : machine.cores;
    c->seed = r->seed ? words_number(r->seed, "the seed", 0, 9007199254740991) : -1;
}

// Leaves the checks of the versions that count. Each version must have one.
static void keep_counted(struct rubric *rubric, const struct policy *policy, const char *lab) {
    int kept = 0;
    for (int v = 0; v < policy->versions; v++) {
        struct policy only = {.versions = 1};
        memcpy(only.version[0], policy->version[v], sizeof only.version[0]);
        bool has = false;
        for (int i = 0; i < rubric->count; i++)
            has = has || policy_counts(&only, rubric->check[i].id);
        if (!has)
            die("no check of %s is about the version '%s', which is to count; look at what its "
                "rubric asks (tests/labs/%s.c).",
                lab, policy->version[v], lab);
    }
    for (int i = 0; i < rubric->count; i++)
        if (policy_counts(policy, rubric->check[i].id))
            rubric->check[kept++] = rubric->check[i];
    rubric->count = kept;
}

static void read_lab(struct call *c) {
    char text[4096], path[PATH_MAX + 96];
    if (!rubric_read(&c->rubric, c->place.root, c->lab, text, sizeof text))
        die("%s", text);
    snprintf(path, sizeof path, "%s/build/solutions/%s", c->place.root, c->lab->name);
    if (access(path, X_OK) != 0)
        snprintf(path, sizeof path, "%s/build/labs/%s", c->place.root, c->lab->name);
    if (!lab_describe(path, &c->about, text, sizeof text))
        die("%s", text);
    if (c->r.hidden && !realpath(c->r.hidden, c->hidden))
        die("the hidden checks %s cannot be read: %s.", c->r.hidden, strerror(errno));
    if (*c->hidden && !hidden_add(&c->rubric, c->hidden, &c->about, text, sizeof text))
        die("%s", text);
    keep_counted(&c->rubric, &c->policy, c->lab->name);
    snprintf(c->starter, sizeof c->starter, "%s/labs/%s/.starter", c->lab->home, c->lab->dir);
    snprintf(c->solution, sizeof c->solution, "%s/solutions/%s", c->lab->home, c->lab->dir);
    snprintf(c->explanation, sizeof c->explanation, "%s/labs/%s/why.txt", c->lab->home,
             c->lab->dir);
    version_text(c->place.root, c->kit, sizeof c->kit);
}

static void read_class(struct call *c) {
    const struct request *const r = &c->r;
    char text[4096];
    c->input.count = submission_names(c->lab, &c->about, c->input.names);
    if (!input_read(&c->input, r->submissions, text, sizeof text))
        die("%s", text);
    course_collect(&c->course, &c->input, r->layout ? layout_find(r->layout) : LAYOUTS, &c->policy);
    manifests_look(&c->course, &c->input, c->lab->name);
    if (r->roster && !course_roster(&c->course, r->roster, text, sizeof text))
        die("%s", text);
    if (c->course.students == 0)
        die("no submission was found in %s as %s lays them out; say how with --layout NAME.",
            r->submissions, layout_names[c->course.layout]);
    if (!earlier_read(&c->earlier, r->earlier, r->earliers, &c->input, &c->policy, text,
                      sizeof text))
        die("--earlier: %s", text);
}

// Each student's cases, where they are not the same for all.
static void choose_cases(struct call *c) {
    for (size_t s = 0; c->r.variants && s < c->course.students; s++)
        c->course.student[s].variant =
            variant_seed(c->r.variants, c->lab->name, c->course.student[s].key);
}

static void open_journal(struct call *c) {
    char text[4096], path[PATH_MAX + 32];
    if (!course_lay_out(&c->course, &c->input, c->place.files, text, sizeof text))
        die("%s", text);
    snprintf(path, sizeof path, "%s/journal.jsonl", c->place.out);
    if (!ledger_open(&c->ledger, path, text, sizeof text))
        die("%s", text);
    tell_input(&c->course, &c->policy);
    const double base = c->seed >= 0               ? c->seed
                        : c->ledger.base_seed >= 0 ? c->ledger.base_seed
                                                   : (double)fresh_base_seed();
    if (!ledger_add_session(&c->ledger, c->lab->name, base, c->r.again, text, sizeof text))
        die("%s", text);
    c->ledger.base_seed = base;
}

// False: stopped before the end.
static bool judge(struct call *c) {
    struct queue *const q = &c->queue;
    char where[32] = "on the cluster", seed[64] = "each student's cases of their own";
    *q = (struct queue){.lab = c->lab->name,
                        .files_dir = c->place.files,
                        .work_dir = c->place.work,
                        .hidden = *c->hidden ? c->hidden : NULL,
                        .rubric = c->rubric.sha,
                        .checks = &c->rubric,
                        .kit = c->kit,
                        .no_sandbox = c->r.no_sandbox,
                        .workers = c->r.slurm ? 0 : c->workers,
                        .ledger = &c->ledger};
    snprintf(q->judge, sizeof q->judge, "%.*s/build/bin/twofold-check", PATH_MAX - 32,
             c->place.root);
    c->different = jobs_find(q, &c->course);
    if (!c->r.slurm)
        snprintf(where, sizeof where, "%d at a time", c->workers);
    if (!c->r.variants)
        snprintf(seed, sizeof seed, "seed %.0f", c->ledger.base_seed);
    fprintf(stderr, "%zu different submission%s, %zu to judge, %s; %s.\n", c->different,
            c->different == 1 ? "" : "s", q->jobs, where, seed);
    return c->r.slurm ? slurm_run(q, c->place.root) : queue_run(q);
}

static void make_book(struct call *c) {
    const time_t now = time(NULL);
    const bool shows = policy_shows_solution(&c->policy, now);
    struct tm at;
    localtime_r(&now, &at);
    strftime(c->date, sizeof c->date, "%Y-%m-%d %H:%M", &at);
    c->book = (struct book){.lab = c->lab->name,
                            .starter = c->starter,
                            .solution = shows ? c->solution : NULL,
                            .explanation = c->explanation,
                            .files = c->place.files,
                            .earlier = &c->earlier,
                            .title = c->about.title,
                            .rubric = c->rubric.sha,
                            .checks = &c->rubric,
                            .due_over = policy_is_over(&c->policy, now),
                            .published = c->r.published,
                            .kit = c->kit,
                            .date = c->date,
                            .no_sandbox = c->r.no_sandbox};
    for (int i = 0; i < c->rubric.count; i++)
        c->book.most += c->rubric.check[i].points;
    if (c->policy.points > 0)
        c->book.most = c->policy.points;
    book_fill(&c->book, &c->course, &c->ledger, &c->policy);
}

// All is judged: the table, what changed, the files. False: not all could be written, which was said.
static bool put_out(struct call *c) {
    char text[4096];
    place_clear(&c->place, false);
    tell_class(&c->book);
    const bool good =
        tell_changes(&c->book, &c->ledger, c->r.again, text, sizeof text) &&
        output_write(&c->book, &c->ledger, &c->r.wanted, c->place.out, text, sizeof text);
    if (!good)
        fprintf(stderr, "twofold grade: %s\n", text);
    return good;
}

int main(int argc, char **argv) {
    static struct call c;
    c.policy = policy_none();
    words_read(&c.r, argc, argv);
    read_request(&c);
    read_lab(&c);
    read_class(&c);
    choose_cases(&c);
    if (!c.r.slurm || c.r.no_sandbox) // else each node looks for itself
        check_sandbox(c.place.root, c.r.no_sandbox);
    process_catch_signals();

    place_open(&c.place, c.r.out, c.lab->name, c.r.again);
    open_journal(&c);
    bool good = judge(&c);
    make_book(&c);
    if (good)
        good = put_out(&c);
    else
        fprintf(stderr,
                "%s%s%zu of %zu judged up to now are kept: the same command goes on from here.\n",
                c.queue.why, *c.queue.why ? " " : "Stopped. ",
                c.different - c.queue.jobs + c.queue.done, c.different);
    size_t unknown = 0;
    for (size_t i = 0; i < c.book.count; i++)
        unknown += c.book.score[i].state == UNKNOWN;
    rmdir(c.place.work);
    book_free(&c.book);
    free(c.queue.job);
    free(c.policy.extension);
    ledger_close(&c.ledger);
    earlier_free(&c.earlier);
    course_free(&c.course);
    input_free(&c.input);
    process_die_if_interrupted();
    return !good ? 2 : unknown ? 1 : 0;
}
