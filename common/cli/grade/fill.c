// SPDX-License-Identifier: MIT
//
// fill.c: a platform's own table, filled (export.h).
//
//     Canvas      Student,ID,SIS User ID,SIS Login ID,Section,Heat (1234),...; a row "Points Possible"
//     Moodle      Identifier,Full name,Email address,...,Grade,Maximum Grade,...,Feedback comments
//     Blackboard  "Last Name","First Name","Username",...,"Heat [Total Pts: 100 Score] |1234"

#include "export.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// The columns of a platform that say who it is.
static const char *const who[][6] = {
    [TO_CANVAS] = {"ID", "SIS Login ID", "SIS User ID", "Student", NULL},
    [TO_MOODLE] = {"Identifier", "Email address", "ID number", "Username", "Full name", NULL},
    [TO_BLACKBOARD] = {"Username", "Student ID", NULL},
};
static const char *const names[] = {"Canvas", "Moodle", "Blackboard"};

// "Participant 1234567" is what Moodle's files call 1234567.
static const char *plain_id(const char *cell) {
    return !strncmp(cell, "Participant ", 12) ? cell + 12 : cell;
}

// Student of this row: their score; NULL: nobody of ours.
static const struct score *score_of(const struct csv *table, size_t row, enum platform platform,
                                    const struct book *book) {
    for (int i = 0; who[platform][i]; i++) {
        const int column = csv_column(table, 0, who[platform][i]);
        const char *const called = column < 0 ? "" : plain_id(csv_text(table, row, (size_t)column));
        for (size_t s = 0; *called && s < book->count; s++)
            if (student_is(book->score[s].student, called))
                return &book->score[s];
    }
    return NULL;
}

// Does the header's text name the lab, as a word?
static bool names_lab(const char *header, const char *lab) {
    const size_t length = strlen(lab);
    for (const char *at = header; (at = strcasestr(at, lab)); at++)
        if ((at == header || !isalnum((unsigned char)at[-1])) &&
            !isalnum((unsigned char)at[length]))
            return true;
    return false;
}

static int find_column(const struct csv *table, enum platform platform, const struct book *book,
                       const char *told, char *why, size_t cap) {
    if (platform == TO_MOODLE && !told)
        told = "Grade";
    int found = -1, several = 0;
    if (told) {
        found = csv_column(table, 0, told);
        if (found < 0)
            snprintf(why, cap, "the table from %s has no column '%s'.", names[platform], told);
        return found;
    }
    for (size_t c = 0; c < table->row[0].count; c++)
        if (names_lab(csv_text(table, 0, c), book->lab)) {
            found = (int)c;
            several++;
        }
    if (several == 1)
        return found;
    snprintf(why, cap,
             "the table from %s has %s column that names '%s': say which one is meant with "
             "--column NAME.",
             names[platform], several ? "more than one" : "no", book->lab);
    return -1;
}

static double number(const char *text) {
    char *end, point[64];
    snprintf(point, sizeof point, "%.60s", text);
    for (char *c = point; *c; c++)
        *c = *c == ',' ? '.' : *c;
    const double value = strtod(point, &end);
    return end != point && value > 0 ? value : 0;
}

// What the platform gives for full marks, of the table or (Moodle) of a row.
static double most_of(const struct csv *table, enum platform platform, size_t column, size_t row) {
    if (platform == TO_MOODLE) {
        const int maximum = csv_column(table, 0, "Maximum Grade");
        return maximum < 0 ? 0 : number(csv_text(table, row, (size_t)maximum));
    }
    if (platform == TO_BLACKBOARD) {
        const char *const total = strstr(csv_text(table, 0, column), "Total Pts: ");
        return total ? number(total + 11) : 0;
    }
    for (size_t r = 1; r < table->count && r < 4; r++)
        if (!strcasecmp(csv_text(table, r, 0), "Points Possible"))
            return number(csv_text(table, r, column));
    return 0;
}

bool export_fill(struct csv *table, enum platform platform, const struct book *book,
                 const char *told, struct filled *filled, char *why, size_t cap) {
    *filled = (struct filled){0};
    bool any = false;
    for (int i = 0; who[platform][i]; i++)
        any = any || csv_column(table, 0, who[platform][i]) >= 0;
    if (!any) {
        snprintf(why, cap,
                 "its first line has none of the columns that a file from %s has: export it there, "
                 "and leave it as it is.",
                 names[platform]);
        return false;
    }
    const int column = find_column(table, platform, book, told, why, cap);
    if (column < 0)
        return false;
    const int feedback = platform == TO_MOODLE ? csv_column(table, 0, "Feedback comments") : -1;
    char text[2048];
    size_t ours = 0;
    for (size_t r = 1; r < table->count; r++) {
        if (!strcasecmp(csv_text(table, r, 0), "Points Possible") || table->row[r].count < 2)
            continue;
        filled->rows++;
        const struct score *const s = score_of(table, r, platform, book);
        if (!s)
            continue;
        filled->known++;
        filled->most = most_of(table, platform, (size_t)column, r);
        ours += s->attempt != NULL;
        if (s->state == UNKNOWN)
            continue;
        const double scale = filled->most > 0 && s->most > 0 ? filled->most / s->most : 1;
        csv_set(table, r, (size_t)column, book_points(s->points * scale, text));
        if (feedback >= 0) {
            book_sentence(s, text, sizeof text);
            csv_set(table, r, (size_t)feedback, text);
        }
    }
    for (size_t i = 0; i < book->count; i++)
        filled->missing += book->score[i].attempt != NULL;
    filled->missing -= filled->missing > ours ? ours : filled->missing;
    return true;
}
