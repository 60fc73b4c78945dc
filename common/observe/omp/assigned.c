// SPDX-License-Identifier: MIT
//
// assigned.c: what a statement assigns to and speaks of; see source.h.

#include "source.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

static bool in_name(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

// The statements that touch the line: from behind the ; { or } before it (those within brackets do
// not count, as in a for's head) to the one that ends it.
static void extent(const struct source *source, int line, size_t *begin, size_t *end) {
    const char *const text = source->lined;
    if (line < 1 || line > source->lines) {
        *begin = *end = 0;
        return;
    }
    for (int i = 0; i < source->count; i++) // the line of a directive stands for its statement
        if (source->constructs[i].line == line)
            line = source->constructs[i].first;
    *begin = source->line_at[line];
    *end = source->line_at[line + 1];
    // The line goes on with a statement that began before it, or that ends after it?
    for (size_t i = *begin; i > 0; i--) {
        const char c = text[i - 1];
        if (c == ';' || c == '{' || c == '}')
            break;
        if (!isspace((unsigned char)c))
            *begin = i - 1;
    }
    size_t last = *end;
    while (last > *begin && isspace((unsigned char)text[last - 1]))
        last--;
    if (last > *begin && !strchr(";{})", text[last - 1]))
        while (text[*end] && text[*end - 1] != ';' && text[*end - 1] != '{' &&
               text[*end - 1] != '}')
            ++*end;
}

// "*cell_at(...)", where the text ends with a call before `at`.
static bool name_of_call(const char *text, size_t begin, size_t at, struct assigned *found) {
    int depth = 0;
    do {
        at--;
        depth += text[at] == ')' ? 1 : text[at] == '(' ? -1 : 0;
    } while (at > begin && depth > 0);
    size_t first = at;
    while (first > begin && in_name(text[first - 1]))
        first--;
    if (first == at || first == begin || text[first - 1] != '*')
        return false;
    snprintf(found->name, sizeof found->name, "*%.*s(...)", (int)(at - first), text + first);
    found->element = true;
    return true;
}

// The name that ends before `at`, backwards over brackets: of "h->grid[i]" it is "h->grid".
static bool name_before(const char *text, size_t begin, size_t at, struct assigned *found) {
    char name[sizeof found->name];
    size_t used = sizeof name - 1;
    name[used] = 0;
    for (bool again = true; again;) {
        while (at > begin && isspace((unsigned char)text[at - 1]))
            at--;
        again = false;
        if (at > begin && text[at - 1] == ']') {
            int depth = 0;
            do {
                at--;
                depth += text[at] == ']' ? 1 : text[at] == '[' ? -1 : 0;
            } while (at > begin && depth > 0);
            found->element = true;
            again = true;
            continue;
        }
        while (at > begin && in_name(text[at - 1]) && used > 0)
            name[--used] = text[--at];
        if (at > begin + 1 && text[at - 1] == '>' && text[at - 2] == '-' && used > 1) {
            name[--used] = '>';
            name[--used] = '-';
            at -= 2;
            again = true;
        } else if (at > begin && text[at - 1] == '.' && used > 0) {
            name[--used] = '.';
            at--;
            again = true;
        }
    }
    if (at > begin && text[at - 1] == ')' && name[used] == 0)
        return name_of_call(text, begin, at, found);
    snprintf(found->name, sizeof found->name, "%s", name + used);
    return isalpha((unsigned char)found->name[0]) || found->name[0] == '_';
}

// The name behind `at`: of ++ and -- before it.
static bool name_after(const char *text, size_t at, size_t end, struct assigned *found) {
    while (at < end && (isspace((unsigned char)text[at]) || text[at] == '('))
        at++;
    size_t n = 0;
    while (at + n < end && (in_name(text[at + n]) || text[at + n] == '.' ||
                            (text[at + n] == '-' && text[at + n + 1] == '>') ||
                            (text[at + n] == '>' && n > 0 && text[at + n - 1] == '-')))
        n++;
    if (n == 0 || n >= sizeof found->name || isdigit((unsigned char)text[at]))
        return false;
    snprintf(found->name, sizeof found->name, "%.*s", (int)n, text + at);
    found->element = text[at + n] == '[';
    return true;
}

static bool says(const char *text, size_t begin, size_t end, const char *name) {
    const size_t length = strlen(name);
    for (size_t i = begin; length && i + length <= end; i++)
        if (strncmp(text + i, name, length) == 0 && !in_name(text[i + length]) &&
            (i == 0 || !in_name(text[i - 1])))
            return true;
    return false;
}

// Is the assignment at `at` of the form x = x + ...? Then it is an update with that operator.
static char update(const char *text, size_t at, size_t end, const char *name) {
    while (at < end && isspace((unsigned char)text[at]))
        at++;
    const size_t length = strlen(name);
    const bool first = strncmp(text + at, name, length) == 0 && !in_name(text[at + length]);
    size_t stop = at;
    while (stop < end && text[stop] != ';')
        stop++;
    if (first) {
        at += length;
        while (at < stop && isspace((unsigned char)text[at]))
            at++;
        return at < stop && strchr("+-*&|^", text[at]) ? text[at] : '=';
    }
    for (size_t i = stop; i > at; i--) // x = ... + x
        if (in_name(text[i - 1]) && says(text, i - 1 < length ? at : i - length, i, name)) {
            size_t before = i - length;
            while (before > at && isspace((unsigned char)text[before - 1]))
                before--;
            return before > at && strchr("+*&|^", text[before - 1]) ? text[before - 1] : '=';
        } else if (!isspace((unsigned char)text[i - 1])) {
            break;
        }
    return '=';
}

int source_assigned(const struct source *source, int line, struct assigned *assigned) {
    size_t begin, end;
    int count = 0;
    const char *const text = source->lined;
    extent(source, line, &begin, &end);
    for (size_t i = begin; i < end && count < ASSIGNED_MOST; i++) {
        struct assigned a = {.how = '='};
        bool found = false;
        if (i + 1 < end && (text[i] == '+' || text[i] == '-') && text[i + 1] == text[i]) {
            a.how = text[i];
            found = name_before(text, begin, i, &a) || name_after(text, i + 2, end, &a);
            i++;
        } else if (text[i] == '=' && text[i + 1] == '=') {
            i++;
        } else if (text[i] == '=' && i > begin) {
            const bool shift = i > begin + 1 && (text[i - 1] == '<' || text[i - 1] == '>') &&
                               text[i - 2] == text[i - 1];
            if (!shift && strchr("!<>", text[i - 1]))
                continue;
            const bool compound = strchr("+-*/%&|^", text[i - 1]) || shift;
            a.how = compound ? text[i - 1] : '=';
            found = name_before(text, begin, i - (compound ? (shift ? 2 : 1) : 0), &a);
            if (found && !compound && !a.element)
                a.how = update(text, i + 1, end, a.name);
            if (found && a.how == '=')
                a.least = (says(text, begin, i, "if") || memchr(text + i, '?', end - i)) &&
                          (memchr(text + begin, '<', end - begin) ||
                           memchr(text + begin, '>', end - begin));
        }
        if (found)
            assigned[count++] = a;
    }
    return count;
}

bool source_names(const struct source *source, int line, const char *name) {
    size_t begin, end;
    extent(source, line, &begin, &end);
    return says(source->lined, begin, end, name);
}

static bool is_word(const char *name) {
    static const char *const words[] = {"int",   "long", "double", "float", "char",   "unsigned",
                                        "for",   "if",   "while",  "else",  "return", "const",
                                        "short", "do",   "bool",   "void",  "struct", "sizeof"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], name) == 0)
            return true;
    return false;
}

// "int i", "double *row", "struct table mine": a word, or a star behind one, before the name.
bool source_declares(const struct source *source, int first, int last, const char *name) {
    const char *const text = source->lined;
    const size_t length = strcspn(name, ".-");
    if (first < 1 || last > source->lines || length == 0)
        return false;
    const size_t end = source->line_at[last + 1];
    for (size_t i = source->line_at[first]; i + length <= end; i++) {
        if (i == 0 || in_name(text[i - 1]) || in_name(text[i + length]) ||
            strncmp(text + i, name, length) != 0)
            continue;
        size_t before = i;
        while (before > 0 && (text[before - 1] == ' ' || text[before - 1] == '*'))
            before--;
        size_t word = before;
        while (word > 0 && in_name(text[word - 1]))
            word--;
        if (before < i && word < before && strncmp(text + word, "return", 6) != 0 &&
            strncmp(text + word, "else", 4) != 0 && !isdigit((unsigned char)text[word]))
            return true;
    }
    for (int i = 0; i < source->count; i++) {
        const struct construct *c = &source->constructs[i];
        char head[80];
        if (c->first < first || c->last > last || !construct_has(c, "for"))
            continue;
        const size_t at = source->line_at[c->first];
        const char *const bracket = memchr(text + at, '(', end - at);
        snprintf(head, sizeof head, "%s", bracket ? bracket + 1 : "");
        const char *const begin = head + strspn(head, " ");
        if (strncmp(begin, name, length) == 0 && !in_name(begin[length]))
            return true;
    }
    return false;
}

bool source_spins(const struct source *source, int line) {
    size_t begin, end;
    extent(source, line, &begin, &end);
    return says(source->lined, begin, end, "while");
}

bool source_common(const struct source *source, int a, int b, char *name, size_t cap) {
    size_t begin, end;
    const char *const text = source->lined;
    extent(source, a, &begin, &end);
    for (size_t i = begin; i < end;) {
        size_t n = 0;
        while (i + n < end && in_name(text[i + n]))
            n++;
        if (n == 0) {
            i++;
            continue;
        }
        snprintf(name, cap, "%.*s", (int)n, text + i);
        i += n;
        size_t after = i;
        while (after < end && isspace((unsigned char)text[after]))
            after++;
        if (!isdigit((unsigned char)name[0]) && text[after] != '(' && !is_word(name) &&
            source_names(source, b, name))
            return true;
    }
    name[0] = 0;
    return false;
}
