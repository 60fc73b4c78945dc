// SPDX-License-Identifier: MIT
//
// predictions.c: see predictions.h.

#include "predictions.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

char *predictions_part(char **rest) {
    char *part = strsep(rest, "|");
    if (!part)
        return NULL;
    part += strspn(part, " \t");
    for (size_t n = strlen(part); n && strchr(" \t\r\n", part[n - 1]); n--)
        part[n - 1] = '\0';
    return part;
}

bool predictions_case(const char *part, int cores, struct case_spec *spec, char *why, size_t cap) {
    static const char word[] = "workers=cores";
    struct case_specs specs = {0};
    char text[400];
    const char *const at = part ? strstr(part, word) : NULL;
    if (at)
        snprintf(text, sizeof text, "%.*sworkers=%d%s", (int)(at - part), part, cores,
                 at + strlen(word));
    else
        snprintf(text, sizeof text, "%s", part ? part : "");
    bool good = expand(text, 1, "", 0, &specs, why, cap);
    if (good && specs.count != 1) {
        snprintf(why, cap, "'%.150s' is %zu cases, and one is measured", text, specs.count);
        good = false;
    }
    if (good) {
        *spec = specs.at[0];
        spec->seed = 1; // the same problem for all versions
    }
    case_specs_free(&specs);
    return good;
}

static bool read_line(char *line, int cores, struct prediction *p, char *why, size_t cap) {
    static const char *const names[] = {"faster", "time", "memory", "known"};
    char kind[16],
        *rest = line, *const head = predictions_part(&rest), *const title = predictions_part(&rest);
    char *const first = predictions_part(&rest), *const second = predictions_part(&rest);
    size_t i = 0;
    *p = (struct prediction){0};
    snprintf(why, cap, "it is not \"q1 faster | TITLE | CASE | CASE\"");
    if (!head || sscanf(head, "q%4d %15s", &p->question, kind) != 2 || p->question < 1 || !title ||
        !*title || !first)
        return false;
    while (i < sizeof names / sizeof *names && strcmp(names[i], kind) != 0)
        i++;
    if (i == sizeof names / sizeof *names) {
        snprintf(why, cap, "there is no measure '%s'; there are faster, time, memory and known",
                 kind);
        return false;
    }
    p->measure = (enum measure)i;
    snprintf(p->title, sizeof p->title, "%s", title);
    if (p->measure == MEASURE_KNOWN)
        return snprintf(p->known, sizeof p->known, "%s", first) < (int)sizeof p->known;
    if (p->measure == MEASURE_TIME)
        return !second && predictions_case(first, cores, &p->to, why, cap);
    return second && predictions_case(first, cores, &p->from, why, cap) &&
           predictions_case(second, cores, &p->to, why, cap);
}

bool predictions_read(const char *path, int cores, struct predictions *predictions, char *text,
                      size_t cap) {
    FILE *const file = fopen(path, "re");
    char *line = NULL, why[256];
    size_t room = 0;
    bool good = true;
    *predictions = (struct predictions){0};
    if (!file && errno == ENOENT)
        return true;
    if (!file)
        snprintf(text, cap, "%s cannot be read: %s.", path, strerror(errno));
    for (int number = 1; file && good && getline(&line, &room, file) >= 0; number++) {
        if (*line == '#' || line[strspn(line, " \t\r\n")] == '\0')
            continue;
        snprintf(why, sizeof why, "it is one line too many; %d are read", PREDICTIONS_MAX);
        good = predictions->count < PREDICTIONS_MAX &&
               read_line(line, cores, &predictions->at[predictions->count], why, sizeof why);
        predictions->count += good;
        if (!good)
            snprintf(text, cap, "%s, line %d: %s.", path, number, why);
    }
    if (file && good && ferror(file)) {
        snprintf(text, cap, "%s cannot be read: %s.", path, strerror(errno));
        good = false;
    }
    free(line);
    if (file)
        fclose(file);
    return file && good;
}

// "16,384" is 16384, "1,5" is 1.5, "1.2.3" is none.
static bool read_number(const char *at, size_t length, double *number) {
    char text[32], *end;
    size_t n = 0;
    for (size_t i = 0; i < length && n < sizeof text - 1; i++) {
        const size_t digits = strspn(at + i + 1, "0123456789");
        if (at[i] != ',')
            text[n++] = at[i];
        else if (digits != 3)
            text[n++] = '.';
    }
    text[n] = '\0';
    *number = strtod(text, &end);
    return *end == '\0';
}

int predictions_numbers(const char *answer, double *numbers, int max) {
    static const struct {
        const char *word;
        double value;
    } words[] = {{"twice", 2}, {"double", 2}, {"half", 0.5}, {"thrice", 3}};
    int count = 0;
    for (const char *at = answer; *at && count < max;) {
        const bool begins = at == answer || !isalnum((unsigned char)at[-1]);
        size_t skip = 1;
        if (begins && isdigit((unsigned char)*at)) {
            skip = strspn(at, "0123456789.,");
            while (skip > 1 && !isdigit((unsigned char)at[skip - 1])) // the end of a sentence
                skip--;
            count += read_number(at, skip, &numbers[count]);
        }
        for (size_t i = 0; begins && count < max && i < sizeof words / sizeof *words; i++) {
            const size_t n = strlen(words[i].word);
            if (!strncasecmp(at, words[i].word, n) && !isalpha((unsigned char)at[n])) {
                numbers[count++] = words[i].value;
                skip = n;
            }
        }
        at += skip;
    }
    return count;
}
