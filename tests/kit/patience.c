// SPDX-License-Identifier: MIT
// Tests of common/judge/patience.c: what a launch may take follows what a trusted program takes,
// here a shell script that takes what it likes.

#include "patience.h"
#include "files.h"
#include "runner.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char program[512];
static struct spent spent;
static struct subject subject;
static const struct case_spec spec = {
    .version = "omp", .workers = 2, .threads = 1, .seed = 7, .params = "n=5"};

// A verifier that runs these lines; $3 is the file of cases.
static void begin(const char *lines) {
    CU_ASSERT_FATAL(files_begin());
    snprintf(program, sizeof program, "%s", files_path("verifier"));
    FILE *const file = fopen(program, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fprintf(file, "#!/bin/sh\n%s\n", lines);
    fclose(file);
    chmod(program, 0755);
    spent = (struct spent){0};
    subject = (struct subject){
        .verifier = program, .dir = files_dir, .seconds = 77, .spent = &spent, .about.versions = 2};
    snprintf(subject.about.version[0].name, sizeof subject.about.version[0].name, "plain");
    snprintf(subject.about.version[0].run, sizeof subject.about.version[0].run, "serial");
    snprintf(subject.about.version[1].name, sizeof subject.about.version[1].name, "omp");
    snprintf(subject.about.version[1].run, sizeof subject.about.version[1].run, "threads");
}

// What a lab program prints of a case that took 1.5 s.
#define TOLD \
    "echo '{\"v\":1,\"id\":0,\"version\":\"plain\",\"workers\":1,\"threads\":1,\"seed\":7," \
    "\"params\":{\"n\":\"5\"},\"status\":\"ok\",\"wall_ms\":1500}'\n"

static void a_case_may_take_ten_times_what_it_takes_a_right_program(void) {
    begin("cp \"$3\" $(dirname $0)/asked\n" TOLD);
    const double seconds = patience_alone(&subject, &spec);
    CU_ASSERT(seconds >= 2 + 10 * 1.5 && seconds < 2 + 10 * 1.5 + 4 * 20);
    CU_ASSERT(files_is("asked", "0 plain 1 7 n=5\n")); // serially, for there is no reference
    files_end();
}

static void the_reference_runs_the_very_case(void) {
    begin("cp \"$3\" $(dirname $0)/asked\n" TOLD);
    subject.reference = program;
    CU_ASSERT(patience_alone(&subject, &spec) >= 17);
    CU_ASSERT(files_is("asked", "0 omp 2 7 n=5\n"));
    files_end();
}

static void a_slow_start_is_allowed_for(void) {
    begin("sleep 0.5; echo '{}'");
    CU_ASSERT(patience_alone(&subject, &spec) >= 2 + 4 * 0.5);
    CU_ASSERT(patience_measured(&subject, &spec, 0) >= 1 + 2 * 0.5);
    CU_ASSERT(spent.launch >= 0.5); // and remembered
    CU_ASSERT(patience_so_far(&subject) >= 1 + 2 * 0.5);
    files_end();
}

static void where_nothing_can_be_measured_the_usual_time_counts(void) {
    begin("exit 1");
    CU_ASSERT_EQUAL(patience_alone(&subject, &spec), 77);
    CU_ASSERT_EQUAL(patience_measured(&subject, &spec, 0), 77);
    subject.verifier = NULL;
    CU_ASSERT_EQUAL(patience_alone(&subject, &spec), 77);
    files_end();
}

static const struct test tests[] = {TEST(a_case_may_take_ten_times_what_it_takes_a_right_program),
                                    TEST(the_reference_runs_the_very_case),
                                    TEST(a_slow_start_is_allowed_for),
                                    TEST(where_nothing_can_be_measured_the_usual_time_counts),
                                    {0}};

int main(void) {
    return run_tests("patience", tests, MPI_COMM_NULL);
}
