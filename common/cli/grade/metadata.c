// SPDX-License-Identifier: MIT
//
// metadata.c: see metadata.h. The file is YAML as one program writes it, always in this form:
//
//     submission_123456:
//       :submitters:
//       - :name: Ada Lovelace
//         :sid: '1815'
//         :email: ada@example.org
//       :created_at: 2026-11-20 22:58:59.000000000 Z
//       :history: ...
//
// so it is read by lines: a key without indentation begins a submission, the others belong to it.
// Lines below :history: are those of earlier uploads and are left out.

#include "metadata.h"

#include <stdio.h>
#include <string.h>

static const char *value_of(char *line, const char *key) {
    char *at = line + strspn(line, " -");
    if (strncmp(at, key, strlen(key)) != 0)
        return NULL;
    at += strlen(key);
    at += strspn(at, " ");
    const size_t n = strlen(at);
    if (n > 1 && (*at == '\'' || *at == '"') && at[n - 1] == *at) {
        at[n - 1] = '\0';
        at++;
    }
    return at;
}

static struct student *find(struct course *course, const char *key) {
    for (size_t i = 0; i < course->students; i++)
        if (!strcmp(course->student[i].key, key))
            return &course->student[i];
    return NULL;
}

static void take(struct student *s, char *line) {
    const char *value;
    if ((value = value_of(line, ":name:"))) {
        if (!*s->name)
            snprintf(s->name, sizeof s->name, "%s", value);
        student_called(s, value);
    } else if ((value = value_of(line, ":email:"))) {
        if (!*s->email)
            snprintf(s->email, sizeof s->email, "%s", value);
        student_called(s, value);
    } else if ((value = value_of(line, ":sid:"))) {
        student_called(s, value);
    } else if ((value = value_of(line, ":created_at:"))) {
        for (size_t i = 0; i < s->attempts; i++)
            s->attempt[i].when = policy_date(value, "UTC");
    }
}

void metadata_read(struct course *course, const struct input *input) {
    for (size_t i = 0; i < input->files; i++) {
        const struct found *const found = &input->file[i];
        const char *const slash = strrchr(found->path, '/');
        if (strcmp(slash ? slash + 1 : found->path, "submission_metadata.yml") != 0 ||
            !found->bytes)
            continue;
        struct student *student = NULL;
        bool history = false;
        char *rest = found->bytes;
        for (char *line; (line = strsep(&rest, "\n"));) {
            line[strcspn(line, "\r")] = '\0';
            if (*line && *line != ' ' && *line != '-' && *line != '#') {
                line[strcspn(line, ":")] = '\0';
                student = find(course, line);
                history = false;
            } else if (student) {
                history = history || strstr(line, "  :history:") == line;
                if (!history)
                    take(student, line);
            }
        }
    }
}
