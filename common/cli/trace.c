// SPDX-License-Identifier: MIT
//
// trace.c: `twofold trace`: runs any MPI or OpenMP program and shows what each of its ranks and
// threads did when: in the terminal, and as a file for ui.perfetto.dev.

#include "../observe/read/hang.h"
#include "die.h"
#include "labs.h"
#include "launch.h"
#include "process.h"
#include "program.h"
#include "trace/views.h"
#include "whole.h"

#include <argp.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    KEY_HTML = 299,
    KEY_LAB,
    KEY_VERSION,
    KEY_WORKERS,
    KEY_THREADS,
    KEY_SOLUTION,
    KEY_EVENTS,
    KEY_DIR
};

static const struct argp_option list[] = {
    {"ranks", 'n', "N", 0, "Start N ranks by mpirun (without it the program runs by itself)", 1},
    {"threads", 't', "T", 0, "Threads of each process (OMP_NUM_THREADS)", 1},
    {"output", 'o', "FILE", 0, "The file for ui.perfetto.dev (build/trace.json)", 2},
    {"html", KEY_HTML, "FILE", 0, "Draw it as one HTML page, too", 2},
    {"events", KEY_EVENTS, "E", 0, "Room for E events a process, 64 bytes each", 2},
    {"dir", KEY_DIR, "DIR", 0,
     "Keep the raw trace in DIR, new or empty; it must be one that all nodes see, where the ranks "
     "are on several",
     2},
    {"lab", KEY_LAB, "LAB", 0, "Trace a lab of the kit; what follows are its parameters", 3},
    {"version", KEY_VERSION, "V", 0, "Its version (omp)", 3},
    {"workers", KEY_WORKERS, "W", 0, "So many threads, or ranks (4)", 3},
    {"solution", KEY_SOLUTION, NULL, 0, "The kit's solution, not my files", 3},
    {0}};

static const char doc[] =
    "Run an MPI or OpenMP program and show what its ranks and threads did when, and who waited "
    "longest where. Compile it with -g, or lines cannot be named.\v"
    "PROGRAM is any program that uses MPI, or OpenMP of GCC. Only the kernel is shown where the "
    "program says what that is (MPI_Pcontrol, as the labs do). Exit status: 0 traced, 2 refused, "
    "3 it could not be traced.\n\n"
    "Examples: twofold trace -n 4 ./a.out 1000\n"
    "          twofold trace --lab heat --version mpi --workers 4 n=512";

struct request {
    int ranks, threads, workers, events;
    const char *output, *html, *dir, *lab, *version;
    bool solution;
    char *const *argv; // the program and its arguments, or a lab's parameters; NULL ends
};

struct run {
    struct machine machine;
    struct watch watch;
    struct hang *hang;
    bool watched, enough;
    struct launch_filter filter;
    char dir[PATH_MAX];
};

static int number(const char *option, const char *text, int most) {
    char *end;
    const long value = strtol(text, &end, 10);
    if (!*text || *end || value < 1 || value > most)
        die("%s takes a whole number from 1 to %d, not '%s'.", option, most, text);
    return (int)value;
}

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct request *const r = state->input;
    switch (key) {
    case 'n':
        r->ranks = number("-n", arg, BOARD_RANKS);
        break;
    case 't':
        r->threads = number("--threads", arg, 1024);
        break;
    case 'o':
        r->output = arg;
        break;
    case KEY_HTML:
        r->html = arg;
        break;
    case KEY_EVENTS:
        r->events = number("--events", arg, 1 << 24);
        break;
    case KEY_DIR:
        r->dir = arg;
        break;
    case KEY_LAB:
        r->lab = arg;
        break;
    case KEY_VERSION:
        r->version = arg;
        break;
    case KEY_WORKERS:
        r->workers = number("--workers", arg, 1024);
        break;
    case KEY_SOLUTION:
        r->solution = true;
        break;
    case ARGP_KEY_ARG: // the first word that is no option: from there on all is the program's
        r->argv = state->argv + state->next - 1;
        state->next = state->argc;
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

// -- what is run ----------------------------------------------------------------------------------

// The words of a lab's program, and how many ranks and threads it is started with.
static struct command lab_words(struct request *r) {
    static struct labs labs;
    static struct lab_about about;
    char root[PATH_MAX], program[PATH_MAX], text[4096];
    struct command words = {0};
    const struct lab_entry *const lab =
        labs_choose(r->lab, root, sizeof root, &labs, text, sizeof text);
    if (!lab || !program_find(root, lab, r->solution, program, sizeof program, text, sizeof text) ||
        !lab_describe(program, &about, text, sizeof text))
        die("%s", text);
    const char *const version = r->version ? r->version : "omp";
    const int v = lab_version_index(&about, version);
    if (!lab_check_version(&about, version, text, sizeof text))
        die("%s", text);
    const bool ranks = lab_run_needs_mpi(about.version[v].run);
    const bool hybrid = strcmp(about.version[v].run, "hybrid") == 0;
    const int workers = r->workers ? r->workers : strcmp(about.version[v].run, "serial") ? 4 : 1;
    if (ranks && workers > BOARD_RANKS)
        die("at most %d ranks can be traced, not %d.", BOARD_RANKS, workers);
    r->ranks = ranks ? workers : 0;
    command_add(&words, "%s", program);
    command_add(&words, "--version");
    command_add(&words, "%s", version);
    command_add(&words, "--workers");
    command_add(&words, "%d", workers);
    if (hybrid) {
        r->threads = r->threads ? r->threads : 2;
        command_add(&words, "--threads");
        command_add(&words, "%d", r->threads);
    } else {
        r->threads = ranks ? 1 : workers;
    }
    for (char *const *word = r->argv; word && *word; word++)
        command_add(&words, "%s", *word);
    return words;
}

static struct command program_words(const struct request *r) {
    struct command words = {0};
    if (!r->argv)
        die("which program? For example: twofold trace -n 4 ./a.out");
    if (!process_find(r->argv[0], NULL, 0))
        die("there is no program '%s'; give its path (./a.out), or build it first.", r->argv[0]);
    for (char *const *word = r->argv; *word; word++)
        command_add(&words, "%s", *word);
    return words;
}

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
        fprintf(stderr, "twofold trace: the nodes share no memory, so messages from node to node "
                        "have no arrows.\n");
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
    static const struct argp argp = {
        list, parse, "[--] PROGRAM [ARGUMENTS]\n--lab LAB [name=value ...]", doc, NULL, NULL, NULL};
    static struct run run;
    struct request r = {0};
    char root[PATH_MAX], build[PATH_MAX], why[1024];
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &r);
    if (!labs_root(root, sizeof root))
        die("the kit's directory cannot be found; is /proc mounted?");
    if (r.html && !whole_try(r.html, why, sizeof why))
        die("%s", why);
    struct command words = r.lab ? lab_words(&r) : program_words(&r);
    machine_read(&run.machine);
    // Where the ranks are on several nodes, a place that all of them see.
    const bool nodes = r.ranks && run.machine.nodes > 1;
    snprintf(build, sizeof build, "%.*s/build", PATH_MAX - 64, root);
    make_dir(&r, nodes ? build : NULL, run.dir, sizeof run.dir);
    process_catch_signals();
    run.watched =
        watch_open(&run.watch, r.ranks ? r.ranks : 1, nodes ? build : NULL, why, sizeof why);
    run.hang = run.watched ? hang_new(&run.watch) : NULL;
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
