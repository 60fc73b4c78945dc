// SPDX-License-Identifier: MIT

#include "records.h"

#include "flat.h"
#include <inttypes.h>
#include <string.h>

static const struct record *current;
static size_t current_count;

static bool whole(const char *line, const char *name, double *value) {
    return flat_number(line, name, value) && *value >= 0 && *value < 0x1p53;
}

// {"n":"97","steps":"3"} becomes "n=97 steps=3".
static bool join_params(const char *line, char *text, size_t cap) {
    char object[1024], name[64], value[256];
    if (!flat_object(line, "params", object, sizeof object))
        return false;
    size_t at = 0, used = 0;
    text[0] = '\0';
    while (flat_next(object, &at, name, sizeof name, value, sizeof value)) {
        const int more = snprintf(text + used, cap - used, "%s%s=%s", used ? " " : "", name, value);
        if (more < 0 || (size_t)more >= cap - used)
            break; // cut: for people only
        used += (size_t)more;
    }
    return true;
}

bool record_parse(const char *line, struct record *record) {
    *record = (struct record){0};
    double version, id, workers, threads, seed;
    if (line[0] != '{' || line[strlen(line) - 1] != '}' || !whole(line, "v", &version) ||
        version < 1 || !whole(line, "id", &id) || !whole(line, "workers", &workers) ||
        !whole(line, "threads", &threads) || !whole(line, "seed", &seed) ||
        !flat_text(line, "version", record->version, sizeof record->version) ||
        !flat_text(line, "status", record->status, sizeof record->status) ||
        !join_params(line, record->params, sizeof record->params))
        return false;
    record->id = (size_t)id;
    record->workers = (int)workers;
    record->threads = (int)threads;
    record->seed = (uint64_t)seed;
    // null where nothing was compared: the field stays empty
    flat_text(line, "run", record->run, sizeof record->run);
    flat_text(line, "verdict", record->verdict, sizeof record->verdict);
    flat_text(line, "same", record->same, sizeof record->same);
    flat_text(line, "text", record->text, sizeof record->text);
    flat_text(line, "notes", record->notes, sizeof record->notes);
    flat_number(line, "wall_ms", &record->wall_ms);
    flat_number(line, "cpu_ms", &record->cpu_ms);
    flat_number(line, "peak_kb", &record->peak_kb);
    flat_number(line, "work", &record->work);
    flat_number(line, "done", &record->done);
    flat_number(line, "done_most", &record->done_most);
    flat_number(line, "done_by", &record->done_by);
    flat_text(line, "witness", record->witness, sizeof record->witness);
    struct seen_member members[SEEN_MEMBERS];
    seen_members(&record->seen, members);
    for (int i = 0; i < SEEN_MEMBERS; i++)
        flat_number(line, members[i].name, members[i].at);
    return true;
}

// "n=97 steps=3" becomes {"n":"97","steps":"3"}.
static void print_params(FILE *file, const char *params) {
    char copy[sizeof((struct record *)0)->params], *rest = copy;
    snprintf(copy, sizeof copy, "%s", params);
    const char *comma = "";
    fputc('{', file);
    for (char *word; (word = strsep(&rest, " "));) {
        char *const equals = strchr(word, '=');
        if (!equals)
            continue;
        *equals = '\0';
        fputs(comma, file);
        flat_print(file, word);
        fputc(':', file);
        flat_print(file, equals + 1);
        comma = ",";
    }
    fputc('}', file);
}

void record_print(FILE *file, const struct record *r) {
    const struct {
        const char *name, *text;
    } texts[] = {
        {"version", r->version}, {"run", r->run},   {"status", *r->status ? r->status : "ok"},
        {"verdict", r->verdict}, {"same", r->same}, {"text", r->text},
        {"notes", r->notes}};
    fprintf(file, "{\"v\":1,\"id\":%zu,\"workers\":%d,\"threads\":%d,\"seed\":%" PRIu64, r->id,
            r->workers, r->threads, r->seed);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        fprintf(file, ",\"%s\":", texts[i].name);
        flat_print(file, texts[i].text);
    }
    if (*r->witness) {
        fputs(",\"witness\":", file);
        flat_print(file, r->witness);
    }
    fputs(",\"params\":", file);
    print_params(file, r->params);
    fprintf(file,
            ",\"wall_ms\":%.6g,\"cpu_ms\":%.6g,\"peak_kb\":%.0f,\"work\":%.17g,\"done\":%.17g,"
            "\"done_most\":%.17g,\"done_by\":%.0f",
            r->wall_ms, r->cpu_ms, r->peak_kb, r->work, r->done, r->done_most, r->done_by);
    struct seen seen = r->seen;
    struct seen_member members[SEEN_MEMBERS];
    seen_members(&seen, members);
    for (int i = 0; seen.workers > 0 && i < SEEN_MEMBERS; i++)
        fprintf(file, ",\"%s\":%.9g", members[i].name, *members[i].at);
    fputs("}\n", file);
}

bool record_is_verdict(const struct record *record, const char *verdict) {
    return strcmp(record->verdict, verdict) == 0;
}

void records_use(const struct record *records, size_t count) {
    current = records;
    current_count = count;
}

size_t records_count(const char *verdict) {
    size_t count = 0;
    for (size_t i = 0; i < current_count; i++)
        count += strcmp(current[i].verdict, verdict) == 0;
    return count;
}

bool records_all(const char *verdict) {
    return current_count > 0 && records_count(verdict) == current_count;
}

bool records_all_same(const char *same) {
    for (size_t i = 0; i < current_count; i++)
        if (strcmp(current[i].same, same) != 0)
            return false;
    return current_count > 0;
}

double record_witness(const struct record *record, const char *name) {
    double value;
    return flat_number(record->witness, name, &value) ? value : -1;
}

const struct record *record_at(size_t i) {
    return i < current_count ? &current[i] : NULL;
}
