// SPDX-License-Identifier: MIT
//
// lines.c: lines that are not what they seem; see rules.h.

#include "rules.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

// What Slurm would read if the line were written as it was meant; NULL: it is an honest comment.
static const char *meant(const char *line) {
    static const char *const almost[] = {"SBATCH", "SBACTH", "SBTACH", "SABTCH", "SBATH", "BATCH"};
    const char *word = line + strspn(line, " \t");
    bool moved = word != line;
    if (*word != '#')
        return NULL;
    word++;
    size_t blanks = strspn(word, " \t");
    word += blanks;
    size_t length = strcspn(word, " \t:-");
    for (size_t i = 0; i < sizeof almost / sizeof *almost; i++) {
        if (strlen(almost[i]) != length || strncasecmp(word, almost[i], length) != 0)
            continue;
        const char *rest = word + length + strspn(word + length, ": \t");
        bool right = i == 0 && strncmp(word, "SBATCH", 6) == 0 && !blanks && !moved &&
                     (word[6] == ' ' || word[6] == '\t');
        return right || *rest != '-' ? NULL : rest;
    }
    return NULL;
}

static void examine_comment(const char *line, int number, struct findings *findings) {
    char mend[256];
    const char *rest = meant(line);
    if (rest) {
        snprintf(mend, sizeof mend, "#SBATCH %.200s", rest);
        find(findings, number, "comment", mend,
             "\"%.60s\" is a comment to Slurm, which reads lines that begin with #SBATCH and a "
             "blank.",
             line);
    } else if (strncmp(line, "#PBS", 4) == 0 || strncmp(line, "#BSUB", 5) == 0 ||
               strncmp(line, "#$ -", 4) == 0) {
        find(findings, number, "other-system", "Write what it asks for as #SBATCH lines.",
             "\"%.40s\" is for another batch system; Slurm takes it for a comment.", line);
    }
}

static void examine_start(const struct script *script, struct findings *findings) {
    const char *first = script->line[0];
    if (strncmp(first, "#!", 2) != 0)
        find(findings, 1, "no-shell", "#!/bin/bash",
             "The first line does not name the shell, so sbatch refuses the script.");
    else if (strncmp(first, "#!/bin/", 7) != 0 && strncmp(first, "#!/usr/bin/", 11) != 0)
        find(findings, 1, "shell", "#!/bin/bash", "\"%.40s\" is where few machines have a shell.",
             first);
}

void rules_of_lines(const struct script *script, struct findings *findings) {
    static const char *const foreign[] = {"PBS_O_WORKDIR", "PBS_NODEFILE", "PBS_JOBID",
                                          "LSB_JOBID",     "LSB_HOSTS",    "PE_HOSTFILE"};
    bool dos = false, strange = false;
    examine_start(script, findings);
    for (int i = 0; i < script->lines; i++) {
        const char *line = script->line[i];
        size_t length = strlen(line);
        if (!dos && length && line[length - 1] == '\r') {
            dos = true;
            find(findings, i + 1, "dos", "sed -i 's/\\r$//' SCRIPT",
                 "Lines end as on Windows (CR LF), and sbatch refuses such a script.");
        }
        examine_comment(line, i + 1, findings);
        for (size_t f = 0; f < sizeof foreign / sizeof *foreign && !strange; f++)
            if (*line != '#' && strstr(line, foreign[f])) {
                strange = true;
                find(findings, i + 1, "other-variable",
                     "Slurm's are SLURM_SUBMIT_DIR, SLURM_JOB_NODELIST, SLURM_JOB_ID.",
                     "%s is a variable of another batch system; here it is empty.", foreign[f]);
            }
    }
}
