// SPDX-License-Identifier: MIT
#include "look.h"
#include "flat.h"
#include "labs.h"
#include "nodes.h"
#include "plan.h"
#include "process.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIMIT_FIRST = 600 }; // s, for the first run, of which nothing is known

// Reads what the record of a look says into the row and the lab. Returns the kernel's time, s.
static double read_record(struct part *part, struct row *row, const char *line) {
    char word[64] = "", text[SENTENCE_CAP] = "";
    double number, wall = 0;
    if (flat_number(line, "peak_kb", &number) && number > 0)
        row->memory = 1024 * number;
    row->memory_pss = flat_text(line, "peak_kind", word, sizeof word) && strcmp(word, "pss") == 0;
    flat_number(line, "wall_ms", &wall);
    if (flat_number(line, "ideal_ms", &number))
        row->ideal = number / 1e3;
    if (flat_number(line, "work", &number))
        part->work = number;
    if (flat_text(line, "verdict", word, sizeof word) && strcmp(word, "PASS") != 0) {
        flat_text(line, "text", text, sizeof text);
        row->state = ROW_WRONG;
        snprintf(row->text, sizeof row->text, "%s",
                 *text ? text : "The result is not the serial one.");
    }
    return wall / 1e3;
}

// The command without the look's extras, for a person to repeat.
static void note_command(const struct runner *runner, struct row *row) {
    struct command command = {0};
    char text[SENTENCE_CAP];
    if (!runner_command(runner, row, false, &command, text, sizeof text))
        return;
    char *words = command_text(&command);
    snprintf(row->command, sizeof row->command, "%s", words);
    free(words);
    command_free(&command);
}

// What is not written yet, or never ends, is so with more workers, too: the row is as the one above
// it. Returns whether that is so.
static bool as_above(struct runner *runner, struct row *row, const struct row *above) {
    if ((above->state != ROW_TODO && above != runner->hung) ||
        strcmp(above->version, row->version) != 0)
        return false;
    row->state = above->state;
    runner->hung = above == runner->hung ? row : runner->hung;
    snprintf(row->text, sizeof row->text, "%s", above->text);
    return true;
}

// Seconds that the lab needs in any case after `seen` rows were looked at, which took `spent`, if
// the others are like them. NAN: none was looked at.
static double rest_cost(const struct study *study, int seen, double spent) {
    const int rounds = study->repeat ? study->repeat : ROUNDS_LEAST;
    const double rows = study->part->row_count;
    double sum = 0;
    for (int i = 0; i < seen; i++)
        sum += study->cost[i];
    if (seen == 0)
        return NAN;
    return spent * (rows - seen) / seen + rounds * (sum * rows / seen + study->cost[0]);
}

void look_at_all(struct study *study) {
    struct part *part = study->part;
    struct runner *runner = &study->runner;
    char line[TEXT_CAP];
    double serial = 0; // s, that the kernel takes in serial: every check runs it once more
    const double begin = process_now();
    snprintf(runner->progress->doing, sizeof runner->progress->doing, "first look");
    runner->limit = LIMIT_FIRST;
    runner->hung = NULL;
    for (int i = 0; i < part->row_count && !process_interrupted(); i++) {
        struct row *row = &part->rows[i];
        double outer = 0, wall = 0;
        note_command(runner, row);
        if (i > 0 && as_above(runner, row, row - 1))
            continue;
        progress_expect(runner->progress, rest_cost(study, i, process_now() - begin));
        if (runner_run(runner, row, true, line, &outer)) {
            wall = read_record(part, row, line);
            if (lab_run_needs_mpi(row->run))
                counters_read(runner->counters, row, wall);
        }
        // What takes ten times as long as serial with all that is round it hangs; the rest is for
        // the start of many ranks.
        if (i == 0) {
            serial = wall;
            runner->limit = ceil(10 * outer + 20);
        }
        study->cost[i] = fmax(outer - serial, wall);
        nodes_look(study, i);
    }
}
