// SPDX-License-Identifier: MIT
//
// compile.c: see compile.h.

#include "compile.h"
#include "build.h"
#include "coach.h"
#include "source.h"
#include "symbols.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COMPLAINTS = 64, ERRORS_SHOWN = 3, NOTES_SHOWN = 5 };

static const double patience = 20; // s a file; a lab's own file takes a fifth of one

// -- how -------------------------------------------------------------------------------------------

// Reads build/lib/compile.txt: "compile: WORDS", "link: WORDS", "libraries: WORDS".
static bool read_words(struct build *build) {
    char path[PATH_MAX + 32], line[2400];
    const struct {
        const char *name;
        char *words;
        size_t cap;
    } kinds[] = {{"compile: ", build->compile, sizeof build->compile},
                 {"link: ", build->link, sizeof build->link},
                 {"libraries: ", build->libraries, sizeof build->libraries}};
    snprintf(path, sizeof path, "%s/build/lib/compile.txt", build->root);
    FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file))
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (strncmp(line, kinds[i].name, strlen(kinds[i].name)) == 0)
                snprintf(kinds[i].words, kinds[i].cap, "%s", line + strlen(kinds[i].name));
    if (file)
        fclose(file);
    if (build->compile[0] && build->link[0])
        return true;
    problems_add(build->problems, "", 0, "INFRA",
                 "%s, which says how to compile, is missing or damaged: run `make build`.", path);
    return false;
}

void build_words(struct command *command, const char *words) {
    static const char blank[] = " \t\r\n";
    for (words += strspn(words, blank); *words; words += strspn(words, blank)) {
        const size_t length = strcspn(words, blank);
        command_add(command, "%.*s", (int)length, words);
        words += length;
    }
}

void build_start(const struct build *build, const struct command *command, const char *dir,
                 double seconds, struct outcome *outcome) {
    struct command limited = {0};
    const struct how how = {
        .seconds = seconds, .capture_out = true, .capture_err = true, .dir = dir};
    // What a hostile #include or a huge array may take; a box has limits of its own.
    if (!build->how->run && process_find("prlimit", NULL, 0))
        build_words(&limited, "prlimit --as=2147483648 --fsize=67108864 --core=0");
    command_add_all(&limited, command->argv);
    command_set(&limited, "LC_ALL", "C"); // the coach reads English
    process_run_by(build->how->run, build->how->user, &limited, &how, outcome);
    command_free(&limited);
}

bool build_run(const struct build *build, struct command *command, const char *dir,
               const char *name, struct outcome *outcome) {
    const double seconds = build->how->seconds > 0 ? build->how->seconds : patience;
    build_start(build, command, dir, seconds, outcome);
    bool ok = false;
    if (!outcome->started || outcome->status == 127)
        problems_add(build->problems, "", 0, "INFRA",
                     "The compiler did not run (%s): `twofold doctor` says what is missing.",
                     outcome->text);
    else if (outcome->interrupted)
        problems_add(build->problems, "", 0, "INFRA", "The compiler was interrupted.");
    else if (strstr(outcome->err, "No space left on device"))
        problems_add(build->problems, "", 0, "INFRA",
                     "The disk is full, so the compiler could not write: free some space, or "
                     "choose another directory with TMPDIR.");
    else if (outcome->over_time && !*name)
        problems_add(build->problems, "", 0, "INFRA",
                     "The linker had not ended after %g s: is this machine very busy? Try again.",
                     seconds);
    else if (outcome->over_time)
        problems_add(build->problems, name, 0, "BUILD",
                     "The compiler had not ended after %g s, which no file of a lab takes: an "
                     "endless #include or a huge array with initial values does that.",
                     seconds);
    else
        ok = true;
    return ok;
}

// -- what was said ---------------------------------------------------------------------------------

void build_tell(const struct build *build, const struct complaint *complaint, const char *name,
                const char *path, const char *verdict) {
    const char *slash = strrchr(complaint->file, '/');
    const char *const file = slash ? slash + 1 : complaint->file;
    const bool here = strcmp(file, name) == 0;
    char source[160], text[768];
    source_line(here ? path : "", complaint->line, source, sizeof source);
    coach_explain(complaint, source, build->header, text, sizeof text);
    const int line = here ? complaint->line : 0;
    // What was a warning to the compiler and is an error to the linker is told once.
    for (int i = 0; i < build->problems->count && line > 0 && *verdict; i++) {
        struct problem *const known = &build->problems->at[i];
        if (!known->verdict[0] && known->line == line && strcmp(known->file, name) == 0 &&
            strcmp(known->text, text) == 0) {
            snprintf(known->verdict, sizeof known->verdict, "%s", verdict);
            return;
        }
    }
    struct problem *p = problems_add(build->problems, name, line, verdict, "%s", text);
    p->column = here ? complaint->column : 0;
    memcpy(p->source, source, sizeof p->source);
    // A place in another file is said with the message.
    if (here || !complaint->line)
        snprintf(p->said, sizeof p->said, "%s: %.480s",
                 complaint->severity == SEVERITY_ERROR ? "error" : "warning", complaint->message);
    else
        snprintf(p->said, sizeof p->said, "%.60s:%d: %.420s", file, complaint->line,
                 complaint->message);
}

// Is a warning worth a note? One on which the coach has something to say.
static bool worth(const struct build *build, const struct complaint *complaint, const char *path) {
    char source[160], text[768];
    source_line(path, complaint->line, source, sizeof source);
    return complaint->severity == SEVERITY_WARNING &&
           coach_explain(complaint, source, build->header, text, sizeof text);
}

// err: what the compiler said, which ended with this status.
static void tell_all(const struct build *build, const struct submission_file *file, int status,
                     const char *err) {
    struct complaint *const list = calloc(COMPLAINTS, sizeof *list);
    const int count = list ? coach_read(err, list, COMPLAINTS) : 0;
    const bool failed = status != 0;
    int told = 0;
    for (int i = 0; i < count; i++)
        if (failed && list[i].severity == SEVERITY_ERROR && told < ERRORS_SHOWN) {
            build_tell(build, &list[i], file->name, file->path, "BUILD");
            told++;
        } else if (!failed && told < NOTES_SHOWN && worth(build, &list[i], file->path)) {
            build_tell(build, &list[i], file->name, file->path, "");
            told++;
        }
    if (failed && told == 0) {
        struct problem *p =
            problems_add(build->problems, file->name, 0, "BUILD",
                         "The compiler gave up on %s without naming a line. A huge array with "
                         "initial values or an endless #include does that.",
                         file->name);
        const char *said = err + strspn(err, "\n");
        if (strncmp(said, "clang: warning:", 15) == 0) // of our own options
            said += strcspn(said, "\n") + (strchr(said, '\n') != NULL);
        snprintf(p->said, sizeof p->said, "%.*s", (int)strcspn(said, "\n"), said);
    }
    free(list);
}

// -- one object ------------------------------------------------------------------------------------

void build_object_words(const struct build *build, struct command *command) {
    build_words(command, build->compile);
    build_words(command, "-Wvla -Wframe-larger-than=1000000 -fmax-errors=8");
    if (build->how->flags)
        build_words(command, build->how->flags);
    command_add(command, "-I%s/common/kit", build->root);
    command_add(command, "-I%s/labs/%s", build->lab->home, build->lab->dir);
    for (int i = 0; i < build->submission->count; i++)
        command_add(command, "-fmacro-prefix-map=%s=%s/%s", build->submission->file[i].name,
                    build->submission->from, build->submission->file[i].name);
    command_add(command, "-c");
}

// Makes DIR/mpi.o. False: not this file; problems says why.
static bool make_object(const struct build *build, const struct submission_file *file) {
    struct command command = {0};
    struct outcome outcome;
    char object[PATH_MAX + 40];
    snprintf(object, sizeof object, "%s/%.*s.o", build->dir, (int)strlen(file->name) - 2,
             file->name);
    remove(object);
    build_object_words(build, &command);
    command_add(&command, "%s", file->name);
    command_add(&command, "-o");
    command_add(&command, "%s", object);
    bool ok = build_run(build, &command, build->submission->dir, file->name, &outcome);
    if (ok) {
        tell_all(build, file, outcome.status, outcome.err);
        ok = outcome.status == 0 &&
             (build->how->flags || symbols_look(object, file->name, file->path, build->how->run,
                                                build->how->user, build->problems));
    }
    outcome_free(&outcome);
    command_free(&command);
    return ok;
}

// It is made. False: it is not to be used; problems says why.
static bool take_object(const struct build *build, const struct submission_file *file,
                        const struct made *made) {
    tell_all(build, file, made->status, made->err);
    return made->status == 0 && (build->how->flags || symbols_judge(made->found, file->name,
                                                                    file->path, build->problems));
}

static bool make_objects(const struct build *build) {
    struct made made[FILES_MAX] = {0};
    struct submission *const submission = build->submission;
    const bool together = build_together(build, made);
    bool ok = true;
    for (int i = 0; i < submission->count && ok; i++) {
        struct submission_file *const file = &submission->file[i];
        file->starter = file->starter ||
                        !(together ? take_object(build, file, &made[i]) : make_object(build, file));
        for (int p = 0; p < build->problems->count; p++) // the machine's fault stops it all
            ok = ok && strcmp(build->problems->at[p].verdict, "INFRA") != 0;
    }
    build_made_free(made);
    return ok;
}

bool compile_submission(const char *root, const struct lab_entry *lab,
                        struct submission *submission, const char *dir,
                        const struct compile_how *how, struct problems *problems, char *program,
                        size_t cap) {
    static const struct compile_how plain;
    struct build *const build = calloc(1, sizeof *build);
    if (cap)
        *program = 0;
    if (!build || !realpath(root, build->root) || !realpath(dir, build->dir)) {
        problems_add(problems, "", 0, "INFRA", "%s is not there: run `make build`.",
                     build && *build->root ? dir : root);
        free(build);
        return false;
    }
    build->lab = lab;
    build->submission = submission;
    build->how = how ? how : &plain;
    build->problems = problems;
    snprintf(build->header, sizeof build->header, "%s.h", lab->name);
    const bool ok = read_words(build) && make_objects(build) && build_link(build, program, cap);
    free(build);
    return ok;
}
