// SPDX-License-Identifier: MIT
// Tests of common/judge/cores.c: which cores are kept for what is timed, on machines that are written
// down here, and on this one that it runs there and the judge does not.

#include "files.h"
#include "launch.h"
#include "measure.h"
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct cpus all, reserved, rest;

static void is(const struct cpus *cpus, const char *want) {
    char text[256];
    cpus_text(cpus, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, want);
    if (strcmp(text, want) != 0)
        test_note("%s and not %s", text, want);
}

static void may_use(int from, int to) {
    all = (struct cpus){{0}};
    for (int cpu = from; cpu < to; cpu++)
        cpus_add(&all, cpu);
}

static int single(int cpu) { // one hardware thread a core
    return cpu;
}
static int neighbours(int cpu) { // 0 and 1 are one core, 2 and 3 the next
    return cpu & ~1;
}
static int far(int cpu) { // 0 and 8 are one core, 1 and 9 the next
    return cpu % 8;
}

static void a_list_is_short(void) {
    may_use(0, 0);
    is(&all, "");
    may_use(2, 6);
    cpus_add(&all, 0);
    cpus_add(&all, 8191);
    is(&all, "0,2-5,8191");
    cpus_add(&all, 8192);
    cpus_add(&all, -1);
    CU_ASSERT(cpus_has(&all, 8191) && !cpus_has(&all, 8192) && !cpus_has(&all, -1));
    char text[4];
    cpus_text(&all, text, sizeof text);
    CU_ASSERT_EQUAL(strlen(text), 3);
}

static void the_last_cores_are_kept_and_the_first_are_the_judges(void) {
    may_use(0, 4);
    CU_ASSERT_FATAL(cores_split(&all, single, 2, &reserved, &rest));
    is(&reserved, "2-3");
    is(&rest, "0-1");
    CU_ASSERT_FATAL(cores_split(&all, single, 3, &reserved, &rest));
    is(&reserved, "1-3");
    is(&rest, "0");
}

static void a_core_is_kept_with_all_its_hardware_threads(void) {
    may_use(0, 8);
    CU_ASSERT_FATAL(cores_split(&all, neighbours, 2, &reserved, &rest));
    is(&reserved, "4,6");
    is(&rest, "0-3");
    may_use(0, 16);
    CU_ASSERT_FATAL(cores_split(&all, far, 3, &reserved, &rest));
    is(&reserved, "5-7");
    is(&rest, "0-4,8-12");
    may_use(1, 4); // of the first core one thread alone
    CU_ASSERT_FATAL(cores_split(&all, neighbours, 1, &reserved, &rest));
    is(&reserved, "2");
    is(&rest, "1");
}

static void without_a_core_more_than_workers_nothing_is_kept(void) {
    may_use(0, 2);
    CU_ASSERT_FALSE(cores_split(&all, single, 2, &reserved, &rest));
    CU_ASSERT_FALSE(cores_split(&all, neighbours, 1, &reserved, &rest));
    CU_ASSERT_FALSE(cores_split(&all, single, 0, &reserved, &rest));
    may_use(0, 8);
    CU_ASSERT_FALSE(cores_split(&all, neighbours, 4, &reserved, &rest));
}

static void some_of_them_are_counted_from_the_lowest(void) {
    struct cpus some;
    may_use(2, 4);
    cpus_add(&all, 7);
    CU_ASSERT(cpus_some(&all, 0, 2, &some));
    is(&some, "2-3");
    CU_ASSERT(cpus_some(&all, 1, 2, &some));
    is(&some, "3,7");
    CU_ASSERT(cpus_some(&all, 2, 1, &some));
    is(&some, "7");
    CU_ASSERT_FALSE(cpus_some(&all, 2, 2, &some));
}

// -- here -----------------------------------------------------------------------------------------

static char ran_on[128], judge_on[128];

// Where does a command run that is started so, and where is the judge meanwhile?
static bool look(const struct command *command, const struct how *how, struct outcome *o,
                 void *user) {
    struct command ask = {0};
    struct cpus mine;
    (void)user;
    command_add(&ask, "sed");
    command_add(&ask, "-n");
    command_add(&ask, "s/^Cpus_allowed_list:[[:space:]]*//p");
    command_add(&ask, "/proc/self/status");
    struct how quiet = *how;
    quiet.line = NULL;
    if (process_run(&ask, &quiet, o))
        snprintf(ran_on, sizeof ran_on, "%.*s", (int)strcspn(o->out, "\n"), o->out);
    outcome_free(o);
    command_free(&ask);
    if (cpus_mine(&mine))
        cpus_text(&mine, judge_on, sizeof judge_on);
    return process_run(command, how, o);
}

static int right_runs;

// How the side that the toy is held against is to be started.
static bool start_right(const struct command *command, const struct how *how, struct outcome *o,
                        void *user) {
    (void)user;
    right_runs++;
    return process_run(command, how, o);
}

// Times the toy lab's omp with so many workers.
static struct speed timed(int workers, int *whole_cores) {
    struct subject toy = {.program = "build/tests/bin/toy",
                          .verifier = "build/tests/bin/toy",
                          .seconds = 5,
                          .run = look,
                          .run_right = start_right};
    struct case_specs specs;
    struct record record;
    char why[256], cases[64];
    CU_ASSERT_FATAL(files_begin());
    right_runs = 0;
    toy.dir = files_dir;
    CU_ASSERT_FATAL(lab_describe(toy.program, &toy.about, why, sizeof why));
    machine_read(&toy.machine);
    *whole_cores = toy.machine.whole_cores;
    snprintf(cases, sizeof cases, "omp workers=%d n=9", workers ? workers : *whole_cores);
    CU_ASSERT_FATAL(expand(cases, 1, "toy", 0, &specs, why, sizeof why));
    const struct speed speed = measure(&toy, &specs.at[0], &(struct curve){0.5, 0.1}, &record);
    CU_ASSERT_EQUAL(speed.pairs, 3);
    CU_ASSERT_EQUAL(right_runs, 3);
    CU_ASSERT_STRING_EQUAL(record.verdict, "PASS");
    case_specs_free(&specs);
    files_end();
    return speed;
}

static void what_is_timed_runs_there_and_the_judge_elsewhere(void) {
    struct cpus before, after;
    int cores;
    CU_ASSERT_FATAL(cpus_mine(&before));
    const struct speed speed = timed(1, &cores);
    if (cores > 1 && cores_split(&before, cpu_core, 1, &reserved, &rest)) {
        is(&reserved, ran_on);
        is(&reserved, speed.cores);
        is(&rest, judge_on);
    } else { // one core: it is told that none was kept
        CU_ASSERT_STRING_EQUAL(speed.cores, "");
        CU_ASSERT_STRING_EQUAL(ran_on, judge_on);
    }
    CU_ASSERT(cpus_mine(&after) && memcmp(&before, &after, sizeof before) == 0);
}

static void where_all_cores_are_worked_on_none_is_kept(void) {
    int cores;
    const struct speed speed = timed(0, &cores);
    CU_ASSERT_STRING_EQUAL(speed.cores, "");
    CU_ASSERT_STRING_EQUAL(ran_on, judge_on);
}

// Runs a program on the first `count` CPUs that this one may use, as if they were kept for it, and gives
// what it says. NULL: there are fewer. The caller frees it.
static char *said_on_kept(int count, int ranks, int threads, char *const argv[], bool err) {
    struct machine machine;
    struct command command;
    struct outcome o;
    char why[512];
    if (!cpus_mine(&all) || !cpus_some(&all, 0, count, &reserved))
        return NULL;
    machine_read(&machine);
    machine.masked = true;
    const struct launch launch = {
        .ranks = ranks, .threads = threads, .alone = true, .cores = &reserved};
    CU_ASSERT_FATAL(launch_command(&launch, &machine, argv, &command, why, sizeof why));
    const struct how how = {.seconds = 60,
                            .cpus = &reserved,
                            .capture_out = true,
                            .capture_err = true,
                            .cap = 1 << 16,
                            .most = 1 << 16};
    CU_ASSERT_FATAL(process_run(&command, &how, &o));
    CU_ASSERT_EQUAL(o.status, 0);
    char *const said = strdup(err ? o.err : o.out);
    outcome_free(&o);
    command_free(&command);
    return said;
}

// Which of the two CPUs that are kept each worker is on, as lines that hold `before` say at their end.
static void each_has_one(const char *said, const char *before) {
    for (int i = 0; i < 2; i++) {
        char line[128], its[32];
        struct cpus one;
        cpus_some(&reserved, i, 1, &one);
        cpus_text(&one, its, sizeof its);
        snprintf(line, sizeof line, "%s%s\n", before, its);
        CU_ASSERT_PTR_NOT_NULL(strstr(said, line));
        if (!strstr(said, line))
            test_note("nobody is on %s: %s", its, said);
    }
}

static void each_rank_runs_on_its_own_core(void) {
    char *const ask[] = {(char[]){"sed"}, (char[]){"-n"},
                         (char[]){"s/^Cpus_allowed_list:[[:space:]]*/runs on /p"},
                         (char[]){"/proc/self/status"}, NULL};
    char *const said = said_on_kept(2, 2, 1, ask, false);
    if (said) // of one core alone nothing can be shown
        each_has_one(said, "runs on ");
    free(said);
}

static void each_thread_runs_on_its_own_core(void) {
    char *const toy[] = {(char[]){"build/tests/bin/toy"}, (char[]){"--version"}, (char[]){"omp"},
                         (char[]){"--workers"},           (char[]){"2"},         NULL};
    setenv("OMP_DISPLAY_AFFINITY", "TRUE", 1);
    setenv("OMP_AFFINITY_FORMAT", "runs on %A", 1);
    char *const said = said_on_kept(2, 0, 2, toy, true);
    unsetenv("OMP_DISPLAY_AFFINITY");
    if (said)
        each_has_one(said, "runs on ");
    free(said);
}

int main(void) {
    static const struct test tests[] = {TEST(a_list_is_short),
                                        TEST(the_last_cores_are_kept_and_the_first_are_the_judges),
                                        TEST(a_core_is_kept_with_all_its_hardware_threads),
                                        TEST(without_a_core_more_than_workers_nothing_is_kept),
                                        TEST(some_of_them_are_counted_from_the_lowest),
                                        TEST(each_rank_runs_on_its_own_core),
                                        TEST(each_thread_runs_on_its_own_core),
                                        TEST(what_is_timed_runs_there_and_the_judge_elsewhere),
                                        TEST(where_all_cores_are_worked_on_none_is_kept),
                                        {0}};
    return run_tests("cores", tests, MPI_COMM_NULL);
}
