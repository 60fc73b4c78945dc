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
//
// The rows stand in rows.c.

#include "bench.h"

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

static struct machine machine;
static struct watch watch; // over the ranks that are checked or recorded

static void stop(const char *what, const struct outcome *o) {
    fprintf(stderr, "bench: %s\n%s\n%s", what, o->text, o->err ? o->err : "");
    process_die_if_interrupted();
    exit(2);
}

// A new directory to record in; the last one goes. Sends are left as they are, as in a trace.
static const char *const *traced_env(int ranks, const char *board) {
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
        atomic_store(&watch.board->relaxed, 1);
    return env;
}

// What is set for the ranks: the observer, and for the checker a board (one that nobody looks at).
static const char *const *observer_env(const struct side *side) {
    static char board[PATH_MAX], why[1024];
    static const char *counted[] = {"LD_PRELOAD=build/lib/count.so",
                                    "TWOFOLD_EVIDENCE=build/tests/bench-evidence.%r", NULL};
    static const char *checked[] = {"LD_PRELOAD=build/lib/check.so", board, NULL};
    watch_close(&watch);
    if ((side->read & TRACED) && !side->ranks)
        return traced_env(0, NULL);
    if (!(side->read & (CHECKED | TRACED)))
        return side->read & COUNTED ? counted : NULL;
    if (!watch_open(&watch, side->ranks, NULL, why, sizeof why)) {
        fprintf(stderr, "bench: %s\n", why);
        exit(2);
    }
    snprintf(board, sizeof board, "TWOFOLD_BOARD=%s", watch.path);
    return side->read & TRACED ? traced_env(side->ranks, board) : checked;
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
    if ((side->read & CHECKED) && !watch.board->slots[0].pid)
        stop("the checker was not in this run, for it knows another kind of board: make build", &o);
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
    // A rank that is told to yield hands its core on at each wait, which is not what is measured here.
    unsetenv("OMPI_MCA_mpi_yield_when_idle");
    machine_read(&machine);
    printf("Ratios of rates, ours against the yardstick: median of %d pairs (quartiles).\n", PAIRS);
    if (machine.whole_cores < 2)
        printf("This machine has one core: rows with two workers say nothing.\n");
    for (const struct row *row = rows; row->title; row++)
        if (strstr(row->title, only))
            measure(row);
    if (strstr("heat: 200 MPI cases", only))
        measure_cases();
    static const char judged[] = "judge: an answer that computes everything twice";
    if (strstr(judged, only))
        measure_judge(judged);
    observer_env(&(struct side){.read = KERNEL}); // the last board goes
    traced_env(-1, NULL);                         // and so does the last trace
    return 0;
}
