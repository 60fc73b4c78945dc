// SPDX-License-Identifier: MIT
//
// runner.h: runs one row of a lab's table once.
//
// Theory of operation. A row becomes a command of the lab's program (--version, --workers, ...,
// --json), launch.h wraps it as this machine wants it, process.h runs it to its end, and of its
// output the one record (a JSON line) is kept. What goes wrong on the way is put into the row, its
// state and a sentence, so that the table can show it. Both the look and the rounds run rows so;
// only the look asks for more (--check, --memory, the counters), since that costs time.

#ifndef TWOFOLD_CONTRAST_RUNNER_H
#define TWOFOLD_CONTRAST_RUNNER_H

#include "command.h"
#include "counters.h"
#include "machine.h"
#include "progress.h"
#include "report.h"
#include <limits.h>

enum { TEXT_CAP = 4096 };

struct runner {
    const struct machine *machine;
    const struct counters *counters;
    struct progress *progress;
    const char *const *params;   // "name=value" of the person; NULL ends
    char program[PATH_MAX + 64]; // of the lab
    char tools[PATH_MAX + 16];   // build/bin
    double limit;                // s, after which a run has hung
    int nodes;                   // of the cluster that is up, on which it runs; 0: here
    const struct row *hung;      // the last one that did
};

// The command of a row, as a person may type it, or for the look. False: it cannot be run on this
// machine; text says why. The caller frees it.
bool runner_command(const struct runner *runner, const struct row *row, bool look,
                    struct command *command, char *text, size_t cap);
// Runs a row once. line: the record it left; outer: s, that all of it took, the start included
// (0: there was no start). False: there is no record; row->state and row->text say why.
bool runner_run(struct runner *runner, struct row *row, bool look, char line[TEXT_CAP],
                double *outer);

#endif
