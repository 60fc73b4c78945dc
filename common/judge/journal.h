// SPDX-License-Identifier: MIT
//
// journal.h: what was judged, one JSON line a check, for ever.
//
// Theory of operation. The journal is the truth: every screen, table, page and gradebook is made
// from it. A line is added with O_APPEND and one write, then fdatasync, so that two judges may
// share a journal and a kill at any instant costs at most the line being written: a torn last line
// is dropped by whoever reads (lastrun.h). Nothing is ever changed in it. Of several lines with the same
// submission, student, rubric and check, the last one whose verdict is not INFRA counts.
//
//     {"v":1,"kit":"1.0+..","rubric":"sha256:..","submission":"sha256:..","student":"ada","lab":"heat",
//      "check":"mpi-equal","title":"ranks give ..","run":17,"time":1764000000,"base_seed":7,
//      "case":{"version":"mpi","workers":3,"threads":1,"seed":7,"params":{"n":"4","steps":"1"}},
//      "verdict":"WRONG","points":0,"max_points":20,"cases":42,"wall_ms":12,"cpu_ms":30,
//      "peak_kb":9000,"peak_kind":"hwm","attempt":1,
//      "evidence":[{"file":"mpi.c","line":42,"text":".."}],"hint":"..","command":"..",
//      "visibility":"visible","timed_on":"2-3","env":{"host":"..","cores":"2","mpi":"Open MPI 4.1.4"}}
//
// "timed_on" stands in lines about speed alone: the cores that were kept for what was timed, "" if there
// were none. "case" is the smallest one found that fails; null where no case was run or all passed. The checks
// VERSION-build, which every version of the student has by itself, are lines as well, worth 0.

#ifndef TWOFOLD_JOURNAL_H
#define TWOFOLD_JOURNAL_H

#include "expand.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { EVIDENCE_MAX = 6 };

// Something observed, in words; file and line where it has a place in the student's code.
struct told {
    char file[40]; // "" none
    int line;      // 0 none
    char text[2048];
};

// What came of one check.
struct judged {
    char lab[32], check[48], title[160];
    char
        visibility[24]; // what students see of it: visible, hidden, after_due_date, after_published
    char verdict[16];   // FORMATS: PASS WRONG BUILD CRASH TODO HANG ... SKIP UNGRADED INFRA
    int points, max_points;
    uint64_t base_seed; // `twofold check LAB --seed N` makes the same cases again
    bool has_case;
    struct case_spec at;             // the smallest case that fails
    int cases;                       // that were run
    double wall_ms, cpu_ms, peak_kb; // of the case at hand, else the sum, the sum and the largest
    char peak_kind[8];
    int attempt;
    int evidences;
    struct told evidence[EVIDENCE_MAX];
    char hint[512];     // the next step, a sentence
    char command[1024]; // runs the case alone; "" none
    bool timed;         // it is about speed, and a pair of runs was timed
    char cores[64];     // timed: those kept for that alone (speed.h); "": none were
    int64_t time;       // seconds since 1970
};

// Adds evidence, written as printf writes it; no more than EVIDENCE_MAX is kept.
void judged_say(struct judged *judged, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

struct journal {
    int fd;
    char path[512];
    // the same in every line of this run
    char kit[32], rubric[80], submission[80], student[64], host[64], mpi[96];
    int cores;
    uint64_t run;
};

// Opens PATH to add to it, and makes its directory if that alone is missing. False: why says so, in
// a sentence.
bool journal_open(struct journal *journal, const char *path, char *why, size_t cap);
// Adds one line. False: the disk is full or the like; why says so, in a sentence.
bool journal_add(const struct journal *journal, const struct judged *judged, char *why, size_t cap);
void journal_close(struct journal *journal);

// The line as it stands in the journal, with its newline, to another file (--json).
void journal_print(FILE *file, const struct journal *journal, const struct judged *judged);

#endif
