// SPDX-License-Identifier: MIT
//
// lab.c: describes the lab to the kit: parameters, tasks and answers.

#include "lab.h"

#include "explain.h"
#include "machine.h"
#include "python.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TASKS = 1000000, MOST_NUMBERS = 1000000 };

long problem_start(const struct problem *problem, int task) {
    return (long)(random_bits(problem->seed, 0, (uint64_t)task) % 1000);
}

static void destroy(void *of) {
    struct problem *const problem = of;
    outside_end(&problem->outside);
    interpreter_free(problem->g.interpreter);
    free(problem->g.answer);
    free(problem);
}

static long numbers_left(const struct problem *p, double waiting) {
    return waiting < 0 ? p->numbers : lround((double)p->numbers * (100 - waiting) / 100);
}

// A share of each task is waiting, %, and the rest computing. What there is to compute, and so the
// answers, are the same on every machine; how long that takes is measured, and the pause follows. All
// waiting: a pause as long as all the computing would take.
static void mix(struct problem *p, double waiting, MPI_Comm comm) {
    int rank = 0;
    const long left = numbers_left(p, waiting);
    if (comm != MPI_COMM_NULL)
        MPI_Comm_rank(comm, &rank);
    p->numbers = waiting < 100 ? left : p->numbers;
    if (rank == 0)
        p->outside.pause = problem_cost(p) * (waiting < 100 ? waiting / (100 - waiting) : 1);
    if (comm != MPI_COMM_NULL)
        MPI_Bcast(&p->outside.pause, 1, MPI_DOUBLE, 0, comm);
    p->numbers = left;
    p->outside.kind = OUTSIDE_TIMER; // a question to the origin would add to the computing
}

struct wishes {
    long tasks;
    double waiting; // %; -1: none was said
};

static bool read_values(const char *const *values, uint64_t seed, struct problem *p,
                        struct wishes *wishes) {
    double pause, interval;
    int program;
    *p = (struct problem){.seed = seed, .ranks = 1};
    *wishes = (struct wishes){.waiting = -1};
    if (!value_long("tasks", values[0], 0, MOST_TASKS, &wishes->tasks) ||
        !value_choice("program", values[1], program_names, &program) ||
        !value_long("numbers", values[2], 0, MOST_NUMBERS, &p->numbers) ||
        !value_double("pause", values[3], 0, 60000, &pause) ||
        !value_double("interval", values[4], 0.001, 60000, &interval) ||
        (*values[5] && !value_double("waiting", values[5], 0, 100, &wishes->waiting)))
        return false;
    if (wishes->waiting >= 0 && program != PROGRAM_MIXED)
        return refuse("waiting=%s says how program=mixed is mixed; leave it out with program=%s.",
                      values[5], values[1]);
    p->program = (enum program)program;
    p->mixed = wishes->waiting >= 0;
    p->g.tasks = (int)wishes->tasks;
    p->g.interval = interval / 1e3;
    p->outside = (struct outside){.kind = OUTSIDE_KNOWN, .seed = seed, .pause = pause / 1e3};
    return true;
}

// Is the origin to be asked?
static bool asks(const struct problem *p) {
    return p->program != PROGRAM_PRIMES && p->g.tasks > 0 && !p->mixed;
}

// A problem of these settings; to be destroyed. No memory: refuse()s, NULL.
static struct problem *make(const struct problem *settings) {
    struct problem *const problem = malloc(sizeof *problem);
    long *const answer = calloc((size_t)settings->g.tasks + 1, sizeof *answer);
    struct interpreter *const interpreter = interpreter_new();
    if (!problem || !answer || !interpreter) {
        refuse("No memory for tasks=%d tasks; take fewer.", settings->g.tasks);
        interpreter_free(interpreter);
        free(answer);
        free(problem);
        return NULL;
    }
    *problem = *settings;
    problem->g.answer = answer;
    problem->g.interpreter = interpreter;
    problem->g.of = problem;
    return problem;
}

static void *create(const char *const *values, uint64_t seed, MPI_Comm comm) {
    struct problem p;
    struct wishes wishes;
    if (!read_values(values, seed, &p, &wishes))
        return NULL;
    if (comm != MPI_COMM_NULL)
        MPI_Comm_size(comm, &p.ranks);
    if (p.ranks > 1 && p.program == PROGRAM_CHAIN) {
        refuse("program=chain waits for what another task stores, and other ranks never see that; "
               "take another program, or the version omp.");
        return NULL;
    }
    if (p.mixed)
        mix(&p, wishes.waiting, comm);
    // A rank without memory still takes part in what all do.
    struct problem *const problem = make(&p);
    struct outside *const outside = problem ? &problem->outside : &p.outside;
    bool there = false;
    if (!asks(&p) || outside_begin(outside, comm))
        there = problem != NULL;
    if (problem && !there)
        destroy(problem);
    else if (!problem)
        outside_end(outside);
    return there ? problem : NULL;
}

// What is answered is known, too: nobody has to be asked, and nothing waited for.
static size_t expected(const char *const *values, uint64_t seed, void *buf, size_t cap) {
    struct problem p;
    struct wishes wishes;
    if (!read_values(values, seed, &p, &wishes))
        return NOT_EXPECTED;
    const size_t bytes = ((size_t)p.g.tasks + 1) * sizeof *p.g.answer;
    if (!buf || bytes > cap)
        return bytes;
    p.numbers = numbers_left(&p, wishes.waiting);
    struct problem *const problem = make(&p);
    if (!problem)
        return NOT_EXPECTED;
    gil_serial(&problem->g);
    memcpy(buf, problem->g.answer, bytes);
    destroy(problem);
    return bytes;
}

static bool service(const char *const *values, uint64_t seed, struct service_words *words) {
    struct problem p;
    struct wishes wishes;
    if (!read_values(values, seed, &p, &wishes) || !asks(&p))
        return false;
    outside_words(&p.outside, words);
    return true;
}

// The answers as they stand: every machine the kit runs on is little-endian, with 64-bit longs.
static size_t result(const void *of, void *buf, size_t cap) {
    const struct gil *const g = of;
    const size_t bytes = ((size_t)g->tasks + 1) * sizeof *g->answer;
    if (buf && bytes <= cap)
        memcpy(buf, g->answer, bytes);
    return bytes;
}

static enum same explain(const void *of, const struct version *version, int workers,
                         const void *got, const void *want, size_t size, char *text, size_t cap) {
    return gil_explain(of, version->run == RUN_RANKS, workers, got, want, size, text, cap);
}

static double work(const void *of) {
    return ((const struct gil *)of)->tasks;
}

// A task waits once, or not at all; where one waits for the other all pauses add up. Computing is
// not counted.
static double ideal(const void *of, int workers) {
    const struct problem *const p = of;
    if (p->program == PROGRAM_PRIMES)
        return 0;
    const int at_once = p->program == PROGRAM_CHAIN ? 1 : workers;
    return (double)((p->g.tasks + at_once - 1) / at_once) * p->outside.pause;
}

// -- versions ----------------------------------------------------------------------------------------

static void serial(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    gil_serial(p);
}

static void omp(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    gil_omp(p);
}

static void mpi(void *p, MPI_Comm comm, int workers) {
    (void)workers;
    gil_mpi(p, comm);
}

static void free_(void *p, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    gil_free(p);
}

static void loop(void *p, MPI_Comm comm, int workers) {
    (void)comm;
    gil_loop(p, workers);
}

static void pythread(void *p, MPI_Comm comm, int workers) {
    (void)comm;
    gil_pythread(p, workers);
}

static void pyproc(void *p, MPI_Comm comm, int workers) {
    (void)comm;
    gil_pyproc(p, workers);
}

static void pyfree(void *p, MPI_Comm comm, int workers) {
    (void)comm;
    gil_pyfree(p, workers);
}

static const struct param params[] = {
    {"tasks", "32", "how many there are"},
    {"program", "mixed",
     "of each: primes (computes), wait, mixed (both), chain (waits for another)"},
    {"numbers", "2000", "that a task looks for primes in"},
    {"pause", "20", "ms until the answer comes that a task waits for"},
    {"interval", "5", "ms that a thread may stay in the interpreter while others want to get in"},
    {"waiting", "",
     "% of a mixed task that is waiting instead of computing; empty: it has both, as above"},
    {0}};

static void notes(const void *of, char *text, size_t cap) {
    const struct problem *const p = of;
    if (p->mixed)
        snprintf(text, cap, "each task waits %.3g ms and looks at %ld numbers",
                 1e3 * p->outside.pause, p->numbers);
    else if (p->outside.kind == OUTSIDE_ORIGIN)
        snprintf(text, cap, "the origin at %s answered", p->outside.where);
    else if (p->outside.kind == OUTSIDE_TIMER)
        snprintf(text, cap,
                 "a timer stood in for the origin, which is not built; \"make setup\" installs "
                 "what it needs");
}

static const struct version all[] = {{"serial", RUN_SERIAL, serial, true},
                                     {"omp", RUN_THREADS, omp, false},
                                     {"mpi", RUN_RANKS, mpi, false},
                                     {"free", RUN_THREADS, free_, true},
                                     {"loop", RUN_THREADS, loop, true},
                                     {"pythread", RUN_PROCESSES, pythread, true},
                                     {"pyproc", RUN_PROCESSES, pyproc, true},
                                     {"pyfree", RUN_PROCESSES, pyfree, true},
                                     {0}};

// Pythons that are not there are not offered.
static struct version versions[sizeof all / sizeof *all];

__attribute__((constructor)) static void offer(void) {
    size_t count = 0;
    for (size_t i = 0; all[i].name; i++)
        if (python_offers(all[i].name))
            versions[count++] = all[i];
}

const struct lab lab = {.name = "gil",
                        .title = "Tasks in an interpreter that one thread may be in",
                        .bound = BOUND_MIXED,
                        .params = params,
                        .create = create,
                        .result = result,
                        .explain = explain,
                        .work = work,
                        .unit = "tasks",
                        .destroy = destroy,
                        .versions = versions,
                        .ideal = ideal,
                        .notes = notes,
                        .expected = expected,
                        .service = service};
