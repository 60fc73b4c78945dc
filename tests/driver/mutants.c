// SPDX-License-Identifier: MIT
//
// mutants: wrong answers of a lab, and whether the judge finds what is wrong in each.
//
//     mutants LAB [NAME ...]             all of tests/mutants/LAB, or some; "solutions" and
//                                        "starters" are those of the lab
//     mutants --hostile LAB [NAME ...]   all of tests/hostile/LAB, or some: attacks on the judge
//
// Theory of operation. A mutant is a file that a student might have handed in. Its first line says
// what the judge must make of it:
//
//     // EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="belongs in row"
//
// (expect.h); the lines from the second on say what the student believed. Its file stands in for
// the solution's file of that name, and its words are looked for in the evidence and the hint of
// the check's line in the journal.
//
// A mutant's directory holds the solution's files and that one; `twofold check LAB --only CHECK`
// judges it. What the check needs must have passed, or the mutant shows nothing. Beside the mutants
// there are two tests a lab: the solutions get all points, the starters none and a word why.
//
// An attack of tests/hostile is told and judged in the same way; where its answer is right the verdict
// is PASS, for a forged right answer is a right answer, and what else it tried must have failed: an
// attack that succeeds spoils its answer. None may earn a point by another verdict, touch the journal
// that lies beside its own, or leave anything. Last of all an honest
// answer is judged, which must get what it always gets (around.h).
//
// Four runs at a time, first those that take long; $TWOFOLD is another program to ask, $SEED makes an earlier run's cases again. A
// mutant that was caught beside others, but not by its verdict, or whose check measures time, is
// judged once more, alone, and that is said: what a race spoils first is chance. So is an attack, unless
// it passed, or reached or left anything: one success is one too many. Solutions have no second try.

#include "around.h"
#include "expand.h"
#include "mutant.h"
#include "process.h"
#include "sandbox.h"
#include <dirent.h>
#include <fnmatch.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS_MAX = 100, AT_ONCE = 4 };

static struct setting setting;
static struct run *runs;
static int run_count, next_run;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void report(const struct run *run) {
    static const char *const whole[] = {"the solutions get all points",
                                        "the starters get none: not written yet"};
    const struct expect *const e = &run->expect;
    printf("%sok - %s: ", run->wrong[0] ? "not " : "", setting.lab.name);
    if (run->kind == MUTANT)
        printf("%s: %s of %s, \"%s\"\n", run->name, e->verdict, e->check, e->says);
    else
        puts(whole[run->kind]);
    fputs(run->wrong, stdout);
    fflush(stdout);
}

// Does its check measure who had the CPU, and for how long, or what was done at a time?
static bool is_measured(const struct run *run) {
    const char *const ends[] = {"-parallel", "-overlap", "-wait", "-speed", "-cheap"};
    const size_t length = strlen(run->expect.check);
    for (size_t i = 0; run->kind == MUTANT && i < sizeof ends / sizeof *ends; i++) {
        const size_t end = strlen(ends[i]);
        if (length > end && strcmp(run->expect.check + length - end, ends[i]) == 0)
            return true;
    }
    return false;
}

static void *work(void *unused) {
    for (;;) {
        pthread_mutex_lock(&mutex);
        struct run *const run = next_run < run_count ? &runs[next_run++] : NULL;
        pthread_mutex_unlock(&mutex);
        if (!run || process_interrupted())
            return unused;
        mutant_judge(run, &setting);
        const bool caught = run->kind == MUTANT && run->seen && !run->passed;
        run->again = run->wrong[0] && (caught || is_measured(run)) &&
                     !(setting.hostile && (run->passed || run->harm));
        pthread_mutex_lock(&mutex);
        if (!process_interrupted() && !run->again)
            report(run);
        pthread_mutex_unlock(&mutex);
    }
}

static void judge_again(void) {
    for (int i = 0; i < run_count && !process_interrupted(); i++) {
        struct run *const run = &runs[i];
        if (!run->again)
            continue;
        printf("# %s was judged beside others and did not get its verdict; judged alone:\n%s",
               run->name, run->wrong);
        *run->wrong = '\0';
        run->points = run->max_points = 0;
        run->seen = run->passed = run->ungraded = false;
        mutant_judge(run, &setting);
        if (!process_interrupted())
            report(run);
    }
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

// Is the judge through with it as soon as it is built, or is wrong in a case? Others it watches for long.
static bool is_quick(const struct expect *expect) {
    static const char *const quick[] = {"BUILD", "FORBIDDEN", "WRONG", "RACE", "PASS"};
    for (size_t i = 0; i < sizeof quick / sizeof *quick; i++)
        if (strncmp(expect->verdict, quick[i], strlen(quick[i])) == 0)
            return true;
    return false;
}

// Those that take long come first, so that none of them is waited for alone at the end.
static void put_long_ones_first(struct run *run, int count) {
    struct run *const sorted = calloc((size_t)count, sizeof *sorted);
    int at = 0;
    for (int quick = 0; sorted && quick <= 1; quick++)
        for (int i = 0; i < count; i++)
            if (is_quick(&run[i].expect) == quick)
                sorted[at++] = run[i];
    if (sorted)
        memcpy(run, sorted, (size_t)count * sizeof *run);
    free(sorted);
}

static int is_mutant(const struct dirent *entry) {
    return fnmatch("*.c", entry->d_name, 0) == 0;
}

static void add_all(void) {
    struct dirent **list;
    const int count = scandir(setting.mutant_path, &list, is_mutant, by_name), first = run_count;
    for (int i = 0; i < count; i++) {
        list[i]->d_name[strlen(list[i]->d_name) - 2] = '\0';
        if (run_count < RUNS_MAX)
            mutant_read(&runs[run_count++], &setting, list[i]->d_name);
        free(list[i]);
    }
    if (count >= 0)
        free(list);
    put_long_ones_first(runs + first, run_count - first);
    // A lab of the kit has six (tests/run.sh asks for them), one of a lecturer's own as many as there
    // are; of attacks tests/run.sh counts those of all labs.
    const char *const asked = getenv("LEAST");
    const int least = !setting.hostile && asked ? (int)strtol(asked, NULL, 10) : 1;
    printf("%sok - %s: there are %s, at least %d\n", count < least ? "not " : "", setting.lab.name,
           setting.hostile ? "attacks" : "wrong answers", least);
    if (count < least)
        printf("# %s has %d\n", setting.mutant_path, count < 0 ? 0 : count);
}

static void add_honest(void) {
    struct run *const run = &runs[run_count++];
    run->kind = MUTANT;
    snprintf(run->name, sizeof run->name, "%s", mutant_honest);
    run->expect = (struct expect){.file = "omp.c", .check = "omp-equal", .verdict = "PASS"};
}

int main(int argc, char **argv) {
    struct labs labs;
    setting.hostile = argc > 1 && !strcmp(argv[1], "--hostile");
    argc -= setting.hostile;
    argv += setting.hostile;
    char why[512] = "usage: mutants [--hostile] LAB [NAME ...]";
    const int found = argc > 1 && labs_list(".", &labs, why, sizeof why)
                          ? labs_find(&labs, argv[1], why, sizeof why)
                          : -1;
    runs = calloc(RUNS_MAX, sizeof *runs);
    if (found < 0 || !runs) {
        fprintf(stderr, "mutants: %s\n", why);
        return 2;
    }
    setting.lab = labs.at[found];
    const struct lab_entry *const lab = &setting.lab;
    snprintf(setting.lab_path, sizeof setting.lab_path, "%s/labs/%s", lab->home, lab->dir);
    snprintf(setting.solution_path, sizeof setting.solution_path, "%s/solutions/%s", lab->home,
             lab->dir);
    snprintf(setting.mutant_path, sizeof setting.mutant_path, "%s/tests/%s/%s", lab->home,
             setting.hostile ? "hostile" : "mutants", lab->name);
    const char *const given = getenv("SEED"), *const other = getenv("TWOFOLD");
    setting.seed = given && *given ? strtoull(given, NULL, 10) : fresh_base_seed();
    setting.judge = other && *other ? other : "build/bin/twofold";
    printf("# %s: SEED=%" PRIu64 " makes the same cases again\n", setting.lab.name, setting.seed);
    if (argc == 2) {
        if (!setting.hostile) {
            runs[run_count++].kind = SOLUTIONS;
            runs[run_count++].kind = STARTERS;
        }
        add_all();
        if (setting.hostile && run_count < RUNS_MAX)
            add_honest();
    }
    for (int i = 2; i < argc && run_count < RUNS_MAX; i++)
        if (!strcmp(argv[i], "solutions") || !strcmp(argv[i], "starters"))
            runs[run_count++].kind = argv[i][1] == 'o' ? SOLUTIONS : STARTERS;
        else
            mutant_read(&runs[run_count++], &setting, argv[i]);
    fflush(stdout);

    process_catch_signals();
    if (setting.hostile &&
        !sandbox_available(".", why, sizeof why)) { // others' code runs in a box only
        printf("ok - %s: attacks # SKIP %s\n", setting.lab.name, why);
        return 0;
    }
    pthread_t thread[AT_ONCE];
    int threads = 0;
    while (threads < AT_ONCE && pthread_create(&thread[threads], NULL, work, NULL) == 0)
        threads++;
    for (int i = 0; i < threads; i++)
        pthread_join(thread[i], NULL);
    judge_again();
    process_die_if_interrupted();
    bool good = threads > 0 && next_run == run_count;
    for (int i = 0; i < run_count; i++)
        good = good && !runs[i].wrong[0];
    good = (!setting.hostile || around_is_clear(setting.lab.name)) && good;
    free(runs);
    return good ? 0 : 1;
}
