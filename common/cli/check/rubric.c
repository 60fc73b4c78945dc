// SPDX-License-Identifier: MIT
//
// rubric.c: see rubric.h.

#include "rubric.h"

#include "flat.h"
#include "process.h"
#include "sha256.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool take_check(struct rubric *rubric, const char *line) {
    struct rubric_check *const check = &rubric->check[rubric->count];
    double points;
    if (!flat_text(line, "id", check->id, sizeof check->id) ||
        !flat_text(line, "title", check->title, sizeof check->title) ||
        !flat_text(line, "needs", check->needs, sizeof check->needs) ||
        !flat_text(line, "cases", check->cases, sizeof check->cases) ||
        !flat_number(line, "points", &points))
        return false;
    check->points = (int)points;
    snprintf(check->visibility, sizeof check->visibility, "visible");
    flat_bool(line, "alone", &check->alone);
    flat_number(line, "full", &check->speed.full);
    flat_number(line, "none", &check->speed.none);
    rubric->count++;
    return true;
}

// What the checks say of themselves, and what they assert: their source, or where it is not handed
// out the program made of it.
static void digest(struct rubric *rubric, const struct lab_entry *lab, const struct outcome *said) {
    struct sha256 sha;
    char path[PATH_MAX + 64], text[65];
    sha256_begin(&sha);
    sha256_add(&sha, said->out ? said->out : "", said->out_size);
    snprintf(path, sizeof path, "%s/tests/labs/%s.c", lab->home, lab->name);
    if (!sha256_add_file(&sha, path))
        sha256_add_file(&sha, rubric->program);
    sha256_end(&sha, text);
    snprintf(rubric->sha, sizeof rubric->sha, "sha256:%s", text);
}

bool rubric_read(struct rubric *rubric, const char *root, const struct lab_entry *lab, char *text,
                 size_t cap) {
    struct command command = {0};
    struct outcome o;
    *rubric = (struct rubric){0};
    snprintf(rubric->program, sizeof rubric->program, "%s/build/rubrics/%s", root, lab->name);
    if (access(rubric->program, X_OK) != 0) {
        snprintf(text, cap,
                 "the rubric of %s is not built (build/rubrics/%s): run `make check LAB=%s`, which "
                 "builds it; it needs the package libcunit1-dev.",
                 lab->name, lab->name, lab->name);
        return false;
    }
    command_add(&command, "%s", rubric->program);
    command_add(&command, "--list");
    process_run(&command, &(struct how){.seconds = 20, .capture_out = true, .capture_err = true},
                &o);
    command_free(&command);
    digest(rubric, lab, &o);
    char *rest = o.out;
    for (char *line; (line = strsep(&rest, "\n")) && rubric->count < RUBRIC_MAX;)
        take_check(rubric, line);
    outcome_free(&o);
    if (!rubric->count)
        snprintf(text, cap, "build/rubrics/%s does not say what it checks: run `make build` again.",
                 lab->name);
    return rubric->count > 0;
}

int rubric_index(const struct rubric *rubric, const char *id) {
    for (int i = 0; i < rubric->count; i++)
        if (!strcmp(rubric->check[i].id, id))
            return i;
    return -1;
}

bool rubric_is_timed(const struct rubric *rubric, int i) {
    for (; i >= 0; i = rubric_index(rubric, rubric->check[i].needs))
        if (rubric->check[i].speed.full > 0)
            return true;
    return false;
}

// What is asked of an instructor's own check, which no program of the rubric knows.
static bool own_holds(const struct rubric_check *check, const struct record *records,
                      size_t count) {
    records_use(records, count);
    return records_all("PASS") && (!check->same_bits || records_all_same("SAME"));
}

int rubric_judge(const struct rubric *rubric, int check, const struct record *records, size_t count,
                 const char *dir, char verdict[16], char *text, size_t cap) {
    char path[PATH_MAX + 32];
    verdict[0] = '\0';
    if (rubric->check[check].own)
        return own_holds(&rubric->check[check], records, count);
    snprintf(path, sizeof path, "%s/records", dir);
    FILE *const file = fopen(path, "we");
    for (size_t i = 0; file && i < count; i++)
        record_print(file, &records[i]);
    snprintf(text, cap, "the records of the check could not be written into %s", dir);
    if (!file || fclose(file) != 0)
        return -1;
    struct command command = {0};
    struct outcome o;
    command_add(&command, "%s", rubric->program);
    command_add(&command, "--judge");
    command_add(&command, "%s", rubric->check[check].id);
    command_add(&command, "%s", path);
    process_run(&command, &(struct how){.seconds = 20, .capture_out = true, .capture_err = true},
                &o);
    bool pass = false;
    char *const line = o.out ? o.out : "";
    line[strcspn(line, "\n")] = '\0';
    verdict[0] = '\0';
    const bool answered = flat_bool(line, "pass", &pass) && flat_text(line, "verdict", verdict, 16);
    if (!answered || !flat_text(line, "text", text, cap))
        snprintf(text, cap, "the rubric gave no answer: %s", o.text);
    command_free(&command);
    outcome_free(&o);
    return answered ? pass : -1;
}
