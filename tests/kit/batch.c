// SPDX-License-Identifier: MIT
// Tests of common/judge/batch.c: the toy lab's versions that are wrong, die, hang or leave early,
// each among good cases, which must all come out right.

#include "batch.h"
#include "files.h"
#include "runner.h"

#include <stdlib.h>
#include <string.h>

static struct subject toy = {.program = "build/tests/bin/toy", .seconds = 5};
static struct case_specs specs;
static struct record *records;

// Runs the cases and checks that each version got its verdict: VERSION=VERDICT ... ; others PASS.
static bool runs_to(const char *cases, const char *version, const char *verdict) {
    char why[256];
    bool good = true;
    CU_ASSERT_FATAL(files_begin());
    toy.dir = files_dir;
    CU_ASSERT_FATAL(lab_describe(toy.program, &toy.about, why, sizeof why));
    machine_read(&toy.machine);
    CU_ASSERT_FATAL(expand(cases, 1, "toy", 0, &specs, why, sizeof why));
    records = calloc(specs.count, sizeof *records);
    CU_ASSERT_PTR_NOT_NULL_FATAL(records);
    batch_run(&toy, &specs, records);
    for (size_t i = 0; i < specs.count; i++) {
        const bool odd = !strcmp(specs.at[i].version, version);
        if (strcmp(records[i].verdict, odd ? verdict : "PASS") != 0) {
            test_note("%s %d %s: %s (%s)", specs.at[i].version, specs.at[i].workers,
                      specs.at[i].params, records[i].verdict, records[i].text);
            good = false;
        }
    }
    files_end();
    return good;
}

static bool text_says(size_t i, const char *part) {
    return i < specs.count && strstr(records[i].text, part);
}

static void forget(void) {
    free(records);
    records = NULL;
    case_specs_free(&specs);
}

static void right_cases_of_all_kinds_pass(void) {
    CU_ASSERT(runs_to("serial n=5; omp workers=1,2,4 n=0,1,p,97; mpi workers=1,2,3,4 n=0,1,p,97; "
                      "hybrid workers=1,2 threads=1,3 n=31; fork workers=2 n=9; rounded n=3",
                      "", ""));
    CU_ASSERT_STRING_EQUAL(records[specs.count - 1].same, "ROUNDING");
    forget();
}

static void wrong_cases_are_wrong_alone_too_and_say_why(void) {
    CU_ASSERT(runs_to("omp n=4; wrong workers=2 n=4; omp n=5", "wrong", "WRONG"));
    CU_ASSERT(text_says(1, "number 3 is 10 and should be 9"));
    forget();
}

static void a_case_that_dies_takes_no_other_with_it(void) {
    CU_ASSERT(runs_to("omp n=1,2; crash n=3,4; omp n=5,6", "crash", "CRASH"));
    forget();
}

static void a_rank_that_dies_takes_no_other_case_with_it(void) {
    CU_ASSERT(
        runs_to("mpi workers=1,3 n=1,2; die workers=3 n=3; mpi workers=1,3 n=5", "die", "CRASH"));
    forget();
}

static void leaving_early_with_status_0_is_no_answer(void) {
    CU_ASSERT(runs_to("omp n=1; quit n=1; omp n=2", "quit", "CRASH"));
    CU_ASSERT(text_says(1, "status 0"));
    forget();
}

static void a_case_that_hangs_is_told_and_the_rest_goes_on(void) {
    CU_ASSERT(
        runs_to("mpi workers=2 n=1,2; hang workers=2 n=1; mpi workers=2 n=3", "hang", "HANG"));
    CU_ASSERT(text_says(2, "had not ended after"));
    forget();
}

static void refused_and_unwritten_cases_say_so(void) {
    CU_ASSERT(runs_to("omp n=1; omp n=2 refuse=never; todo n=1", "todo", "TODO"));
    CU_ASSERT(text_says(2, "is not written yet"));
    forget();
    CU_ASSERT(runs_to("mpi workers=3 n=1; hybrid workers=3 n=5 refuse=last", "hybrid", "REFUSED"));
    CU_ASSERT(text_says(1, "Rank 2 of 3 refuses"));
    forget();
}

static void a_launch_that_dies_again_and_again_is_given_up(void) {
    CU_ASSERT(!runs_to("crash n=1,2,3,4,5,6,7,8; omp n=1", "crash", "CRASH"));
    CU_ASSERT_STRING_EQUAL(records[3].verdict, "CRASH");
    CU_ASSERT_STRING_EQUAL(records[4].verdict, "INFRA");
    CU_ASSERT(text_says(4, "not run"));
    forget();
}

// The toy as a program that is not believed: another process of it has the last word.
static void disbelieve(bool first_only) {
    toy.verifier = toy.reference = toy.program;
    toy.first_only = first_only;
}

static void believe(void) {
    toy = (struct subject){.program = toy.program, .seconds = toy.seconds};
}

static void result_files_are_judged_by_another_program(void) {
    disbelieve(false);
    CU_ASSERT(runs_to("serial n=5; omp workers=1,2,4 n=0,1,p,97; mpi workers=1,3 n=0,1,p,97; "
                      "hybrid workers=1,2 threads=1,3 n=31; rounded n=3",
                      "", ""));
    CU_ASSERT_STRING_EQUAL(records[specs.count - 1].same, "ROUNDING");
    CU_ASSERT(records[specs.count - 2].wall_ms > 0); // which only the run itself can say
    forget();
    CU_ASSERT(runs_to("omp n=4; wrong workers=2 n=4; omp n=5", "wrong", "WRONG"));
    CU_ASSERT(text_says(1, "number 3 is 10 and should be 9"));
    forget();
    CU_ASSERT(runs_to("omp n=1; quit n=1; omp n=2", "quit", "CRASH"));
    forget();
    CU_ASSERT(runs_to("omp n=1; crash n=3; omp n=2; todo n=1", "crash", "CRASH") == false);
    CU_ASSERT_STRING_EQUAL(records[specs.count - 1].verdict, "TODO");
    forget();
    believe();
}

static void what_a_right_program_runs_a_student_may_not_refuse(void) {
    disbelieve(false); // here the reference refuses, too
    CU_ASSERT(runs_to("omp n=1; shy n=2; omp n=3", "shy", "REFUSED"));
    forget();
    disbelieve(false);
    toy.reference = NULL; // and here the serial version answers
    CU_ASSERT(runs_to("omp n=1; shy n=2; omp n=3", "shy", "WRONG"));
    CU_ASSERT(text_says(1, "There is no number 1."));
    forget();
    CU_ASSERT(runs_to("omp n=1; omp n=2 refuse=all", "", "") == false);
    CU_ASSERT_STRING_EQUAL(records[1].verdict, "REFUSED"); // as the serial version does
    forget();
    believe();
}

static void the_world_in_place_of_the_communicator_shows_alone_too(void) {
    disbelieve(false);
    CU_ASSERT(
        runs_to("mpi workers=4 n=9; world workers=2 n=8; mpi workers=2 n=3", "world", "WRONG"));
    CU_ASSERT(specs.count > 1 && records[1].wider);
    CU_ASSERT(specs.count > 1 && !records[0].wider && !*records[0].among);
    forget();
    believe();
}

static void what_dies_leaves_its_last_words(void) {
    disbelieve(false);
    CU_ASSERT(runs_to("omp n=1; stray n=3; omp n=5", "stray", "CRASH"));
    CU_ASSERT_PTR_NOT_NULL(strstr(records[1].crash, "\"signal\":11,"));
    forget();
    CU_ASSERT(runs_to("mpi workers=3 n=2; beyond workers=3 n=3", "beyond", "CRASH"));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(records[1].crash, "\"rank\":2,\"signal\":0,\"call\":\"MPI_Send\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(records[1].crash, "MPI_ERR_RANK"));
    forget();
    believe();
}

static void a_launch_that_ends_no_case_for_long_is_stopped(void) {
    disbelieve(false);
    toy.reference = NULL; // which would hang as well
    CU_ASSERT(runs_to("mpi workers=2 n=1; hang workers=2 n=1; mpi workers=2 n=3", "hang", "HANG"));
    forget();
    believe();
}

// A watched run gets a second try with the time that the reference shows it to need here.
static void a_watched_run_has_the_time_that_this_machine_needs(void) {
    char why[256];
    struct record record = {0};
    disbelieve(false);
    CU_ASSERT_FATAL(files_begin());
    toy.dir = files_dir;
    CU_ASSERT_FATAL(lab_describe(toy.program, &toy.about, why, sizeof why));
    machine_read(&toy.machine);
    CU_ASSERT_FATAL(expand("slow n=5; hang workers=1 n=1", 1, "toy", 0, &specs, why, sizeof why));
    const double before = toy.seconds;
    toy.seconds = 0.2; // so 1.2 s, and slow takes 1.5
    case_watch(&toy, NULL, &specs.at[0], &record);
    CU_ASSERT_STRING_EQUAL(record.verdict, "PASS");
    memset(&record, 0, sizeof record);
    toy.reference = NULL; // which would hang as well
    case_watch(&toy, NULL, &specs.at[1], &record);
    CU_ASSERT_STRING_EQUAL(record.verdict, "HANG");
    files_end();
    toy.seconds = before;
    forget();
    believe();
}

// Its result spares the verifier the computing of others of the same problem, and forgives nothing.
static void the_given_serial_version_is_run_by_the_verifier(void) {
    static const char *const verdicts[] = {"PASS", "PASS", "WRONG", "PASS", "WRONG"};
    char why[256];
    struct spent spent = {0};
    struct record record;
    disbelieve(false);
    CU_ASSERT_FATAL(files_begin());
    toy.dir = files_dir;
    toy.spent = &spent;
    CU_ASSERT_FATAL(lab_describe(toy.program, &toy.about, why, sizeof why));
    machine_read(&toy.machine);
    CU_ASSERT_FATAL(expand("serial n=5; omp workers=2 n=5; wrong workers=2 n=5; "
                           "mpi workers=2 n=6; wrong workers=2 n=6",
                           1, "toy", 0, &specs, why, sizeof why));
    for (size_t i = 0; i < specs.count; i++) {
        memset(&record, 0, sizeof record);
        case_watch(&toy, NULL, &specs.at[i], &record);
        CU_ASSERT_STRING_EQUAL(record.verdict, verdicts[i]);
        CU_ASSERT_EQUAL(spent.launches, (int)i);
        CU_ASSERT_STRING_EQUAL(toy.solved.version, "serial");
        CU_ASSERT_STRING_EQUAL(toy.solved.params, specs.at[0].params);
    }
    CU_ASSERT(spent.reference > 0 && spent.verifying > 0);
    files_end();
    forget();
    believe();
}

static void the_first_wrong_case_ends_it_if_asked_for(void) {
    disbelieve(true);
    CU_ASSERT(!runs_to("omp n=4; wrong workers=2 n=4,5; mpi workers=2 n=5", "wrong", "WRONG"));
    CU_ASSERT_STRING_EQUAL(records[0].verdict, "PASS");
    CU_ASSERT_STRING_EQUAL(records[1].verdict, "WRONG");
    CU_ASSERT_STRING_EQUAL(records[3].verdict, ""); // never run
    forget();
    believe();
}

static void the_command_of_a_case_can_be_copied(void) {
    char why[256];
    CU_ASSERT_FATAL(lab_describe(toy.program, &toy.about, why, sizeof why));
    machine_read(&toy.machine);
    CU_ASSERT_FATAL(expand("omp workers=3 n=5; hybrid workers=2 threads=4 n=7", 1, "toy", 0, &specs,
                           why, sizeof why));
    char want[256], *text = case_command(&toy, &specs.at[0]);
    snprintf(want, sizeof want,
             "build/tests/bin/toy --version omp --workers 3 --seed %llu --check n=5",
             (unsigned long long)specs.at[0].seed);
    CU_ASSERT_STRING_EQUAL(text, want);
    free(text);
    text = case_command(&toy, &specs.at[1]);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "mpirun"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "-n 2 build/tests/bin/toy --version hybrid --workers 2 "
                                        "--threads 4 --seed"));
    free(text);
    forget();
}

// (versions of clang-format lay out such a macro differently)
// clang-format off
#define SLOW(function) {#function, function, 90}
// clang-format on

static const struct test tests[] = {SLOW(right_cases_of_all_kinds_pass),
                                    SLOW(wrong_cases_are_wrong_alone_too_and_say_why),
                                    SLOW(a_case_that_dies_takes_no_other_with_it),
                                    SLOW(a_rank_that_dies_takes_no_other_case_with_it),
                                    SLOW(leaving_early_with_status_0_is_no_answer),
                                    SLOW(a_case_that_hangs_is_told_and_the_rest_goes_on),
                                    SLOW(refused_and_unwritten_cases_say_so),
                                    SLOW(a_launch_that_dies_again_and_again_is_given_up),
                                    SLOW(result_files_are_judged_by_another_program),
                                    SLOW(what_a_right_program_runs_a_student_may_not_refuse),
                                    SLOW(the_world_in_place_of_the_communicator_shows_alone_too),
                                    SLOW(what_dies_leaves_its_last_words),
                                    SLOW(a_launch_that_ends_no_case_for_long_is_stopped),
                                    SLOW(a_watched_run_has_the_time_that_this_machine_needs),
                                    SLOW(the_first_wrong_case_ends_it_if_asked_for),
                                    SLOW(the_given_serial_version_is_run_by_the_verifier),
                                    TEST(the_command_of_a_case_can_be_copied),
                                    {0}};

int main(void) {
    return run_tests("batch", tests, MPI_COMM_NULL);
}
