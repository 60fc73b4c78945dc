// SPDX-License-Identifier: MIT
#include "table.h"
#include "escape.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// -- how wide is a text? -------------------------------------------------------------------------

static unsigned long code_point(const char *text, int length) {
    static const unsigned char first[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    unsigned long code = (unsigned char)text[0] & first[length];
    for (int i = 1; i < length; i++)
        code = code << 6 | ((unsigned char)text[i] & 0x3F);
    return code;
}

struct band {
    unsigned long first, last;
};

static bool within(const struct band *bands, size_t count, unsigned long code) {
    for (size_t i = 0; i < count; i++)
        if (code >= bands[i].first && code <= bands[i].last)
            return true;
    return false;
}

// The ranges that matter in names and sentences, after Unicode 15 (EastAsianWidth.txt, and general
// categories Mn, Me, Cf); wcwidth() would need a locale that a bare machine may not have.
static const struct band none[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F}, {0x200B, 0x200F},
    {0x2060, 0x2064}, {0x20D0, 0x20F0}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}};
static const struct band wide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},  {0x3041, 0xA4CF},
                                   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},  {0xFE30, 0xFE6F},
                                   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},  {0x1F300, 0x1F64F},
                                   {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

int text_width(const char *text) {
    int width = 0;
    while (*text) {
        const int length = utf8_length(text);
        if (length == 0) { // a stray byte: terminals draw one mark for it
            width++;
            text++;
            continue;
        }
        const unsigned long code = code_point(text, length);
        if (within(wide, sizeof wide / sizeof *wide, code))
            width += 2;
        else if (code >= 0x20 && code != 0x7F && !within(none, sizeof none / sizeof *none, code))
            width++;
        text += length;
    }
    return width;
}

// -- tones and wrapping --------------------------------------------------------------------------

bool may_colour(FILE *file) {
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(fileno(file)) && !(no && *no) && term && strcmp(term, "dumb") != 0;
}

void put_tone(FILE *file, bool colour, enum tone tone, const char *text) {
    static const char *const codes[] = {"", "\033[1m", "\033[2m", "\033[32m", "\033[31m"};
    if (colour && tone != PLAIN)
        fprintf(file, "%s%s\033[0m", codes[tone], text);
    else
        fputs(text, file);
}

void put_wrapped(FILE *file, const char *text, int at, int indent, int width) {
    bool fresh = true; // nothing on this line yet
    while (*text) {
        const size_t length = strcspn(text, " \n");
        char word[256];
        snprintf(word, sizeof word, "%.*s", (int)(length < sizeof word ? length : sizeof word - 1),
                 text);
        const int wide_word = text_width(word);
        if (!fresh && at + 1 + wide_word > width) {
            fprintf(file, "\n%*s", indent, "");
            at = indent;
            fresh = true;
        }
        if (length > 0) {
            fprintf(file, "%s%.*s", fresh ? "" : " ", (int)length, text);
            at += wide_word + (fresh ? 0 : 1);
            fresh = false;
        }
        text += length;
        if (*text == '\n') {
            fprintf(file, "\n%*s", indent, "");
            at = indent;
            fresh = true;
        }
        text += *text != 0;
    }
    putc('\n', file);
}

// -- the table -----------------------------------------------------------------------------------

void table_begin(struct table *table, int columns, const char *const *heads, const char *align) {
    *table = (struct table){.columns = columns};
    for (int c = 0; c < columns; c++) {
        table->heads[c] = heads[c];
        table->left[c] = align[c] == 'l';
    }
}

static void *grow(void *old, size_t bytes) {
    void *more = realloc(old, bytes);
    if (!more) {
        fputs("twofold: there is no memory left for a table.\n", stderr);
        exit(2);
    }
    return more;
}

int table_row(struct table *table) {
    if (table->rows == table->room) {
        table->room = table->room ? 2 * table->room : 16;
        const size_t room = (size_t)table->room;
        table->cells = grow(table->cells, room * (size_t)table->columns * sizeof *table->cells);
        table->notes = grow(table->notes, room * sizeof *table->notes);
    }
    memset(table->cells + table->rows * table->columns, 0,
           (size_t)table->columns * sizeof *table->cells);
    table->notes[table->rows] = NULL;
    return table->rows++;
}

void table_set(struct table *table, int row, int column, enum tone tone, const char *text) {
    struct cell *cell = &table->cells[row * table->columns + column];
    snprintf(cell->text, sizeof cell->text, "%s", text);
    cell->tone = tone;
}

void table_note(struct table *table, int row, const char *text) {
    free(table->notes[row]);
    table->notes[row] = strdup(text);
}

// Line `line` of a head that may have two; a head of one line stands on the lower.
static const char *head_line(const char *head, int line, char *text, size_t cap) {
    const char *cut = strchr(head, '\n');
    if (line == 1)
        return cut ? cut + 1 : head;
    snprintf(text, cap, "%.*s", cut ? (int)(cut - head) : 0, head);
    return text;
}

static void put_cell(FILE *file, const struct table *table, int column, int width, bool last,
                     enum tone tone, const char *text) {
    const int pad = width - text_width(text);
    if (!table->left[column])
        fprintf(file, "%*s", pad > 0 ? pad : 0, "");
    put_tone(file, table->colour, tone, text);
    if (table->left[column] && !last)
        fprintf(file, "%*s", pad > 0 ? pad : 0, "");
}

void table_print(const struct table *table, FILE *file, int indent) {
    int width[COLUMNS_MAX], last = -1;
    bool two_lines = false;
    for (int c = 0; c < table->columns; c++) {
        char text[64];
        bool any = false;
        width[c] = 0;
        for (int r = 0; r < table->rows; r++) {
            const char *cell = table->cells[r * table->columns + c].text;
            any = any || (*cell && strcmp(cell, "-") != 0);
            width[c] = text_width(cell) > width[c] ? text_width(cell) : width[c];
        }
        for (int line = 0; line < 2; line++) {
            const int w = text_width(head_line(table->heads[c], line, text, sizeof text));
            width[c] = w > width[c] ? w : width[c];
        }
        if (!any)
            width[c] = 0;
        else {
            last = c;
            two_lines = two_lines || strchr(table->heads[c], '\n');
        }
    }
    for (int line = two_lines ? 0 : 1; line < 2; line++) {
        int end = last; // the last with something to say on this line
        while (line == 0 && (width[end] == 0 || !strchr(table->heads[end], '\n')))
            end--;
        fprintf(file, "%*s", indent, "");
        for (int c = 0; c <= end; c++) {
            char text[64];
            if (width[c] == 0)
                continue;
            put_cell(file, table, c, width[c], c == end, DIM,
                     head_line(table->heads[c], line, text, sizeof text));
            fputs(c == end ? "\n" : "  ", file);
        }
    }
    for (int r = 0; r < table->rows; r++) {
        fprintf(file, "%*s", indent, "");
        for (int c = 0; c <= last; c++) {
            const struct cell *cell = &table->cells[r * table->columns + c];
            if (width[c] == 0)
                continue;
            put_cell(file, table, c, width[c], c == last, cell->tone, cell->text);
            fputs(c == last ? "\n" : "  ", file);
        }
        if (table->notes[r]) {
            fprintf(file, "%*s", indent + 4, "");
            put_wrapped(file, table->notes[r], indent + 4, indent + 4, TABLE_WIDTH);
        }
    }
}

void table_free(struct table *table) {
    for (int r = 0; r < table->rows; r++)
        free(table->notes[r]);
    free(table->notes);
    free(table->cells);
    *table = (struct table){0};
}
