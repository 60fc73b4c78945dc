// SPDX-License-Identifier: MIT
//
// choice.c: which checks of the rubric are judged, and which versions' builds are told.

#include "session.h"

#include "nearest.h"
#include <stdio.h>
#include <string.h>

// The version of "mpi-build", which a version of the student's has by itself: its index; -1: it is
// the name of none.
static int build_index(const struct lab_about *about, const char *id) {
    char name[48];
    const size_t length = strlen(id);
    if (length < 7 || strcmp(id + length - 6, "-build") != 0)
        return -1;
    snprintf(name, sizeof name, "%.*s", (int)(length - 6), id);
    const int v = lab_version_index(about, name);
    return v >= 0 && !about->version[v].given ? v : -1;
}

static bool no_such_check(const struct session *session, const char *only, char *text, size_t cap) {
    const struct lab_about *const about = &session->subject.about;
    const char *names[RUBRIC_MAX + VERSIONS_MAX];
    char builds[VERSIONS_MAX][48], all[(RUBRIC_MAX + VERSIONS_MAX) * 50] = "";
    size_t count = 0;
    for (; count < (size_t)session->rubric.count; count++)
        names[count] = session->rubric.check[count].id;
    for (int v = 0; v < about->versions; v++) {
        snprintf(builds[v], sizeof builds[v], "%.40s-build", about->version[v].name);
        if (!about->version[v].given)
            names[count++] = builds[v];
    }
    for (size_t c = 0; c < count; c++)
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s %s", c ? "," : "", names[c]);
    const char *const near = nearest(only, names, count);
    snprintf(text, cap, "%s has no check '%s'%s%s%s; it has%s.", session->lab->name, only,
             near ? " (did you mean " : "", near ? near : "", near ? "?)" : "", all);
    return false;
}

bool session_choose(struct session *session, const char *only, bool wanted[RUBRIC_MAX], char *text,
                    size_t cap) {
    const struct rubric *const rubric = &session->rubric;
    const struct lab_about *const about = &session->subject.about;
    for (int i = 0; i < rubric->count; i++)
        wanted[i] = !only;
    for (int v = 0; v < VERSIONS_MAX; v++)
        session->build[v] = only || session->lane == LANE_TIMING ? BUILD_UNASKED : BUILD_QUIET;
    if (!only)
        return true;
    int i = rubric_index(rubric, only), build = build_index(about, only);
    if (i < 0 && build < 0)
        return no_such_check(session, only, text, cap);
    if (build >= 0)
        session->build[build] = BUILD_ASKED;
    for (; i >= 0; i = rubric_index(rubric, rubric->check[i].needs)) {
        wanted[i] = true;
        build = build_index(about, rubric->check[i].needs);
        if (build >= 0)
            session->build[build] = BUILD_QUIET;
    }
    return true;
}
