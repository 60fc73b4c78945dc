// SPDX-License-Identifier: MIT
//
// roster.c: the roster of a course; see course.h.

#include "course.h"

#include "csv.h"
#include <string.h>
#include <strings.h>

// What the columns of a roster may be called; the first that is there gives the key.
static const char *const id_columns[] = {"username", "student",       "login",      "sis login id",
                                         "user",     "user name",     "id",         "sis user id",
                                         "sid",      "student id",    "id number",  "email",
                                         "e-mail",   "email address", "identifier", NULL};
static const char *const name_columns[] = {"name", "full name", "student name", NULL};

static int first_column(const struct csv *csv, const char *const *names) {
    int at = -1;
    for (int i = 0; names[i] && at < 0; i++)
        at = csv_column(csv, 0, names[i]);
    return at;
}

// The first row that names a student of a row before it; 0: none does.
static size_t named_twice(const struct csv *csv, size_t key) {
    for (size_t r = 1; r < csv->count; r++)
        for (size_t b = 1; b < r && *csv_text(csv, r, key); b++)
            if (!strcasecmp(csv_text(csv, r, key), csv_text(csv, b, key)))
                return r;
    return 0;
}

bool course_roster(struct course *course, const char *path, char *why, size_t cap) {
    struct csv csv;
    if (!csv_read(&csv, path, why, cap))
        return false;
    const int key = first_column(&csv, id_columns), name = first_column(&csv, name_columns);
    if (key < 0) {
        snprintf(why, cap,
                 "the first line of the roster %s names no column that tells students apart: it "
                 "needs one called username, id or email.",
                 path);
        csv_free(&csv);
        return false;
    }
    const size_t twice = named_twice(&csv, (size_t)key);
    if (twice) {
        snprintf(why, cap, "the roster %s names %s twice, the second time in row %zu: leave one.",
                 path, csv_text(&csv, twice, (size_t)key), twice + 1);
        csv_free(&csv);
        return false;
    }
    course->roster = true;
    for (size_t r = 1; r < csv.count; r++) {
        struct student *student = NULL;
        for (int i = 0; id_columns[i] && !student; i++) {
            const int column = csv_column(&csv, 0, id_columns[i]);
            const char *const called = column < 0 ? "" : csv_text(&csv, r, (size_t)column);
            for (size_t s = 0; *called && s < course->students && !student; s++)
                if (student_is(&course->student[s], called))
                    student = &course->student[s];
        }
        const char *const called = name < 0 ? "" : csv_text(&csv, r, (size_t)name);
        for (size_t s = 0; *called && s < course->students && !student; s++)
            if (student_is(&course->student[s], called))
                student = &course->student[s];
        if (!student && *csv_text(&csv, r, (size_t)key))
            student = course_student(course, csv_text(&csv, r, (size_t)key));
        if (!student)
            continue;
        student->listed = true;
        if (*called)
            snprintf(student->name, sizeof student->name, "%s", called);
        student_called(student, called);
        for (int i = 0; id_columns[i]; i++) {
            const int column = csv_column(&csv, 0, id_columns[i]);
            const char *const cell = column < 0 ? "" : csv_text(&csv, r, (size_t)column);
            student_called(student, cell);
            if (strchr(cell, '@') && !*student->email)
                snprintf(student->email, sizeof student->email, "%s", cell);
        }
    }
    csv_free(&csv);
    course_sort(course);
    return true;
}
