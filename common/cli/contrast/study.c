// SPDX-License-Identifier: MIT
#include "study.h"
#include "flat.h"
#include "look.h"
#include "nodes.h"
#include "plan.h"
#include "process.h"
#include "verdict.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { ROUNDS_LONG = 3 }; // in which a long row is timed; a slow one only in the least
static const double LONG_RUN = 2, SLOW_RUN = 3; // s, see study.h

// -- which rows a round runs ---------------------------------------------------------------------

static bool to_be_timed(const struct study *study, int i, int round) {
    const struct row *row = &study->part->rows[i];
    const double cost = study->cost[i];
    if (row->state != ROW_TIMED && row->state != ROW_UNTIMED)
        return false;
    if (study->repeat || round < ROUNDS_LEAST)
        return true;
    return round < ROUNDS_LONG ? cost <= SLOW_RUN || i == 0 : cost < LONG_RUN;
}

static bool serial_again(const struct study *study, int round) {
    return to_be_timed(study, 0, round) &&
           (study->repeat || round < ROUNDS_LEAST || study->cost[0] <= SLOW_RUN);
}

// After which row serial runs once more: far from its first run, to see the machine change.
static int middle(const struct study *study) {
    return study->part->row_count / 2;
}

// Seconds that this round takes from row `first` on; 0: there is nothing to run.
static double round_cost(const struct study *study, int round, int first) {
    double sum = first <= middle(study) && serial_again(study, round) ? study->cost[0] : 0;
    for (int i = first; i < study->part->row_count; i++)
        sum += to_be_timed(study, i, round) ? study->cost[i] : 0;
    return sum;
}

// Seconds that the lab needs in any case, from row `first` of this round on.
static double rest_cost(const struct study *study, int round, int first) {
    const int rounds = study->repeat ? study->repeat : ROUNDS_LEAST;
    double sum = round_cost(study, round, first);
    for (int r = round + 1; r < rounds; r++)
        sum += round_cost(study, r, 0);
    return sum;
}

// -- the rounds ----------------------------------------------------------------------------------

static void time_once(struct study *study, int i, int round) {
    struct row *row = &study->part->rows[i];
    char line[TEXT_CAP];
    double wall, cpu;
    if (!runner_run(&study->runner, row, false, line, &study->cost[i]) ||
        !flat_number(line, "wall_ms", &wall) || !flat_number(line, "cpu_ms", &cpu))
        return;
    row->wall[round] = wall / 1e3;
    row->cpu[round] = cpu / 1e3;
    row->state = ROW_TIMED;
    nodes_time(study, i, round);
}

// What becomes of this run is no news of the row: it only tells how far serial is from itself.
static void time_again(struct study *study, int round) {
    struct row copy = study->part->rows[0];
    char line[TEXT_CAP];
    double wall, outer;
    if (runner_run(&study->runner, &copy, false, line, &outer) &&
        flat_number(line, "wall_ms", &wall))
        study->again[round] = wall / 1e3;
    study->runner.progress->row = &study->part->rows[0];
}

static void run_round(struct study *study, int round) {
    struct part *part = study->part;
    struct progress *progress = study->runner.progress;
    snprintf(progress->doing, sizeof progress->doing, "round %d", round + 1);
    for (int i = 0; i < part->row_count && !process_interrupted(); i++) {
        progress_expect(progress, rest_cost(study, round, i));
        if (to_be_timed(study, i, round))
            time_once(study, i, round);
        if (i == middle(study) && serial_again(study, round) && !isnan(part->rows[0].wall[round]) &&
            !process_interrupted())
            time_again(study, round);
    }
}

static void run_rounds(struct study *study, double until) {
    struct part *part = study->part;
    for (int r = 0; r < ROUNDS_MAX; r++)
        study->again[r] = NAN;
    while (!process_interrupted()) {
        const double cost = round_cost(study, part->rounds, 0);
        if (cost <= 0 ||
            !plan_another_round(part, part->rounds, cost, until - process_now(), study->repeat))
            break;
        run_round(study, part->rounds);
        part->rounds++;
    }
    part->noise = noise_of(part->rows[0].wall, study->again, ROUNDS_MAX);
}

// -- the lab -------------------------------------------------------------------------------------

static void describe(struct part *part, const struct lab_about *about, const char *const *params) {
    snprintf(part->name, sizeof part->name, "%s", about->name);
    snprintf(part->title, sizeof part->title, "%s", about->title);
    snprintf(part->unit, sizeof part->unit, "%s", about->unit);
    snprintf(part->bound, sizeof part->bound, "%s", about->bound);
    for (int i = 0; i < about->params; i++) {
        const struct lab_param *param = &about->param[i];
        const size_t used = strlen(part->params), length = strlen(param->name);
        const char *value = param->value;
        for (int w = 0; params[w]; w++)
            if (strncmp(params[w], param->name, length) == 0 && params[w][length] == '=')
                value = params[w] + length + 1;
        if (*value)
            snprintf(part->params + used, sizeof part->params - used, "%s%s=%s", used ? " " : "",
                     param->name, value);
    }
}

static void plan(struct part *part, const struct lab_about *about) {
    plan_version(part, "serial", "serial", true); // first: all others are held against it
    for (int i = 0; i < about->versions; i++)
        if (strcmp(about->version[i].name, "serial") != 0)
            plan_version(part, about->version[i].name, about->version[i].run,
                         about->version[i].given);
}

void study_add_sentence(struct part *part, const char *sentence) {
    if (part->sentence_count < SENTENCES_MAX) {
        snprintf(part->sentences[part->sentence_count++], SENTENCE_CAP, "%s", sentence);
    } else {
        char *last = part->sentences[SENTENCES_MAX - 1];
        const size_t used = strlen(last);
        snprintf(last + used, SENTENCE_CAP - used, " %s", sentence);
    }
}

// What was cut short must be known by name: two values have hardly a spread.
static void say_few(const struct study *study) {
    struct part *part = study->part;
    char names[384] = "", name[96], sentence[SENTENCE_CAP];
    int count = 0, timed = 0;
    for (int i = 0; i < part->row_count; i++) {
        const struct row *row = &part->rows[i];
        if (row->state != ROW_TIMED)
            continue;
        timed++;
        if (row_time(row).times > ROUNDS_LEAST || study->cost[i] <= SLOW_RUN)
            continue;
        snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s", count++ ? "; " : "",
                 row_name(row, name, sizeof name));
    }
    if (study->repeat || timed == 0)
        return;
    if (part->rounds == ROUNDS_LEAST) {
        study_add_sentence(part,
                           "Each row was timed only twice, for the time was up: the spread of two "
                           "values says little. --budget SECONDS gives more.");
    } else if (count > 0) {
        snprintf(sentence, sizeof sentence,
                 "Timed only twice, for one run takes more than %.0f s: %s. The spread of two "
                 "values says little.",
                 SLOW_RUN, names);
        study_add_sentence(part, sentence);
    }
}

bool study_lab(struct study *study, const struct lab_about *about, double until) {
    struct part *part = study->part;
    part->cores = study->runner.machine->whole_cores;
    part->noise = NAN;
    describe(part, about, study->runner.params);
    plan(part, about);
    progress_lab(study->runner.progress, part->name);
    if (!isatty(STDERR_FILENO))
        fprintf(stderr, "twofold contrast: %s: %d rows, about %.0f s.\n", part->name,
                part->row_count, fmax(1, until - process_now()));
    look_at_all(study);
    if (part->rows[0].state == ROW_FAILED && *study->runner.params) {
        progress_clear();
        return false;
    }
    run_rounds(study, until);
    for (int i = 0; i < part->row_count; i++)
        if (part->rows[i].state == ROW_UNTIMED && !*part->rows[i].text)
            snprintf(part->rows[i].text, sizeof part->rows[i].text,
                     "Interrupted before its time was taken.");
    progress_clear();
    verdict_say(part);
    say_few(study);
    nodes_say(study);
    return true;
}
