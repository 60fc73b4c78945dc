// SPDX-License-Identifier: MIT
//
// csv.c: see csv.h.

#include "csv.h"

#include "grow.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { TABLE_MAX = 64 << 20 }; // bytes of a file

// -- UTF-16, little end first -----------------------------------------------------------------------

static char *from_utf16(const unsigned char *bytes, size_t size, size_t *length) {
    char *const text = malloc(size * 2 + 1);
    size_t n = 0;
    for (size_t i = 0; text && i + 1 < size; i += 2) {
        unsigned long c = bytes[i] | (unsigned long)bytes[i + 1] << 8;
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < size) {
            const unsigned long low = bytes[i + 2] | (unsigned long)bytes[i + 3] << 8;
            c = 0x10000 + ((c - 0xD800) << 10) + ((low - 0xDC00) & 0x3FF);
            i += 2;
        }
        if (c < 0x80) {
            text[n++] = (char)c;
        } else if (c < 0x800) {
            text[n++] = (char)(0xC0 | c >> 6);
            text[n++] = (char)(0x80 | (c & 63));
        } else if (c < 0x10000) {
            text[n++] = (char)(0xE0 | c >> 12);
            text[n++] = (char)(0x80 | (c >> 6 & 63));
            text[n++] = (char)(0x80 | (c & 63));
        } else {
            text[n++] = (char)(0xF0 | c >> 18);
            text[n++] = (char)(0x80 | (c >> 12 & 63));
            text[n++] = (char)(0x80 | (c >> 6 & 63));
            text[n++] = (char)(0x80 | (c & 63));
        }
    }
    *length = n;
    return text;
}

static void put_unit(FILE *file, unsigned long unit) {
    putc((int)(unit & 255), file);
    putc((int)(unit >> 8 & 255), file);
}

static void put_utf16(FILE *file, const char *text) {
    for (const unsigned char *c = (const unsigned char *)text; *c;) {
        const int more = *c < 0xC0 ? 0 : *c < 0xE0 ? 1 : *c < 0xF0 ? 2 : 3;
        unsigned long code = more == 0 ? *c : *c & (0x3Fu >> more);
        c++;
        for (int i = 0; i < more && *c; i++)
            code = code << 6 | (*c++ & 63);
        if (code < 0x10000) {
            put_unit(file, code);
        } else {
            put_unit(file, 0xD800 + ((code - 0x10000) >> 10));
            put_unit(file, 0xDC00 + ((code - 0x10000) & 0x3FF));
        }
    }
}

// -- reading ----------------------------------------------------------------------------------------

static char *copy(const char *from, size_t size) {
    char *const text = strndup(from, size);
    if (!text)
        abort();
    return text;
}

// What the raw cell says.
static char *meaning(const char *raw, size_t size) {
    char *const text = copy(raw, size);
    size_t n = 0;
    if (*raw != '"')
        return text;
    for (size_t i = 1; i < size; i++) {
        if (raw[i] == '"' && (i + 1 >= size || raw[++i] != '"'))
            break;
        text[n++] = raw[i];
    }
    text[n] = '\0';
    return text;
}

static void add_cell(struct csv_row *row, const char *raw, size_t size) {
    row->cell = grow(row->cell, row->count, sizeof *row->cell);
    row->cell[row->count++] = (struct csv_cell){meaning(raw, size), copy(raw, size)};
}

// The separator that the first line has most of, outside of quotes.
static char find_separator(const char *at) {
    size_t commas = 0, semicolons = 0, tabs = 0;
    bool quoted = false;
    for (; *at && (quoted || *at != '\n'); at++) {
        quoted ^= *at == '"';
        commas += !quoted && *at == ',';
        semicolons += !quoted && *at == ';';
        tabs += !quoted && *at == '\t';
    }
    return tabs > commas && tabs > semicolons ? '\t' : semicolons > commas ? ';' : ',';
}

static bool parse_text(struct csv *csv, const char *at, char *why, size_t cap) {
    size_t line = 1;
    csv->separator = find_separator(at);
    csv->line_end = "\n";
    const char ends[] = {csv->separator, '\r', '\n', '\0'};
    while (*at) {
        csv->row = grow(csv->row, csv->count, sizeof *csv->row);
        struct csv_row *const row = &csv->row[csv->count++];
        *row = (struct csv_row){0};
        for (;;) {
            const char *const begin = at;
            const size_t opened = line;
            if (*at == '"') {
                for (at++; *at && (*at != '"' || at[1] == '"'); at++) {
                    line += *at == '\n';
                    at += *at == '"';
                }
                if (!*at) {
                    snprintf(why, cap, "line %zu begins a cell with \" that never ends", opened);
                    return false;
                }
                at++;
            }
            at += strcspn(at, ends);
            while (*at == '\r' && at[1] != '\n' && at[1]) // a stray one is part of the cell
                at += 1 + strcspn(at + 1, ends);
            add_cell(row, begin, (size_t)(at - begin));
            if (*at != csv->separator)
                break;
            at++;
        }
        csv->last_ended = *at != '\0';
        if (*at == '\r' && at[1] == '\n') {
            csv->line_end = "\r\n";
            at++;
        }
        at += *at != '\0';
        line++;
    }
    csv->quote_all = csv->count > 0;
    for (size_t c = 0; csv->count && c < csv->row[0].count; c++)
        csv->quote_all = csv->quote_all && *csv->row[0].cell[c].raw == '"';
    return true;
}

bool csv_parse(struct csv *csv, const char *bytes, size_t size, char *why, size_t cap) {
    *csv = (struct csv){0};
    const unsigned char *const b = (const unsigned char *)bytes;
    char *text;
    if (size >= 2 && b[0] == 0xFF && b[1] == 0xFE) {
        csv->utf16 = true;
        text = from_utf16(b + 2, size - 2, &size);
    } else {
        csv->bom = size >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF;
        text = malloc(size + 1);
        if (text)
            memcpy(text, bytes + (csv->bom ? 3 : 0), size - (csv->bom ? 3 : 0));
        size -= csv->bom ? 3 : 0;
    }
    if (!text) {
        snprintf(why, cap, "there is no memory left");
        return false;
    }
    text[size] = '\0';
    bool good = strlen(text) == size;
    if (!good)
        snprintf(why, cap, "it holds bytes that are no text: export it as CSV");
    good = good && parse_text(csv, text, why, cap);
    free(text);
    if (!good)
        csv_free(csv);
    return good;
}

bool csv_read(struct csv *csv, const char *path, char *why, size_t cap) {
    *csv = (struct csv){0};
    FILE *const file = fopen(path, "re");
    char *const bytes = file ? malloc(TABLE_MAX) : NULL;
    errno = file ? 0 : errno;
    const size_t size = bytes ? fread(bytes, 1, TABLE_MAX, file) : 0;
    char wrong[256];
    bool good = false;
    if (!bytes || ferror(file))
        snprintf(why, cap, "%s cannot be read: %s.", path, strerror(errno ? errno : EIO));
    else if (size == TABLE_MAX)
        snprintf(why, cap, "%s is larger than 64 MiB, and no table of a class is.", path);
    else if (!csv_parse(csv, bytes, size, wrong, sizeof wrong))
        snprintf(why, cap, "%s is no table: %s.", path, wrong);
    else if (csv->count == 0)
        snprintf(why, cap, "%s is empty: export it once more.", path);
    else
        good = true;
    free(bytes);
    if (file)
        fclose(file);
    return good;
}

// -- looking, changing ------------------------------------------------------------------------------

const char *csv_text(const struct csv *csv, size_t row, size_t column) {
    if (row >= csv->count || column >= csv->row[row].count)
        return "";
    // Blanks around it are cut where it stands: the raw bytes are kept.
    char *const text = csv->row[row].cell[column].text;
    for (size_t n = strlen(text); n && strchr(" \t\r", text[n - 1]);)
        text[--n] = '\0';
    return text + strspn(text, " \t");
}

int csv_column(const struct csv *csv, size_t row, const char *name) {
    for (size_t c = 0; row < csv->count && c < csv->row[row].count; c++)
        if (strcasecmp(csv_text(csv, row, c), name) == 0)
            return (int)c;
    return -1;
}

static void put_quoted(FILE *file, const char *text) {
    putc('"', file);
    for (; *text; text++) {
        if (*text == '"')
            putc('"', file);
        putc(*text, file);
    }
    putc('"', file);
}

void csv_put(FILE *file, const char *text, bool number) {
    const bool formula = !number && *text && strchr("=+-@\t\r", *text);
    char *safe = NULL;
    if (formula && asprintf(&safe, "'%s", text) < 0)
        abort();
    const char *const said = formula ? safe : text;
    if (strpbrk(said, ",;\t\"\r\n") || *said == ' ' || formula)
        put_quoted(file, said);
    else
        fputs(said, file);
    free(safe);
}

void csv_set(struct csv *csv, size_t row, size_t column, const char *text) {
    struct csv_row *const r = &csv->row[row];
    while (r->count <= column)
        add_cell(r, "", 0);
    struct csv_cell *const cell = &r->cell[column];
    size_t size;
    free(cell->raw);
    free(cell->text);
    cell->raw = NULL;
    FILE *const raw = open_memstream(&cell->raw, &size);
    if (!raw)
        abort();
    if (csv->quote_all && !(*text && strchr("=+-@\t\r", *text)))
        put_quoted(raw, text);
    else
        csv_put(raw, text, false);
    fclose(raw);
    cell->text = copy(text, strlen(text));
}

bool csv_write(const struct csv *csv, FILE *file) {
    void (*const put)(FILE *, const char *) = put_utf16;
    const char separator[2] = {csv->separator, '\0'};
    if (csv->utf16)
        put_unit(file, 0xFEFF);
    else if (csv->bom)
        fputs("\xEF\xBB\xBF", file);
    for (size_t r = 0; r < csv->count; r++) {
        for (size_t c = 0; c < csv->row[r].count; c++) {
            const char *const parts[] = {c ? separator : "", csv->row[r].cell[c].raw};
            for (int i = 0; i < 2; i++)
                csv->utf16 ? put(file, parts[i]) : (void)fputs(parts[i], file);
        }
        if (r + 1 < csv->count || csv->last_ended)
            csv->utf16 ? put(file, csv->line_end) : (void)fputs(csv->line_end, file);
    }
    return !ferror(file);
}

void csv_free(struct csv *csv) {
    for (size_t r = 0; r < csv->count; r++) {
        for (size_t c = 0; c < csv->row[r].count; c++) {
            free(csv->row[r].cell[c].text);
            free(csv->row[r].cell[c].raw);
        }
        free(csv->row[r].cell);
    }
    free(csv->row);
    csv->row = NULL;
    csv->count = 0;
}
