// SPDX-License-Identifier: MIT
//
// words.c: see words.h.

#include "words.h"

#include "../../observe/board.h"
#include "die.h"
#include "labs.h"
#include "program.h"
#include <argp.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEY_HTML = 299,
    KEY_LAB,
    KEY_VERSION,
    KEY_WORKERS,
    KEY_THREADS,
    KEY_SOLUTION,
    KEY_EVENTS,
    KEY_APART,
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
    {"apart", KEY_APART, NULL, 0,
     "Trace ranks on one machine as those on nodes that share no memory, to see what is seen there",
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
    case KEY_APART:
        r->apart = true;
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

void words_read(struct request *request, int argc, char **argv) {
    static const struct argp argp = {
        list, parse, "[--] PROGRAM [ARGUMENTS]\n--lab LAB [name=value ...]", doc, NULL, NULL, NULL};
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, request);
}

// -- what is run ----------------------------------------------------------------------------------------

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
    die_without_program(r->argv[0]);
    for (char *const *word = r->argv; *word; word++)
        command_add(&words, "%s", *word);
    return words;
}

struct command words_command(struct request *request) {
    return request->lab ? lab_words(request) : program_words(request);
}
