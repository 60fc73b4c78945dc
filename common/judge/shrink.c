// SPDX-License-Identifier: MIT
//
// shrink.c: see shrink.h.

#include "shrink.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void add(struct case_specs *specs, struct case_spec spec) {
    if (specs->count == specs->room) {
        const size_t room = specs->room ? 2 * specs->room : 32;
        struct case_spec *const at = realloc(specs->at, room * sizeof *at);
        if (!at)
            return; // fewer candidates
        specs->at = at;
        specs->room = room;
    }
    specs->at[specs->count++] = spec;
}

// 0 1 2 3 4 5 6 7 8, then steps that grow by half.
static long next(long value) {
    return value < 8 ? value + 1 : value + value / 2;
}

// Copies the case with parameter number `which` replaced by value.
static struct case_spec with(const struct case_spec *spec, int which, long value) {
    struct case_spec changed = *spec;
    char params[sizeof spec->params], *rest = params;
    memcpy(params, spec->params, sizeof params);
    size_t used = 0;
    int i = 0;
    for (char *word; (word = strsep(&rest, " ")) && used < sizeof changed.params; i++) {
        const int name = (int)strcspn(word, "=");
        const char *const blank = used ? " " : "";
        const int n = i == which ? snprintf(changed.params + used, sizeof changed.params - used,
                                            "%s%.*s=%ld", blank, name, word, value)
                                 : snprintf(changed.params + used, sizeof changed.params - used,
                                            "%s%s", blank, word);
        used += n > 0 ? (size_t)n : 0;
    }
    return changed;
}

bool shrink_round(const struct case_spec *spec, int round, struct case_specs *candidates) {
    if (round == 0) {
        for (int w = 1; w < spec->workers; w++) {
            struct case_spec fewer = *spec;
            fewer.workers = w;
            add(candidates, fewer);
        }
        return true;
    }
    const char *word = spec->params;
    for (int i = 1; i < round && *word; i++) {
        word += strcspn(word, " ");
        word += *word == ' ';
    }
    if (!*word)
        return false;
    const char *const text = word + strcspn(word, "= ") + 1;
    char *end;
    const long value = isdigit((unsigned char)*text) ? strtol(text, &end, 10) : 0;
    if (value > 0 && (*end == ' ' || *end == '\0'))
        for (long v = 0; v < value; v = next(v))
            add(candidates, with(spec, round - 1, v));
    return true;
}

void shrink(struct case_spec *spec, shrink_try *first_failing, bool (*enough)(void *user),
            void *user) {
    struct case_specs candidates = {0};
    for (int round = 0; !(enough && enough(user)) && shrink_round(spec, round, &candidates);
         round++) {
        const size_t which = candidates.count ? first_failing(&candidates, user) : 0;
        if (which < candidates.count)
            *spec = candidates.at[which];
        case_specs_free(&candidates);
    }
    case_specs_free(&candidates);
}
