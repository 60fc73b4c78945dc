// SPDX-License-Identifier: MIT
//
// layout.c: see layout.h.

#include "layout.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

const char *const layout_names[LAYOUTS] = {"plain", "canvas", "moodle", "gradescope", "blackboard"};

enum { PARTS_MAX = 24, PATH_LONGEST = 1024 };

enum layout layout_find(const char *name) {
    int i = 0;
    while (i < LAYOUTS && strcasecmp(layout_names[i], name) != 0)
        i++;
    return (enum layout)i;
}

// -- names ------------------------------------------------------------------------------------------

size_t layout_archive(const char *name) {
    static const char *const ends[] = {".zip",    ".tar",     ".tar.gz", ".tgz",
                                       ".tar.xz", ".tar.bz2", ".tar.zst"};
    const size_t length = strlen(name);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const size_t end = strlen(ends[i]);
        if (length > end && !strcasecmp(name + length - end, ends[i]))
            return length - end;
    }
    return 0;
}

static size_t digits(const char *text) {
    return strspn(text, "0123456789");
}

// A date with a time at the beginning of the text: its length.
static size_t date_length(const char *text) {
    int used = 0, n;
    if (sscanf(text, "%*4d-%*2d-%*2d%*1[T _-]%*2d%*1[:-]%*2d%n", &used) < 0 || used < 14 ||
        digits(text) != 4)
        return 0;
    n = used;
    if ((text[n] == ':' || text[n] == '-') && digits(text + n + 1) == 2)
        n += 3;
    return (size_t)n;
}

bool layout_attempt(const char *name) {
    static const char *const words[] = {"attempt", "submission", "try", "version"};
    const size_t date = date_length(name);
    if (date && !name[date])
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strncasecmp(name, words[i], strlen(words[i]))) {
            name += strlen(words[i]);
            name += strspn(name, " _-");
            break;
        }
    return digits(name) > 0 && digits(name) < 10 && !name[digits(name)];
}

// -- one path, cut into its parts -----------------------------------------------------------------------

struct parts {
    int count;
    char *part[PARTS_MAX];
    char text[PATH_LONGEST];
};

// False: it is to be left out.
static bool cut(const char *path, struct parts *parts) {
    char *rest = parts->text;
    if (strlen(path) >= sizeof parts->text)
        return false;
    memcpy(parts->text, path, strlen(path) + 1);
    parts->count = 0;
    for (char *part; (part = strsep(&rest, "/"));) {
        if (!*part || !strcmp(part, "."))
            continue;
        if (*part == '.' || !strcmp(part, "__MACOSX") || !strncmp(part, "saved-", 6) ||
            parts->count == PARTS_MAX)
            return false; // hidden (.starter, .git, ..), a Mac's, a copy that `reset` kept
        parts->part[parts->count++] = part;
    }
    return parts->count > 0;
}

static void set(char *to, size_t cap, const char *from, size_t length) {
    snprintf(to, cap, "%.*s", (int)length, from);
}

// The parts from `at` on: attempt, directories, file.
static bool rest_of(struct parts *parts, int at, struct placed *placed) {
    char label[64] = "";
    for (; at < parts->count - 1; at++) {
        const size_t stem = layout_archive(parts->part[at]);
        set(label, sizeof label, parts->part[at], stem ? stem : strlen(parts->part[at]));
        if (layout_attempt(label))
            snprintf(placed->attempt, sizeof placed->attempt, "%s", label);
        else
            placed->depth++;
    }
    snprintf(placed->file, sizeof placed->file, "%.63s", parts->part[parts->count - 1]);
    if (date_length(placed->attempt))
        snprintf(placed->date, sizeof placed->date, "%.31s", placed->attempt);
    return true;
}

// "omp-1.c": the second upload of omp.c; what a student calls so is as well no file of a lab.
static void drop_copy_number(char *file) {
    char *const dot = strrchr(file, '.'), *dash = dot;
    while (dash && dash > file && isdigit((unsigned char)dash[-1]))
        dash--;
    if (dash && dash != dot && dash > file && dash[-1] == '-')
        memmove(dash - 1, dot, strlen(dot) + 1);
}

// Does name_LATE_12_345_file begin so? The lengths of its parts.
static bool canvas_parts(const char *name, size_t *who, bool *late, const char **user,
                         const char **file) {
    for (const char *at = strchr(name, '_'); at; at = strchr(at + 1, '_')) {
        const char *next = at;
        *late = !strncmp(next, "_LATE_", 6);
        next += *late ? 5 : 0;
        const size_t first = digits(next + 1);
        const char *const second = next + 1 + first;
        if (!first || *second != '_')
            continue;
        const size_t more = digits(second + 1);
        if (!more || second[1 + more] != '_' || !second[2 + more])
            continue;
        *who = (size_t)(at - name);
        *user = next + 1;
        *file = second + 2 + more;
        return *who > 0;
    }
    return false;
}

static bool place_canvas(struct parts *parts, struct placed *placed) {
    const char *user, *file;
    size_t who;
    if (!canvas_parts(parts->part[0], &who, &placed->late, &user, &file))
        return false;
    set(placed->student, sizeof placed->student, user, digits(user));
    set(placed->name, sizeof placed->name, parts->part[0], who);
    if (parts->count > 1)
        return rest_of(parts, 1, placed);
    snprintf(placed->file, sizeof placed->file, "%.63s", file);
    drop_copy_number(placed->file);
    return true;
}

// "Ada Lovelace_1234567_assignsubmission_file_omp.c"
static bool place_moodle(struct parts *parts, struct placed *placed) {
    for (int i = 0; i < parts->count; i++) {
        char *const mark = strstr(parts->part[i], "_assignsubmission_");
        char *number = mark;
        while (number && number > parts->part[i] && isdigit((unsigned char)number[-1]))
            number--;
        if (!mark || number == mark || number == parts->part[i] || number[-1] != '_')
            continue;
        set(placed->student, sizeof placed->student, number, (size_t)(mark - number));
        set(placed->name, sizeof placed->name, parts->part[i],
            (size_t)(number - 1 - parts->part[i]));
        if (!strncmp(mark + 18, "onlinetext", 10))
            return false;
        if (i + 1 < parts->count)
            return rest_of(parts, i + 1, placed);
        snprintf(placed->file, sizeof placed->file, "%.63s",
                 mark + 18 + (!strncmp(mark + 18, "file_", 5) ? 5 : 0));
        return *placed->file != '\0';
    }
    return false;
}

static const char *blackboard_mark(const char *name) {
    const char *const mark = strstr(name, "_attempt_");
    return mark && mark > name && date_length(mark + 9) ? mark : NULL;
}

static bool place_blackboard(struct parts *parts, struct placed *placed) {
    const char *const name = parts->part[0], *const mark = blackboard_mark(name);
    if (!mark)
        return false;
    const char *user = mark;
    while (user > name && user[-1] != '_')
        user--;
    const size_t date = date_length(mark + 9);
    set(placed->student, sizeof placed->student, user, (size_t)(mark - user));
    set(placed->date, sizeof placed->date, mark + 9, date);
    set(placed->attempt, sizeof placed->attempt, mark + 9, date);
    if (parts->count > 1)
        return rest_of(parts, 1, placed);
    if (mark[9 + date] != '_') // the platform's own page about the attempt
        return false;
    snprintf(placed->file, sizeof placed->file, "%.63s", mark + 10 + date);
    return *placed->file != '\0';
}

static bool place_gradescope(struct parts *parts, struct placed *placed) {
    for (int i = 0; i < parts->count - 1; i++)
        if (!strncmp(parts->part[i], "submission_", 11) && digits(parts->part[i] + 11)) {
            snprintf(placed->student, sizeof placed->student, "%.90s", parts->part[i]);
            return rest_of(parts, i + 1, placed);
        }
    return false;
}

bool layout_place(enum layout layout, const char *path, struct placed *placed) {
    struct parts parts;
    bool good = cut(path, &parts);
    *placed = (struct placed){0};
    if (good && layout == PLAIN) {
        const size_t stem = layout_archive(parts.part[0]);
        good = parts.count > 1 || stem;
        set(placed->student, sizeof placed->student, parts.part[0],
            stem ? stem : strlen(parts.part[0]));
        good = good && rest_of(&parts, 1, placed);
    } else if (good) {
        good = layout == CANVAS       ? place_canvas(&parts, placed)
               : layout == MOODLE     ? place_moodle(&parts, placed)
               : layout == BLACKBOARD ? place_blackboard(&parts, placed)
                                      : place_gradescope(&parts, placed);
    }
    placed->archive = good && layout_archive(placed->file) > 0;
    return good;
}

enum layout layout_guess(char *const *paths, size_t count) {
    size_t seen[LAYOUTS] = {0}, all = 0;
    for (size_t i = 0; i < count; i++) {
        struct parts parts;
        struct placed placed;
        if (!cut(paths[i], &parts))
            continue;
        all++;
        const char *const last = parts.part[parts.count - 1];
        if (!strcmp(last, "submission_metadata.yml"))
            return GRADESCOPE;
        seen[CANVAS] += place_canvas(&parts, &placed);
        seen[BLACKBOARD] += blackboard_mark(parts.part[0]) != NULL;
        seen[MOODLE] += strstr(paths[i], "_assignsubmission_") != NULL;
    }
    for (int l = 0; l < LAYOUTS; l++)
        if (all && seen[l] == all)
            return (enum layout)l;
    return PLAIN;
}
