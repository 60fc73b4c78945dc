// SPDX-License-Identifier: MIT
#include "request.h"
#include "report.h"
#include <argp.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_SOLUTIONS = 300, KEY_LABS, KEY_JSON, KEY_HTML, KEY_SVG };

static const struct argp_option options[] = {
    {"solutions", KEY_SOLUTIONS, NULL, 0, "Measure the kit's solutions (unless --labs is given)",
     0},
    {"labs", KEY_LABS, NULL, 0, "Measure the files in labs/: your own", 0},
    {"budget", 'b', "SECONDS", 0,
     "Time to spend on all labs together (30 s for each, but at most 110 s); two rounds are run "
     "in any case",
     0},
    {"repeat", 'r', "N", 0, "Run exactly N rounds, whatever they take", 0},
    {"json", KEY_JSON, NULL, 0, "JSON on stdout instead of tables, an object a line", 0},
    {"html", KEY_HTML, "FILE", 0, "Write the report as one HTML page, too", 0},
    {"svg", KEY_SVG, "FILE", 0, "Write the overview of all labs as a drawing, too", 0},
    {0}};

static const char doc[] =
    "Measure threads and processes side by side, in one interleaved run.\vLAB is a name or a "
    "number: heat, 09-heat, 9; none means all. name=value sets a parameter of the labs named. "
    "The exit status is 0, or 1 if a version was wrong or failed, or 2 if nothing could be "
    "measured or written.\n\nExample: twofold contrast heat n=1024 --html report.html";

static double to_number(struct argp_state *state, const char *what, const char *text, double lo,
                        double hi) {
    char *end;
    const double value = strtod(text, &end);
    if (!*text || *end || !(value >= lo && value <= hi))
        argp_error(state, "%s must be a number from %g to %g, not '%s'.", what, lo, hi, text);
    return value;
}

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct request *r = state->input;
    switch (key) {
    case KEY_SOLUTIONS:
        r->own = false;
        break;
    case KEY_LABS:
        r->own = true;
        break;
    case 'b':
        r->budget = to_number(state, "the budget in seconds", arg, 1, 86400);
        break;
    case 'r':
        r->repeat = (int)to_number(state, "the number of rounds", arg, 1, ROUNDS_MAX);
        if (r->repeat != strtod(arg, NULL))
            argp_error(state, "the number of rounds must be a whole number, not '%s'.", arg);
        break;
    case KEY_JSON:
        r->json = true;
        break;
    case KEY_HTML:
        r->html = arg;
        break;
    case KEY_SVG:
        r->svg = arg;
        break;
    case ARGP_KEY_ARG:
        if (strchr(arg, '=') && r->param_count < WORDS_MAX)
            r->params[r->param_count++] = arg;
        else if (!strchr(arg, '=') && r->lab_count < LABS_MAX)
            r->labs[r->lab_count++] = arg;
        else
            argp_error(state, "there are too many words; '%s' is left over.", arg);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

void request_read(struct request *request, int argc, char **argv) {
    static const struct argp argp = {options, parse, "[LAB ...] [name=value ...]", doc, NULL,
                                     NULL,    NULL};
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, request);
}

double request_budget(const struct request *request, int labs) {
    const double usual = SECONDS_A_LAB * (double)labs;
    if (request->budget > 0)
        return request->budget;
    return usual < SECONDS_ALL ? usual : SECONDS_ALL;
}
