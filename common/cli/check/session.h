// SPDX-License-Identifier: MIT
//
// session.h: one run of `twofold check`: what is judged, with what, and what came of it so far.

#ifndef TWOFOLD_CHECK_SESSION_H
#define TWOFOLD_CHECK_SESSION_H

#include "batch.h"
#include "compile.h"
#include "confine.h"
#include "feedback.h"
#include "journal.h"
#include "rubric.h"
#include "submission.h"
#include <limits.h>

// What is told of how a version was built.
enum build_line {
    BUILD_QUIET,  // what is wrong, or worth a note
    BUILD_ASKED,  // that it is right, too
    BUILD_UNASKED // nothing: no check that runs needs it
};

enum lane { LANE_BOTH, LANE_CORRECTNESS, LANE_TIMING }; // lanes.h

// The program of the race lane (raced.h).
struct raced {
    bool tried, good;
    char program[PATH_MAX], why[1024];
};

struct session {
    char root[PATH_MAX];
    const struct lab_entry *lab;
    char from[PATH_MAX]; // the directory of the student's files
    bool own;            // it is the lab's own: `make run` runs the same files
    bool bare;           // there is no sandbox, only limits
    char dir[256];       // ours, removed at the end
    char program[PATH_MAX], verifier[PATH_MAX + 64];
    struct rubric rubric;
    struct submission submission;
    struct problems problems;
    struct subject subject;
    struct confine confine; // around the runs; around the compiler there is another
    struct confine right;   // around the reference, which is shown itself in it
    struct spent spent;
    struct raced raced;
    uint64_t base_seed;
    struct journal journal;
    struct feedback feedback;
    bool json;
    enum lane lane;
    char continued[80];                  // the submission of the run that is gone on with; "": none
    bool judged[RUBRIC_MAX];             // a check each: in that run
    bool passed[RUBRIC_MAX];             // a check each
    enum build_line build[VERSIONS_MAX]; // a version each
    bool observed[VERSIONS_MAX];         // a version each: it ran under the observer once
    char todo[512];                      // the last sentence about a version that is not written
};

// Chooses the checks: all, or with `only` that one (which may be a VERSION-build) and all that it
// needs. False: there is none of this name; text says so.
bool session_choose(struct session *session, const char *only, bool wanted[RUBRIC_MAX], char *text,
                    size_t cap);

// Takes and builds the files, and reports VERSION-build for each version of the student. False:
// nothing can be judged; text says why.
bool session_build(struct session *session, char *text, size_t cap);
// Compiles the submission in a box, in the directory dir, and writes the program's path. how: in
// what way; its `run` is not looked at. False: problems says why.
bool session_compile(struct session *session, const struct compile_how *how,
                     struct submission *submission, struct problems *problems, const char *dir,
                     char *program, size_t cap);
// Did VERSION build?
bool session_built(const struct session *session, const char *version);

// Have the checks passed that check number i needs?
bool session_may_judge(const struct session *session, int i);
// Judges check number i of the rubric and reports it. False: stopped (Ctrl-C, or the journal cannot
// be written).
bool session_check(struct session *session, int i);

// Writes the line to the journal and shows it. Its details come later (feedback_details).
bool session_report(struct session *session, const struct judged *judged);
// What all lines of this session begin with.
struct judged session_judged(const struct session *session, const char *check, const char *title);

#endif
