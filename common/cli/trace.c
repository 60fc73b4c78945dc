// SPDX-License-Identifier: MIT
//
// trace.c: `twofold trace`: runs any MPI or OpenMP program and shows what each of its ranks and
// threads did when: in the terminal, and as a file for ui.perfetto.dev.

#include "../observe/read/hang.h"
#include "die.h"
#include "labs.h"
#include "launch.h"
#include "process.h"
#include "trace/views.h"
#include "trace/words.h"
#include "whole.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

struct run {
    struct machine machine;
    struct watch watch;
    struct hang *hang;
    bool watched, enough;
    struct launch_filter filter;
    char dir[PATH_MAX];
};

// -- the directory of the raw trace ---------------------------------------------------------------------

// shared: NULL, or where it is to be made if nothing else is said.
static void make_dir(const struct request *r, const char *shared, char *path, size_t cap) {
    char why[PATH_MAX + 256];
    if (!r->dir) {
        if (!trace_dir_make(shared, path, cap, why, sizeof why))
            die("%s", why);
        return;
    }
    if (mkdir(r->dir, 0777) != 0 && errno != EEXIST)
        die("the directory %s cannot be made: %s.", r->dir, strerror(errno));
    if (!realpath(r->dir, path))
        die("%s cannot be used: %s.", r->dir, strerror(errno));
    DIR *const dir = opendir(path);
    bool empty = dir;
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        empty &= entry->d_name[0] == '.';
    if (dir)
        closedir(dir);
    if (!empty)
        die("%s is not an empty directory; the raw trace needs one of its own.", r->dir);
}

// -- the run --------------------------------------------------------------------------------------------

static void err_line(const char *line, void *user) {
    struct run *const run = user;
    if (!run->enough) // what mpirun says when it is ended is not the program's
        launch_filter_line(&run->filter, line, stderr);
}

static void tick(double seconds, void *user) {
    struct run *const run = user;
    (void)seconds;
    if (run->watched)
        watch_look(&run->watch, false);
    if (run->watched && !run->enough)
        run->enough = hang_look(run->hang);
}

// False: it could not be started; why was said.
static bool start(const struct request *r, const char *root, struct command *words,
                  struct run *run) {
    const char *const before = getenv("LD_PRELOAD");
    const int events = r->events ? r->events : trace_room(r->ranks ? r->ranks : 1);
    char preload[3 * PATH_MAX], board[WATCH_ENV][sizeof run->watch.path + 32], dir[PATH_MAX + 16],
        room[48], threads[48];
    snprintf(preload, sizeof preload, "LD_PRELOAD=%s/build/lib/team.so%s%s%s%s%s", root,
             run->watched ? ":" : "", run->watched ? root : "",
             run->watched ? "/build/lib/check.so" : "", before && *before ? ":" : "",
             before ? before : "");
    watch_env(&run->watch, board);
    snprintf(dir, sizeof dir, "TWOFOLD_TRACE=%s", run->dir);
    snprintf(room, sizeof room, "TWOFOLD_TRACE_EVENTS=%d", events);
    snprintf(threads, sizeof threads, "OMP_NUM_THREADS=%d", r->threads);
    const char *const env[] = {preload,  dir,
                               room,     run->watched ? board[0] : "TWOFOLD_BOARD=",
                               board[1], r->threads ? threads : NULL,
                               NULL};
    const struct launch launch = {.ranks = r->ranks, .threads = r->threads, .program_env = env};
    struct command command;
    struct outcome outcome;
    char why[1024];
    if (!launch_command(&launch, &run->machine, words->argv, &command, why, sizeof why))
        die("%s", why);
    const struct how how = {.capture_err = r->ranks > 0,
                            .err_line = err_line,
                            .tick = tick,
                            .enough = &run->enough,
                            .user = run};
    const bool started = process_run(&command, &how, &outcome);
    launch_filter_end(&run->filter, stderr);
    if (!started)
        fprintf(stderr, "twofold trace: %s\n", outcome.text);
    else if (run->watched && atomic_load(&run->watch.board->apart))
        fprintf(stderr,
                "twofold trace: the nodes share no memory, so messages from node to node "
                "have no arrows: not all of them can write to the kit's directory build.\n");
    else if (run->enough)
        fprintf(stderr, "twofold trace: the program hangs and was ended; `twofold diagnose` says "
                        "who waits for whom.\n");
    else if (outcome.status)
        fprintf(stderr, "twofold trace: %s; this is what it did until then.\n", outcome.text);
    command_free(&command);
    outcome_free(&outcome);
    return started;
}

static int width(void) {
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        return size.ws_col < 160 ? size.ws_col : 160;
    return 100;
}

// "heat, version mpi, on 4 ranks", or the name of the program.
static void name_run(const struct request *r, char *text, size_t cap) {
    const char *const slash = r->argv ? strrchr(r->argv[0], '/') : NULL;
    const char *const program = slash ? slash + 1 : r->argv ? r->argv[0] : "";
    if (r->lab && r->ranks)
        snprintf(text, cap, "%s, version %s, on %d rank%s", r->lab, r->version ? r->version : "omp",
                 r->ranks, r->ranks == 1 ? "" : "s");
    else if (r->lab)
        snprintf(text, cap, "%s, version %s, with %d thread%s", r->lab,
                 r->version ? r->version : "omp", r->threads, r->threads == 1 ? "" : "s");
    else
        snprintf(text, cap, "%s", program);
}

static bool show_page(const struct request *r, const struct timeline *timeline,
                      const char *command) {
    char title[256], why[PATH_MAX + 256];
    name_run(r, title, sizeof title);
    if (write_trace_page(r->html, timeline, title, command, why, sizeof why)) {
        printf("\nThe same as a page: %s\n", r->html);
        return true;
    }
    fprintf(stderr, "twofold trace: %s\n", why);
    return false;
}

static int show(const struct request *r, const char *dir, const char *root, const char *command) {
    struct timeline timeline;
    char why[PATH_MAX + 256], output[PATH_MAX + 32];
    if (!timeline_read(&timeline, dir, why, sizeof why)) {
        timeline_free(&timeline);
        fprintf(stderr, "twofold trace: %s\n", why);
        return 3;
    }
    char here[PATH_MAX] = "";
    const bool at_root = getcwd(here, sizeof here) && strcmp(here, root) == 0;
    snprintf(output, sizeof output, "%s%sbuild/trace.json", at_root ? "" : root,
             at_root ? "" : "/");
    const char *const path = r->output ? r->output : output;
    putchar('\n');
    draw_timeline(stdout, &timeline, width());
    const bool written = write_trace_events(path, &timeline);
    if (written)
        printf("\nAll of it, with the messages as arrows: open %s in https://ui.perfetto.dev\n"
               "(the page reads the file in your browser and sends it nowhere).\n",
               path);
    else
        fprintf(stderr, "twofold trace: %s cannot be written: %s; name another file with -o.\n",
                path, strerror(errno));
    const bool drawn = !r->html || show_page(r, &timeline, command);
    timeline_free(&timeline);
    return written && drawn && fflush(stdout) == 0 ? 0 : 3;
}

int main(int argc, char **argv) {
    static struct run run;
    struct request r = {0};
    char root[PATH_MAX], build[PATH_MAX], why[1024];
    words_read(&r, argc, argv);
    if (!labs_root(root, sizeof root))
        die("the kit's directory cannot be found; is /proc mounted?");
    if (r.html && !whole_try(r.html, why, sizeof why))
        die("%s", why);
    struct command words = words_command(&r);
    if (r.apart && !r.ranks)
        die("--apart is about ranks: say with -n how many, or name a lab's version on ranks.");
    machine_read(&run.machine);
    // Where the ranks are on several nodes, a place that all of them see.
    const bool nodes = r.ranks && (run.machine.nodes > 1 || r.apart);
    snprintf(build, sizeof build, "%.*s/build", PATH_MAX - 64, root);
    make_dir(&r, nodes ? build : NULL, run.dir, sizeof run.dir);
    process_catch_signals();
    run.watched =
        watch_open(&run.watch, r.ranks ? r.ranks : 1, nodes ? build : NULL, why, sizeof why);
    run.watch.apart = r.apart;
    run.hang = run.watched ? hang_new(&run.watch, NULL) : NULL;
    if (run.watched)
        atomic_store(&run.watch.board->relaxed, 1); // sends are left as they are
    else
        fprintf(stderr, "twofold trace: %s\n", why);
    run.watched = run.hang != NULL;
    const bool started = start(&r, root, &words, &run);
    struct command said = {0};
    command_add_all(&said, (char *[]){"build/bin/twofold", "trace", NULL});
    command_add_all(&said, argv + 1);
    char *const text = command_text(&said);
    const int status =
        started && !process_interrupted() ? show(&r, run.dir, root, text ? text : "") : 3;
    free(text);
    command_free(&said);
    hang_free(run.hang);
    watch_close(&run.watch);
    if (!r.dir)
        trace_dir_remove(run.dir);
    command_free(&words);
    process_die_if_interrupted();
    return status;
}
