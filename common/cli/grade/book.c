// SPDX-License-Identifier: MIT
//
// book.c: see book.h.

#include "book.h"

#include "flat.h"
#include <stdlib.h>
#include <string.h>

static int same_files(const struct course *course, const struct attempt *attempt,
                      const struct student *but) {
    int count = 0;
    for (size_t s = 0; s < course->students; s++) {
        bool same = false;
        for (size_t i = 0; i < course->student[s].attempts; i++)
            same = same || !strcmp(course->student[s].attempt[i].sha, attempt->sha);
        count += same && &course->student[s] != but;
    }
    return count;
}

// Leaves only the checks that count.
static void keep_counted(struct result *result, const struct policy *policy) {
    int kept = 0;
    if (!policy->versions)
        return;
    for (int i = 0; i < result->count; i++)
        if (policy_counts(policy, result->mark[i].id))
            result->mark[kept++] = result->mark[i];
    result->count = kept;
    result_sum(result);
}

// What this attempt is worth.
static struct score weigh(const struct student *student, const struct attempt *attempt,
                          const struct book *book, const struct ledger *ledger,
                          const struct policy *policy) {
    struct score s = {.student = student,
                      .attempt = attempt,
                      .most = book->most,
                      .state = *attempt->sha ? UNKNOWN : NOTHING,
                      .share = 1};
    s.late = policy_late(policy, student->key, attempt->when);
    // Canvas tells that it is late, and not how much: the mildest that can be true.
    if (attempt->when < 0 && attempt->late && policy->due >= 0)
        s.late = policy->grace + 1;
    s.share = policy_share(policy, s.late);
    ledger_result(ledger, &(struct piece){attempt->sha, book->rubric, student->variant}, &s.result);
    keep_counted(&s.result, policy);
    for (int i = 0; book->checks && i < s.result.count; i++) {
        struct mark *const mark = &s.result.mark[i];
        const int c = rubric_index(book->checks, mark->id);
        if (c >= 0)
            memcpy(mark->hidden, book->checks->check[c].visibility, sizeof mark->hidden);
        if (*policy->show && (!*mark->hidden || !strcmp(mark->hidden, "visible")))
            memcpy(mark->hidden, policy->show, sizeof mark->hidden);
    }
    const double could = s.result.most - s.result.ungraded;
    if (s.result.count && could > 0) {
        s.state = GRADED;
        s.before = s.result.points / could * book->most;
        s.points = s.before * s.share;
    }
    return s;
}

// Is the later attempt to be taken instead?
static bool better(const struct score *later, const struct score *now,
                   const struct policy *policy) {
    if (now->state == NOTHING || later->state == NOTHING)
        return now->state == NOTHING;
    if (policy->last)
        return true;
    return later->state == GRADED && (now->state != GRADED || later->points >= now->points);
}

void book_fill(struct book *book, const struct course *course, const struct ledger *ledger,
               const struct policy *policy) {
    book->count = course->students;
    book->score = calloc(course->students + 1, sizeof *book->score);
    if (!book->score)
        abort();
    for (size_t i = 0; i < course->students; i++) {
        const struct student *const student = &course->student[i];
        struct score *const best = &book->score[i];
        *best =
            (struct score){.student = student, .state = NOTHING, .share = 1, .most = book->most};
        for (size_t a = 0; a < student->attempts; a++) {
            const struct score s = weigh(student, &student->attempt[a], book, ledger, policy);
            if (!best->attempt || better(&s, best, policy))
                *best = s;
        }
        if (best->attempt && *best->attempt->sha)
            best->shared = same_files(course, best->attempt, student);
    }
}

void book_free(struct book *book) {
    free(book->score);
    book->score = NULL;
    book->count = 0;
}

const char *book_points(double points, char text[32]) {
    snprintf(text, 32, "%.2f", points);
    for (size_t n = strlen(text); n && (text[n - 1] == '0' || text[n - 1] == '.');) {
        const bool dot = text[n - 1] == '.';
        text[--n] = '\0';
        if (dot)
            break;
    }
    return text;
}

void book_sentence(const struct score *s, char *text, size_t cap) {
    char points[32], most[32], before[32];
    if (s->state == NOTHING) {
        snprintf(text, cap, "%s",
                 s->attempt ? "None of the lab's files was handed in: 0 points."
                            : "Nothing was handed in: 0 points.");
        return;
    }
    if (s->state == UNKNOWN) {
        snprintf(text, cap, "This could not be judged, which is no fault of the student's: %s",
                 *s->result.text ? s->result.text : "it was not judged yet.");
        return;
    }
    size_t n = (size_t)snprintf(text, cap, "%s of %s points", book_points(s->points, points),
                                book_points(s->most, most));
    if (s->late > 0 && s->attempt->when < 0 && n < cap)
        n += (size_t)snprintf(text + n, cap - n,
                              " (%s, of which %.0f %% count: the platform calls it late)",
                              book_points(s->before, before), 100 * s->share);
    else if (s->late > 0 && n < cap)
        n += (size_t)snprintf(text + n, cap - n, " (%s, of which %.0f %% count: %.1f %s late)",
                              book_points(s->before, before), 100 * s->share,
                              s->late < 86400 ? s->late / 3600 : s->late / 86400,
                              s->late < 86400 ? "hours" : "days");
    if (s->result.ungraded > 0 && n < cap)
        n += (size_t)snprintf(text + n, cap - n,
                              "; %s points could not be judged on this machine and were left out",
                              book_points(s->result.ungraded, before));
    if (s->student && s->student->beyond && n < cap)
        n += (size_t)snprintf(text + n, cap - n,
                              s->student->attempts == 1
                                  ? "; of %zu attempts only the first counts"
                                  : "; of %zu attempts only the first %zu count",
                              s->student->attempts + s->student->beyond, s->student->attempts);
    if (n < cap)
        snprintf(text + n, cap - n, ".");
}

void book_cases(const struct book *book, const struct score *s, char *text, size_t cap) {
    double seed;
    *text = '\0';
    if (s->result.count == 0 || !flat_number(s->result.mark[0].line, "base_seed", &seed))
        return;
    snprintf(text, cap,
             s->student->variant > 0
                 ? "These cases are yours alone: `make check LAB=%s SEED=%.0f` makes those again "
                   "that are not hidden."
                 : "`make check LAB=%s SEED=%.0f` makes the same cases again, but for hidden ones.",
             book->lab, seed);
}

const char *book_withheld(const struct book *book, const struct mark *mark) {
    if (!*mark->hidden || !strcmp(mark->hidden, "visible"))
        return NULL;
    if (!strcmp(mark->hidden, "after_due_date"))
        return book->due_over ? NULL
                              : "What this check runs is shown when nobody can hand in any more.";
    if (!strcmp(mark->hidden, "after_published"))
        return book->published ? NULL
                               : "What this check runs is shown when the marks are published.";
    return "What this check runs is not shown.";
}

const char *book_status(const struct mark *mark) {
    if (!strcmp(mark->verdict, "PASS"))
        return "passed";
    return !strcmp(mark->verdict, "UNGRADED") || !strcmp(mark->verdict, "INFRA") ||
                   !strcmp(mark->verdict, "SKIP")
               ? "skipped"
               : "failed";
}

void book_said(const struct mark *mark, char *text, size_t cap) {
    struct run_check check = {.line = (char *)(uintptr_t)mark->line};
    char said[2200];
    size_t n = 0;
    *text = '\0';
    for (int i = 0; n < cap && run_check_said(&check, i, said, sizeof said); i++)
        n += (size_t)snprintf(text + n, cap - n, "%s%s", n ? "\n" : "", said);
    if (n < cap && mark->line && flat_text(mark->line, "command", said, sizeof said) && *said)
        snprintf(text + n, cap - n, "%sTo see it alone: %s", n ? "\n" : "", said);
}
