// SPDX-License-Identifier: MIT
//
// said.c: see said.h.

#include "said.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void record_settle(struct record *record) {
    if (!strcmp(record->status, "refused"))
        snprintf(record->verdict, sizeof record->verdict, "REFUSED");
}

bool record_of_stranger(struct record *record, const struct case_spec *spec) {
    static const char *const words[][2] = {{"ok", ""}, {"refused", "REFUSED"}, {"todo", "TODO"}};
    const struct record said = *record;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(said.status, words[i][0]) != 0)
            continue;
        case_blame(record, spec, words[i][1], *words[i][1] ? said.text : "");
        memcpy(record->status, said.status, sizeof record->status);
        record->id = said.id;
        record->wall_ms = said.wall_ms;
        record->cpu_ms = said.cpu_ms;
        record->peak_kb = said.peak_kb;
        record->done = said.done; // may lower a verdict, no more, and so may the notes
        record->done_most = said.done_most;
        record->done_by = said.done_by;
        memcpy(record->notes, said.notes, sizeof record->notes);
        return true;
    }
    return false;
}

bool record_is_right(const struct record *record) {
    return !strcmp(record->verdict, "PASS");
}

bool record_find(const char *line, struct record *record) {
    const char *const begin = strstr(line, "{\"v\":");
    return begin && record_parse(begin, record);
}

void case_blame(struct record *record, const struct case_spec *spec, const char *verdict,
                const char *text) {
    *record =
        (struct record){.workers = spec->workers, .threads = spec->threads, .seed = spec->seed};
    memcpy(record->version, spec->version, sizeof record->version);
    memcpy(record->params, spec->params, sizeof record->params);
    snprintf(record->verdict, sizeof record->verdict, "%s", verdict);
    snprintf(record->text, sizeof record->text, "%s", text);
}

const char *outcome_verdict(const struct outcome *o) {
    if (!o->started)
        return "INFRA";
    if (o->verdict)
        return o->verdict;
    if (o->too_much)
        return "OUTPUT";
    if (o->over_time)
        return o->out_cut || o->err_cut ? "OUTPUT" : "HANG";
    return "CRASH";
}

// What the program said last words with: an error of MPI, or else the first line that is not the
// launcher's own noise (boxes of dashes, lines that begin with [host:pid]).
static void first_words(const char *said, char *text, size_t cap) {
    static const char begin[] = "*** An error occurred in ";
    const char *const call = strstr(said, begin), *const why =
                                                      call ? strstr(call, "*** MPI_ERR_") : NULL;
    *text = '\0';
    if (call && why) {
        const char *const name = call + strlen(begin);
        snprintf(text, cap, "%.*s failed: %.*s", (int)strcspn(name, "\n"), name,
                 (int)strcspn(why + 4, "\n"), why + 4);
        return;
    }
    if (strstr(said, "calling \"finalize\"")) {
        snprintf(text, cap, "a rank left by exit()");
        return;
    }
    for (const char *line = said; *line; line += *line == '\n') {
        const size_t length = strcspn(line, "\n");
        if (length && *line != '-' && *line != '[') {
            snprintf(text, cap, "%.*s", (int)length, line);
            return;
        }
        line += length;
    }
}

// The first and the last line of a program that printed without end.
static void both_ends(const char *said, char *text, size_t cap) {
    const char *last = said, *end = strrchr(said, '\n'); // what follows was cut
    if (!end)
        end = said + strlen(said);
    for (const char *line = said; line < end; line += strcspn(line, "\n") + 1)
        last = line;
    snprintf(text, cap, "; it printed '%.*s' first and '%.*s' last",
             (int)(strcspn(said, "\n") < 80 ? strcspn(said, "\n") : 80), said,
             (int)(end - last < 80 ? end - last : 80), last);
}

void outcome_words(const struct outcome *o, char *text, size_t cap) {
    char words[512];
    if (o->too_much || (o->over_time && (o->out_cut || o->err_cut))) {
        both_ends(o->out_cut || o->out_size > o->err_size ? o->out : o->err, words, sizeof words);
        snprintf(text, cap, "%s%s", o->text, words);
        return;
    }
    first_words(o->err ? o->err : "", words, sizeof words);
    snprintf(text, cap, "%s%s%s", o->text, *words ? "; it said: " : "", words);
}

bool record_verified(struct record *record, const char *line) {
    struct record judged;
    if (!record_find(line, &judged)) {
        snprintf(record->text, sizeof record->text, "the verifier gave no answer");
        return false;
    }
    memcpy(record->text, judged.text, sizeof record->text);
    memcpy(record->same, judged.same, sizeof record->same);
    memcpy(record->verdict, judged.verdict, sizeof record->verdict);
    return !strcmp(judged.status, "ok") && *judged.verdict;
}

bool record_first(const char *out, struct record *record) {
    char *const copy = strdup(out ? out : ""), *rest = copy;
    bool found = false;
    for (char *line; copy && !found && (line = strsep(&rest, "\n"));)
        found = record_find(line, record);
    free(copy);
    return found;
}
