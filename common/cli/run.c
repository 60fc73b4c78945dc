// SPDX-License-Identifier: MIT
//
// run.c: `twofold run`: runs a version of a lab once, started as this machine wants it, and shows
// the command that did it, to be copied.

#include "run/died.h"
#include "run/request.h"

#include "labword.h"
#include "process.h"
#include "program.h"
#include <argp.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEY_WORKERS = 'w',
    KEY_THREADS = 't',
    KEY_VERSION = 'v',
    KEY_SOLUTION = 300,
    KEY_ALONE,
    KEY_DRY,
    KEY_PASS
}; // KEY_PASS and above: options of the lab program, passed on

static const struct argp_option list[] = {
    {"version", KEY_VERSION, "V", 0, "The version to run, if not given as VERSION (serial)", 1},
    {"workers", KEY_WORKERS, "W", 0, "Threads of the team, or ranks (as many as there are cores)",
     1},
    {"threads", KEY_THREADS, "T", 0, "Threads in each rank of a hybrid version", 1},
    {"solution", KEY_SOLUTION, NULL, 0, "Run the solution instead of your own files", 1},
    {"solutions", 0, NULL, OPTION_ALIAS, NULL, 1},
    {"alone", KEY_ALONE, NULL, 0,
     "This run has the machine to itself: give each worker a core of its own", 1},
    {"dry-run", KEY_DRY, NULL, 0, "Print the command on stdout and do not run it", 1},
    {NULL, 0, NULL, 0, "Passed on to the lab program:", 2},
    {"seed", KEY_PASS, "S", 0, "Another input of the same kind", 2},
    {"repeat", KEY_PASS + 1, "R", 0, "Run R times, each on a fresh problem", 2},
    {"check", KEY_PASS + 2, NULL, 0, "Compare the result with that of the serial version", 2},
    {"memory", KEY_PASS + 3, NULL, 0, "Watch the peak memory; the time then means nothing", 2},
    {"picture", KEY_PASS + 4, "FILE", 0, "Draw the result as a PNG", 2},
    {"json", KEY_PASS + 5, NULL, 0, "One JSON object a run on stdout", 2},
    {"result", KEY_PASS + 6, "FILE", 0, "Write the result file", 2},
    {"cases", KEY_PASS + 7, "FILE", 0, "Run many: ID VERSION WORKERS SEED [name=value ...] a line",
     2},
    {"results", KEY_PASS + 8, "DIR", 0, "Write DIR/ID.res for each of --cases", 2},
    {0}};

static const char doc[] =
    "Run one version of a lab and show the exact command.\vLAB is a name or a number: heat, "
    "09-heat, 9. The exit status is that of the lab program: 0 ran (and right, if checked), 1 "
    "wrong, 2 refused, 3 not written yet.\n\nExample: twofold run heat omp --workers 4 n=1024 "
    "--check";

static bool is_param(const char *word) {
    size_t name = strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    return name > 0 && word[name] == '=';
}

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct request *r = state->input;
    if (key >= KEY_PASS && key < KEY_PASS + 64) { // argp's own keys are large numbers
        for (const struct argp_option *o = list; o->name || o->doc; o++)
            if (o->key == key)
                command_add(&r->rest, arg ? "--%s=%s" : "--%s", o->name, arg);
        return 0;
    }
    switch (key) {
    case KEY_WORKERS:
        r->workers = arg;
        break;
    case KEY_THREADS:
        r->threads = arg;
        break;
    case KEY_SOLUTION:
        r->solution = true;
        break;
    case KEY_ALONE:
        r->alone = true;
        break;
    case KEY_DRY:
        r->dry = true;
        break;
    case KEY_VERSION:
        r->version = arg;
        break;
    case ARGP_KEY_ARG:
        if (!r->lab)
            r->lab = arg;
        else if (is_param(arg))
            command_add(&r->rest, "%s", arg);
        else if (!r->word)
            r->word = arg;
        else
            argp_error(state, "'%s' is not understood: parameters are written name=value.", arg);
        break;
    case ARGP_KEY_END:
        if (r->version && r->word && strcmp(r->version, r->word) != 0)
            argp_error(state, "two versions were given, '%s' and '%s'; one run has one.", r->word,
                       r->version);
        if (!r->version)
            r->version = r->word;
        break;
    case ARGP_KEY_NO_ARGS:
        lab_missing(state);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

void die(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("twofold run: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(2);
}

// -- the program ------------------------------------------------------------------------------------

static struct command program_words(const struct request *r, const char *program,
                                    const char *version, const struct launch *launch, int workers,
                                    const char *run) {
    struct command words = {0};
    command_add(&words, "%s", program);
    command_add(&words, "--version");
    command_add(&words, "%s", version);
    if (!launch->ranks && (r->workers || strcmp(run, "serial") != 0)) {
        command_add(&words, "--workers");
        command_add(&words, "%d", workers);
    }
    if (r->threads || strcmp(run, "hybrid") == 0) {
        command_add(&words, "--threads");
        command_add(&words, "%d", r->threads ? atoi(r->threads) : launch->threads);
    }
    if (r->rest.argv)
        command_add_all(&words, r->rest.argv);
    return words;
}

static void show(const char *line, void *filter) {
    launch_filter_line(filter, line, stderr);
}

static int run(const struct command *command, bool by_mpirun) {
    struct launch_filter filter = {0};
    struct outcome outcome;
    struct how how = {.capture_err = by_mpirun, .err_line = show, .user = &filter};
    process_catch_signals();
    process_run(command, &how, &outcome);
    launch_filter_end(&filter, stderr);
    if (!outcome.started || outcome.status >= 128)
        fprintf(stderr, "twofold run: %s.\n", outcome.text);
    if (outcome.left)
        fprintf(stderr, "twofold run: it left %d process%s behind, which %s ended.\n", outcome.left,
                outcome.left == 1 ? "" : "es", outcome.left == 1 ? "was" : "were");
    int status = outcome.started ? outcome.status : 2;
    outcome_free(&outcome);
    return status;
}

int main(int argc, char **argv) {
    static const struct argp argp = {list, parse, "LAB [VERSION] [name=value ...]", doc, NULL,
                                     NULL, NULL};
    static struct labs labs;
    static struct lab_about about;
    struct request request = {0};
    char root[PATH_MAX], program[PATH_MAX + 64], text[4096];
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, &request);

    const struct lab_entry *const lab =
        labs_choose(request.lab, root, sizeof root, &labs, text, sizeof text);
    if (!lab)
        die("%s", text);
    if (!program_find(root, lab, request.solution, program, sizeof program, text, sizeof text))
        die("%s", text);
    if (!lab_describe(program, &about, text, sizeof text))
        die("%s", text);
    const char *version = request.version ? request.version : "serial";
    if (!lab_check_version(&about, version, text, sizeof text))
        die("%s", text);
    request_check_params(&about, request.rest.argv);

    struct machine machine;
    machine_read(&machine);
    const char *how = about.version[lab_version_index(&about, version)].run;
    int workers;
    struct launch launch = request_launch(&request, how, &machine, &workers);
    struct command words = program_words(&request, program, version, &launch, workers, how),
                   command;
    if (!launch_command(&launch, &machine, words.argv, &command, text, sizeof text))
        die("%s", text);

    if (program_is_stale(root, lab, request.solution, text, sizeof text))
        fprintf(stderr, "twofold run: %s\n", text);
    if (!launch_fits(&launch, &machine) && strcmp(how, "serial") != 0 &&
        strcmp(about.bound, "waiting") != 0)
        fprintf(stderr,
                "twofold run: %d workers share %d core%s: right or wrong shows, but the time says "
                "nothing about speed-up.\n",
                launch_workers(&launch), machine.cores, machine.cores == 1 ? "" : "s");
    command_print(request.dry ? stdout : stderr, &command);
    command_free(&command);
    int status = 0;
    if (!request.dry) { // the same once more, with a file for last words, which nobody has to copy
        char last[PATH_MAX];
        const bool told = died_begin(last);
        if (told) {
            command_add(&words, "--last-words");
            command_add(&words, "%s", last);
        }
        launch_command(&launch, &machine, words.argv, &command, text, sizeof text);
        status = run(&command, launch.ranks > 0);
        if (told)
            died_end(last, program, lab);
        command_free(&command);
        process_die_if_interrupted();
    }
    command_free(&words);
    command_free(&request.rest);
    return status;
}
