// SPDX-License-Identifier: MIT
#include "nodes.h"
#include "flat.h"
#include "labs.h"
#include "process.h"
#include "show.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

int nodes_up(const char *tools) {
    struct command command = {0};
    struct outcome outcome;
    command_add(&command, "%s/twofold", tools);
    static const char *const words[] = {"cluster", "run", "srun", "--immediate=5", NULL};
    for (int i = 0; words[i]; i++)
        command_add(&command, "%s", words[i]);
    command_add(&command, "--nodes=%d", NODES);
    command_add(&command, "--ntasks=%d", NODES);
    command_add(&command, "true");
    process_run(&command, &(struct how){.seconds = 20, .capture_out = true, .capture_err = true},
                &outcome);
    const bool up = outcome.started && outcome.status == 0;
    command_free(&command);
    outcome_free(&outcome);
    return up ? NODES : 0;
}

// Runs the row on the nodes; `at` becomes a copy of it, for what goes wrong there is no news of the
// row.
static bool run(struct study *study, struct row *row, struct row *at, bool look,
                char line[TEXT_CAP]) {
    const struct row *const hung = study->runner.hung;
    double outer = 0;
    *at = *row;
    study->runner.nodes = study->nodes;
    const bool good = runner_run(&study->runner, at, look, line, &outer);
    study->runner.nodes = 0;
    study->runner.hung = hung;
    study->runner.progress->row = row;
    study->cost[row - study->part->rows] += outer;
    return good;
}

void nodes_look(struct study *study, int i) {
    struct row *const row = &study->part->rows[i];
    struct row at;
    char line[TEXT_CAP] = "", verdict[16] = "", name[96];
    if (!study->nodes || row->workers < study->nodes || !lab_run_needs_mpi(row->run) ||
        row->state != ROW_UNTIMED)
        return;
    row->nodes = study->nodes;
    row->nodes_state = run(study, row, &at, true, line) ? ROW_UNTIMED : at.state;
    if (flat_text(line, "verdict", verdict, sizeof verdict) && strcmp(verdict, "PASS") != 0) {
        row->nodes_state = ROW_WRONG;
        snprintf(at.text, sizeof at.text, "its result is not the serial one.");
        flat_text(line, "text", at.text, sizeof at.text);
    }
    if (row->nodes_state != ROW_UNTIMED && !*study->nodes_said)
        snprintf(study->nodes_said, sizeof study->nodes_said, "%s, on %d nodes: %.500s",
                 row_name(row, name, sizeof name), row->nodes, at.text);
}

void nodes_time(struct study *study, int i, int round) {
    struct row *const row = &study->part->rows[i];
    struct row at;
    char line[TEXT_CAP];
    double wall;
    if (!row->nodes || (row->nodes_state != ROW_UNTIMED && row->nodes_state != ROW_TIMED) ||
        process_interrupted())
        return;
    if (run(study, row, &at, false, line) && flat_number(line, "wall_ms", &wall)) {
        row->nodes_wall[round] = wall / 1e3;
        row->nodes_state = ROW_TIMED;
    }
}

void nodes_say(struct study *study) {
    char name[96], here[SHOW_CAP], there[SHOW_CAP], sentence[SENTENCE_CAP];
    const struct row *best = NULL;
    for (int i = 0; i < study->part->row_count; i++) {
        const struct row *const row = &study->part->rows[i];
        if (row_time_on_nodes(row).times && (!best || row_time(row).median < row_time(best).median))
            best = row;
    }
    if (*study->nodes_said)
        study_add_sentence(study->part, study->nodes_said);
    if (!best)
        return;
    snprintf(sentence, sizeof sentence,
             "%s: %s on this machine, %s on %d nodes of the cluster in a box, where messages cross "
             "a network and the nodes share this machine's cores.",
             row_name(best, name, sizeof name), show_time(row_time(best).median, here),
             show_time(row_time_on_nodes(best).median, there), best->nodes);
    study_add_sentence(study->part, sentence);
}
