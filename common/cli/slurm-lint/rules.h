// SPDX-License-Identifier: MIT
//
// rules.h: what people get wrong in batch scripts. A finding says what will happen, and the mend.

#ifndef TWOFOLD_RULES_H
#define TWOFOLD_RULES_H

#include "script.h"

struct finding {
    int line; // from 1; 0: the script as a whole
    char rule[24];
    char text[512], mend[256];
};

enum { FINDINGS_MAX = 256 };

struct findings {
    int count;
    struct finding at[FINDINGS_MAX];
};

// Adds a finding; text as printf. mend: a line to write, or what to do.
void find(struct findings *findings, int line, const char *rule, const char *mend, const char *text,
          ...) __attribute__((format(printf, 5, 6)));

// -- lines.c: lines that are not what they seem -------------------------------------------------
void rules_of_lines(const struct script *script, struct findings *findings);
// -- request.c: what is asked of Slurm ------------------------------------------------------------
void rules_of_request(const struct script *script, struct findings *findings);
// -- output.c: where the output goes --------------------------------------------------------------
void rules_of_output(const struct script *script, struct findings *findings);
// -- launch.c: how programs are started -------------------------------------------------------------
void rules_of_launch(const struct script *script, struct findings *findings);
// -- threads.c: OpenMP ------------------------------------------------------------------------------
void rules_of_threads(const struct script *script, struct findings *findings);

// Is a program started by something that is not in this script, a variable or an array?
bool starts_by_variable(const struct script *script);
// mpirun, mpiexec or srun that starts a program in this script; NULL: none.
const struct shell_command *launcher_of(const struct script *script, int *program);

// The option of sbatch that is spelled most like this; NULL: none is near.
const char *directive_nearest(const char *name);

#endif
