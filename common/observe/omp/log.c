// SPDX-License-Identifier: MIT
//
// log.c: see log.h. A report as TSan writes it:
//
//     WARNING: ThreadSanitizer: data race (pid=123)
//       Write of size 4 at 0x7b.. by thread T2 (mutexes: write M1):
//         #0 main._omp_fn.0 /home/me/sum.c:10 (a.out+0x24c8)
//         #1 region ...
//       Previous read of size 4 ...
//       Location is global 'sum' of size 4 at ...
//       Thread T2 (tid=..., running) created by main thread at: ...
//     SUMMARY: ...

#include "log.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Takes what is between two marks out of the line. False: they are not there.
static bool between(const char *line, const char *left, const char *right, char *text, size_t cap) {
    const char *begin = strstr(line, left);
    if (!begin)
        return false;
    begin += strlen(left);
    const char *end = strstr(begin, right);
    if (!end)
        return false;
    snprintf(text, cap, "%.*s", (int)(end - begin), begin);
    return true;
}

// A frame of the lane's own: what it says of the sight.
static void read_own(const char *word, struct sight *sight) {
    static const char *const names[] = {[BY_CALL] = "race_by_call ",
                                        [BY_MESSAGE] = "race_by_message ",
                                        [BY_ROUND] = "race_by_round ",
                                        [BY_ACCESS] = "race_by_access ",
                                        [BY_RANK] = "race_by_rank "};
    for (int by = BY_CALL; by <= BY_RANK; by++)
        if (strncmp(word, names[by], strlen(names[by])) == 0)
            sight->by = (enum sight_by)by;
}

// "    #0 FUNCTION FILE:LINE[:COLUMN] (MODULE+0xADDRESS)"
static void read_frame(const char *line, const struct reports_of *of, struct sight *sight) {
    const char *word = line + strspn(line, " ");
    char module[256];
    if (*word != '#')
        return;
    word += strcspn(word, " ");
    word += strspn(word, " ");
    const char *const open = strrchr(word, '('), *const build = strstr(word, ") (BuildId");
    const char *module_at = build ? build : open;
    while (build && module_at > word && *module_at != '(')
        module_at--;
    if (!module_at || !between(module_at, "(", "+0x", module, sizeof module))
        return;
    const char *const slash = strrchr(module, '/');
    if (strcmp(slash ? slash + 1 : module, of->program) != 0)
        return;
    const size_t name = strcspn(word, " ");
    const char *place = word + name + strspn(word + name, " ");
    if (place >= module_at || *place == '<')
        return;
    if (of->own && strstr(place, of->own)) {
        read_own(word, sight);
        return;
    }
    char text[sizeof sight->file];
    snprintf(text, sizeof text, "%.*s", (int)(module_at - place), place);
    text[strcspn(text, " ")] = 0;
    // A number behind the last colon is the line, or the column where another stands before it.
    int numbers[2] = {0}, count = 0;
    for (char *colon;
         count < 2 && (colon = strrchr(text, ':')) && colon[1] >= '0' && colon[1] <= '9'; count++) {
        numbers[count] = atoi(colon + 1);
        *colon = 0;
    }
    if (count == 0)
        return;
    const char *const last = strrchr(text, '/');
    const bool chosen = of->file && strcmp(last ? last + 1 : text, of->file) == 0;
    if (sight->line > 0 && (sight->chosen || !chosen))
        return;
    sight->chosen = chosen;
    if (sight->line > 0)
        memcpy(sight->inner, sight->function, sizeof sight->inner);
    snprintf(sight->function, sizeof sight->function, "%.*s", (int)name, word);
    snprintf(sight->file, sizeof sight->file, "%s", text);
    sight->line = numbers[count - 1];
}

// A line that begins a block of frames: two blanks before it, a colon at its end.
static void read_head(const char *line, struct sight *sight) {
    snprintf(sight->what, sizeof sight->what, "%s", line + strspn(line, " "));
    sight->writes = strstr(line, "rite of size") != NULL;
    sight->atomic = strstr(line, "tomic ") != NULL;
    sight->locked = between(line, "(mutexes: ", ")", sight->locks, sizeof sight->locks);
}

static bool is_thread(const char *head) {
    return strncmp(head, "Thread ", 7) == 0 || strncmp(head, "As if ", 6) == 0 ||
           strncmp(head, "Location is", 11) == 0 || strstr(head, ") created at") != NULL;
}

static bool add_report(struct reports *reports, const struct report *report) {
    struct report *more = realloc(reports->at, (reports->count + 1) * sizeof *more);
    if (!more)
        return false;
    reports->at = more;
    more[reports->count++] = *report;
    return true;
}

// A report ends: sights that have no place in the program are left out, and it, too, without any.
static bool close_report(struct reports *reports, struct report *report) {
    int kept = 0;
    for (int i = 0; i < report->count; i++)
        if (report->sights[i].line > 0)
            report->sights[kept++] = report->sights[i];
    report->count = kept;
    if (report->variable[0] == '<' || report->variable[0] == '?') // <null>, ??: no name
        report->variable[0] = 0;
    return kept == 0 || add_report(reports, report);
}

bool reports_read(struct reports *reports, FILE *file, const struct reports_of *of) {
    char *line = NULL;
    size_t room = 0;
    struct report report = {0};
    bool inside = false, block = false, good = true;
    if (!file)
        return false;
    while (good && getline(&line, &room, file) > 0) {
        line[strcspn(line, "\n")] = 0;
        if (between(line, "WARNING: ThreadSanitizer: ", " (pid=", report.kind,
                    sizeof report.kind)) {
            char kind[sizeof report.kind];
            snprintf(kind, sizeof kind, "%s", report.kind);
            report = (struct report){0};
            snprintf(report.kind, sizeof report.kind, "%s", kind);
            inside = true;
            block = false;
        } else if (inside && strncmp(line, "SUMMARY:", 8) == 0) {
            good = close_report(reports, &report);
            inside = false;
        } else if (inside && strncmp(line, "    #", 5) == 0) {
            if (report.count == 0 && strncmp(line + 4, "#0 ", 3) == 0) { // frames without a head
                report.count = 1;
                block = true;
            }
            struct sight *const sight = report.count ? &report.sights[report.count - 1] : NULL;
            if (block && sight)
                read_frame(line, of, sight);
        } else if (inside && *line == 0) {
            block = false;
        } else if (inside && strncmp(line, "  ", 2) == 0) {
            if (!report.variable[0])
                between(line, "Location is global '", "'", report.variable, sizeof report.variable);
            const size_t length = strlen(line);
            block = line[length - 1] == ':' && !is_thread(line + 2) && report.count < SIGHTS_MOST;
            if (block)
                read_head(line, &report.sights[report.count++]);
        }
    }
    free(line);
    fclose(file);
    return good;
}

void reports_free(struct reports *reports) {
    free(reports->at);
    *reports = (struct reports){0};
}
