// SPDX-License-Identifier: MIT
//
// diagnose.c: `twofold diagnose`: runs any MPI or OpenMP program under the observer and says what
// is wrong in it, where, and what to try. What can be looked for is a table of lanes
// (diagnose/lane.h).

#include "diagnose/lane.h"
#include "die.h"
#include "labs.h"
#include "process.h"
#include <argp.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const struct lane *const lanes[] = {&lane_mpi, &lane_race, NULL};

enum { KEY_SECONDS = 300, KEY_JSON, KEY_EVIDENCE, KEY_WORKERS, KEY_APART };

static const struct argp_option list[] = {
    {"ranks", 'n', "N", 0,
     "Start N ranks by mpirun (without it the program runs by itself, and a C file that "
     "includes mpi.h on 2)",
     1},
    {"threads", 't', "T", 0, "Threads of each process (OMP_NUM_THREADS)", 1},
    {"seconds", KEY_SECONDS, "S", 0, "End the run after S seconds (no limit)", 1},
    {"workers", KEY_WORKERS, NULL, 0,
     "Also say who worked and who waited, and what the messages amount to", 2},
    {"apart", KEY_APART, NULL, 0,
     "Observe ranks on one machine as those on nodes that share no memory, to see what is found "
     "there",
     2},
    {"json", KEY_JSON, NULL, 0, "One JSON object a finding on stdout", 2},
    {"evidence", KEY_EVIDENCE, "FILE", 0, "Write the same JSON to FILE", 2},
    {0}};

static const char doc[] =
    "Run an MPI or OpenMP program under the observer and say what is wrong in it. Compile it with "
    "-g, or lines cannot be named. Given a C file of a program of OpenMP, or of MPI and OpenMP, "
    "build it and look for races, and for cache lines that threads take from each other (which is "
    "slow, but not wrong, and does not count for the exit status)."
    "\vPROGRAM is any program, also one that is not the kit's. Exit "
    "status: 0 nothing was found, 1 something was found, 2 refused, 3 it could not be "
    "observed.\n\nExample: twofold diagnose -n 4 ./a.out 1000\nExample: twofold diagnose sum.c";

struct asked {
    struct request request;
    const char *evidence;
};

static int number(const char *option, const char *text, int most) {
    char *end;
    const long value = strtol(text, &end, 10);
    if (!*text || *end || value < 1 || value > most)
        die("%s takes a whole number from 1 to %d, not '%s'.", option, most, text);
    return (int)value;
}

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct asked *const asked = state->input;
    struct request *const r = &asked->request;
    char *end;
    switch (key) {
    case 'n':
        r->ranks = number("-n", arg, 256);
        break;
    case 't':
        r->threads = number("-t", arg, 1024);
        break;
    case KEY_SECONDS:
        r->seconds = strtod(arg, &end);
        if (!*arg || *end || !(r->seconds > 0) || r->seconds > 1e6)
            die("--seconds takes a number above 0, not '%s'.", arg);
        break;
    case KEY_JSON:
        r->json = true;
        break;
    case KEY_APART:
        r->apart = true;
        break;
    case KEY_WORKERS:
        r->workers = true;
        break;
    case KEY_EVIDENCE:
        asked->evidence = arg;
        break;
    case ARGP_KEY_ARG: // the first word that is no option: from there on all is the program's
        r->argv = state->argv + state->next - 1;
        state->next = state->argc;
        break;
    case ARGP_KEY_NO_ARGS:
        die("which program? For example: twofold diagnose -n 4 ./a.out");
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static bool ends_in(const char *word, const char *end) {
    const size_t length = strlen(word), tail = strlen(end);
    return length > tail && strcmp(word + length - tail, end) == 0;
}

// The program is looked for before anything is started: mpirun's own words for it are long.
static void check_program(struct request *r) {
    const char *const name = r->argv[0];
    r->source = ends_in(name, ".c");
    if (r->apart && !r->ranks)
        die("--apart is about ranks: say with -n how many.");
    if (r->source && access(name, R_OK) != 0)
        die("%s cannot be read: %s; is the path right?", name, strerror(errno));
    if (r->source && r->workers)
        die("--workers goes with a program, not with a C file: build %s yourself (gcc -g -fopenmp, "
            "or mpicc -g) and give the program.",
            name);
    if (!r->source)
        die_without_program(name);
}

static int width(void) {
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        return size.ws_col < 100 ? size.ws_col : 100;
    return 100;
}

static bool write_evidence(const char *path, const struct findings *findings) {
    FILE *const file = fopen(path, "we");
    bool good = file;
    for (size_t i = 0; file && i < findings->count; i++)
        evidence_json(file, &findings->at[i]);
    if (file)
        good = !ferror(file);
    if (file)
        good = fclose(file) == 0 && good;
    if (!good)
        fprintf(stderr, "twofold diagnose: the findings cannot be written to %s: %s.\n", path,
                strerror(errno));
    return good;
}

static void say(const struct request *request, const struct findings *findings) {
    for (size_t i = 0; i < findings->count; i++) {
        const struct evidence *const e = &findings->at[i];
        if (request->json)
            evidence_json(stdout, e);
        else if (strcmp(e->kind, "infra") == 0)
            fprintf(stderr, "twofold diagnose: %s\n", e->text);
        else
            evidence_say(stdout, e, width());
    }
}

// Is there anything that costs time, but is not wrong?
static bool slow(const struct findings *findings) {
    for (size_t i = 0; i < findings->count; i++)
        if (strcmp(findings->at[i].kind, "sharing") == 0)
            return true;
    return false;
}

int main(int argc, char **argv) {
    static const struct argp argp = {list, parse, "[--] PROGRAM|FILE.c [ARGUMENTS]", doc, NULL,
                                     NULL, NULL};
    struct asked asked = {0};
    struct findings findings = {0};
    char root[PATH_MAX];
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &asked);
    struct request *const request = &asked.request;
    if (!labs_root(root, sizeof root))
        die("the kit's directory cannot be found; is /proc mounted?");
    request->root = root;
    check_program(request);

    int looked = 0, blind = 0;
    process_catch_signals();
    for (size_t i = 0; lanes[i] && !process_interrupted(); i++) {
        const enum seen seen = lanes[i]->look(request, &findings);
        looked += seen == LANE_CLEAN || seen == LANE_FOUND;
        blind += seen == LANE_BLIND;
    }
    process_die_if_interrupted();
    if (!looked && !blind && !request->source) {
        say(request, &findings);
        fprintf(stderr,
                "twofold diagnose: %s used neither MPI nor OpenMP of GCC, so there was nothing to "
                "observe. Was it compiled with mpicc, or with gcc -fopenmp?\n",
                request->argv[0]);
        findings_free(&findings);
        return 3;
    }
    if (!looked && !blind)
        die("%s is a C file, and no lane that builds one is part of this kit: build it yourself "
            "(mpicc -g) and give the program.",
            request->argv[0]);
    say(request, &findings);
    const bool accused = findings_accuse(&findings);
    if (looked && !accused && !request->json)
        puts(slow(&findings) ? "Nothing that is wrong was found; what was found costs time."
                             : "Nothing was found.");
    const bool written = !asked.evidence || write_evidence(asked.evidence, &findings);
    findings_free(&findings);
    if (fflush(stdout) != 0 || !written)
        return 3;
    return accused ? 1 : looked ? 0 : 3;
}
