// SPDX-License-Identifier: MIT
//
// boxes.c: see boxes.h.

#include "boxes.h"

#include "job.h"
#include "observed.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool boxes_of_runs(struct session *session, bool bare, bool insist, char *why, size_t cap) {
    char job[288], built[288], shown[288], reason[1024] = "it is you who said --no-sandbox.";
    const char *const see[] = {
        built, shown, observed_needs[0], observed_needs[1], observed_needs[2], "build/lib/count.so",
        NULL};
    snprintf(job, sizeof job, "%s/job", session->dir);
    snprintf(built, sizeof built, "%s/built", session->dir);
    snprintf(shown, sizeof shown, "%s/shown", session->dir);
    if (!job_make(session->dir) || mkdir(built, 0755) != 0) {
        snprintf(why, cap, "nothing can be made in %s: %s.", session->dir, strerror(errno));
        return false;
    }
    session->subject.run = confine_run;
    session->subject.user = &session->confine;
    session->bare =
        bare || !confine_available(session->root, reason, sizeof reason) ||
        !confine_open(&session->confine, session->root, job, see, false, reason, sizeof reason);
    if (!session->bare)
        return true;
    if (insist) {
        snprintf(why, cap, "--sandbox asks for a box, and none can be made: %s", reason);
        return false;
    }
    fprintf(stderr,
            "Your code runs as you, without a sandbox, under limits of time, memory and files; "
            "check no stranger's code like this: %s\n",
            reason);
    if (!confine_open(&session->confine, session->root, job, NULL, true, why, cap))
        return false;
    if (geteuid() == 0 && !*session->confine.box.group)
        fputs("As root, the number of processes that it starts has no limit either, for no control "
              "group can be made here: better work as an ordinary user.\n",
              stderr);
    return true;
}

bool boxes_of_reference(struct session *session, char *why, size_t cap) {
    char job[288], shown[288];
    const char *const see[] = {session->verifier, shown, NULL};
    snprintf(job, sizeof job, "%s/job", session->dir);
    snprintf(shown, sizeof shown, "%s/shown", session->dir);
    session->subject.run_right = confine_run;
    session->subject.user_right = session->bare ? &session->confine : &session->right;
    return session->bare || confine_open(&session->right, session->root, job, see, false, why, cap);
}

void boxes_close(struct session *session) {
    confine_close(&session->confine);
    confine_close(&session->right);
}
