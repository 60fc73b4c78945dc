// SPDX-License-Identifier: MIT
//
// words.c: see words.h.

#include "words.h"
#include "die.h"

#include <argp.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEY_LAB = 'l',
    KEY_OUT = 'o',
    KEY_ROSTER = 'r',
    KEY_POLICY = 'p',
    KEY_JOBS = 'j',
    KEY_SEED = 's',
    KEY_EXPORT = 'e',
    KEY_LAYOUT = 300,
    KEY_AGAIN,
    KEY_HIDDEN,
    KEY_EARLIER,
    KEY_VARIANTS,
    KEY_PUBLISHED,
    KEY_NO_SANDBOX,
    KEY_SLURM,
    KEY_CANVAS,
    KEY_MOODLE,
    KEY_BLACKBOARD,
    KEY_COLUMN
};

static const struct argp_option list[] = {
    {"lab", KEY_LAB, "LAB", 0, "Which lab: heat, 09-heat, 9", 0},
    {"out", KEY_OUT, "DIR", 0, "Where everything is kept (build/grade/LAB)", 0},
    {"roster", KEY_ROSTER, "FILE", 0, "The class, as CSV: a column username, id or email, and name",
     0},
    {"policy", KEY_POLICY, "FILE", 0,
     "When it is due and what lateness costs (docs/instructor-guide.md)", 0},
    {"hidden", KEY_HIDDEN, "FILE", 0, "Checks of your own, of which students see no inputs", 0},
    {"earlier", KEY_EARLIER, "SUBMISSIONS", 0,
     "An earlier class, to look for pairs with; may be given again", 0},
    {"published", KEY_PUBLISHED, NULL, 0,
     "The marks are out: show what is to be shown after_published", 0},
    {"layout", KEY_LAYOUT, "NAME", 0, "plain, canvas, moodle, gradescope or blackboard (found out)",
     0},
    {"jobs", KEY_JOBS, "N", 0, "Submissions at a time (as many as cores)", 0},
    {"seed", KEY_SEED, "N", 0, "The cases of an earlier call that printed this seed", 0},
    {"variants", KEY_VARIANTS, "SALT", 0,
     "Cases of their own for each student, drawn from this word of the course", 0},
    {"slurm", KEY_SLURM, NULL, 0,
     "On the nodes of a cluster: a login node's Slurm, or make cluster", 0},
    {"again", KEY_AGAIN, NULL, 0, "Judge all once more", 0},
    {"export", KEY_EXPORT, "NAMES", 0,
     "gradescope, prairielearn, autolab, junit, ctrf (with commas between), or all", 0},
    {"canvas", KEY_CANVAS, "FILE", 0, "Fill Canvas's exported gradebook into OUT/canvas.csv", 0},
    {"moodle", KEY_MOODLE, "FILE", 0, "Fill Moodle's grading worksheet into OUT/moodle.csv", 0},
    {"blackboard", KEY_BLACKBOARD, "FILE", 0, "Fill Blackboard's work file into OUT/blackboard.*",
     0},
    {"column", KEY_COLUMN, "NAME", 0, "Its column for this lab (the one that names the lab)", 0},
    {"no-sandbox", KEY_NO_SANDBOX, NULL, 0, "Run strangers' code as you: every page will say so",
     0},
    {0}};

static const char doc[] =
    "Judge the submissions of a class, write pages and grades.\vSUBMISSIONS is a directory with a "
    "directory or an archive for each student, or what Canvas, Moodle, Gradescope or Blackboard "
    "give as a bulk download. Call it again to go on after Ctrl-C, or when more was handed in: "
    "nothing is judged twice. Exit status: 0 all is judged, 1 some could not be, 2 refused.\n\n"
    "Example: twofold grade --lab heat submissions.zip";

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct request *const r = state->input;
    switch (key) {
    case KEY_LAB:
        r->lab = arg;
        break;
    case KEY_OUT:
        r->out = arg;
        break;
    case KEY_ROSTER:
        r->roster = arg;
        break;
    case KEY_POLICY:
        r->policy = arg;
        break;
    case KEY_HIDDEN:
        r->hidden = arg;
        break;
    case KEY_EARLIER:
        if (r->earliers == EARLIER_MAX)
            argp_error(state, "--earlier is given more than %d times.", EARLIER_MAX);
        r->earlier[r->earliers++] = arg;
        break;
    case KEY_VARIANTS:
        r->variants = arg;
        break;
    case KEY_PUBLISHED:
        r->published = true;
        break;
    case KEY_LAYOUT:
        r->layout = arg;
        break;
    case KEY_JOBS:
        r->jobs = arg;
        break;
    case KEY_SEED:
        r->seed = arg;
        break;
    case KEY_AGAIN:
        r->again = true;
        break;
    case KEY_SLURM:
        r->slurm = true;
        break;
    case KEY_NO_SANDBOX:
        r->no_sandbox = true;
        break;
    case KEY_EXPORT:
        r->wanted.exports = arg;
        break;
    case KEY_CANVAS:
        r->wanted.canvas = arg;
        break;
    case KEY_MOODLE:
        r->wanted.moodle = arg;
        break;
    case KEY_BLACKBOARD:
        r->wanted.blackboard = arg;
        break;
    case KEY_COLUMN:
        r->wanted.column = arg;
        break;
    case ARGP_KEY_ARG:
        if (r->submissions)
            argp_error(state,
                       "'%s' is one word too many: all submissions lie in one directory or "
                       "archive.",
                       arg);
        r->submissions = arg;
        break;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "where are the submissions? Name their directory or archive.");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

void words_read(struct request *request, int argc, char **argv) {
    static const struct argp argp = {list, parse, "SUBMISSIONS", doc, NULL, NULL, NULL};
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, request);
}

double words_number(const char *text, const char *what, double least, double most) {
    char *end;
    const unsigned long long number = strtoull(text, &end, 10);
    if (!*text || strspn(text, "0123456789") != strlen(text) || (double)number < least ||
        (double)number > most)
        die("%s is a whole number from %.0f to %.0f, not '%s'.", what, least, most, text);
    return (double)number;
}
