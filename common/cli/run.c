// SPDX-License-Identifier: MIT
//
// run.c: `twofold run`: runs a version of a lab once, started as this machine wants it, and shows
// the command that did it, to be copied.

#include "labs.h"
#include "launch.h"
#include "nearest.h"
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

struct request {
    const char *lab, *version, *workers, *threads;
    const char *word; // VERSION as given without --version
    bool solution, alone, dry;
    struct command rest; // words for the lab program: its options, then name=value
};

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
        argp_error(state, "which lab? `twofold list` shows them.");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

__attribute__((format(printf, 1, 2), noreturn)) static void die(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("twofold run: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(2);
}

// -- what was asked for, against what there is ------------------------------------------------------

static void check_version(const struct lab_about *about, const char *version) {
    const char *names[VERSIONS_MAX];
    char all[512] = "";
    if (lab_version_index(about, version) >= 0)
        return;
    for (int i = 0; i < about->versions; i++) {
        names[i] = about->version[i].name;
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s %s", i ? "," : "", names[i]);
    }
    const char *near = nearest(version, names, (size_t)about->versions);
    die("%s has no version '%s'%s%s%s; it has%s.", about->name, version,
        near ? " (did you mean " : "", near ? near : "", near ? "?)" : "", all);
}

static void check_params(const struct lab_about *about, char *const *words) {
    const char *names[PARAMS_MAX];
    char all[1280] = "", name[64];
    for (int i = 0; i < about->params; i++) {
        names[i] = about->param[i].name;
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s %s", i ? "," : "", names[i]);
    }
    for (; words && *words; words++) {
        if (**words == '-')
            continue;
        snprintf(name, sizeof name, "%.*s", (int)strcspn(*words, "="), *words);
        if (lab_param_index(about, name) >= 0)
            continue;
        const char *near = nearest(name, names, (size_t)about->params);
        die("%s has no parameter '%s'%s%s%s; it has%s.", about->name, name,
            near ? " (did you mean " : "", near ? near : "", near ? "?)" : "", all);
    }
}

static int number(const char *what, const char *text, int most, const char *why) {
    char *end;
    long value = strtol(text, &end, 10);
    if (!*text || *end || value < 1)
        die("%s must be a whole number from 1 to %d, not '%s'.", what, most, text);
    if (value > most)
        die("%s=%s is more than %s; give %d at most.", what, text, why, most);
    return (int)value;
}

// Workers and threads, given or chosen. what: "ranks" and so on, for a sentence.
static struct launch choose(const struct request *r, const char *run, const struct machine *m,
                            int *workers) {
    int cores = m->cores > 0 ? m->cores : 1;
    bool ranks = lab_run_needs_mpi(run), hybrid = strcmp(run, "hybrid") == 0;
    int most = ranks ? (16 * cores > 256 ? 16 * cores : 256) : 65536;
    int threads = r->threads ? number("threads", r->threads, 1024, "one rank can use") : 0;
    *workers = r->workers ? number("workers", r->workers, most,
                                   ranks ? "this machine can start as ranks" : "one team can use")
                          : 0;
    if (!*workers && strcmp(run, "serial") == 0)
        *workers = 1;
    if (!*workers && hybrid && threads > 0)
        *workers = cores / threads > 1 ? cores / threads : 1;
    if (!*workers && hybrid) { // a rank a socket, but no fewer than two
        *workers = m->sockets > 2 ? m->sockets : 2;
        if (*workers > cores)
            *workers = cores;
    }
    if (!*workers)
        *workers = cores;
    if (hybrid && !threads)
        threads = cores / *workers > 1 ? cores / *workers : 1;
    struct launch launch = {.ranks = *workers, .threads = 1, .alone = r->alone};
    if (hybrid)
        launch.threads = threads;
    if (!ranks) {
        launch.ranks = 0;
        launch.threads = *workers;
    }
    return launch;
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
    process_die_if_interrupted();
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
    check_version(&about, version);
    check_params(&about, request.rest.argv);

    struct machine machine;
    machine_read(&machine);
    const char *how = about.version[lab_version_index(&about, version)].run;
    int workers;
    struct launch launch = choose(&request, how, &machine, &workers);
    struct command words = program_words(&request, program, version, &launch, workers, how),
                   command;
    if (!launch_command(&launch, &machine, words.argv, &command, text, sizeof text))
        die("%s", text);
    command_free(&words);

    if (program_is_stale(root, lab, request.solution, text, sizeof text))
        fprintf(stderr, "twofold run: %s\n", text);
    if (!launch_fits(&launch, &machine) && strcmp(how, "serial") != 0 &&
        strcmp(about.bound, "waiting") != 0)
        fprintf(stderr,
                "twofold run: %d workers share %d core%s: right or wrong shows, but the time says "
                "nothing about speed-up.\n",
                launch_workers(&launch), machine.cores, machine.cores == 1 ? "" : "s");
    command_print(request.dry ? stdout : stderr, &command);
    int status = request.dry ? 0 : run(&command, launch.ranks > 0);
    command_free(&command);
    command_free(&request.rest);
    return status;
}
