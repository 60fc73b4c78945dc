// SPDX-License-Identifier: MIT
//
// claims.c: `twofold claims`: what every introduction says of threads and processes, with an
// experiment that shows it, and the figure measured here and now. Which experiments there are stands
// in the labs' claims.txt (experiment.h).

#include "claims/experiment.h"
#include "claims/figure.h"
#include "claims/measure.h"

#include "batch.h"
#include "claims.h"
#include "die.h"
#include "flat.h"
#include "program.h"
#include "table.h"
#include <argp.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const statements[] = {
    "A thread is the smallest unit that runs on its own inside a program. Starting one is cheap, "
    "starting a process is dear.",
    "Concurrency is interleaving: many threads make progress on one core without ever running at "
    "once. That gains nothing where they compute, and much where they wait.",
    "Threads of a process share all its memory: what one stores, all others see. A process has "
    "memory of its own, even at the same address.",
    "What is shared needs synchronisation, or updates get lost; and synchronisation has its "
    "price.",
    "With one lock round the whole interpreter, as CPython has it, threads do not speed up work "
    "that "
    "computes.",
    "They do speed up work that waits, for a thread that waits gives the lock away.",
    "Threads make waiting cheap: far more of them than cores can wait at once.",
    "Processes run truly in parallel on work that computes, up to the number of cores.",
    "Processes are isolated: one cannot reach the memory of another, nor take it along when it "
    "dies.",
    "Isolation costs memory, and needs explicit communication: pipes, queues, shared memory, "
    "messages.",
    "When to use which: threads where work waits; processes where it computes, and threads too "
    "where no lock is in their way."};
enum { STATEMENTS = sizeof statements / sizeof *statements, PATH_CAP = PATH_MAX + 256, TITLE = 56 };

static const struct argp_option list[] = {
    {"rounds", 'r', "N", 0, "Measure each experiment N times, 1 to 9 (3 to 5)", 0},
    {"brief", 'b', NULL, 0, "Of each claim, only the experiment that decides it", 0},
    {"verbose", 'v', NULL, 0, "Say at the end where the time went", 0},
    {"json", 'j', NULL, 0, "One JSON object an experiment and a claim, a line each, on stdout", 0},
    {0}};

static const char doc[] =
    "Measure what is said of threads and processes.\vEach claim is shown with its experiments, the "
    "median of some rounds with half the distance of their quartiles, and whether it holds here. "
    "The experiments are read from labs/*/claims.txt. They use versions that are given, and the "
    "solutions; where those are not there, your own.\n\n"
    "What is clear after three rounds is measured no more, nor is anything when there was time for "
    "three, unless you say how often. A case that several experiments have runs once a round.\n\n"
    "Exit status: 0, whatever holds; 2 nothing could be measured.";

struct request {
    int rounds; // 0: not said
    bool json, brief, verbose;
    bool named[STATEMENTS + 1]; // claims that are asked for
    bool any;                   // is; else all are
};

// "C5"
static bool name_claim(struct request *r, const char *word) {
    int claim = 0;
    char end;
    if (sscanf(word, "C%4d%c", &claim, &end) != 1 || claim < 1 || claim > STATEMENTS)
        return false;
    return r->named[claim] = r->any = true;
}

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct request *const r = state->input;
    char *end;
    switch (key) {
    case 'r':
        r->rounds = (int)strtol(arg, &end, 10);
        if (!*arg || *end || r->rounds < 1 || r->rounds > SAMPLES_MAX)
            argp_error(state, "--rounds is a whole number from 1 to %d, not '%s'.", SAMPLES_MAX,
                       arg);
        return 0;
    case 'j':
        r->json = true;
        return 0;
    case 'b':
        r->brief = true;
        return 0;
    case 'v':
        r->verbose = true;
        return 0;
    case ARGP_KEY_ARG:
        if (!name_claim(r, arg))
            argp_error(state, "'%s' is no claim; they are C1 to C%d.", arg, STATEMENTS);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

// -- telling ----------------------------------------------------------------------------------------

static void put_experiment_json(const struct experiment *e, const char *lab, const char *figure,
                                enum holds holds) {
    printf("{\"v\":1,\"kind\":\"experiment\",\"claim\":\"C%d\",\"lab\":", e->claim);
    flat_print(stdout, lab);
    fputs(",\"title\":", stdout);
    flat_print(stdout, e->title);
    fputs(",\"figure\":", stdout);
    flat_print(stdout, figure);
    printf(",\"judged\":%s,\"verdict\":", e->judged ? "true" : "false");
    flat_print(stdout, claim_word(holds));
    puts("}");
}

static void put_experiment(const struct experiment *e, const char *figure, enum holds holds) {
    printf("      %-*s  ", TITLE, e->title);
    char text[500];
    snprintf(text, sizeof text, "%.400s%s", figure,
             e->judged && holds == HOLDS_NOT ? "  <- not as claimed" : "");
    put_wrapped(stdout, text, TITLE + 8, 10, TABLE_WIDTH);
}

static void put_claim_json(int claim, enum holds holds) {
    printf("{\"v\":1,\"kind\":\"claim\",\"id\":\"C%d\",\"statement\":", claim);
    flat_print(stdout, statements[claim - 1]);
    fputs(",\"verdict\":", stdout);
    flat_print(stdout, claim_word(holds));
    puts("}");
}

// What the experiments of all claims came to.
struct told {
    char figure[400];
    enum holds holds;
};

// A claim holds where all its experiments that could be judged say so, and one could. Returns the one
// that decides, or the first that should have; -1: there are none.
static int decide(int claim, const struct experiments *all, struct told *told,
                  enum holds *verdict) {
    int by = -1;
    *verdict = HOLDS_UNKNOWN;
    for (int i = 0; i < all->count; i++) {
        const struct experiment *const e = &all->at[i];
        if (e->claim != claim)
            continue;
        told[i].holds = figure_say(e, told[i].figure, sizeof told[i].figure);
        const bool decides = told[i].holds == HOLDS_NOT && *verdict != HOLDS_NOT;
        const bool shows = told[i].holds == HOLDS && *verdict == HOLDS_UNKNOWN;
        if (decides || shows)
            *verdict = told[i].holds;
        if (decides || shows || by < 0 || (e->judged && !all->at[by].judged))
            by = i;
    }
    return by;
}

static void put_claim(int claim, const struct experiments *all, const struct labs *labs,
                      const struct request *request) {
    static struct told told[EXPERIMENTS_MAX];
    enum holds verdict;
    const int by = decide(claim, all, told, &verdict);
    if (by < 0)
        return;
    if (request->json) {
        put_claim_json(claim, verdict);
    } else {
        printf("  C%-2d ", claim);
        put_wrapped(stdout, statements[claim - 1], 6, 6, TABLE_WIDTH);
        printf("      %s\n", claim_word(verdict));
    }
    for (int i = 0; i < all->count; i++) {
        const struct experiment *const e = &all->at[i];
        if (e->claim != claim || (request->brief && i != by))
            continue;
        if (request->json)
            put_experiment_json(e, labs->at[e->lab].name, told[i].figure, told[i].holds);
        else
            put_experiment(e, told[i].figure, told[i].holds);
    }
    if (!request->json)
        putchar('\n');
}

// The experiments that took longest, and all together.
static void put_times(const struct experiments *all) {
    enum { MOST = 12 };
    double total = 0;
    bool told[EXPERIMENTS_MAX] = {false};
    for (int i = 0; i < all->count; i++)
        total += all->at[i].spent;
    printf("Where %.1f s went:\n", total);
    for (int n = 0; n < MOST && n < all->count; n++) {
        int longest = -1;
        for (int i = 0; i < all->count; i++)
            if (!told[i] && (longest < 0 || all->at[i].spent > all->at[longest].spent))
                longest = i;
        const struct experiment *const e = &all->at[longest];
        told[longest] = true;
        printf("  %6.1f s  %d rounds  C%-2d %s\n", e->spent, e->rounds, e->claim, e->title);
    }
}

// -- all --------------------------------------------------------------------------------------------

// Finds the programs of the labs that have experiments: with the solutions, where they are there, else
// with the files in labs/, which may not be written yet. False: none is there; text says why.
static bool find_programs(const char *root, const struct labs *labs, const struct experiments *all,
                          struct subject *subjects, char *text, size_t cap) {
    static char program[LABS_MAX][PATH_CAP];
    bool any = false;
    snprintf(text, cap, "no lab has a claims.txt.");
    for (int i = 0; i < all->count; i++) {
        const int lab = all->at[i].lab;
        if (subjects[lab].program)
            continue;
        if ((program_find(root, &labs->at[lab], true, program[lab], PATH_CAP, text, cap) ||
             program_find(root, &labs->at[lab], false, program[lab], PATH_CAP, text, cap)) &&
            lab_describe(program[lab], &subjects[lab].about, text, cap))
            subjects[lab].program = program[lab];
        any = any || subjects[lab].program;
    }
    return any;
}

// Experiments of claims that were not asked for.
static void leave_out(struct experiments *all, const struct request *request) {
    int kept = 0;
    for (int i = 0; i < all->count; i++)
        if (!request->any || request->named[all->at[i].claim])
            all->at[kept++] = all->at[i];
    all->count = kept;
}

int main(int argc, char **argv) {
    static const struct argp argp = {list, parse, "[C1 ...]", doc, NULL, NULL, NULL};
    static struct labs labs;
    static struct experiments all;
    static struct subject subjects[LABS_MAX];
    struct request request = {0};
    char root[PATH_MAX], path[PATH_CAP], text[PATH_CAP + 1024];
    struct machine machine;
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, &request);

    if (!labs_root(root, sizeof root))
        die("the directory of the kit cannot be told.");
    if (!labs_list(root, &labs, text, sizeof text))
        die("%s", text);
    process_catch_signals();
    machine_read(&machine);
    for (int lab = 0; lab < labs.count; lab++) {
        subjects[lab].machine = machine;
        snprintf(path, sizeof path, "%s/labs/%s/claims.txt", labs.at[lab].home, labs.at[lab].dir);
        if (!experiments_read(path, lab, machine.cores, STATEMENTS, &all, text, sizeof text))
            die("%s", text);
    }
    if (!find_programs(root, &labs, &all, subjects, text, sizeof text))
        die("%s", text);
    leave_out(&all, &request);
    measure_all(&all, subjects, request.rounds);
    process_die_if_interrupted();
    if (!request.json)
        printf("\nWhat is said of threads and processes, and what was measured here and now (%d "
               "core%s, %s%d round%s):\n\n",
               machine.cores, machine.cores == 1 ? "" : "s", request.rounds ? "" : "up to ",
               request.rounds ? request.rounds : MEASURE_ROUNDS, request.rounds == 1 ? "" : "s");
    for (int claim = 1; claim <= STATEMENTS; claim++)
        put_claim(claim, &all, &labs, &request);
    if (request.verbose && !request.json)
        put_times(&all);
    return 0;
}
