// SPDX-License-Identifier: MIT
//
// coach.c: see coach.h. Here the output is cut into complaints; explain.c answers them.

#include "coach.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Typographic quotes, which gcc writes in a UTF-8 locale, become plain ones.
static void plain_quotes(char *text) {
    char *to = text;
    for (const char *at = text; *at;) {
        if (strncmp(at, "\xe2\x80\x98", 3) == 0 || strncmp(at, "\xe2\x80\x99", 3) == 0) {
            *to++ = '\'';
            at += 3;
        } else {
            *to++ = *at++;
        }
    }
    *to = 0;
}

// "FILE:LINE:COLUMN: " or "FILE:LINE: " or "FILE:(.text+0x5): " or "FILE: " before what is said at
// `end`.
static void take_place(const char *line, const char *end, struct complaint *c) {
    char place[4096];
    snprintf(place, sizeof place, "%.*s", (int)(end - line), line);
    for (size_t n = strlen(place); n && strchr(": ", place[n - 1]); n--)
        place[n - 1] = 0;
    int number[2] = {0}, count = 0;
    for (char *colon; count < 2 && (colon = strrchr(place, ':')); count++) {
        char *stop;
        const long value = strtol(colon + 1, &stop, 10);
        if (stop == colon + 1 || *stop || value < 0 || value > 1 << 24) {
            if (colon[1] == '(') // a place in a section, where there is no line
                *colon = 0;
            break;
        }
        number[count] = (int)value;
        *colon = 0;
    }
    c->line = number[count > 1];
    c->column = count > 1 ? number[0] : 0;
    // Of a long path the end counts.
    const size_t length = strlen(place), most = sizeof c->file - 1;
    memcpy(c->file, place + (length > most ? length - most : 0),
           (length > most ? most : length) + 1);
}

// Cuts "[-Woption]" off the message's end.
static void take_option(struct complaint *c) {
    char *const open = strrchr(c->message, '[');
    const size_t length = strlen(c->message);
    if (!open || open == c->message || strncmp(open, "[-W", 3) != 0 ||
        c->message[length - 1] != ']')
        return;
    snprintf(c->option, sizeof c->option, "%.*s",
             (int)(length - 1 - (size_t)(open + 1 - c->message)), open + 1);
    open[-1] = 0;
}

// The linker's lines: GNU ld and gold name no severity. lld writes "error: undefined symbol: X"
// and the place below it.
static bool take_linker_line(const char *line, struct complaint *c) {
    static const char *const said[] = {"undefined reference to ", "multiple definition of ",
                                       "undefined symbol: ", "duplicate symbol: "};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        const char *at = strstr(line, said[i]);
        if (!at)
            continue;
        *c = (struct complaint){.severity = SEVERITY_ERROR};
        snprintf(c->message, sizeof c->message, "%s", at);
        const char *name = line; // "/usr/bin/ld: mpi.c:4: undefined ..."
        const char *tool = strstr(line, "ld: ");
        if (!tool)
            tool = strstr(line, "gold: ");
        if (tool && tool < at)
            name = strchr(tool, ' ') + 1;
        const char *error = strstr(name, "error: ");
        take_place(name, error && error < at ? error : at, c);
        return true;
    }
    return false;
}

// A compiler's line: PLACE: SEVERITY: MESSAGE [OPTION].
static bool take_line(const char *line, struct complaint *c) {
    static const struct {
        const char *word;
        enum severity severity;
    } words[] = {{"fatal error: ", SEVERITY_ERROR},
                 {"internal compiler error: ", SEVERITY_ERROR},
                 {"error: ", SEVERITY_ERROR},
                 {"warning: ", SEVERITY_WARNING},
                 {"note: ", SEVERITY_NOTE}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *at = strstr(line, words[i].word);
        if (!at || at == line || strncmp(at - 2, ": ", 2) != 0 || *line == ' ')
            continue;
        *c = (struct complaint){.severity = words[i].severity};
        // An internal error keeps its name: the coach must know it.
        snprintf(c->message, sizeof c->message, "%s",
                 strncmp(at, "internal", 8) == 0 ? at : at + strlen(words[i].word));
        take_place(line, at, c);
        take_option(c);
        return true;
    }
    return false;
}

// lld's second line: ">>> referenced by mpi.c:4 (/dir/mpi.c:4)", ">>> defined at mpi.c:4 (...)".
static bool take_lld_place(const char *line, struct complaint *c) {
    const char *at = strstr(line, " by ");
    if (!at)
        at = strstr(line, " at ");
    if (strncmp(line, ">>> ", 4) != 0 || !at || c->file[0])
        return false;
    char place[256];
    snprintf(place, sizeof place, "%.*s", (int)strcspn(at + 4, " \n"), at + 4);
    take_place(place, place + strlen(place), c);
    return true;
}

static bool is_same(const struct complaint *a, const struct complaint *b) {
    return a->line == b->line && strcmp(a->message, b->message) == 0 &&
           strcmp(a->file, b->file) == 0;
}

int coach_read(const char *output, struct complaint *complaints, int max) {
    char *const copy = strdup(output), *rest = copy;
    char where[sizeof complaints->file] = ""; // "mpi.o: in function `f':", for lines without a file
    int count = 0;
    if (copy)
        plain_quotes(copy);
    for (char *line; copy && count < max && (line = strsep(&rest, "\n"));) {
        struct complaint c;
        char *const function = strstr(line, ": in function ");
        if (function && function > line) {
            const char *const tool = strstr(line, "ld: ");
            const char *const name = tool && tool < function ? tool + 4 : line;
            snprintf(where, sizeof where, "%.*s", (int)(function - name), name);
            continue;
        }
        if (count > 0 && take_lld_place(line, &complaints[count - 1]))
            continue;
        if (!take_linker_line(line, &c) && !take_line(line, &c))
            continue;
        // A macro of MPI's header: the mistake is where it is used, which a note below it tells.
        if (c.severity == SEVERITY_NOTE && strstr(c.message, "in expansion of macro") &&
            count > 0) {
            struct complaint *const last = &complaints[count - 1];
            snprintf(last->file, sizeof last->file, "%s", c.file);
            last->line = c.line;
            last->column = c.column;
        }
        if (c.severity == SEVERITY_NOTE || strstr(c.message, "ld returned") ||
            strstr(c.option, "unused-command-line") || strstr(c.message, "linker command failed"))
            continue;
        if (!c.file[0] && where[0])
            snprintf(c.file, sizeof c.file, "%s", where);
        bool known = false;
        for (int i = 0; i < count && !known; i++)
            known = is_same(&complaints[i], &c);
        if (!known)
            complaints[count++] = c;
    }
    free(copy);
    return count;
}
