// SPDX-License-Identifier: MIT

#include "expand.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MAX_ITEMS = 12, MAX_WORKERS = 4096 };

// One string of a check, taken apart: name=LIST items, workers among them.
struct string {
    char version[16];
    const char *name[MAX_ITEMS], *list[MAX_ITEMS];
    int items;
};

struct output {
    uint64_t base, drawn; // drawn: what numbers of a range are drawn from, the same in all strings
    size_t check, begin, first; // begin, first: the text's and the string's first among specs
    struct case_specs *specs;
    char *why;
    size_t cap;
};

__attribute__((format(printf, 2, 3))) static bool wrong(const struct output *out,
                                                        const char *format, ...) {
    va_list args;
    va_start(args, format);
    vsnprintf(out->why, out->cap, format, args);
    va_end(args);
    return false;
}

// splitmix64 (Steele, Lea, Flood, 2014): neighbouring numbers in, unrelated numbers out.
static uint64_t mix(uint64_t x) {
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static uint64_t short_seed(uint64_t x) {
    return mix(x) % 1000000000;
}

uint64_t fresh_base_seed(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return short_seed((uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec + (uint64_t)getpid());
}

// Copies the list item at *rest to item and moves *rest behind its comma; false at the end.
static bool next_item(const char **rest, char *item, size_t cap) {
    if (!*rest)
        return false;
    const size_t length = strcspn(*rest, ",");
    snprintf(item, cap, "%.*s", (int)length, *rest);
    *rest = (*rest)[length] == ',' ? *rest + length + 1 : NULL;
    return true;
}

// A number of a range LO..HI, drawn; any other text stays what it is. False: there is no such range.
static bool draw(const struct output *out, const char *name, int place, const char *item,
                 char *text, size_t cap) {
    const size_t digits = strspn(item, "0123456789"), dots = digits + 2;
    if (digits == 0 || strncmp(item + digits, "..", 2) != 0) {
        snprintf(text, cap, "%s", item);
        return true;
    }
    const char *const high = item + dots;
    const uint64_t lo = strtoull(item, NULL, 10), hi = strtoull(high, NULL, 10);
    uint64_t from = out->drawn + (uint64_t)place;
    for (const char *c = name; *c; c++)
        from = mix(from ^ (unsigned char)*c);
    for (const char *c = item; *c; c++)
        from = mix(from ^ (unsigned char)*c);
    if (!*high || strspn(high, "0123456789") != strlen(high) || digits > 9 || strlen(high) > 9 ||
        lo > hi)
        return false;
    snprintf(text, cap, "%" PRIu64, lo + mix(from) % (hi - lo + 1));
    return true;
}

// An item that is [K*]p[+K|-K] is computed; any other text stays what it is. False: below zero.
static bool evaluate(const char *item, int p, char *text, size_t cap) {
    char *end;
    const char *at = item;
    long factor = 1, offset = 0;
    if (isdigit((unsigned char)*at)) {
        factor = strtol(at, &end, 10);
        at = *end == '*' ? end + 1 : end;
    }
    if (*at != 'p' || (at > item && at[-1] != '*') || factor > 1000000) {
        snprintf(text, cap, "%s", item);
        return true;
    }
    at++;
    if ((*at == '+' || *at == '-') && isdigit((unsigned char)at[1])) {
        offset = strtol(at, &end, 10);
        at = end;
    }
    if (*at) {
        snprintf(text, cap, "%s", item);
        return true;
    }
    const long value = factor * p + offset;
    snprintf(text, cap, "%ld", value);
    return value >= 0;
}

static bool same_case(const struct case_spec *a, const struct case_spec *b) {
    return a->workers == b->workers && a->threads == b->threads && !strcmp(a->params, b->params);
}

static bool add(struct output *out, struct case_spec spec) {
    struct case_specs *specs = out->specs;
    for (size_t i = out->first; i < specs->count; i++)
        if (same_case(&specs->at[i], &spec))
            return true;
    if (specs->count == specs->room) {
        const size_t room = specs->room ? 2 * specs->room : 64;
        struct case_spec *at = realloc(specs->at, room * sizeof *at);
        if (!at)
            return wrong(out, "there is no memory for %zu cases", room);
        specs->at = at;
        specs->room = room;
    }
    spec.check = out->check;
    spec.seed = short_seed(out->base + specs->count - out->first);
    for (size_t i = out->begin; i < out->first; i++)
        if (!strcmp(specs->at[i].params, spec.params)) {
            spec.seed = specs->at[i].seed;
            break;
        }
    specs->at[specs->count++] = spec;
    return true;
}

// A list that says how a case is started: whole numbers from 1.
static bool start_number(const struct output *out, const char *name, const char *item,
                         int *number) {
    char *end;
    const long value = strtol(item, &end, 10);
    if (!isdigit((unsigned char)*item) || *end || value < 1 || value > MAX_WORKERS)
        return wrong(out, "%s=%s is not a whole number from 1 to %d", name, item, MAX_WORKERS);
    *number = (int)value;
    return true;
}

// Chooses a value for item number i and, by recursion, for all after it.
static bool product(struct output *out, const struct string *string, int i, struct case_spec spec) {
    if (i == string->items)
        return add(out, spec);
    const char *const name = string->name[i], *rest = string->list[i];
    char said[128], item[128], value[128];
    for (int place = 0; next_item(&rest, said, sizeof said); place++) {
        struct case_spec chosen = spec;
        if (!draw(out, name, place, said, item, sizeof item))
            return wrong(out, "%s=%s is no range: it is LO..HI, two whole numbers below 10^9", name,
                         said);
        if (!strcmp(name, "workers") || !strcmp(name, "threads")) {
            if (!start_number(out, name, item, *name == 'w' ? &chosen.workers : &chosen.threads))
                return false;
        } else {
            if (!evaluate(item, spec.workers, value, sizeof value))
                return wrong(out, "%s=%s is %s with %d worker%s", name, item, value, spec.workers,
                             spec.workers == 1 ? "" : "s");
            const size_t used = strlen(spec.params);
            const int more = snprintf(chosen.params + used, sizeof chosen.params - used, "%s%s=%s",
                                      used ? " " : "", name, value);
            if (more < 0 || used + (size_t)more >= sizeof chosen.params)
                return wrong(out, "the parameters of a case are longer than %zu characters",
                             sizeof chosen.params - 1);
        }
        if (!product(out, string, i + 1, chosen))
            return false;
    }
    return true;
}

// Takes one string apart in place. `workers` comes first, for the others may be computed from it.
static bool take_apart(const struct output *out, char *text, struct string *string) {
    char *state, *word = strtok_r(text, " ", &state);
    if (!word)
        return wrong(out, "a case string is empty; it starts with the name of a version");
    if (strchr(word, '=') || strlen(word) >= sizeof string->version)
        return wrong(out, "a case string starts with '%s' and not with the name of a version",
                     word);
    snprintf(string->version, sizeof string->version, "%s", word);
    string->items = 0;
    while ((word = strtok_r(NULL, " ", &state))) {
        char *equals = strchr(word, '=');
        if (!equals || equals == word || !equals[1] || strstr(equals, ",,") || equals[1] == ',' ||
            equals[strlen(equals) - 1] == ',')
            return wrong(out, "'%s' is not name=value or name=value,value,...", word);
        if (string->items == MAX_ITEMS)
            return wrong(out, "'%s' is one name too many: a case string takes %d", word, MAX_ITEMS);
        *equals = '\0';
        for (int i = 0; i < string->items; i++)
            if (!strcmp(string->name[i], word))
                return wrong(out, "'%s' stands twice in a case string", word);
        const int at = string->items++;
        string->name[at] = word;
        string->list[at] = equals + 1;
        if (!strcmp(word, "workers"))
            for (int i = at; i > 0; i--) {
                const char *name = string->name[i], *list = string->list[i];
                string->name[i] = string->name[i - 1], string->list[i] = string->list[i - 1];
                string->name[i - 1] = name, string->list[i - 1] = list;
            }
    }
    return true;
}

bool expand(const char *text, uint64_t base_seed, const char *lab, size_t check,
            struct case_specs *specs, char *why, size_t cap) {
    struct output out = {.base = mix(base_seed),
                         .check = check,
                         .begin = specs->count,
                         .specs = specs,
                         .why = why,
                         .cap = cap};
    for (const char *c = lab; *c; c++)
        out.base = mix(out.base ^ (unsigned char)*c);
    out.base = mix(out.base + check);
    out.drawn = mix(~out.base);

    char *const copy = strdup(text);
    if (!copy)
        return wrong(&out, "there is no memory for the case string");
    bool good = true;
    char *rest = copy;
    while (good && rest) {
        char *part = rest, *semicolon = strchr(rest, ';');
        rest = semicolon ? semicolon + 1 : NULL;
        if (semicolon)
            *semicolon = '\0';
        struct string string = {0};
        struct case_spec spec = {.workers = 1, .threads = 1};
        out.first = specs->count;
        out.base = mix(out.base);
        good = take_apart(&out, part, &string);
        if (good) {
            memcpy(spec.version, string.version, sizeof spec.version);
            good = product(&out, &string, 0, spec);
        }
    }
    free(copy);
    return good;
}

void case_specs_free(struct case_specs *specs) {
    free(specs->at);
    *specs = (struct case_specs){0};
}

void case_spec_write(FILE *file, size_t id, const struct case_spec *spec) {
    fprintf(file, "%zu %s %d %" PRIu64 "%s%s\n", id, spec->version, spec->workers, spec->seed,
            *spec->params ? " " : "", spec->params);
}
