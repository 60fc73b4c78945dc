// SPDX-License-Identifier: MIT
//
// course.c: see course.h.

#include "course.h"

#include "grow.h"
#include "metadata.h"
#include "sha256.h"
#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

// -- students ---------------------------------------------------------------------------------------

void student_called(struct student *student, const char *called) {
    if (!*called || student_is(student, called) || student->knowns == NAMES_MAX)
        return;
    student->known[student->knowns++] = strdup(called);
}

bool student_is(const struct student *student, const char *called) {
    for (int i = 0; i < student->knowns; i++)
        if (!strcasecmp(student->known[i], called))
            return true;
    return false;
}

const char *student_name(const struct student *student) {
    return *student->name ? student->name : student->key;
}

// Letters, digits, '.', '-', '_', '@' and whole UTF-8 characters stay; a name never begins with
// '.' or '-'.
static void make_key(char *key, size_t cap, const char *name) {
    size_t n = 0;
    for (const unsigned char *c = (const unsigned char *)name; *c && n + 1 < cap; c++, n++)
        key[n] = (char)(isalnum(*c) || *c >= 0x80 || (strchr("._-@", *c) && n) ? *c : '_');
    key[n] = '\0';
    if (!n)
        snprintf(key, cap, "_");
}

struct student *course_student(struct course *course, const char *called) {
    for (size_t i = 0; i < course->students; i++)
        if (student_is(&course->student[i], called))
            return &course->student[i];
    course->student = grow(course->student, course->students, sizeof *course->student);
    struct student *const s = &course->student[course->students++];
    *s = (struct student){0};
    make_key(s->key, sizeof s->key, called);
    // Two names may give the same key: the second one gets a number.
    const size_t length = strlen(s->key);
    for (int turn = 2;; turn++) {
        bool taken = false;
        for (size_t i = 0; i + 1 < course->students; i++)
            taken = taken || !strcasecmp(course->student[i].key, s->key);
        if (!taken)
            break;
        snprintf(s->key + (length < 80 ? length : 80), 14, "_%d", turn);
    }
    student_called(s, called);
    return s;
}

// -- attempts ---------------------------------------------------------------------------------------

static struct attempt *attempt_of(struct student *student, const char *label) {
    for (size_t i = 0; i < student->attempts; i++)
        if (!strcmp(student->attempt[i].label, label))
            return &student->attempt[i];
    student->attempt = grow(student->attempt, student->attempts, sizeof *student->attempt);
    struct attempt *const a = &student->attempt[student->attempts++];
    *a = (struct attempt){.when = -1};
    snprintf(a->label, sizeof a->label, "%s", label);
    return a;
}

void attempt_wrong(struct attempt *attempt, const char *sentence) {
    const size_t used = strlen(attempt->wrong);
    if (!strstr(attempt->wrong, sentence))
        snprintf(attempt->wrong + used, sizeof attempt->wrong - used, "%s%s", used ? " " : "",
                 sentence);
}

static void add_file(struct attempt *attempt, const struct input *input, const struct found *found,
                     const struct placed *placed) {
    if (found->wrong)
        attempt_wrong(attempt, found->wrong);
    if (found->bytes && !strcmp(placed->file, MANIFEST))
        attempt->manifest = found;
    for (int i = 0; i < input->count && found->bytes; i++)
        if (!strcmp(placed->file, input->names[i]) &&
            (!attempt->file[i] || placed->depth < attempt->depth[i])) {
            attempt->file[i] = found;
            attempt->depth[i] = placed->depth;
        }
}

// The earliest first; where nobody knows when, by number or name.
static int by_time(const void *a, const void *b) {
    const struct attempt *const x = a, *const y = b;
    if (x->when >= 0 && y->when >= 0 && x->when != y->when)
        return x->when < y->when ? -1 : 1;
    return strverscmp(x->label, y->label);
}

static int by_key(const void *a, const void *b) {
    return strcmp(((const struct student *)a)->key, ((const struct student *)b)->key);
}

void course_sort(struct course *course) {
    if (course->students)
        qsort(course->student, course->students, sizeof *course->student, by_key);
}

// A directory that holds attempts may hold nothing else: then it is no attempt of its own.
static void drop_empty(struct student *student) {
    size_t kept = 0;
    for (size_t i = 0; i < student->attempts; i++) {
        const struct attempt *const a = &student->attempt[i];
        bool empty = !*a->wrong && !*a->label;
        for (int f = 0; f < FILES_MAX; f++)
            empty = empty && !a->file[f];
        if (!empty || student->attempts == 1)
            student->attempt[kept++] = *a;
    }
    student->attempts = kept;
}

void course_collect(struct course *course, const struct input *input, enum layout layout,
                    const struct policy *policy) {
    char **const paths = calloc(input->files + 1, sizeof *paths);
    for (size_t i = 0; paths && i < input->files; i++)
        paths[i] = input->file[i].path;
    *course = (struct course){
        .layout = layout < LAYOUTS || !paths ? layout : layout_guess(paths, input->files)};
    free(paths);
    for (size_t i = 0; i < input->files; i++) {
        const struct found *const found = &input->file[i];
        struct placed placed;
        if (!layout_place(course->layout, found->path, &placed))
            continue;
        struct student *const student = course_student(course, placed.student);
        if (*placed.name && !*student->name)
            snprintf(student->name, sizeof student->name, "%s", placed.name);
        struct attempt *const attempt = attempt_of(student, placed.attempt);
        attempt->late = attempt->late || placed.late;
        if (*placed.date)
            attempt->when = policy_date(placed.date, policy->zone);
        add_file(attempt, input, found, &placed);
    }
    if (course->layout == GRADESCOPE)
        metadata_read(course, input);
    for (size_t i = 0; i < course->students; i++) {
        struct student *const s = &course->student[i];
        drop_empty(s);
        qsort(s->attempt, s->attempts, sizeof *s->attempt, by_time);
        if (policy->attempts && s->attempts > (size_t)policy->attempts) {
            s->beyond = s->attempts - (size_t)policy->attempts;
            s->attempts = (size_t)policy->attempts;
        }
        student_called(s, s->key);
        student_called(s, s->name);
    }
    course_sort(course);
}

// -- on the disk ------------------------------------------------------------------------------------

static bool make_directory(const char *path, char *why, size_t cap) {
    if (mkdir(path, 0755) == 0 || errno == EEXIST)
        return true;
    snprintf(why, cap, "the directory %s cannot be made: %s.", path, strerror(errno));
    return false;
}

// Writes the file, or removes an older one where there is none now.
static bool lay_file(const char *path, const struct found *found, char *why, size_t cap) {
    if (unlink(path) != 0 && errno != ENOENT) {
        snprintf(why, cap, "%s cannot be replaced: %s.", path, strerror(errno));
        return false;
    }
    if (!found)
        return true;
    FILE *const file = fopen(path, "wxe");
    bool good = file && fwrite(found->bytes, 1, found->size, file) == found->size;
    good = file && fclose(file) == 0 && good;
    if (!good)
        snprintf(why, cap, "%s cannot be written: %s.", path, strerror(errno));
    return good;
}

static bool lay_out(struct attempt *a, const struct input *input, const char *dir, char *why,
                    size_t cap) {
    char path[PATH_MAX], digest[65];
    struct sha256 sha;
    sha256_begin(&sha);
    for (int i = 0; i < input->count; i++) {
        const struct found *const found = a->file[i];
        char head[96];
        if (snprintf(path, sizeof path, "%s/%s/%s", dir, a->dir, input->names[i]) >= PATH_MAX ||
            !lay_file(path, found, why, cap))
            return false;
        a->files += found != NULL;
        snprintf(head, sizeof head, "%s %zd\n", input->names[i],
                 found ? (ssize_t)found->size : (ssize_t)-1);
        sha256_add(&sha, head, strlen(head));
        if (found)
            sha256_add(&sha, found->bytes, found->size);
    }
    sha256_end(&sha, digest);
    if (a->files)
        snprintf(a->sha, sizeof a->sha, "sha256:%.64s", digest);
    return true;
}

bool course_lay_out(struct course *course, const struct input *input, const char *dir, char *why,
                    size_t cap) {
    char path[PATH_MAX];
    if (!make_directory(dir, why, cap))
        return false;
    for (size_t s = 0; s < course->students; s++) {
        struct student *const student = &course->student[s];
        if (snprintf(path, sizeof path, "%s/%s", dir, student->key) >= PATH_MAX ||
            (student->attempts && !make_directory(path, why, cap)))
            return false;
        for (size_t i = 0; i < student->attempts; i++) {
            struct attempt *const a = &student->attempt[i];
            char label[64] = "1";
            if (*a->label)
                make_key(label, sizeof label, a->label);
            snprintf(a->dir, sizeof a->dir, "%s/%s", student->key, label);
            snprintf(path, sizeof path, "%s/%s", dir, a->dir);
            if (!make_directory(path, why, cap) || !lay_out(a, input, dir, why, cap))
                return false;
        }
    }
    return true;
}

void course_free(struct course *course) {
    for (size_t s = 0; s < course->students; s++) {
        for (int i = 0; i < course->student[s].knowns; i++)
            free(course->student[s].known[i]);
        free(course->student[s].attempt);
    }
    free(course->student);
    *course = (struct course){0};
}
