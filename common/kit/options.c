// SPDX-License-Identifier: MIT
// options.c: the command line of every lab program, by glibc's argp.

#include "options.h"

#include "kit.h"
#include "say.h"

#include <argp.h>
#include <string.h>

enum {
    KEY_VERSION = 'v',
    KEY_WORKERS = 'w',
    KEY_THREADS = 't',
    KEY_SEED = 's',
    KEY_REPEAT = 'r',
    KEY_CHECK = 'c',
    KEY_JSON = 'j',
    KEY_HELP = '?',
    KEY_MEMORY = 256,
    KEY_PICTURE,
    KEY_RESULT,
    KEY_RESULTS,
    KEY_NONCE,
    KEY_VERIFY,
    KEY_AGAINST,
    KEY_CASES,
    KEY_DESCRIBE,
    KEY_LAST_WORDS,
    KEY_SERVICES
};

static const struct argp_option list[] = {
    {"version", KEY_VERSION, "V", 0, "the version to run; the first one if not said", 0},
    {"workers", KEY_WORKERS, "W", 0, "threads of a team (one a core), or ranks (all of the launch)",
     0},
    {"threads", KEY_THREADS, "T", 0, "threads in each rank of a hybrid version", 0},
    {"seed", KEY_SEED, "S", 0, "another input of the same kind (1)", 0},
    {"repeat", KEY_REPEAT, "R", 0, "run R times, each on a fresh problem", 0},
    {"check", KEY_CHECK, 0, 0, "compare the result with that of the serial version", 0},
    {"memory", KEY_MEMORY, 0, 0, "watch the peak memory (PSS); the time then means nothing", 0},
    {"picture", KEY_PICTURE, "FILE", 0, "draw the result as a PNG", 0},
    {"json", KEY_JSON, 0, 0, "one JSON object a run on stdout", 0},
    {0, 0, 0, 0, "For the tools of the kit:", 1},
    {"cases", KEY_CASES, "FILE", 0, "run many: ID VERSION WORKERS SEED [name=value ...] a line", 1},
    {"results", KEY_RESULTS, "DIR", 0, "write DIR/ID.res for each of --cases", 1},
    {"result", KEY_RESULT, "FILE", 0, "write the result file", 1},
    {"nonce", KEY_NONCE, "N", 0, "a number to put into the result file", 1},
    {"verify", KEY_VERIFY, "FILE", 0,
     "judge a result file by computing it again; a directory of them with --cases", 1},
    {"against", KEY_AGAINST, "FILE", 0,
     "with --verify: a result file known to be right, of the same case; what equals it is right",
     1},
    {"services", KEY_SERVICES, 0, 0, "what must run beside each of --cases, as JSON lines", 1},
    {"last-words", KEY_LAST_WORDS, "FILE", 0,
     "add a line that says where, if a signal or an error of MPI ends it", 1},
    {"describe", KEY_DESCRIBE, 0, 0, "the lab, its parameters and versions, as JSON lines", 1},
    {"help", KEY_HELP, 0, 0, "this text", -1},
    {"usage", KEY_HELP, 0, OPTION_HIDDEN, 0, -1}, // argp's own errors name it
    {0}};

static bool number(const char *name, const char *text, long hi, int *out) {
    long value;
    if (!value_long(name, text, 1, hi, &value))
        return false;
    *out = (int)value;
    return true;
}

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct options *o = state->input;
    bool good = true;
    switch (key) {
    case KEY_VERSION:
        good = case_version(&o->c, arg);
        break;
    case KEY_WORKERS:
        good = case_workers(&o->c, arg);
        break;
    case KEY_THREADS:
        good = number("threads", arg, 1024, &o->c.threads);
        break;
    case KEY_SEED:
        good = case_seed(&o->c, arg);
        break;
    case KEY_REPEAT:
        good = number("repeat", arg, 1000000, &o->repeat);
        break;
    case KEY_NONCE: {
        struct run_case reader = {0};
        good = case_seed(&reader, arg);
        o->nonce = reader.seed;
        break;
    }
    case KEY_CHECK:
        o->check = true;
        break;
    case KEY_MEMORY:
        o->memory = true;
        break;
    case KEY_JSON:
        o->json = true;
        break;
    case KEY_DESCRIBE:
        o->describe = true;
        break;
    case KEY_SERVICES:
        o->services = true;
        break;
    case KEY_PICTURE:
        o->picture = arg;
        break;
    case KEY_RESULT:
        o->result = arg;
        break;
    case KEY_RESULTS:
        o->results = arg;
        break;
    case KEY_VERIFY:
        o->verify = arg;
        break;
    case KEY_AGAINST:
        o->against = arg;
        break;
    case KEY_CASES:
        o->cases = arg;
        break;
    case KEY_LAST_WORDS:
        o->last_words = arg;
        break;
    case KEY_HELP:
        o->help = true;
        if (!(state->flags & ARGP_NO_ERRS))
            argp_state_help(state, stdout, ARGP_HELP_LONG | ARGP_HELP_USAGE | ARGP_HELP_DOC);
        break;
    case ARGP_KEY_ARG:
        good = case_param(&o->c, arg);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return good ? 0 : EINVAL;
}

// Adds what argp cannot know beforehand: the parameters and versions of this lab.
static char *about(int key, const char *text, void *input) {
    (void)input;
    if (key != ARGP_KEY_HELP_POST_DOC)
        return (char *)text;
    char *all = NULL;
    size_t size;
    FILE *out = open_memstream(&all, &size);
    if (!out)
        return (char *)text;
    fprintf(out, "Versions:");
    for (const struct version *v = lab.versions; v->name; v++)
        fprintf(out, " %s (%s)", v->name, run_name(v->run));
    fprintf(out, "\n\nParameters:\n");
    for (const struct param *p = lab.params; p->name; p++)
        fprintf(out, "  %s=%s\t%s\n", p->name, p->value, p->what);
    fprintf(out,
            "\nRanks are started by mpirun, or by \"build/bin/twofold run\". Exit status: 0 ran "
            "(and right, if checked), 1 wrong, 2 refused, 3 not written yet.\n");
    fclose(out);
    return all;
}

bool options_read(int argc, char **argv, bool quiet, struct options *options) {
    static char doc[256];
    snprintf(doc, sizeof doc, "%s.\v ", lab.title);
    const struct argp argp = {list, parse, "[name=value ...]", doc, NULL, about, NULL};
    *options = (struct options){.c = case_default(), .repeat = 1};
    unsigned flags = ARGP_NO_HELP | ARGP_NO_EXIT | (quiet ? ARGP_NO_ERRS : 0);
    return argp_parse(&argp, argc, argv, flags, NULL, options) == 0;
}
