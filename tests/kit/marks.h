// SPDX-License-Identifier: MIT
// marks.h: three students' marks for tests of exports and pages: one judged, one who handed in nothing,
// one who could not be judged.

#ifndef TWOFOLD_TESTS_MARKS_H
#define TWOFOLD_TESTS_MARKS_H

#include "../../common/cli/grade/book.h"

#include <stdio.h>

static const char wrong[] =
    "{\"v\":1,\"check\":\"mpi-equal\",\"verdict\":\"WRONG\",\"wall_ms\":1500,\"evidence\":[{"
    "\"line\":4,"
    "\"file\":\"mpi.c\",\"text\":\"=row <1> & \\\"that\\\"\\u0007\"}],\"hint\":\"look\"}";
static const char passed[] =
    "{\"v\":1,\"check\":\"omp-equal\",\"verdict\":\"PASS\",\"evidence\":[]}";

static struct student ada = {.key = "ada", .name = "Ada <Lovelace>"}, bob = {.key = "bob"},
                      cyd = {.key = "cyd"};
static struct attempt attempt = {.when = -1, .sha = "sha256:1"};
static struct score scores[3];
static struct book book = {.lab = "heat",
                           .title = "Heat",
                           .rubric = "sha256:2",
                           .starter = "/nowhere",
                           .kit = "1.0",
                           .date = "",
                           .most = 100,
                           .count = 3,
                           .score = scores};

static inline void make_book(void) {
    student_called(&ada, "ada");
    student_called(&ada, "1234");
    student_called(&bob, "bob");
    student_called(&bob, "Bob@Example.org");
    student_called(&cyd, "cyd");
    scores[0] = (struct score){&ada, &attempt, GRADED, 42.5, 100, 42.5, 0, 1, 0, {0}};
    scores[0].result.count = 3;
    scores[0].result.mark[0] =
        (struct mark){"omp-equal", "threads", "PASS", "visible", 42.5, 50, passed};
    scores[0].result.mark[1] = (struct mark){"mpi-equal", "ranks", "WRONG", "hidden", 0, 50, wrong};
    scores[0].result.mark[2] = (struct mark){"mpi-long", "long", "SKIP", "", 0, 0, passed};
    scores[1] = (struct score){.student = &bob, .state = NOTHING, .most = 100, .share = 1};
    scores[2] = (struct score){.student = &cyd, .attempt = &attempt, .state = UNKNOWN, .most = 100};
}

// What is written of one of them, to be freed.
static inline char *exported(void (*put)(FILE *, const struct book *, const struct score *),
                             int score) {
    static char *text;
    static size_t size;
    FILE *const file = open_memstream(&text, &size);
    put(file, &book, &scores[score]);
    fclose(file);
    return text;
}

#endif
