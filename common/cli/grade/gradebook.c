// SPDX-License-Identifier: MIT
//
// gradebook.c: see gradebook.h.

#include "gradebook.h"

#ifndef HAVE_SQLITE

#include <stdio.h>

bool gradebook_possible(void) {
    return false;
}

bool gradebook_write(const struct book *book, const struct ledger *ledger, const char *path,
                     char *why, size_t cap) {
    (void)book, (void)ledger;
    snprintf(why, cap,
             "%s is left out: this kit was built without SQLite; install libsqlite3-dev and run "
             "`make build`.",
             path);
    return false;
}

#else

#include "items.h"
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

// The file is new and gets its name when it is whole, so it needs no journal of its own.
static const char schema[] =
    "PRAGMA journal_mode = OFF;"
    "BEGIN;"
    "CREATE TABLE about (schema INTEGER, lab TEXT, title TEXT, rubric TEXT, kit TEXT, made TEXT,"
    " max_points REAL, no_sandbox INTEGER);"
    "CREATE TABLE students (student TEXT PRIMARY KEY, name TEXT, email TEXT, state TEXT,"
    " points REAL, max_points REAL, points_before_late REAL, late_seconds REAL, share REAL,"
    " attempt TEXT, handed_in TEXT, files TEXT, same_files_as_others INTEGER);"
    "CREATE TABLE checks (student TEXT REFERENCES students, position INTEGER, \"check\" TEXT,"
    " title TEXT, verdict TEXT, points REAL, max_points REAL, visibility TEXT,"
    " PRIMARY KEY (student, \"check\"));"
    "CREATE TABLE items (\"check\" TEXT PRIMARY KEY, position INTEGER, title TEXT, judged INTEGER,"
    " passed INTEGER, not_reached INTEGER, mean_share REAL, discrimination REAL);"
    "CREATE TABLE scores (student TEXT, at TEXT, old_points REAL, points REAL, max_points REAL,"
    " reason TEXT);";

// A row that is being put in: its values are bound from the first on.
struct row {
    sqlite3_stmt *statement;
    int values;
};

static bool row_begin(struct row *row, sqlite3 *db, const char *insert) {
    *row = (struct row){0};
    return sqlite3_prepare_v2(db, insert, -1, &row->statement, NULL) == SQLITE_OK;
}

static void put_text(struct row *row, const char *text) {
    sqlite3_bind_text(row->statement, ++row->values, text, -1, SQLITE_TRANSIENT);
}

static void put_number(struct row *row, double number) {
    sqlite3_bind_double(row->statement, ++row->values, number);
}

static void put_whole(struct row *row, int number) {
    sqlite3_bind_int(row->statement, ++row->values, number);
}

static void put_null(struct row *row) {
    sqlite3_bind_null(row->statement, ++row->values);
}

static void put_time(struct row *row, int64_t when) {
    const time_t seconds = (time_t)when;
    char text[32];
    struct tm at;
    if (when >= 0 && gmtime_r(&seconds, &at) &&
        strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &at))
        put_text(row, text);
    else
        put_null(row);
}

static void put_known(struct row *row, bool known, double number) {
    if (known)
        put_number(row, number);
    else
        put_null(row);
}

// Puts the row in; the next one may be bound then.
static bool row_next(struct row *row) {
    row->values = 0;
    return sqlite3_step(row->statement) == SQLITE_DONE &&
           sqlite3_reset(row->statement) == SQLITE_OK;
}

static void row_end(struct row *row) {
    sqlite3_finalize(row->statement);
}

static bool put_about(sqlite3 *db, const struct book *book) {
    struct row row;
    bool good = row_begin(&row, db, "INSERT INTO about VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    if (good) {
        put_whole(&row, GRADEBOOK_SCHEMA);
        put_text(&row, book->lab);
        put_text(&row, book->title);
        put_text(&row, book->rubric);
        put_text(&row, book->kit);
        put_time(&row, (int64_t)time(NULL));
        put_number(&row, book->most);
        put_whole(&row, book->no_sandbox);
        good = row_next(&row);
    }
    row_end(&row);
    return good;
}

static bool put_students(sqlite3 *db, const struct book *book) {
    static const char *const states[] = {
        [GRADED] = "graded", [NOTHING] = "nothing", [UNKNOWN] = "unknown"};
    struct row row;
    bool good =
        row_begin(&row, db, "INSERT INTO students VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; good && i < book->count; i++) {
        const struct score *const s = &book->score[i];
        put_text(&row, s->student->key);
        put_text(&row, s->student->name);
        put_text(&row, s->student->email);
        put_text(&row, states[s->state]);
        put_known(&row, s->state != UNKNOWN, s->points);
        put_number(&row, s->most);
        put_known(&row, s->state != UNKNOWN, s->before);
        put_number(&row, s->late);
        put_number(&row, s->share);
        put_text(&row, s->attempt ? s->attempt->label : "");
        put_time(&row, s->attempt ? s->attempt->when : -1);
        put_text(&row, s->attempt ? s->attempt->sha : "");
        put_whole(&row, s->shared);
        good = row_next(&row);
    }
    row_end(&row);
    return good;
}

static bool put_checks(sqlite3 *db, const struct book *book) {
    struct row row;
    bool good = row_begin(&row, db, "INSERT INTO checks VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; good && i < book->count; i++)
        for (int c = 0; good && c < book->score[i].result.count; c++) {
            const struct mark *const m = &book->score[i].result.mark[c];
            put_text(&row, book->score[i].student->key);
            put_whole(&row, c + 1);
            put_text(&row, m->id);
            put_text(&row, m->title);
            put_text(&row, m->verdict);
            put_number(&row, m->points);
            put_number(&row, m->most);
            put_text(&row, m->hidden);
            good = row_next(&row);
        }
    row_end(&row);
    return good;
}

static bool put_items(sqlite3 *db, const struct book *book) {
    struct item item[CHECKS_MAX];
    const int count = items_fill(book, item);
    struct row row;
    bool good = row_begin(&row, db, "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (int c = 0; good && c < count; c++) {
        const struct item *const i = &item[c];
        put_text(&row, i->id);
        put_whole(&row, c + 1);
        put_text(&row, i->title);
        put_whole(&row, (int)i->judged);
        put_whole(&row, (int)i->passed);
        put_whole(&row, (int)i->skipped);
        put_known(&row, !isnan(i->share), i->share);
        put_known(&row, !isnan(i->discrimination), i->discrimination);
        good = row_next(&row);
    }
    row_end(&row);
    return good;
}

// The score that the student had before this one; NULL: it is the first.
static const struct score_line *earlier(const struct ledger *ledger, size_t at) {
    for (size_t i = at; i-- > 0;)
        if (!strcmp(ledger->score[i].student, ledger->score[at].student))
            return &ledger->score[i];
    return NULL;
}

static bool put_scores(sqlite3 *db, const struct ledger *ledger) {
    struct row row;
    bool good = row_begin(&row, db, "INSERT INTO scores VALUES (?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; good && i < ledger->scores; i++) {
        const struct score_line *const s = &ledger->score[i], *const old = earlier(ledger, i);
        put_text(&row, s->student);
        put_time(&row, s->time);
        put_known(&row, old && old->graded, old ? old->points : 0);
        put_known(&row, s->graded, s->points);
        put_number(&row, s->most);
        put_text(&row, s->reason);
        good = row_next(&row);
    }
    row_end(&row);
    return good;
}

bool gradebook_possible(void) {
    return true;
}

bool gradebook_write(const struct book *book, const struct ledger *ledger, const char *path,
                     char *why, size_t cap) {
    char part[PATH_MAX], end[64];
    sqlite3 *db = NULL;
    snprintf(part, sizeof part, "%.*s.part", PATH_MAX - 8, path);
    snprintf(end, sizeof end, "PRAGMA user_version = %d; COMMIT;", GRADEBOOK_SCHEMA);
    unlink(part); // of a call that was killed
    bool good = sqlite3_open(part, &db) == SQLITE_OK &&
                sqlite3_exec(db, schema, NULL, NULL, NULL) == SQLITE_OK && put_about(db, book) &&
                put_students(db, book) && put_checks(db, book) && put_items(db, book) &&
                put_scores(db, ledger) && sqlite3_exec(db, end, NULL, NULL, NULL) == SQLITE_OK;
    if (!good)
        snprintf(why, cap, "the gradebook %s cannot be written: %s.", path,
                 db ? sqlite3_errmsg(db) : "there is no memory left");
    good = sqlite3_close(db) == SQLITE_OK && good;
    if (good && rename(part, path) != 0) {
        snprintf(why, cap, "the gradebook %s cannot be written: %s.", path, strerror(errno));
        good = false;
    }
    if (!good)
        unlink(part);
    return good;
}

#endif
