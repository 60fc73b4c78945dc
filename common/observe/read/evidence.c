// SPDX-License-Identifier: MIT
//
// evidence.c: see ../evidence.h.

#include "../evidence.h"
#include "flat.h"
#include <stdlib.h>
#include <string.h>

struct evidence *findings_add(struct findings *findings, const char *kind) {
    if (findings->count == findings->room) {
        const size_t room = findings->room ? 2 * findings->room : 8;
        struct evidence *const more = realloc(findings->at, room * sizeof *more);
        if (!more)
            return NULL;
        findings->at = more;
        findings->room = room;
    }
    struct evidence *const evidence = &findings->at[findings->count++];
    *evidence = (struct evidence){.kind = kind, .rank = -1, .thread = -1};
    return evidence;
}

void findings_free(struct findings *findings) {
    free(findings->at);
    *findings = (struct findings){0};
}

bool findings_accuse(const struct findings *findings) {
    for (size_t i = 0; i < findings->count; i++)
        if (strcmp(findings->at[i].kind, "infra") != 0 &&
            strcmp(findings->at[i].kind, "sharing") != 0)
            return true;
    return false;
}

// Writes text in lines of at most `width` columns, each behind `indent` blanks.
static void wrap(FILE *file, const char *text, int indent, int width) {
    int column = 0;
    while (*text) {
        const int length = (int)strcspn(text, " \n");
        if (column && column + 1 + length > width) {
            fputc('\n', file);
            column = 0;
        }
        if (length)
            column += fprintf(file, "%*s%.*s", column ? 1 : indent, "", length, text);
        text += length;
        if (*text == '\n') {
            fputc('\n', file);
            column = 0;
        }
        text += *text != '\0';
    }
    fputc('\n', file);
}

void evidence_say(FILE *file, const struct evidence *e, int width) {
    if (e->line)
        fprintf(file, "%s at %s:%d\n", e->kind, e->file, e->line);
    else
        fprintf(file, "%s\n", e->kind);
    wrap(file, e->text, 2, width);
    if (*e->advice)
        wrap(file, e->advice, 2, width);
}

static void member(FILE *file, const char *name, const char *text) {
    fprintf(file, ",\"%s\":", name);
    flat_print(file, text);
}

void evidence_json(FILE *file, const struct evidence *e) {
    fputs("{\"v\":1,\"kind\":", file);
    flat_print(file, e->kind);
    if (e->rank >= 0)
        fprintf(file, ",\"rank\":%d", e->rank);
    if (e->thread >= 0)
        fprintf(file, ",\"thread\":%d", e->thread);
    if (*e->call)
        member(file, "call", e->call);
    if (e->line) {
        member(file, "file", e->file);
        fprintf(file, ",\"line\":%d", e->line);
    }
    if (e->other)
        fprintf(file, ",\"other_line\":%d", e->other);
    if (*e->variable)
        member(file, "variable", e->variable);
    member(file, "text", e->text);
    if (*e->advice)
        member(file, "try", e->advice);
    fputs("}\n", file);
}
