// SPDX-License-Identifier: MIT
//
// sweep.c: `twofold sweep`: versions of a lab over the values of one parameter, or of two.
//
// Theory of operation. One word of the command line has several values (sweep/axis.h), or two have:
// the axes. Every version is run at every value, round by round, so that what else the machine does
// falls on all alike; each run is a fresh process. Data, views and charts stand in
// common/report/sweep.h, the runs in sweep/measure.h, the tables in sweep/tables.h.

#include "sweep.h"
#include "sweep/axis.h"
#include "sweep/measure.h"
#include "sweep/tables.h"

#include "program.h"
#include "whole.h"
#include <argp.h>
#include <error.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEY_HTML = 300, KEY_CSV, KEY_LABS, KEY_TIMES, WORDS_MAX = 32, PATH_CAP = PATH_MAX + 256 };

static const struct argp_option list[] = {
    {"show", 's', "WHAT", 0, "time (of a run), each (of its units of work) or rate (each)", 0},
    {"times", KEY_TIMES, "NAME", 0, "Multiply a rate by this value: messages by their size", 0},
    {"rounds", 'r', "N", 0, "Run each of them N times, in turns, 1 to 15 (5)", 0},
    {"memory", 'm', NULL, 0, "Measure memory, too: of one more run of each, the whole job's", 0},
    {"labs", KEY_LABS, NULL, 0, "Measure the files in labs/, your own, not the solutions", 0},
    {"json", 'j', NULL, 0, "JSON on stdout instead of a table, an object a line", 0},
    {"csv", KEY_CSV, "FILE", 0, "Write the figures for a spreadsheet, too", 0},
    {"html", KEY_HTML, "FILE", 0, "Write chart and table as one HTML page, too", 0},
    {0}};

static const char doc[] =
    "Measure versions of a lab over many values of a parameter, or of two.\vOne name has several "
    "values: size=1,8,64 or size=1..4M (twice as much each time), 1..4M*4, 0..100+25; K and M "
    "stand "
    "for 1024 and 1024 x 1024. It may be workers, or threads (of each rank of a hybrid version). A "
    "second name may have up to 8 values: of one version there is a line for each of them in the "
    "chart; of several versions a chart for each, and one in which every version has the value "
    "that is best for it. Without a VERSION all of them are measured. What takes more than 10 s is "
    "run once.\n\n"
    "Exit status: 0; 1 something could not be measured; 2 nothing could.\n\n"
    "Example: twofold sweep ipc omp shm pipe size=8..4M*8 workers=2 mixed=0 look=ends --html "
    "build/report/ipc.html\n"
    "Example: twofold sweep heat omp mpi n=64..1K workers=1,2,4 --memory";

struct request {
    const char *lab, *version[SERIES_MAX], *param[WORDS_MAX];
    int versions, params, rounds;
    bool own, json, memory;
    enum sweep_show show;
    const char *html, *csv, *times;
};

static void add_word(struct request *r, const char *word, struct argp_state *state) {
    if (strchr(word, '=') && r->params < WORDS_MAX)
        r->param[r->params++] = word;
    else if (!strchr(word, '=') && !r->lab)
        r->lab = word;
    else if (!strchr(word, '=') && r->versions < SERIES_MAX)
        r->version[r->versions++] = word;
    else
        argp_error(state, "there are too many words; '%s' is left over.", word);
}

static void read_show(struct request *r, const char *word, struct argp_state *state) {
    static const char *const shows[] = {"time", "each", "rate"};
    int i = 0;
    while (i < 3 && strcmp(word, shows[i]) != 0)
        i++;
    if (i == 3)
        argp_error(state, "--show is time, each or rate, not '%s'.", word);
    r->show = (enum sweep_show)i;
}

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct request *const r = state->input;
    char *end;
    switch (key) {
    case 's':
        read_show(r, arg, state);
        return 0;
    case 'r':
        r->rounds = (int)strtol(arg, &end, 10);
        if (!*arg || *end || r->rounds < 1 || r->rounds > TURNS_MAX)
            argp_error(state, "--rounds is a whole number from 1 to %d, not '%s'.", TURNS_MAX, arg);
        return 0;
    case KEY_LABS:
        return r->own = true, 0;
    case 'm':
        return r->memory = true, 0;
    case 'j':
        return r->json = true, 0;
    case KEY_CSV:
        return r->csv = arg, 0;
    case KEY_TIMES:
        return r->times = arg, 0;
    case KEY_HTML:
        return r->html = arg, 0;
    case ARGP_KEY_ARG:
        add_word(r, arg, state);
        return 0;
    case ARGP_KEY_END:
        if (!r->lab)
            argp_error(state, "say which lab, and what is to change, as in ipc size=1..4M.");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

// -- what is asked for -------------------------------------------------------------------------------

// Is there such a version, and is it no twin of one before?
static void check_versions(struct request *r, const struct lab_about *about, struct sweep *sweep) {
    char why[2048];
    if (r->versions == 0)
        for (int i = 0; i < about->versions && r->versions < SERIES_MAX; i++)
            r->version[r->versions++] = about->version[i].name;
    for (int i = 0; i < r->versions; i++) {
        if (!lab_check_version(about, r->version[i], why, sizeof why))
            error(2, 0, "%s", why);
        for (int j = 0; j < i; j++)
            if (strcmp(r->version[i], r->version[j]) == 0)
                error(2, 0, "the version %s is named twice; once is enough.", r->version[i]);
        snprintf(sweep->version[i], sizeof *sweep->version, "%s", r->version[i]);
    }
    sweep->versions = r->versions;
}

// A name with one value: it goes into sweep->fixed.
static void add_fixed(struct sweep *sweep, const char *word) {
    const size_t used = strlen(sweep->fixed);
    if (used + strlen(word) + 2 > sizeof sweep->fixed)
        error(2, 0, "there are too many parameters; leave out those that stay as they are.");
    snprintf(sweep->fixed + used, sizeof sweep->fixed - used, "%s%s", used ? " " : "", word);
}

static void add_axis(struct sweep *sweep, const char *name, const char *values) {
    char why[256];
    if (*sweep->by.name)
        error(2, 0, "%s, %s and %s all have several values; two names can.", sweep->x.name,
              sweep->by.name, name);
    struct axis *const axis = *sweep->x.name ? &sweep->by : &sweep->x;
    if (!axis_read(values, axis, why, sizeof why))
        error(2, 0, "%s: %s.", name, why);
    if (axis == &sweep->by && axis->count > SERIES_MAX)
        error(2, 0,
              "%s, the second name with several values, has %d, and there can be %d; write it "
              "before %s, or take a longer step.",
              name, axis->count, SERIES_MAX, sweep->x.name);
    snprintf(axis->name, sizeof axis->name, "%s", name);
}

// Finds the axes among the parameters.
static void check_params(const struct request *r, const struct lab_about *about,
                         struct sweep *sweep) {
    char why[2048];
    for (int i = 0; i < r->params; i++) {
        const char *const equals = strchr(r->param[i], '=');
        char name[32];
        snprintf(name, sizeof name, "%.*s", (int)(equals - r->param[i]), r->param[i]);
        if (strcmp(name, "workers") != 0 && strcmp(name, "threads") != 0 &&
            !lab_check_param(about, name, why, sizeof why))
            error(2, 0, "%s", why);
        for (int j = 0; j < i; j++)
            if (strncmp(r->param[j], name, strlen(name)) == 0 && r->param[j][strlen(name)] == '=')
                error(2, 0, "%s is there twice; write all its values in one list.", name);
        if (axis_is_many(equals + 1))
            add_axis(sweep, name, equals + 1);
        else
            add_fixed(sweep, r->param[i]);
    }
    if (!*sweep->x.name)
        error(2, 0, "nothing changes; give one parameter several values, as in workers=1,2,4.");
    if (!*sweep->by.name)
        sweep->by.count = 1;
    if (r->times && (strcmp(r->times, sweep->x.name) != 0 || r->show != SWEEP_RATE))
        error(2, 0, "--times is for --show rate, and for the first name with several values, %s.",
              sweep->x.name);
    sweep->times = r->times != NULL;
}

// -- telling -----------------------------------------------------------------------------------------

static void write_files(const struct sweep *sweep, const struct request *r, char **argv) {
    struct command command = {0};
    struct whole whole;
    char why[PATH_CAP + 256];
    command_add(&command, "build/bin/twofold");
    command_add(&command, "sweep");
    command_add_all(&command, argv + 1);
    char *const text = command_text(&command);
    command_free(&command);
    if (r->csv) {
        if (!whole_begin(&whole, r->csv, why, sizeof why))
            error(2, 0, "%s", why);
        sweep_csv(whole.file, sweep);
        if (!whole_end(&whole, why, sizeof why))
            error(2, 0, "%s", why);
    }
    if (r->html && !sweep_page(sweep, text, r->html, why, sizeof why))
        error(2, 0, "%s", why);
    free(text);
}

int main(int argc, char **argv) {
    static const struct argp argp = {
        list, parse, "LAB [VERSION ...] NAME=LIST [name=value ...]", doc, NULL, NULL, NULL};
    static struct labs labs;
    static struct subject subject;
    static struct sweep sweep;
    static char program[PATH_CAP];
    struct request request = {.rounds = 5};
    char root[PATH_MAX], text[PATH_CAP + 1024];
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, &request);

    const struct lab_entry *const lab =
        labs_choose(request.lab, root, sizeof root, &labs, text, sizeof text);
    if (!lab ||
        !program_find(root, lab, !request.own, program, sizeof program, text, sizeof text) ||
        !lab_describe(program, &subject.about, text, sizeof text))
        error(2, 0, "%s", text);
    sweep.show = request.show;
    sweep.memory = request.memory;
    snprintf(sweep.lab, sizeof sweep.lab, "%s", subject.about.name);
    snprintf(sweep.unit, sizeof sweep.unit, "%s", subject.about.unit);
    check_versions(&request, &subject.about, &sweep);
    check_params(&request, &subject.about, &sweep);
    if ((request.html && !whole_try(request.html, text, sizeof text)) ||
        (request.csv && !whole_try(request.csv, text, sizeof text)))
        error(2, 0, "%s", text);

    process_catch_signals();
    machine_read(&subject.machine);
    subject.program = program;
    subject.alone = true;
    sweep_measure(&sweep, &subject, request.rounds);
    process_die_if_interrupted();
    if (request.json)
        sweep_json(stdout, &sweep);
    else
        tables_put(&sweep);
    const int missing = missing_put(&sweep);
    write_files(&sweep, &request, argv);
    if (fflush(stdout) || ferror(stdout))
        error(2, 0, "stdout could not be written to the end.");
    return missing == sweep.versions * sweep.by.count * sweep.x.count ? 2 : missing > 0;
}
