// SPDX-License-Identifier: MIT
//
// build.c: takes the student's files, builds them, and says what came of it, before anything runs.

#include "session.h"

#include "process.h"
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool mentions(const struct session *session, const char *name) {
    for (int i = 0; i < session->submission.count; i++)
        if (!strcmp(session->submission.file[i].name, name))
            return true;
    return false;
}

static void file_of(const char *version, char *name, size_t cap) {
    snprintf(name, cap, "%.24s.c", version);
}

bool session_built(const struct session *session, const char *version) {
    char name[32];
    file_of(version, name, sizeof name);
    return !problems_of(&session->problems, name);
}

// The compiler's words and the coach's.
static void say(struct judged *judged, const struct problem *p) {
    if (*p->said && *p->text)
        judged_say(judged, p->file, p->line, "%s\n%s%s%s", p->said, p->source,
                   *p->source ? "\n" : "", p->text);
    else
        judged_say(judged, p->file, p->line, "%s%s%s%s", p->said, p->text, *p->source ? "\n" : "",
                   p->source);
}

// The line of VERSION-build, where it is asked for or there is something to say.
static bool report_version(struct session *session, const char *version, bool asked) {
    char id[48], title[160], name[32];
    file_of(version, name, sizeof name);
    snprintf(id, sizeof id, "%.40s-build", version);
    snprintf(title, sizeof title, "%s is taken and built", name);
    struct judged judged = session_judged(session, id, title);
    const struct problem *const fault = problems_of(&session->problems, name);
    snprintf(judged.verdict, sizeof judged.verdict, "%s", fault ? fault->verdict : "PASS");
    if (fault)
        say(&judged, fault);
    int notes = 0;
    for (int i = 0; i < session->problems.count; i++) {
        const struct problem *const p = &session->problems.at[i];
        if (strcmp(p->file, name) != 0 || p == fault)
            continue;
        notes += !*p->verdict;
        say(&judged, p);
    }
    if (!fault && notes && session->feedback.out) { // right, and yet something to say
        fprintf(session->feedback.out, "note         %s: worth a look\n", name);
        struct judged shown = judged;
        snprintf(shown.verdict, sizeof shown.verdict, "NOTE");
        feedback_details(&session->feedback, &shown);
    }
    char why[1024];
    if (!fault && !asked)
        return journal_add(&session->journal, &judged, why, sizeof why) ||
               session_report(session, &judged); // which says why
    const bool good = session_report(session, &judged);
    feedback_details(&session->feedback, &judged);
    return good;
}

// The compiler reads what a stranger wrote (#include "/dev/zero"), so it is confined, too.
bool session_compile(struct session *session, const struct compile_how *how,
                     struct submission *submission, struct problems *problems, const char *dir,
                     char *program, size_t cap) {
    char built[288], lab[PATH_MAX + 80], objects[80], why[1024];
    struct confine confine;
    snprintf(built, sizeof built, "%s/built", session->dir);
    snprintf(lab, sizeof lab, "%s/labs/%s", session->lab->home, session->lab->dir);
    snprintf(objects, sizeof objects, "build/obj/%.20s/%.40s", how->objects ? how->objects : "labs",
             session->lab->name);
    char there[PATH_MAX + 128];
    snprintf(there, sizeof there, "%s/%s", session->root, objects);
    // Other objects than build/obj/labs need not have been made: they are compiled then.
    const bool made = !how->objects || access(there, F_OK) == 0;
    const char *const see[] = {"common/kit", lab, "build/lib", made ? objects : NULL, NULL};
    if (!confine_open(&confine, session->root, built, see, session->bare, why, sizeof why)) {
        problems_add(problems, "", 0, "INFRA", "%s", why);
        return false;
    }
    confine.limits = confine_of_compiler();
    struct compile_how boxed = *how;
    boxed.run = confine_run;
    boxed.user = &confine;
    const bool good = compile_submission(session->root, session->lab, submission, dir, &boxed,
                                         problems, program, cap);
    confine_close(&confine);
    return good;
}

bool session_build(struct session *session, char *text, size_t cap) {
    char names[FILES_MAX][32], built[288], into[320], program[352];
    const int count = submission_names(session->lab, &session->subject.about, names);
    snprintf(built, sizeof built, "%s/built", session->dir);
    snprintf(into, sizeof into, "%s/files", built);
    snprintf(program, sizeof program, "%s/labs", built);
    if (mkdir(into, 0755) != 0 || mkdir(program, 0755) != 0) {
        snprintf(text, cap, "nothing can be made in %s: %s.", session->dir, strerror(errno));
        return false;
    }
    const double begin = process_now();
    bool good =
        submission_take(session->from, count, names, into, &session->submission,
                        &session->problems) &&
        session_compile(session, &(struct compile_how){0}, &session->submission, &session->problems,
                        program, session->program, sizeof session->program);
    session->spent.compiling += process_now() - begin;
    if (!good) {
        const struct problem *const p = problems_of(&session->problems, "");
        snprintf(text, cap, "%s%s%s", p ? p->said : "the files cannot be built",
                 p && *p->said ? " " : "", p ? p->text : ".");
        return false;
    }
    memcpy(session->journal.submission, session->submission.sha, sizeof session->submission.sha);
    const struct lab_about *const about = &session->subject.about;
    for (int v = 0; v < about->versions; v++) {
        char name[32];
        file_of(about->version[v].name, name, sizeof name);
        if (mentions(session, name) && session->build[v] != BUILD_UNASKED &&
            !report_version(session, about->version[v].name, session->build[v] == BUILD_ASKED)) {
            snprintf(text, cap, "the journal cannot be written.");
            return false;
        }
    }
    return true;
}
