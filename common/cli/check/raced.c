// SPDX-License-Identifier: MIT
//
// raced.c: see raced.h.

#include "raced.h"

#include "../../observe/omp/races.h"
#include "../../observe/omp/tools.h"
#include "job.h"
#include "known.h"
#include "lone.h"
#include "process.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    RUNS_OF_A_FAULT = 2, // runs of a case that failed
    SHOWN = 2,           // races told of
    RANKS_MOST = 4,      // of a case that failed: neighbours on both sides
    LOG_MOST = 1 << 20   // bytes of a rank's log that are read; a race has about two thousand
};

static const double patience = 60; // s a run; a lab's small case takes under one

bool raced_is(const struct rubric_check *check) {
    const char *const dash = strrchr(check->id, '-');
    return dash && !strcmp(dash, "-race");
}

// -- the program ------------------------------------------------------------------------------------

static bool build(struct session *session, char *why, size_t cap) {
    char dir[288], object[PATH_MAX + 32];
    struct submission *const submission = malloc(sizeof *submission);
    struct problems *const problems = calloc(1, sizeof *problems);
    bool good = submission && problems;
    snprintf(dir, sizeof dir, "%s/built/raced", session->dir);
    snprintf(object, sizeof object, "%s/build/lib/race.o", session->root);
    if (good && mkdir(dir, 0755) != 0 && errno != EEXIST) {
        snprintf(why, cap, "%s cannot be made: %s.", dir, strerror(errno));
        good = false;
    } else if (good) {
        *submission = session->submission; // which files are left out is known
        const struct compile_how how = {.flags = RACE_FLAGS, .objects = "raced", .object = object};
        good = session_compile(session, &how, submission, problems, dir, session->raced.program,
                               sizeof session->raced.program);
        const struct problem *const p = good ? NULL : problems_of(problems, "");
        if (p)
            snprintf(why, cap, "%s", *p->text ? p->text : p->said);
        else if (!good)
            snprintf(why, cap, "the files cannot be built for it.");
    }
    free(submission);
    free(problems);
    return good;
}

// Does the lane see a race, and none where there is none? Not tried again while the tools are the
// same.
static bool trusted(const struct session *session, char *why, size_t cap) {
    char dir[288], path[PATH_MAX + 64];
    struct known known;
    known_begin(&known, session->root, "race");
    known_file(&known, "/proc/sys/vm/mmap_rnd_bits");
    known_file(&known, "/proc/sys/kernel/randomize_va_space");
    if (process_find(race_lane_gcc.compiler, path, sizeof path))
        known_program(&known, path);
    snprintf(path, sizeof path, "%s/build/lib/race.o", session->root);
    known_program(&known, path);
    snprintf(path, sizeof path, "%s/build/lib/race-selftest", session->root);
    known_program(&known, path);
    if (known_is_good(&known))
        return true;
    snprintf(dir, sizeof dir, "%s/selftest", session->dir);
    const struct race_how how = {.root = session->root, .dir = dir, .quiet = true};
    if (mkdir(dir, 0755) != 0) {
        snprintf(why, cap, "%s cannot be made: %s.", dir, strerror(errno));
        return false;
    }
    if (!race_trusted(&race_lane_gcc, &how, why, cap))
        return false;
    known_keep(&known);
    return true;
}

// Makes the program the first time. False: the lane cannot look; session->raced.why says why.
static bool ready(struct session *session) {
    struct raced *const raced = &session->raced;
    if (raced->tried)
        return raced->good;
    raced->tried = true;
    const double begin = process_now();
    raced->good = trusted(session, raced->why, sizeof raced->why) &&
                  build(session, raced->why, sizeof raced->why);
    session->spent.compiling += process_now() - begin;
    return raced->good;
}

// -- a run ------------------------------------------------------------------------------------------

struct watched {
    const struct subject *plain; // how the session runs programs
    int number;                  // of the run
    bool ranks;                  // the program runs on ranks
    char log[PATH_MAX];          // of each of its processes, with a dot and its number
};

static bool run_watched(const struct command *command, const struct how *how,
                        struct outcome *outcome, void *user) {
    const struct watched *const watched = user;
    const struct subject *const plain = watched->plain;
    struct command copy = {0};
    race_words(&copy);
    command_add_all(&copy, command->argv);
    for (char **pair = command->env; pair && *pair; pair++) {
        char name[128];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(*pair, "="), *pair);
        command_set(&copy, name, strchr(*pair, '=') + 1);
    }
    race_environment(&copy, watched->log, watched->ranks, watched->number);
    const bool good = plain->run ? plain->run(&copy, how, outcome, plain->user)
                                 : process_run(&copy, how, outcome);
    command_free(&copy);
    return good;
}

// Reads what one process wrote. Its program may have written that, too: so much of it, and no more.
static void read_log(const struct session *session, const char *name, const struct reports_of *of,
                     struct reports *reports) {
    char path[PATH_MAX + 300];
    snprintf(path, sizeof path, "%s/taken/%s", session->subject.dir, name);
    FILE *const file = job_take(session->subject.dir, name) ? fopen(path, "re") : NULL;
    char *const text = file ? malloc(LOG_MOST) : NULL;
    const size_t size = text ? fread(text, 1, LOG_MOST, file) : 0;
    if (size)
        reports_read(reports, fmemopen(text, size, "r"), of);
    free(text);
    if (file)
        fclose(file);
}

// Those of all processes, at most of so many.
static void read_logs(const struct session *session, int most, const struct reports_of *of,
                      struct reports *reports) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/job", session->subject.dir);
    DIR *const list = opendir(path);
    for (struct dirent *entry; list && most > 0 && (entry = readdir(list));)
        if (!strncmp(entry->d_name, "log.", 4) && most-- > 0)
            read_log(session, entry->d_name, of, reports);
    if (list)
        closedir(list);
}

// Runs the case in the lane. False: it did not end as it should, and nothing was found.
static bool look(struct session *session, const struct case_spec *spec, int number,
                 struct findings *findings, char *why, size_t cap) {
    char name[32], witness[sizeof((struct record *)0)->witness];
    const char *path = "";
    struct subject subject = session->subject;
    struct watched watched = {.plain = &session->subject,
                              .number = number,
                              .ranks = case_on_ranks(&session->subject, spec)};
    struct outcome outcome = {0};
    struct reports reports = {0};
    if (!job_make(subject.dir) || !job_begin(subject.dir)) {
        snprintf(why, cap, "nothing can be written in %.300s: %s.", subject.dir, strerror(errno));
        return false;
    }
    snprintf(watched.log, sizeof watched.log, "%s/job/log", subject.dir);
    subject.program = session->raced.program;
    subject.run = run_watched;
    subject.user = &watched;
    snprintf(name, sizeof name, "%.24s.c", spec->version);
    for (int i = 0; i < session->submission.count; i++)
        if (!strcmp(session->submission.file[i].name, name))
            path = session->submission.file[i].path;
    case_run_served(&subject, spec, NULL, patience, witness, &outcome);
    const struct reports_of of = {.program = session->lab->name, .own = LANE_OWN, .file = name};
    if (outcome.started)
        read_logs(session, watched.ranks ? spec->workers : 1, &of, &reports);
    race_add(&reports, 0, path, findings);
    const bool good =
        findings->count > 0 || (outcome.started && outcome.status == 0 && !outcome.over_time);
    if (!good)
        snprintf(why, cap, "%s", outcome.text);
    reports_free(&reports);
    outcome_free(&outcome);
    return good;
}

// -- words ------------------------------------------------------------------------------------------

static void say(const struct findings *findings, struct judged *judged) {
    for (size_t i = 0; i < findings->count && i < SHOWN; i++) {
        const struct evidence *const e = &findings->at[i];
        judged_say(judged, e->file, e->line, "%s", e->text);
        if (i == 0)
            snprintf(judged->hint, sizeof judged->hint, "%.511s", e->advice);
    }
    snprintf(judged->verdict, sizeof judged->verdict, "%s",
             !strcmp(findings->at[0].kind, "race")       ? "RACE"
             : !strcmp(findings->at[0].kind, "deadlock") ? "DEADLOCK"
                                                         : "MISUSE");
}

static bool has_threads(const struct session *session, const char *version) {
    const int i = lab_version_index(&session->subject.about, version);
    const char *const run = i >= 0 ? session->subject.about.version[i].run : "";
    return !strcmp(run, "threads") || !strcmp(run, "hybrid");
}

bool raced_explains(struct session *session, const struct case_spec *spec, struct judged *judged) {
    struct findings findings = {0};
    char why[512];
    struct case_spec wide = *spec;
    const bool hybrid = case_is_hybrid(&session->subject, spec);
    int *const threads = hybrid ? &wide.threads : &wide.workers;
    if (*threads < 2) // wrong with one thread, too: what do more of them do?
        *threads = 2;
    if (hybrid && wide.workers > RANKS_MOST)
        wide.workers = RANKS_MOST;
    if (!has_threads(session, spec->version) || !ready(session))
        return false;
    for (int i = 0; i < RUNS_OF_A_FAULT && !findings.count && !process_interrupted(); i++)
        if (!look(session, &wide, i, &findings, why, sizeof why))
            break; // a crash, say: it has its own words
    const bool found = findings.count > 0;
    if (found)
        say(&findings, judged);
    findings_free(&findings);
    return found;
}

void raced_check(struct session *session, const struct case_specs *specs, struct judged *judged) {
    static struct record record; // large
    struct findings findings = {0};
    char why[512] = "";
    case_judge(&session->subject, &specs->at[0], &record);
    if (!record_is_verdict(&record, "PASS") && !record_is_verdict(&record, "WRONG") &&
        !record_is_verdict(&record, "FLAKY")) {
        snprintf(judged->verdict, sizeof judged->verdict, "SKIP");
        return;
    }
    bool good = ready(session);
    for (size_t i = 0; good && i < specs->count && !findings.count && !process_interrupted(); i++)
        good = look(session, &specs->at[i], (int)i, &findings, why, sizeof why);
    if (findings.count) {
        say(&findings, judged);
    } else if (good) {
        snprintf(judged->verdict, sizeof judged->verdict, "PASS");
        judged->points = judged->max_points;
    } else {
        snprintf(judged->verdict, sizeof judged->verdict, "UNGRADED");
        judged_say(judged, "", 0, "Races could not be looked for here: %s",
                   *why ? why : session->raced.why);
    }
    findings_free(&findings);
}
