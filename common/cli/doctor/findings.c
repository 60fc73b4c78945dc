// SPDX-License-Identifier: MIT
//
// findings.c: see findings.h.

#include "findings.h"
#include "flat.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const names[] = {"ok", "note", "problem"};
static int counts[3];
static bool json;

void findings_json(bool yes) {
    json = yes;
}

int findings_count(enum level level) {
    return counts[level];
}

static bool coloured(void) {
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(no && *no) && term && strcmp(term, "dumb") != 0;
}

// Breaks a text into lines of 100 columns that begin at column `indent`.
static void print_wrapped(const char *text, int indent) {
    int column = indent;
    while (*text) {
        int length = (int)strcspn(text, " ");
        if (column > indent && column + 1 + length > 100) {
            printf("\n%*s", indent, "");
            column = indent;
        }
        printf("%s%.*s", column > indent ? " " : "", length, text);
        column += length + (column > indent);
        text += length;
        text += strspn(text, " ");
    }
    putchar('\n');
}

void finding(enum level level, const char *topic, const char *mend, const char *text, ...) {
    static const char *const colours[] = {"\033[32m", "\033[33m", "\033[31;1m"};
    char said[2048];
    va_list args;
    va_start(args, text);
    vsnprintf(said, sizeof said, text, args);
    va_end(args);
    counts[level]++;
    if (json) {
        printf("{\"v\":1,\"kind\":\"finding\",\"level\":\"%s\",\"topic\":", names[level]);
        flat_print(stdout, topic);
        printf(",\"text\":");
        flat_print(stdout, said);
        printf(",\"mend\":");
        flat_print(stdout, mend);
        puts("}");
    } else {
        bool colour = coloured();
        printf("%s%-7s%s  %-11s  ", colour ? colours[level] : "", names[level],
               colour ? "\033[0m" : "", topic);
        print_wrapped(said, 22);
        if (*mend) {
            printf("%22s", "");
            print_wrapped(mend, 22);
        }
    }
    fflush(stdout);
}
