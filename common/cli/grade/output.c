// SPDX-License-Identifier: MIT
//
// output.c: see output.h.

#include "output.h"

#include "export.h"
#include "gradebook.h"
#include "nearest.h"
#include "pages.h"
#include "tell.h"
#include "whole.h"
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { PATH_CAP = 900 };

static const char *const formats[] = {"gradescope", "prairielearn", "autolab", "junit", "ctrf"};
enum { FORMATS = sizeof formats / sizeof *formats };

// -- before ---------------------------------------------------------------------------------------------

// Is this format in the list that was given?
static bool is_wanted(const char *list, const char *format) {
    const size_t length = strlen(format);
    if (list && !strcmp(list, "all"))
        return true;
    for (const char *at = list; at && *at; at += strspn(at, ",")) {
        const size_t n = strcspn(at, ",");
        if (n == length && !strncmp(at, format, n))
            return true;
        at += n;
    }
    return false;
}

bool output_check(const struct wanted *wanted, char *why, size_t cap) {
    const char *const files[] = {wanted->canvas, wanted->moodle, wanted->blackboard};
    char word[64];
    for (const char *at = wanted->exports; at && *at; at += strspn(at, ",")) {
        const size_t n = strcspn(at, ",");
        bool known = n == 3 && !strncmp(at, "all", 3);
        snprintf(word, sizeof word, "%.*s", (int)(n < 60 ? n : 60), at);
        for (int i = 0; i < FORMATS; i++)
            known = known || !strcmp(word, formats[i]);
        if (!known) {
            const char *const near = nearest(word, formats, FORMATS);
            snprintf(why, cap,
                     "there is no export '%s'%s%s%s; there are gradescope, prairielearn, autolab, "
                     "junit, ctrf, or all.",
                     word, near ? " (did you mean " : "", near ? near : "", near ? "?)" : "");
            return false;
        }
        at += n;
    }
    for (int i = 0; i < 3; i++) {
        struct csv table;
        if (files[i] && !csv_read(&table, files[i], why, cap))
            return false;
        if (files[i])
            csv_free(&table);
    }
    return true;
}

// -- after ----------------------------------------------------------------------------------------------

typedef void each(FILE *file, const struct book *book, const struct score *score);

static bool write_each(const struct book *book, const char *dir, const char *format,
                       const char *end, each *put, char *why, size_t cap) {
    bool good = true;
    for (size_t i = 0; good && i < book->count; i++) {
        struct whole whole;
        char path[PATH_CAP];
        snprintf(path, sizeof path, "%s/%s/%s%s", dir, format, book->score[i].student->key, end);
        good = whole_begin(&whole, path, why, cap);
        if (good) {
            put(whole.file, book, &book->score[i]);
            good = whole_end(&whole, why, cap);
        }
    }
    if (good)
        fprintf(stderr, "%s/%s: a file a student.\n", dir, format);
    return good;
}

typedef void all(FILE *file, const struct book *book);

static bool write_all(const struct book *book, const char *dir, const char *name, all *put,
                      char *why, size_t cap) {
    struct whole whole;
    char path[PATH_CAP];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    if (!whole_begin(&whole, path, why, cap))
        return false;
    put(whole.file, book);
    if (!whole_end(&whole, why, cap))
        return false;
    fprintf(stderr, "%s\n", path);
    return true;
}

static void put_csv(FILE *file, const struct book *book) {
    tell_csv(book, file);
}

static bool fill(const struct book *book, const char *dir, const char *from, enum platform platform,
                 const char *name, const char *column, char *why, size_t cap) {
    struct csv table;
    struct whole whole;
    struct filled filled;
    char path[PATH_CAP], wrong[512];
    if (!from)
        return true;
    if (!csv_read(&table, from, why, cap))
        return false;
    // Blackboard's tables of tabs are called .xls, and are taken back under that name alone.
    const bool xls = strlen(from) > 4 && !strcasecmp(from + strlen(from) - 4, ".xls");
    snprintf(path, sizeof path, "%s/%s.%s", dir, name, xls ? "xls" : "csv");
    bool good = export_fill(&table, platform, book, column, &filled, wrong, sizeof wrong);
    if (!good) {
        snprintf(why, cap, "%s cannot be filled: %s", from, wrong);
    } else if ((good = whole_begin(&whole, path, why, cap))) {
        csv_write(&table, whole.file);
        good = whole_end(&whole, why, cap);
    }
    if (good) {
        fprintf(stderr, "%s: %zu of its %zu students have marks", path, filled.known, filled.rows);
        if (filled.most > 0 && filled.most != book->most)
            fprintf(stderr, ", scaled from %g points to %g", book->most, filled.most);
        if (filled.missing)
            fprintf(stderr, "; %zu who handed in %s not in it", filled.missing,
                    filled.missing == 1 ? "is" : "are");
        fputs(".\n", stderr);
    }
    csv_free(&table);
    return good;
}

static bool write_gradebook(const struct book *book, const struct ledger *ledger, const char *dir,
                            char *why, size_t cap) {
    char path[PATH_CAP];
    snprintf(path, sizeof path, "%s/gradebook.sqlite", dir);
    if (!gradebook_possible()) {
        gradebook_write(book, ledger, path, why, cap);
        fprintf(stderr, "%s\n", why);
        unlink(path); // an older one would tell other scores
        return true;
    }
    if (!gradebook_write(book, ledger, path, why, cap))
        return false;
    fprintf(stderr, "%s\n", path);
    return true;
}

bool output_write(const struct book *book, const struct ledger *ledger, const struct wanted *w,
                  const char *dir, char *why, size_t cap) {
    each *const puts[] = {export_gradescope, export_prairielearn, export_autolab};
    const char *const ends[] = {".json", ".json", ".txt"};
    bool good = write_all(book, dir, "grades.csv", put_csv, why, cap) &&
                write_each(book, dir, "pages", ".html", page_student, why, cap) &&
                write_all(book, dir, "class.html", page_class, why, cap) &&
                write_gradebook(book, ledger, dir, why, cap);
    for (int i = 0; i < 3; i++)
        if (is_wanted(w->exports, formats[i]))
            good = good && write_each(book, dir, formats[i], ends[i], puts[i], why, cap);
    if (is_wanted(w->exports, "junit"))
        good = good && write_all(book, dir, "junit.xml", export_junit, why, cap);
    if (is_wanted(w->exports, "ctrf"))
        good = good && write_all(book, dir, "ctrf.json", export_ctrf, why, cap);
    return good && fill(book, dir, w->canvas, TO_CANVAS, "canvas", w->column, why, cap) &&
           fill(book, dir, w->moodle, TO_MOODLE, "moodle", w->column, why, cap) &&
           fill(book, dir, w->blackboard, TO_BLACKBOARD, "blackboard", w->column, why, cap);
}
