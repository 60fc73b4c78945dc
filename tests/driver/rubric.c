// SPDX-License-Identifier: MIT
//
// rubric: the rubric of one lab, with which this program is linked, for the judge, which links
// neither a rubric nor CUnit.
//
//     rubric --list                one JSON line a check
//     rubric --judge CHECK FILE    is the check's assertion true of the records in FILE?
//
// --judge prints one JSON line, {"check":"mpi-parallel","pass":false,"verdict":"SERIAL","text":".."}:
// what evidence.h objects to, in sentences for the student; both are empty where a condition of
// another kind is not true.

#include "rubric.h"

#include "flat.h"
#include <CUnit/TestDB.h>
#include <CUnit/TestRun.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CASES_MAX = 1000 };

static int list(void) {
    for (const struct check *check = rubric; check->id; check++) {
        const struct {
            const char *name, *text;
        } texts[] = {{"id", check->id},
                     {"title", check->title},
                     {"needs", check->needs ? check->needs : ""},
                     {"cases", check->cases}};
        printf("{\"v\":1,\"kind\":\"check\",\"points\":%d,\"alone\":%s,\"full\":%g,\"none\":%g",
               check->points, check->alone ? "true" : "false", check->speed.full,
               check->speed.none);
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            printf(",\"%s\":", texts[i].name);
            flat_print(stdout, texts[i].text);
        }
        puts("}");
    }
    return fflush(stdout) == 0 ? 0 : 2;
}

static const struct check *find(const char *id) {
    for (const struct check *check = rubric; check->id; check++)
        if (!strcmp(check->id, id))
            return check;
    return NULL;
}

static size_t read_records(FILE *file, struct record *records) {
    char *line = NULL;
    size_t room = 0, count = 0;
    while (count < CASES_MAX && getline(&line, &room, file) >= 0) {
        line[strcspn(line, "\n")] = '\0';
        count += record_parse(line, &records[count]);
    }
    free(line);
    return count;
}

static int judge(const char *id, const char *path) {
    const struct check *const check = find(id);
    FILE *const file = fopen(path, "re");
    struct record *const records = calloc(CASES_MAX, sizeof *records);
    if (!check || !check->assertion || !file || !records) {
        fprintf(stderr, "rubric: there is no check '%s', or %s cannot be read.\n", id, path);
        return 2;
    }
    records_use(records, read_records(file, records));
    fclose(file);
    evidence_begin();
    if (CU_initialize_registry() != CUE_SUCCESS)
        return 2;
    const CU_pSuite suite = CU_add_suite("rubric", NULL, NULL);
    const CU_pTest test = suite ? CU_add_test(suite, check->id, check->assertion) : NULL;
    if (!test || CU_run_test(suite, test) != CUE_SUCCESS)
        return 2;
    const bool failure = CU_get_failure_list() != NULL;
    printf("{\"check\":\"%s\",\"pass\":%s,\"verdict\":\"%s\",\"text\":", check->id,
           failure ? "false" : "true", evidence_verdict());
    flat_print(stdout, evidence_text());
    puts("}");
    const int status = failure ? 1 : 0;
    CU_cleanup_registry();
    free(records);
    return fflush(stdout) == 0 ? status : 2;
}

int main(int argc, char **argv) {
    if (argc == 2 && !strcmp(argv[1], "--list"))
        return list();
    if (argc == 4 && !strcmp(argv[1], "--judge"))
        return judge(argv[2], argv[3]);
    fputs("usage: rubric --list | --judge CHECK FILE\n", stderr);
    return 2;
}
