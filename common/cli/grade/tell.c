// SPDX-License-Identifier: MIT
//
// tell.c: see tell.h.

#include "tell.h"

#include "csv.h"
#include <math.h>
#include <string.h>
#include <time.h>

static const char *plural(size_t count) {
    return count == 1 ? "" : "s";
}

void tell_input(const struct course *course, const struct policy *policy) {
    size_t attempts = 0, timeless = 0, absent = 0, unlisted = 0;
    for (size_t i = 0; i < course->students; i++) {
        const struct student *const s = &course->student[i];
        attempts += s->attempts;
        absent += s->attempts == 0;
        unlisted += course->roster && !s->listed;
        for (size_t a = 0; a < s->attempts; a++)
            timeless += s->attempt[a].when < 0 && !s->attempt[a].late;
    }
    fprintf(stderr, "%zu student%s, %zu attempt%s (layout: %s).\n", course->students,
            plural(course->students), attempts, plural(attempts), layout_names[course->layout]);
    if (absent)
        fprintf(stderr, "%zu of the roster handed in nothing.\n", absent);
    for (size_t i = 0; unlisted && i < course->students; i++)
        if (!course->student[i].listed)
            fprintf(stderr, "%s is not in the roster, and is judged all the same.\n",
                    course->student[i].key);
    if (policy->due >= 0 && timeless)
        fprintf(stderr,
                "Nobody knows when %zu attempt%s handed in: %s as in time. A directory whose name "
                "is a date (ada/2026-11-20T23:10) tells it.\n",
                timeless, timeless == 1 ? " was" : "s were",
                timeless == 1 ? "it counts" : "they count");
    for (size_t i = 0; i < course->students; i++)
        if (course->student[i].beyond)
            fprintf(stderr,
                    course->student[i].attempts == 1
                        ? "%s handed in %zu times; only the first counts.\n"
                        : "%s handed in %zu times; only the first %zu count.\n",
                    course->student[i].key, course->student[i].attempts + course->student[i].beyond,
                    course->student[i].attempts);
    for (size_t i = 0; i < course->students; i++)
        for (size_t a = 0; a < course->student[i].attempts; a++)
            if (*course->student[i].attempt[a].wrong)
                fprintf(stderr, "%s: %s\n", course->student[i].key,
                        course->student[i].attempt[a].wrong);
}

// The first check that a student lost points at: "WRONG mpi-equal".
static void first_fault(const struct score *s, char *text, size_t cap) {
    *text = '\0';
    for (int i = 0; i < s->result.count && !*text; i++)
        if (verdict_is_fault(s->result.mark[i].verdict))
            snprintf(text, cap, "%s %s", s->result.mark[i].verdict, s->result.mark[i].id);
}

static const char *number(const struct score *s, char text[32]) {
    return s->state == UNKNOWN ? "?" : book_points(s->points, text);
}

void tell_class(const struct book *book) {
    double sum = 0, squares = 0;
    size_t judged = 0, unknown = 0;
    int wide = 10;
    for (size_t i = 0; i < book->count; i++) {
        const int n = (int)strlen(student_name(book->score[i].student));
        wide = n > wide ? n : wide;
    }
    wide = wide > 40 ? 40 : wide;
    printf("%-*s %7s  %s\n", wide, "student", "points", "");
    for (size_t i = 0; i < book->count; i++) {
        const struct score *const s = &book->score[i];
        char points[32], fault[96], shared[64] = "";
        first_fault(s, fault, sizeof fault);
        if (s->shared)
            snprintf(shared, sizeof shared, "  (same files as %d other%s)", s->shared,
                     s->shared == 1 ? "" : "s");
        printf("%-*.*s %7s  %s%s%s\n", wide, wide, student_name(s->student), number(s, points),
               s->state == NOTHING ? "nothing handed in" : fault, s->share < 1 ? "  late" : "",
               shared);
        unknown += s->state == UNKNOWN;
        if (s->state == UNKNOWN)
            continue;
        judged++;
        sum += s->points;
        squares += s->points * s->points;
    }
    if (judged) {
        const double mean = sum / (double)judged;
        printf("\n%zu student%s, mean %.1f of %g, standard deviation %.1f.\n", judged,
               plural(judged), mean, book->most,
               sqrt(fmax(0, squares / (double)judged - mean * mean)));
    }
    if (unknown)
        printf("%zu could not be judged, through no fault of theirs: their scores are left out. "
               "When what it said is mended (it stands in class.html), judge all once more with "
               "--again: no score is lost by it.\n",
               unknown);
}

// -- what changed -----------------------------------------------------------------------------------

static const char *reason(const struct score_line *old, const struct score *s,
                          const struct book *book, bool again) {
    const char *const files = s->attempt ? s->attempt->sha : "";
    if (strcmp(old->files, files) != 0)
        return old->graded && s->state == GRADED && s->points > old->points
                   ? "a better attempt counts"
                   : "another attempt counts";
    if (old->variant != s->student->variant)
        return "other cases: the course's salt changed";
    if (strcmp(old->rubric, book->rubric) != 0)
        return "the rubric changed";
    if (*old->kit && *s->result.kit && strcmp(old->kit, s->result.kit) != 0)
        return "the kit changed";
    if (fabs(old->most - s->most) > 1e-9)
        return "what the lab is worth changed, or which versions count";
    if (again && old->graded && s->state == GRADED && old->share == s->share)
        return "judged again, the same files gave another verdict: look at it";
    if (old->tries >= 0 && old->tries != s->result.tries)
        return "what failed through no fault of the student's (INFRA) was tried again";
    return old->share >= 0 && fabs(old->share - s->share) > 1e-9
               ? "lateness costs something else: the due date or the policy changed"
               : "the course's policy or the judge's retries";
}

bool tell_changes(const struct book *book, struct ledger *ledger, bool again, char *why,
                  size_t cap) {
    bool said = false, good = true;
    for (size_t i = 0; good && i < book->count; i++) {
        const struct score *const s = &book->score[i];
        const struct score_line *const old = ledger_score(ledger, s->student->key);
        struct score_line new = {.points = s->points,
                                 .most = s->most,
                                 .share = s->share,
                                 .tries = s->result.tries,
                                 .graded = s->state != UNKNOWN};
        char before[32], after[32];
        new.variant = s->student->variant;
        snprintf(new.student, sizeof new.student, "%s", s->student->key);
        snprintf(new.files, sizeof new.files, "%s", s->attempt ? s->attempt->sha : "");
        snprintf(new.rubric, sizeof new.rubric, "%s", book->rubric);
        snprintf(new.kit, sizeof new.kit, "%s", s->result.kit);
        if (old && old->graded == new.graded &&fabs(old->points - new.points) < 0.005)
            continue;
        if (old) {
            snprintf(new.reason, sizeof new.reason, "%s", reason(old, s, book, again));
            if (!said)
                puts("\nChanged since the last time:");
            said = true;
            printf("  %s: %s -> %s (%s)\n", student_name(s->student),
                   old->graded ? book_points(old->points, before) : "?",
                   new.graded ? book_points(new.points, after) : "?", new.reason);
        }
        good = ledger_add_score(ledger, &new, why, cap);
    }
    return good;
}

// -- the table --------------------------------------------------------------------------------------

static void put_time(FILE *file, int64_t when) {
    char text[32] = "";
    const time_t seconds = (time_t)when;
    struct tm at;
    if (when >= 0 && localtime_r(&seconds, &at))
        strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &at);
    csv_put(file, text, true);
}

bool tell_csv(const struct book *book, FILE *file) {
    const struct score *widest = NULL; // whose checks name the columns
    for (size_t i = 0; i < book->count; i++)
        if (!widest || book->score[i].result.count > widest->result.count)
            widest = &book->score[i];
    fputs("student,name,email,points,max_points,state,attempt,handed in,share that counts,files",
          file);
    for (int c = 0; widest && c < widest->result.count; c++) {
        putc(',', file);
        csv_put(file, widest->result.mark[c].id, false);
    }
    putc('\n', file);
    for (size_t i = 0; widest && i < book->count; i++) {
        const struct score *const s = &book->score[i];
        char points[32], most[32], share[32];
        const char *const states[] = {"graded", "nothing", "unknown"};
        csv_put(file, s->student->key, false);
        putc(',', file);
        csv_put(file, s->student->name, false);
        putc(',', file);
        csv_put(file, s->student->email, false);
        fprintf(file, ",%s,%s,%s,", s->state == UNKNOWN ? "" : book_points(s->points, points),
                book_points(s->most, most), states[s->state]);
        csv_put(file, s->attempt ? s->attempt->label : "", false);
        putc(',', file);
        put_time(file, s->attempt ? s->attempt->when : -1);
        fprintf(file, ",%s,%s", book_points(s->share, share), s->attempt ? s->attempt->sha : "");
        for (int c = 0; widest && c < widest->result.count; c++) {
            const char *verdict = "";
            for (int m = 0; m < s->result.count; m++)
                if (!strcmp(s->result.mark[m].id, widest->result.mark[c].id))
                    verdict = s->result.mark[m].verdict;
            fprintf(file, ",%s", verdict);
        }
        putc('\n', file);
    }
    return !ferror(file);
}
