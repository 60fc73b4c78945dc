// SPDX-License-Identifier: MIT
// Tests of common/judge/confine.c: the toy lab as a student's program, in a box and, where
// none can be made, under limits alone.

#include "confine.h"
#include "batch.h"
#include "files.h"
#include "job.h"
#include "runner.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[PATH_MAX], program[PATH_MAX + 32], text[1024];
static struct confine confine;
static struct subject toy;
static struct record record;
static struct outcome o;
static bool boxes; // can one be made here?

static bool open_one(bool bare) {
    char job[300], shown[300];
    const char *const see[] = {"build/tests/bin", shown, NULL};
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT_FATAL(job_make(files_dir) && job_begin(files_dir));
    snprintf(job, sizeof job, "%s/job", files_dir);
    snprintf(shown, sizeof shown, "%s/shown", files_dir);
    const bool good = confine_open(&confine, root, job, see, bare, text, sizeof text);
    if (!good)
        test_note("%s", text);
    CU_ASSERT_FATAL(good);
    return good;
}

static void close_one(void) {
    confine_close(&confine);
    files_end();
}

// Judges one case; its record is kept.
static void judge(const char *cases, int memory_mib) {
    struct case_specs specs = {0};
    snprintf(program, sizeof program, "%s/build/tests/bin/toy", root);
    toy = (struct subject){.program = program,
                           .verifier = program,
                           .dir = files_dir,
                           .seconds = 20,
                           .run = confine_run,
                           .user = &confine};
    CU_ASSERT_FATAL(lab_describe(program, &toy.about, text, sizeof text));
    machine_read(&toy.machine);
    CU_ASSERT_FATAL(expand(cases, 1, "toy", 0, &specs, text, sizeof text));
    confine.limits.memory_mib = memory_mib;
    case_judge(&toy, &specs.at[0], &record);
    test_note("%s: %s (%s)", cases, record.verdict, record.text);
    case_specs_free(&specs);
}

static void shell(const char *script, struct how how) {
    struct command command = {0};
    how.capture_out = how.capture_err = true;
    how.seconds = how.seconds > 0 ? how.seconds : 20;
    command_add(&command, "sh");
    command_add(&command, "-c");
    command_add(&command, "%s", script);
    outcome_free(&o);
    CU_ASSERT(confine_run(&command, &how, &o, &confine));
    test_note("%s, %s: %.200s %.200s", o.text, o.verdict ? o.verdict : "no verdict", o.out, o.err);
    command_free(&command);
}

// Each of the two ways that this machine has.
#define BOTH(bare) for (int bare = boxes ? 0 : 1; bare < 2; bare++)

static void right_cases_pass(void) {
    static const char *const cases[] = {"serial n=5", "omp workers=3 n=9", "mpi workers=3 n=9",
                                        "hybrid workers=2 threads=2 n=7"};
    BOTH(bare) {
        for (int i = 0; i < 4; i++) {
            open_one(bare);
            judge(cases[i], 2048);
            CU_ASSERT_STRING_EQUAL(record.verdict, "PASS");
            close_one();
        }
    }
}

static void many_cases_share_a_launch(void) {
    BOTH(bare) {
        struct case_specs specs = {0};
        struct record records[16];
        open_one(bare);
        judge("serial n=5", 2048); // describes the toy
        CU_ASSERT_FATAL(expand("omp workers=1,2 n=3,4; mpi workers=1,3 n=3,4; wrong n=5", 1, "toy",
                               0, &specs, text, sizeof text));
        batch_run(&toy, &specs, records);
        for (size_t i = 0; i < specs.count; i++)
            CU_ASSERT_STRING_EQUAL(records[i].verdict, i < 8 ? "PASS" : "WRONG");
        case_specs_free(&specs);
        close_one();
    }
}

static void too_much_memory_is_called_so_with_the_figure(void) {
    BOTH(bare) {
        open_one(bare);
        judge("eat n=5", 150);
        CU_ASSERT_STRING_EQUAL(record.verdict, "MEMORY");
        CU_ASSERT_PTR_NOT_NULL(strstr(record.text, "MiB of memory, and 150 MiB are allowed"));
        close_one();
    }
}

static void memory_that_grows_until_time_is_over_is_called_so(void) {
    struct command command = {0};
    snprintf(program, sizeof program, "%s/build/tests/bin/toy", root);
    command_add(&command, "%s", program);
    command_add(&command, "--version");
    command_add(&command, "eat");
    BOTH(bare) {
        open_one(bare);
        confine.limits.memory_mib = 8192;
        outcome_free(&o);
        // A busy machine lets it take little in a short time.
        for (double seconds = 1.5; !o.verdict && seconds <= 12; seconds *= 2) {
            outcome_free(&o);
            CU_ASSERT(confine_run(&command, &(struct how){.seconds = seconds, .capture_err = true},
                                  &o, &confine));
            test_note("%s, %s", o.text, o.verdict ? o.verdict : "no verdict");
        }
        CU_ASSERT_FATAL(o.over_time && o.verdict);
        CU_ASSERT_STRING_EQUAL(o.verdict, "MEMORY");
        CU_ASSERT_PTR_NOT_NULL(strstr(o.text, "and more and more; 8192 MiB are allowed"));
        close_one();
        open_one(bare); // what sleeps does not grow
        shell("exec sleep 20", (struct how){.seconds = 1});
        CU_ASSERT(o.over_time && !o.verdict);
        close_one();
    }
    command_free(&command);
}

static void printing_without_end_is_called_output(void) {
    BOTH(bare) {
        open_one(bare);
        judge("talk n=5", 2048);
        CU_ASSERT_STRING_EQUAL(record.verdict, "OUTPUT");
        CU_ASSERT_PTR_NOT_NULL(strstr(record.text, "had printed more than 32 MiB"));
        CU_ASSERT_PTR_NOT_NULL(strstr(record.text, "it printed 'now at step 0' first and 'now at"));
        close_one();
    }
}

static void a_crash_is_told_of_the_program_and_not_of_the_box(void) {
    BOTH(bare) {
        open_one(bare);
        judge("crash n=5", 2048);
        CU_ASSERT_STRING_EQUAL(record.verdict, "CRASH");
        CU_ASSERT_EQUAL(strncmp(record.text, "toy ended with status 139", 25), 0);
        close_one();
    }
}

static void writing_without_end_is_called_output(void) {
    BOTH(bare) {
        open_one(bare);
        confine.limits.disk_mib = 8;
        shell("for i in 1 2 3 4 5 6; do head -c 3000000 /dev/zero >$i; sleep 0.2; done; sleep 9",
              (struct how){0});
        CU_ASSERT_PTR_NOT_NULL_FATAL(o.verdict);
        CU_ASSERT_STRING_EQUAL(o.verdict, "OUTPUT");
        CU_ASSERT_PTR_NOT_NULL(strstr(o.text, "it wrote more than 8 MiB"));
        close_one();
    }
}

static bool somebody_naps(void) {
    char look[256];
    snprintf(look, sizeof look, "grep -qsa 'sleep.7300[.]%d' /proc/[0-9]*/cmdline", (int)getpid());
    return system(look) == 0;
}

static void what_it_leaves_behind_is_ended(void) {
    char script[256];
    snprintf(
        script, sizeof script,
        "(trap '' TERM HUP; setsid env -i sh -c 'setsid sleep 7300.%d & exec sleep 7300.%d' &)\n"
        "sleep 0.2; echo end",
        (int)getpid(), (int)getpid());
    BOTH(bare) {
        open_one(bare);
        shell(script, (struct how){0});
        CU_ASSERT_STRING_EQUAL(o.out, "end\n");
        CU_ASSERT(o.wall < 10);
        CU_ASSERT_FALSE(somebody_naps());
        close_one();
    }
}

static void a_fork_bomb_is_ended(void) {
    char script[256];
    snprintf(script, sizeof script,
             "f() { f | f & }; i=0; while [ $i -lt 300 ]; do env -i sleep 7300.%d & i=$((i + 1)); "
             "done; f; sleep 9",
             (int)getpid());
    BOTH(bare) {
        open_one(bare);
        confine.limits.processes = 64;
        shell(script, (struct how){0});
        CU_ASSERT(o.verdict ? !strcmp(o.verdict, "CRASH") : o.status != 0);
        CU_ASSERT(o.wall < 15);
        CU_ASSERT_EQUAL(o.left, 0);
        CU_ASSERT_FALSE(somebody_naps());
        close_one();
    }
}

// As any user, root too. It makes forty processes at most, wherever that is not so.
static void the_number_of_processes_has_a_bound(void) {
    static const char script[] =
        "i=0; while [ $i -lt 40 ]; do sleep 1 & i=$((i + 1)); done; echo all";
    BOTH(bare) {
        open_one(bare);
        confine.limits.processes = 20;
        shell(script, (struct how){0});
        test_note("%s: %s; %.100s; group %s", bare ? "bare" : "box", o.text, o.err,
                  confine.box.group);
        if (bare && geteuid() == 0 && !*confine.box.group) {
            CU_ASSERT_STRING_EQUAL(o.verdict ? o.verdict : "", "CRASH"); // who watches ends it
        } else {
            CU_ASSERT_EQUAL(strstr(o.out, "all"), NULL);
            CU_ASSERT_PTR_NOT_NULL(strstr(o.err, "ork"));
        }
        CU_ASSERT(!*confine.box.group || confine.box.peak_processes <= 20 + 2);
        close_one();
    }
}

static void it_runs_where_it_is_told_to(void) {
    char dir[300];
    BOTH(bare) {
        open_one(bare);
        snprintf(dir, sizeof dir, "%s/job/results", files_dir);
        shell("pwd; echo x >out", (struct how){.dir = dir});
        CU_ASSERT_PTR_NOT_NULL(strstr(o.out, "/results\n"));
        CU_ASSERT_EQUAL(access(files_path("job/results/out"), R_OK), 0);
        close_one();
    }
}

static void a_yes_is_remembered_until_the_machine_changes(void) {
    char box[PATH_MAX + 32], first[80] = "", again[80] = "";
    if (!boxes)
        return;
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT_EQUAL(mkdir(files_path("build"), 0755) | mkdir(files_path("build/bin"), 0755), 0);
    snprintf(box, sizeof box, "%s/build/bin/box", root);
    CU_ASSERT_EQUAL(symlink(box, files_path("build/bin/box")), 0);
    CU_ASSERT(confine_available(files_dir, text, sizeof text));
    FILE *file = fopen(files_path("build/check/sandbox"), "r");
    CU_ASSERT_FATAL(file && fgets(first, sizeof first, file));
    fclose(file);
    CU_ASSERT(files_write("build/check/sandbox", "something else\n")); // of another machine
    CU_ASSERT(confine_available(files_dir, text, sizeof text));
    file = fopen(files_path("build/check/sandbox"), "r");
    CU_ASSERT_FATAL(file && fgets(again, sizeof again, file));
    fclose(file);
    CU_ASSERT_STRING_EQUAL(first, again);
    files_end();
}

int main(void) {
    static const struct test tests[] = {
        {"right_cases_pass", right_cases_pass, 90},
        {"many_cases_share_a_launch", many_cases_share_a_launch, 90},
        {"too_much_memory_is_called_so_with_the_figure",
         too_much_memory_is_called_so_with_the_figure, 60},
        TEST(memory_that_grows_until_time_is_over_is_called_so),
        {"printing_without_end_is_called_output", printing_without_end_is_called_output, 60},
        TEST(a_crash_is_told_of_the_program_and_not_of_the_box),
        TEST(writing_without_end_is_called_output),
        TEST(what_it_leaves_behind_is_ended),
        {"a_fork_bomb_is_ended", a_fork_bomb_is_ended, 60},
        TEST(the_number_of_processes_has_a_bound),
        TEST(it_runs_where_it_is_told_to),
        TEST(a_yes_is_remembered_until_the_machine_changes),
        {0}};
    // Limits of processes count those of a user, not of a program: a fork bomb here would starve the
    // same tests under sanitizers beside it. So one waits for the other.
    const int turn = open("tests/kit/confine.c", O_RDONLY | O_CLOEXEC);
    if (!getcwd(root, sizeof root) || turn < 0 || flock(turn, LOCK_EX) != 0)
        return 2;
    boxes = sandbox_available(root, text, sizeof text);
    if (!boxes)
        printf("# no box can be made here: %s\n", text);
    return run_tests("confine", tests, MPI_COMM_NULL);
}
