// SPDX-License-Identifier: MIT
//
// mpi.c: the lane of MPI and of waiting threads: runs the program with the checker and the tap of
// OpenMP loaded into every process and watches the board and what the threads hold.

#include "../../observe/read/hang.h"
#include "../../observe/read/holds.h"
#include "lane.h"
#include "launch.h"
#include "process.h"
#include "workers.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct run {
    const struct request *request;
    struct findings *findings;
    struct machine machine;
    struct watch watch;
    struct launch_filter filter;
    struct hang *hang;
    struct holds_watch holds;
    char trace[PATH_MAX]; // the directory of the raw trace; "": none was asked for
    bool enough;          // a deadlock was found: the run is over
};

static void blind(struct findings *findings, const char *why) {
    struct evidence *const e = findings_add(findings, "infra");
    if (e)
        add(e->text, sizeof e->text, "%s", why);
}

// With --json stdout is for the findings.
static void out_line(const char *line, void *user) {
    (void)user;
    fprintf(stderr, "%s\n", line);
}

static void err_line(const char *line, void *user) {
    struct run *const run = user;
    if (!run->enough) // what mpirun says when it is ended is not the program's
        launch_filter_line(&run->filter, line, stderr);
}

static void tick(double seconds, void *user) {
    struct run *const run = user;
    (void)seconds;
    watch_look(&run->watch, false);
    if (!run->enough)
        run->enough = hang_look(run->hang) || holds_look(&run->holds);
}

// Makes the command that runs the program observed. The caller frees it.
static bool make_command(const struct run *run, struct command *command, char *why, size_t cap) {
    const struct request *const request = run->request;
    const char *const before = getenv("LD_PRELOAD");
    char preload[3 * PATH_MAX], board[WATCH_ENV][sizeof run->watch.path + 32], threads[32];
    char holds[sizeof run->holds.dir + 32], trace[PATH_MAX + 32], room[48];
    snprintf(preload, sizeof preload, "LD_PRELOAD=%s/build/lib/team.so:%s/build/lib/check.so%s%s",
             request->root, request->root, before && *before ? ":" : "", before ? before : "");
    watch_env(&run->watch, board);
    snprintf(holds, sizeof holds, "TWOFOLD_HOLDS=%s", run->holds.dir);
    snprintf(threads, sizeof threads, "OMP_NUM_THREADS=%d", request->threads);
    snprintf(trace, sizeof trace, "TWOFOLD_TRACE=%s", run->trace);
    snprintf(room, sizeof room, "TWOFOLD_TRACE_EVENTS=%d",
             trace_room(request->ranks ? request->ranks : 1));
    const char *env[9] = {preload, board[0], board[1], holds, "OMP_WAIT_POLICY=passive"};
    int count = 5;
    if (request->threads)
        env[count++] = threads;
    if (*run->trace) {
        env[count++] = trace;
        env[count++] = room;
    }
    const struct launch launch = {
        .ranks = request->ranks, .threads = request->threads, .program_env = env};
    return launch_command(&launch, &run->machine, request->argv, command, why, cap);
}

// Was the checker there at all? Not where the program is no MPI program, or does not get that far.
static bool was_seen(const struct board *board) {
    for (uint32_t rank = 0; rank < board->ranks; rank++)
        if (atomic_load(&board->slots[rank].state) != STATE_NONE)
            return true;
    return false;
}

// Of a program of OpenMP without MPI.
static enum seen settle_alone(struct run *run, const struct outcome *outcome) {
    char why[256];
    if (findings_accuse(run->findings))
        return LANE_FOUND;
    if (outcome->over_time) {
        snprintf(why, sizeof why,
                 "the run was ended after %g s. Some thread was still working, so it works, or "
                 "loops: perhaps it asks again and again for a variable that no thread sets.",
                 run->request->seconds);
        blind(run->findings, why);
        return LANE_BLIND;
    }
    if (outcome->status != 0)
        fprintf(stderr, "twofold diagnose: %s.\n", outcome->text);
    return LANE_CLEAN;
}

static enum seen settle(struct run *run, const struct outcome *outcome) {
    watch_look(&run->watch, true);
    const struct board *const board = run->watch.board;
    char why[2048];
    if (!outcome->started) {
        blind(run->findings, outcome->text);
        return LANE_BLIND;
    }
    if (atomic_load(&board->apart)) {
        blind(
            run->findings,
            "the ranks are on several nodes, and not all of these can write to the kit's directory "
            "build, so nothing was observed. Put the kit where all nodes see it, or start the "
            "ranks on one node (salloc -N 1).");
        return LANE_BLIND;
    }
    if (atomic_load(&board->foreign))
        blind(run->findings, "the program has more ranks than were asked for; give their number "
                             "with -n. Those beyond it were not observed.");
    const bool ended = !outcome->over_time && outcome->status == 0 && !run->enough;
    holds_say(&run->holds, ended, run->findings);
    if (!was_seen(board) && holds_seen_any(&run->holds))
        return settle_alone(run, outcome);
    if (!was_seen(board)) {
        if (run->request->ranks == 0 && outcome->status == 0)
            return LANE_UNFIT;
        snprintf(why, sizeof why,
                 "no rank reached MPI_Init where the observer could see it (%s): is this an MPI "
                 "program, linked with the MPI library of this machine's mpicc?",
                 outcome->text);
        blind(run->findings, why);
        return LANE_BLIND;
    }
    const int silent = watch_silent(&run->watch, ended);
    if (silent >= 0) {
        snprintf(why, sizeof why,
                 "rank %d could not write down all that it did, so what is told here of it may be "
                 "less than there is. Is there room in the kit's directory build?",
                 silent);
        blind(run->findings, why);
    }
    hang_say(run->hang, run->findings);
    ends_find(&run->watch, run->findings);
    finds_find(&run->watch, hang_is_sure(run->hang), run->findings);
    letters_find(&run->watch, run->findings);
    if (findings_accuse(run->findings))
        return LANE_FOUND;
    if (outcome->over_time) {
        snprintf(why, sizeof why,
                 "the run was ended after %g s. No deadlock was seen, so it works or loops; ",
                 run->request->seconds);
        ranks_say(&run->watch, why, sizeof why);
        add(why, sizeof why, ".");
        blind(run->findings, why);
        return LANE_BLIND;
    }
    if (outcome->status != 0)
        fprintf(stderr, "twofold diagnose: %s.\n", outcome->text);
    return silent >= 0 ? LANE_BLIND : LANE_CLEAN;
}

static void run_close(struct run *run) {
    hang_free(run->hang);
    holds_close(&run->holds);
    watch_close(&run->watch);
    if (*run->trace)
        trace_dir_remove(run->trace);
}

enum seen program_look(const struct request *request, struct findings *findings) {
    struct run run = {.request = request, .findings = findings};
    struct command command;
    struct outcome outcome;
    char why[PATH_MAX + 256], build[PATH_MAX + 8];
    machine_read(&run.machine);
    snprintf(build, sizeof build, "%s/build", request->root);
    // Where the ranks are on several nodes, what they write is in a place that all of them see.
    const bool nodes = request->ranks && (run.machine.nodes > 1 || request->apart);
    if (!watch_open(&run.watch, request->ranks ? request->ranks : 1, nodes ? build : NULL, why,
                    sizeof why)) {
        blind(findings, why);
        return LANE_BLIND;
    }
    run.watch.apart = request->apart;
    if (request->workers &&
        !trace_dir_make(nodes ? build : NULL, run.trace, sizeof run.trace, why, sizeof why)) {
        *run.trace = '\0';
        blind(findings, why);
    }
    run.hang = hang_new(&run.watch, &run.holds);
    holds_open(&run.holds);
    if (!run.hang || !make_command(&run, &command, why, sizeof why)) {
        if (!run.hang)
            snprintf(why, sizeof why, "MPI cannot be observed: no memory is left.");
        run_close(&run);
        blind(findings, why);
        return LANE_BLIND;
    }
    const struct how how = {.seconds = request->seconds,
                            .capture_out = request->json || request->quiet,
                            .capture_err = request->ranks > 0 || request->quiet,
                            .line = request->json && !request->quiet ? out_line : NULL,
                            .err_line = request->quiet ? NULL : err_line,
                            .tick = tick,
                            .enough = &run.enough,
                            .user = &run};
    process_run(&command, &how, &outcome);
    launch_filter_end(&run.filter, stderr);
    const enum seen seen = settle(&run, &outcome);
    if (*run.trace && outcome.started)
        workers_say(run.trace, outcome.peak_kb, request->json);
    outcome_free(&outcome);
    command_free(&command);
    run_close(&run);
    return seen;
}

static enum seen look(const struct request *request, struct findings *findings) {
    return request->source ? LANE_UNFIT : program_look(request, findings);
}

const struct lane lane_mpi = {"mpi", look};
