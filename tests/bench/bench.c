// SPDX-License-Identifier: MIT
//
// bench.c: what the kit must reach, as ratios. Each row names two commands that run in turn,
// A B A B ..., after one warm-up each; the figure is the median of the paired ratios of their
// rates, with the quartiles. A row whose yardstick, run against itself, spreads over 5 % says that
// the machine is busy: repeat it later. Nothing here decides a test.
//
// What two cores can give together is a figure of the machine, too: they may share a cache, a
// memory, even the units that compute. So a speed-up stands beside that of separate serial runs,
// one a core, which share no work and wait for nothing.
//
//     bench [PATTERN]      only the rows whose title contains PATTERN

#include "../../common/observe/read/timeline.h"
#include "command.h"
#include "flat.h"
#include "launch.h"
#include "machine.h"
#include "process.h"
#include "stats.h"

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAIRS = 7, WORDS_MAX = 24 };

enum reading {
    KERNEL,    // 1 / wall_ms of the JSON line that it prints
    WITH_WORK, // work / wall_ms
    IDEAL,     // 1 / ideal_ms: what the problem itself says cannot be beaten
    TWICE,     // KERNEL of two copies at the same time, their rates added
    SHELL,     // 1 / time of the whole process, for sh -c
    READINGS = 7,
    COUNTED = 8,  // the counters are loaded into every rank
    CHECKED = 16, // the checker is
    TRACED = 32   // it is, or what watches threads, and what they do is recorded
};

// One side of a row: a command, and how its rate is read. The rate is scale * work / time.
struct side {
    const char *command;
    int ranks, threads; // of the run, for the launch; ranks 0: without mpirun
    double scale;
    int read; // enum reading, with COUNTED, CHECKED or TRACED
};

struct row {
    const char *title;
    struct side yardstick, ours;
    double bar; // the ratio to reach; 0: shown only
};

#define MANDEL "build/solutions/mandelbrot --json --version "
#define HEAT "build/solutions/heat --json n=4096 steps=20 --version "
#define FETCH "build/solutions/fetch --json latency=20 objects="
#define HEAT_BYTES "268435456" /* of the plate of HEAT: two grids of 4096 * 4096 doubles */
#define WORDS "build/solutions/words --json kb=65536 files=64 cache=warm --version "
/* Four times as much for two workers, whose tables are merged: a part that does not grow with it. */
#define MORE_WORDS "build/solutions/words --json kb=262144 files=64 cache=warm --version "
#define TEXT "cat $(find build/corpus/text1-seed1-65536KiB-64files -type f) | LC_ALL=C "

#define HEAT_RANKS "build/solutions/heat --json n=2048 steps=40 --version mpi"
#define HEAT_THREADS "build/solutions/heat --json n=2048 steps=40 --version omp --workers 2"
#define PINGPONG "build/tests/pingpong 200000"

#define GIL "build/solutions/gil --json tasks=32 numbers=20000 program=primes --version "
#define GIL_WAITS "build/solutions/gil --json tasks=320 pause=10 program=wait --version "
#define BALLS "build/solutions/race --json balls=300000000 --version "
#define SHORT "build/solutions/ipc --json count=100000 size=8 mixed=0 echo=1 --version "
#define LONG "build/solutions/ipc --json count=2000 size=1048576 mixed=0 look=ends --version "

static const struct row rows[] = {
    {"observe: heat on 2 ranks, counted, against bare",
     {HEAT_RANKS, 2, 1, 1, KERNEL},
     {HEAT_RANKS, 2, 1, 1, KERNEL | COUNTED},
     0.98},
    {"observe: heat on 2 ranks, checked, against bare",
     {HEAT_RANKS, 2, 1, 1, KERNEL},
     {HEAT_RANKS, 2, 1, 1, KERNEL | CHECKED},
     0.97},
    {"observe: 8-byte ping-pong, counted, against bare",
     {PINGPONG, 2, 1, 1, WITH_WORK},
     {PINGPONG, 2, 1, 1, WITH_WORK | COUNTED},
     0},
    {"observe: 8-byte ping-pong, checked, against bare",
     {PINGPONG, 2, 1, 1, WITH_WORK},
     {PINGPONG, 2, 1, 1, WITH_WORK | CHECKED},
     0.77},
    {"trace: heat on 2 ranks, recorded, against bare",
     {HEAT_RANKS, 2, 1, 1, KERNEL},
     {HEAT_RANKS, 2, 1, 1, KERNEL | TRACED},
     0.97},
    {"trace: heat with 2 threads, recorded, against bare",
     {HEAT_THREADS, 0, 2, 1, KERNEL},
     {HEAT_THREADS, 0, 2, 1, KERNEL | TRACED},
     0.97},
    {"trace: 8-byte ping-pong, recorded, against bare",
     {PINGPONG, 2, 1, 1, WITH_WORK},
     {PINGPONG, 2, 1, 1, WITH_WORK | TRACED},
     0},
    {"race: 2 threads, private bins, efficiency",
     {BALLS "serial", 0, 1, 1, KERNEL},
     {BALLS "omp --workers 2", 0, 2, 0.5, KERNEL},
     0.95},
    {"gil: 2 threads that compute, against 1",
     {GIL "omp --workers 1", 0, 1, 1, KERNEL},
     {GIL "omp --workers 2", 0, 2, 1, KERNEL},
     0.9},
    {"gil: 1 thread that computes, against 2: no more than 1.1 times", // the bar from above
     {GIL "omp --workers 2", 0, 2, 1, KERNEL},
     {GIL "omp --workers 1", 0, 1, 1, KERNEL},
     0.91},
    {"gil: 32 threads that wait, against 1",
     {GIL_WAITS "serial", 0, 1, 1, KERNEL},
     {GIL_WAITS "omp --workers 32", 0, 32, 1, KERNEL},
     25},
    {"gil: 2 ranks that compute, against 1",
     {GIL "serial", 0, 1, 1, KERNEL},
     {GIL "mpi", 2, 1, 1, KERNEL},
     1.9},
    {"ipc: 8 bytes, a ring in shared memory, against a store and a flag",
     {SHORT "omp --workers 2", 0, 2, 1, KERNEL},
     {SHORT "shm --workers 2", 0, 2, 1, KERNEL},
     0.5},
    {"ipc: 8 bytes, a pipe, against a few plain lines",
     {"build/tests/plain pipe 100000 8 echo", 0, 2, 1, KERNEL},
     {SHORT "pipe --workers 2", 0, 2, 1, KERNEL},
     0.9},
    {"ipc: 8 bytes, a socket, against a few plain lines",
     {"build/tests/plain sock 100000 8 echo", 0, 2, 1, KERNEL},
     {SHORT "sock --workers 2", 0, 2, 1, KERNEL},
     0.9},
    {"ipc: 8 bytes, a queue, against a few plain lines",
     {"build/tests/plain queue 100000 8 echo", 0, 2, 1, KERNEL},
     {SHORT "queue --workers 2", 0, 2, 1, KERNEL},
     0.9},
    {"ipc: 8 bytes, a ring in shared memory, against one place and a flag",
     {"build/tests/plain shm 100000 8 echo", 0, 2, 1, KERNEL},
     {SHORT "shm --workers 2", 0, 2, 1, KERNEL},
     0.9},
    {"ipc: 1 MiB, a pipe, against a few plain lines",
     {"build/tests/plain pipe 2000 1048576", 0, 2, 1, KERNEL},
     {LONG "pipe --workers 2", 0, 2, 1, KERNEL},
     0.9},
    {"ipc: 1 MiB, a socket, against a few plain lines",
     {"build/tests/plain sock 2000 1048576", 0, 2, 1, KERNEL},
     {LONG "sock --workers 2", 0, 2, 1, KERNEL},
     0.9},
    {"ipc: 1 MiB, a queue, against a few plain lines",
     {"build/tests/plain queue 2000 1048576", 0, 2, 1, KERNEL},
     {LONG "queue --workers 2", 0, 2, 1, KERNEL},
     0.9},
    {"ipc: 1 MiB, a ring in shared memory, against one place and a flag",
     {"build/tests/plain shm 2000 1048576", 0, 2, 1, KERNEL},
     {LONG "shm --workers 2", 0, 2, 1, KERNEL},
     0.9},
    {"mandelbrot: 2 threads, efficiency",
     {MANDEL "serial", 0, 1, 1, KERNEL},
     {MANDEL "omp --workers 2", 0, 2, 0.5, KERNEL},
     0.95},
    {"mandelbrot: 2 ranks, efficiency",
     {MANDEL "serial", 0, 1, 1, KERNEL},
     {MANDEL "mpi", 2, 1, 0.5, KERNEL},
     0.95},
    {"mandelbrot: 2 serial runs side by side, efficiency",
     {MANDEL "serial", 0, 1, 1, KERNEL},
     {MANDEL "serial", 0, 1, 0.5, TWICE},
     0},
    {"mandelbrot: 2 threads, share of 2 serial runs",
     {MANDEL "serial", 0, 1, 1, TWICE},
     {MANDEL "omp --workers 2", 0, 2, 1, KERNEL},
     0.95},
    {"mandelbrot: 2 ranks, share of 2 serial runs",
     {MANDEL "serial", 0, 1, 1, TWICE},
     {MANDEL "mpi", 2, 1, 1, KERNEL},
     0.95},
    {"mandelbrot: 2 threads with static blocks, efficiency",
     {MANDEL "serial", 0, 1, 1, KERNEL},
     {MANDEL "blocks --workers 2", 0, 2, 0.5, KERNEL},
     0},
    {"heat: serial, share of a 1-core triad",
     {"build/tests/triad 1 " HEAT_BYTES, 0, 1, 1, WITH_WORK},
     {HEAT "serial", 0, 1, 24, WITH_WORK},
     0.7},
    {"heat: 2 threads, share of a 2-core triad",
     {"build/tests/triad 2 " HEAT_BYTES, 0, 2, 1, WITH_WORK},
     {HEAT "omp --workers 2", 0, 2, 24, WITH_WORK},
     0.9},
    {"heat: 2 ranks, share of a 2-core triad",
     {"build/tests/triad 2 " HEAT_BYTES, 0, 2, 1, WITH_WORK},
     {HEAT "mpi", 2, 1, 24, WITH_WORK},
     0.9},
    {"fetch: 64 threads, 512 objects, share of the ideal",
     {FETCH "512 --version omp --workers 64", 0, 64, 1, IDEAL},
     {FETCH "512 --version omp --workers 64", 0, 64, 1, KERNEL},
     0.9},
    {"fetch: 64 threads, 2048 objects, share of the ideal",
     {FETCH "2048 --version omp --workers 64", 0, 64, 1, IDEAL},
     {FETCH "2048 --version omp --workers 64", 0, 64, 1, KERNEL},
     0.9},
    {"fetch: 64 ranks, 2048 objects, share of the ideal",
     {FETCH "2048 --version omp --workers 64", 0, 64, 1, IDEAL},
     {FETCH "2048 --version mpi", 64, 1, 1, KERNEL},
     0},
    {"fetch: one event loop, 64 in flight, against 64 threads",
     {FETCH "2048 --version omp --workers 64", 0, 64, 1, KERNEL},
     {FETCH "2048 --version async --workers 64", 0, 64, 1, KERNEL},
     0.95},
    {"words: one thread, against tr | sort | uniq -c",
     {TEXT "tr -cs 'A-Za-z0-9\\200-\\377' '\\n' | LC_ALL=C tr A-Z a-z | LC_ALL=C sort | "
           "LC_ALL=C uniq -c >/dev/null",
      0, 1, 1, SHELL},
     {WORDS "serial", 0, 1, 1, KERNEL},
     10},
    {"words: one thread, against wc -w",
     {TEXT "wc -w >/dev/null", 0, 1, 1, SHELL},
     {WORDS "serial", 0, 1, 1, KERNEL},
     0.5},
    {"words: 2 threads, speed-up",
     {MORE_WORDS "serial", 0, 1, 1, KERNEL},
     {MORE_WORDS "omp --workers 2", 0, 2, 1, KERNEL},
     1.8},
    {"words: 2 ranks, speed-up",
     {MORE_WORDS "serial", 0, 1, 1, KERNEL},
     {MORE_WORDS "mpi", 2, 1, 1, KERNEL},
     1.8},
    {"words: 2 serial runs side by side, speed-up",
     {MORE_WORDS "serial", 0, 1, 1, KERNEL},
     {MORE_WORDS "serial", 0, 1, 1, TWICE},
     0},
    {"words: 2 threads, share of 2 serial runs",
     {MORE_WORDS "serial", 0, 1, 1, TWICE},
     {MORE_WORDS "omp --workers 2", 0, 2, 1, KERNEL},
     0.9},
    {"words: 2 ranks, share of 2 serial runs",
     {MORE_WORDS "serial", 0, 1, 1, TWICE},
     {MORE_WORDS "mpi", 2, 1, 1, KERNEL},
     0.9},
};

static struct machine machine;

static void stop(const char *what, const struct outcome *o) {
    fprintf(stderr, "bench: %s\n%s\n%s", what, o->text, o->err ? o->err : "");
    process_die_if_interrupted();
    exit(2);
}

// A new directory to record in; the last one goes. Sends are left as they are, as in a trace.
static const char *const *traced_env(int ranks, const struct watch *watch, const char *board) {
    static char path[PATH_MAX], dir[PATH_MAX + 16], room[48], why[1024];
    static const char *env[] = {NULL, dir, room, NULL, NULL};
    if (*path)
        trace_dir_remove(path);
    *path = '\0';
    if (ranks < 0)
        return NULL;
    if (!trace_dir_make("build/tests", path, sizeof path, why, sizeof why)) {
        fprintf(stderr, "bench: %s\n", why);
        exit(2);
    }
    snprintf(dir, sizeof dir, "TWOFOLD_TRACE=%s", path);
    snprintf(room, sizeof room, "TWOFOLD_TRACE_EVENTS=%d", trace_room(ranks ? ranks : 1));
    env[0] = ranks ? "LD_PRELOAD=build/lib/check.so" : "LD_PRELOAD=build/lib/team.so";
    env[3] = ranks ? board : NULL;
    if (ranks)
        atomic_store(&watch->board->relaxed, 1);
    return env;
}

// What is set for the ranks: the observer, and for the checker a board (one that nobody looks at).
static const char *const *observer_env(const struct side *side) {
    static struct watch watch;
    static char board[PATH_MAX], why[1024];
    static const char *counted[] = {"LD_PRELOAD=build/lib/count.so",
                                    "TWOFOLD_EVIDENCE=build/tests/bench-evidence.%r", NULL};
    static const char *checked[] = {"LD_PRELOAD=build/lib/check.so", board, NULL};
    watch_close(&watch);
    if ((side->read & TRACED) && !side->ranks)
        return traced_env(0, NULL, NULL);
    if (!(side->read & (CHECKED | TRACED)))
        return side->read & COUNTED ? counted : NULL;
    if (!watch_open(&watch, side->ranks, NULL, why, sizeof why)) {
        fprintf(stderr, "bench: %s\n", why);
        exit(2);
    }
    snprintf(board, sizeof board, "TWOFOLD_BOARD=%s", watch.path);
    return side->read & TRACED ? traced_env(side->ranks, &watch, board) : checked;
}

static void make_command(const struct side *side, struct command *command) {
    if ((side->read & READINGS) == SHELL) {
        command_add(command, "sh");
        command_add(command, "-c");
        command_add(command, "%s", side->command);
        return;
    }
    char words[512], *argv[WORDS_MAX], *rest;
    int n = 0;
    snprintf(words, sizeof words, "%s", side->command);
    for (char *word = strtok_r(words, " ", &rest); word && n + 1 < WORDS_MAX;
         word = strtok_r(NULL, " ", &rest))
        argv[n++] = word;
    argv[n] = NULL;
    struct launch launch = {.ranks = side->ranks,
                            .threads = side->threads,
                            .alone = true,
                            .program_env = observer_env(side)};
    char text[512];
    if (!launch_command(&launch, &machine, argv, command, text, sizeof text)) {
        fprintf(stderr, "bench: %s\n", text);
        exit(2);
    }
}

static double number(const struct side *side, const struct outcome *o, const char *name) {
    double value = 0;
    if (!flat_number(o->out, name, &value) || value <= 0)
        stop(side->command, o);
    return value;
}

// Runs one copy of a side once; its rate.
static double rate_of_one(const struct side *side) {
    struct command command = {0};
    struct outcome o;
    make_command(side, &command);
    struct how how = {.seconds = 300, .capture_out = true, .capture_err = true};
    if (!process_run(&command, &how, &o) || o.status != 0)
        stop(side->command, &o);
    command_free(&command);
    double rate = side->scale / ((side->read & READINGS) == SHELL   ? o.wall * 1e3
                                 : (side->read & READINGS) == IDEAL ? number(side, &o, "ideal_ms")
                                                                    : number(side, &o, "wall_ms"));
    if ((side->read & READINGS) == WITH_WORK)
        rate *= number(side, &o, "work");
    outcome_free(&o);
    return rate;
}

struct copy {
    const struct side *side;
    double rate;
};

static void *run_copy(void *of) {
    struct copy *copy = of;
    copy->rate = rate_of_one(copy->side);
    return NULL;
}

// Runs a side once; its rate.
static double rate(const struct side *side) {
    if ((side->read & READINGS) != TWICE)
        return rate_of_one(side);
    struct copy other = {.side = side};
    pthread_t thread;
    if (pthread_create(&thread, NULL, run_copy, &other) != 0) {
        fprintf(stderr, "bench: no thread could be started to watch a run.\n");
        exit(2);
    }
    const double mine = rate_of_one(side);
    pthread_join(thread, NULL);
    return mine + other.rate;
}

static void measure(const struct row *row) {
    double ours[PAIRS], yardstick[PAIRS];
    rate(&row->yardstick); // the warm-up; a corpus is made here
    rate(&row->ours);
    for (int i = 0; i < PAIRS; i++) {
        yardstick[i] = rate(&row->yardstick);
        ours[i] = rate(&row->ours);
    }
    // The yardstick against itself: neighbouring runs of it.
    double noise = noise_of(yardstick, yardstick + 1, PAIRS - 1);
    struct spread ratio = spread_of_ratios(ours, yardstick, PAIRS);
    printf("%-58s %6.2f  (%.2f to %.2f)", row->title, ratio.median, ratio.low, ratio.high);
    if (row->bar > 0)
        printf("  bar %.2f: %s", row->bar, ratio.median >= row->bar ? "reached" : "not reached");
    if (noise > 0.05)
        printf("; busy machine: the yardstick varies by %.0f %%", 100 * noise);
    putchar('\n');
    fflush(stdout);
}

// 200 MPI cases in one launch, from outside: s.
static void measure_cases(void) {
    const char *path = "build/tests/bench-cases.txt";
    FILE *file = fopen(path, "w");
    if (!file) {
        perror(path);
        exit(2);
    }
    for (int i = 1; i <= 200; i++)
        fprintf(file, "%d mpi %d %d n=%d steps=3\n", i, 1 + i % 8, i, i % 50);
    fclose(file);
    const struct side side = {
        "build/solutions/heat --check --json --cases build/tests/bench-cases.txt", 8, 1, 1, KERNEL};
    struct command command = {0};
    make_command(&side, &command);
    double seconds[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
        struct outcome o;
        struct how how = {.seconds = 120, .capture_out = true, .capture_err = true};
        if (!process_run(&command, &how, &o) || o.status != 0)
            stop(side.command, &o);
        seconds[i] = o.wall;
        outcome_free(&o);
    }
    command_free(&command);
    struct spread s = spread_of(seconds, PAIRS);
    printf("%-58s %6.2f  (%.2f to %.2f)  bar under 3 s: %s\n",
           "heat: 200 MPI cases, 1 to 8 ranks, in one launch, s", s.median, s.low, s.high,
           s.median < 3 ? "reached" : "not reached");
}

// An answer whose fault only a clock can see, judged as a student's would be. It says UNGRADED on a
// busy machine, which is no fault of the judge's: close other programs and repeat.
static void measure_judge(const char *title) {
    struct command command = {0};
    struct outcome o;
    const char *const words[] = {"build/tests/bin/mutants", "heat", "timed/every_row_twice", NULL};
    command_add_all(&command, (char *const *)words);
    struct how how = {.seconds = 600, .capture_out = true, .capture_err = true};
    if (!process_run(&command, &how, &o))
        stop(words[0], &o);
    printf("%-58s %s\n", title,
           o.status == 0                ? "reached: SLOW"
           : strstr(o.out, "not ok - ") ? "not reached; what the judge said instead:"
                                        : "not run");
    if (o.status != 0)
        fputs(o.out, stdout);
    outcome_free(&o);
    command_free(&command);
}

int main(int argc, char **argv) {
    const char *only = argc > 1 ? argv[1] : "";
    process_catch_signals();
    machine_read(&machine);
    printf("Ratios of rates, ours against the yardstick: median of %d pairs (quartiles).\n", PAIRS);
    if (machine.whole_cores < 2)
        printf("This machine has one core: rows with two workers say nothing.\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strstr(rows[i].title, only))
            measure(&rows[i]);
    if (strstr("heat: 200 MPI cases", only))
        measure_cases();
    static const char judged[] = "judge: an answer that computes everything twice";
    if (strstr(judged, only))
        measure_judge(judged);
    observer_env(&(struct side){.read = KERNEL}); // the last board goes
    traced_env(-1, NULL, NULL);                   // and so does the last trace
    return 0;
}
