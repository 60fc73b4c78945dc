// SPDX-License-Identifier: MIT
//
// run.c: the life of one case. What is timed is the call alone, from a barrier to the last rank's
// return.

#include "run.h"

#include "done.h"
#include "halt.h"
#include "kit.h"
#include "memory.h"
#include "place.h"
#include "say.h"
#include "world.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

static int rank_in(MPI_Comm comm) {
    int rank = 0;
    if (comm != MPI_COMM_NULL)
        MPI_Comm_rank(comm, &rank);
    return rank;
}

static double reduce(double mine, MPI_Op op, MPI_Comm comm) {
    double all = mine;
    if (comm != MPI_COMM_NULL)
        MPI_Allreduce(&mine, &all, 1, MPI_DOUBLE, op, comm);
    return all;
}

static int team(const struct run_case *c) {
    switch (c->version->run) {
    case RUN_THREADS:
        return c->workers;
    case RUN_HYBRID:
        return c->threads;
    default:
        return 1;
    }
}

// Whoever watches from outside (common/judge/watch.h) must know when the call runs: meanwhile the
// process bears another name, which /proc shows. The watcher looks every 10 ms, later on a busy
// machine: so there is a pause before the call, in which nothing runs, and one at its end.
enum { PAUSE_NS = 60000000 };

static void pause_watched(bool watched) {
    if (watched)
        nanosleep(&(struct timespec){.tv_nsec = PAUSE_NS}, NULL);
}

static void bear_name(bool watched, const char *name) {
    if (watched)
        prctl(PR_SET_NAME, name);
}

static void timed_call(const struct run_case *c, void *problem, MPI_Comm comm, double *wall,
                       double *cpu) {
    halt_for_debugger(world.rank);
    if (comm != MPI_COMM_NULL) {
        MPI_Barrier(comm);
        MPI_Pcontrol(1); // a counter beside the program counts from here ...
    }
    const bool watched = getenv("TWOFOLD_WATCHED");
    cpu_set_t before_call;
    if (c->version->run == RUN_PROCESSES)
        place_leave(&before_call);
    char name[16] = "";
    prctl(PR_GET_NAME, name);
    pause_watched(watched);
    bear_name(watched, "twofold:call");
    done_begin();
    double cpu_before = cpu_seconds(), before = now();
    c->version->call(problem, comm, c->workers);
    *wall = now() - before;
    *cpu = cpu_seconds() - cpu_before;
    if (c->version->run == RUN_PROCESSES)
        place_take(&before_call);
    pause_watched(watched);
    bear_name(watched, name);
    if (comm != MPI_COMM_NULL)
        MPI_Pcontrol(0); // ... to here
}

// Ends the case if any rank refused or met a todo().
static bool stopped(MPI_Comm comm, struct record *record) {
    if (refusal_agree(comm)) {
        record->status = REFUSED;
        snprintf(record->text, sizeof record->text, "%s", refusal());
        return true;
    }
    if (todo_agree(comm)) {
        record->status = UNWRITTEN;
        todo_sentence(record->text, sizeof record->text);
        return true;
    }
    return false;
}

static void fetch_result(const void *problem, MPI_Comm comm, struct record *record) {
    record->size = lab.result(problem, NULL, 0);
    if (rank_in(comm) == 0) {
        record->bytes = malloc(record->size + 1);
        if (!record->bytes)
            refuse("No memory for the result of %zu bytes; make the problem smaller.",
                   record->size);
    }
    if (refusal_agree(comm))
        return;
    lab.result(problem, record->bytes, record->size);
}

// How many workers did work, a tenth of what `most` says the busiest did or more.
static double count_doers(const struct run_case *c, double most, MPI_Comm comm) {
    const double least = most / 10;
    const bool ranks = c->version->run == RUN_RANKS;
    return reduce(ranks ? done_sum() > 0 && done_sum() >= least : done_by(least), MPI_SUM, comm);
}

static void run_and_look(const struct run_case *c, void *problem, MPI_Comm comm, struct run_how how,
                         struct record *record) {
    double wall, cpu;
    timed_call(c, problem, comm, &wall, &cpu);
    if (stopped(comm, record))
        return;
    record->wall = reduce(wall, MPI_MAX, comm);
    record->cpu = reduce(cpu, MPI_SUM, comm);
    record->returned =
        (uint64_t)reduce(c->version->run == RUN_THREADS ? c->workers : 1, MPI_SUM, comm);
    record->done = reduce(done_sum(), MPI_SUM, comm);
    record->done_most =
        reduce(c->version->run == RUN_RANKS ? done_sum() : done_most(), MPI_MAX, comm);
    record->done_by = count_doers(c, record->done_most, comm);
    if (!how.memory)
        record->peak_kb = reduce(memory_peak_kb(), MPI_SUM, comm);
    if (lab.notes)
        lab.notes(problem, record->notes, sizeof record->notes);
    if (how.check || how.keep)
        fetch_result(problem, comm, record);
    if (stopped(comm, record) || rank_in(comm) != 0)
        return;
    record->work = lab.work(problem);
    record->ideal = lab.ideal ? lab.ideal(problem, c->workers) : 0;
}

void run_case(const struct run_case *c, MPI_Comm comm, struct run_how how, struct record *record) {
    *record = (struct record){.of = *c};
    words_clear();
    omp_set_dynamic(0);
    omp_set_num_threads(team(c));
    bool watching = how.memory && memory_watch_start();
    record->watched = how.memory && reduce(watching, MPI_MIN, comm) > 0;
    void *problem = lab.create(c->values, c->seed, comm);
    bool stop = stopped(comm, record); // the sentence of the rank that has one ...
    if (!stop && reduce(problem != NULL, MPI_MIN, comm) < 1) {
        refuse("The problem could not be made, and the lab did not say why."); // ... if any has
        stop = stopped(comm, record);
    }
    if (!stop)
        run_and_look(c, problem, comm, how, record);
    if (how.memory)
        record->peak_kb = reduce(memory_watch_stop(), MPI_SUM, comm);
    if (problem)
        lab.destroy(problem);
    if (record->status == RAN && how.check && rank_in(comm) == 0) {
        record->checked = compare_with_serial(c, record->bytes, record->size, &record->same,
                                              record->text, sizeof record->text);
        if (!record->checked)
            record->status = REFUSED;
    }
}

// -- the serial answer ------------------------------------------------------------------------------

static struct {
    void *problem, *bytes;
    size_t size;
    uint64_t seed;
    char *values[PARAMS_MAX]; // own copies
} serial;

void serial_forget(void) {
    if (serial.problem)
        lab.destroy(serial.problem);
    free(serial.bytes);
    for (int i = 0; i < PARAMS_MAX; i++)
        free(serial.values[i]);
    memset(&serial, 0, sizeof serial);
}

static bool serial_is(const struct run_case *c) {
    if (!serial.problem || serial.seed != c->seed)
        return false;
    for (int i = 0; lab.params[i].name; i++)
        if (!serial.values[i] || strcmp(serial.values[i], c->values[i]) != 0)
            return false;
    return true;
}

static const struct version *serial_version(void) {
    const struct version *v = lab.versions;
    while (v->name && v->run != RUN_SERIAL)
        v++;
    return v->name ? v : NULL;
}

// Solves the problem of c serially and keeps the answer.
static bool serial_solve(const struct run_case *c) {
    if (serial_is(c))
        return true;
    serial_forget();
    const struct version *version = serial_version();
    if (!version)
        return refuse("This lab has no serial version to compare with.");
    omp_set_num_threads(1);
    serial.problem = lab.create(c->values, c->seed, MPI_COMM_NULL);
    if (!serial.problem)
        return false;
    version->call(serial.problem, MPI_COMM_NULL, 1);
    serial.size = lab.result(serial.problem, NULL, 0);
    serial.bytes = malloc(serial.size + 1);
    if (!serial.bytes)
        refuse("No memory for the serial result of %zu bytes; make the problem smaller.",
               serial.size);
    if (refusal()) {
        serial_forget();
        return false;
    }
    lab.result(serial.problem, serial.bytes, serial.size);
    serial.seed = c->seed;
    for (int i = 0; lab.params[i].name; i++)
        serial.values[i] = strdup(c->values[i]);
    return true;
}

// -- the answer without a run -----------------------------------------------------------------------

// What lab.expected makes of the values of c, to be freed; NULL: it cannot tell.
static void *expected_bytes(const struct run_case *c, size_t *size) {
    *size = lab.expected ? lab.expected(c->values, c->seed, NULL, 0) : NOT_EXPECTED;
    void *const bytes = *size == NOT_EXPECTED ? NULL : malloc(*size + 1);
    if (bytes && lab.expected(c->values, c->seed, bytes, *size) == *size)
        return bytes;
    free(bytes);
    words_clear(); // why not is of no interest: the serial version is asked
    return NULL;
}

static bool equal(const void *a, size_t a_size, const void *b, size_t b_size) {
    return a_size == b_size && memcmp(a, b, a_size) == 0;
}

// Compares with the serial answer itself; expected: what that must be, NULL: nobody knows.
static bool compare_with_run(const struct run_case *c, const void *bytes, size_t size,
                             const void *expected, size_t expected_size, enum same *same,
                             char *text, size_t cap) {
    if (!serial_solve(c)) {
        snprintf(text, cap, "%s", refusal() ? refusal() : "The serial version gave no answer.");
        return false;
    }
    if (expected && !equal(serial.bytes, serial.size, expected, expected_size)) {
        snprintf(text, cap,
                 "lab.expected and the serial version differ: one of the two in labs/%s is wrong.",
                 lab.name);
        return false;
    }
    if (size != serial.size) {
        *same = WRONG;
        snprintf(text, cap, "the result has %zu bytes where the serial one has %zu", size,
                 serial.size);
        return true;
    }
    *same =
        lab.explain(serial.problem, c->version, c->workers, bytes, serial.bytes, size, text, cap);
    return true;
}

bool compare_with_serial(const struct run_case *c, const void *bytes, size_t size, enum same *same,
                         char *text, size_t cap) {
    size_t expected_size;
    words_clear();
    text[0] = '\0';
    void *const expected = expected_bytes(c, &expected_size);
    *same = SAME;
    const bool known = expected && equal(bytes, size, expected, expected_size);
    const bool good =
        known || compare_with_run(c, bytes, size, expected, expected_size, same, text, cap);
    free(expected);
    return good;
}
