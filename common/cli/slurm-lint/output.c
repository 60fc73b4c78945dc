// SPDX-License-Identifier: MIT
//
// output.c: where the output goes; see rules.h, and "filename pattern" in sbatch(1).

#include "rules.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

// Does a file's pattern hold %x, with a width between ("%4a") or without?
static bool holds(const char *pattern, const char *letters) {
    for (const char *at = pattern; (at = strchr(at, '%')); at++) {
        at += 1 + strspn(at + 1, "0123456789");
        if (*at && strchr(letters, *at))
            return true;
        if (!*at)
            break;
    }
    return false;
}

static void examine(const struct script *script, const struct directive *d,
                    struct findings *findings) {
    const char *slash = strrchr(d->value, '/');
    char folder[VALUE_MAX];
    struct stat what;
    if (strcmp(d->value, "/dev/null") == 0 || strchr(d->value, '$'))
        return;
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - d->value) : 0, d->value);
    if (*d->value == '~')
        find(findings, d->line, "home", "Write the whole path; %u is your name.",
             "Slurm does not know ~: it would look for a directory of that name.");
    else if (*folder && !strchr(folder, '%') && stat(folder, &what) != 0)
        find(findings, d->line, "no-directory", "mkdir -p it before you submit.",
             "There is no directory %s, and Slurm makes none: the job would end at once, without "
             "any output.",
             folder);
    if (script_option(script, "array") && !holds(d->value, "ajJt"))
        find(findings, d->line, "array-output", "#SBATCH --output=%x-%A_%a.out",
             "All members of the array write to %s, over one another.", d->value);
    else if (!script_option(script, "array") && !holds(d->value, "jJA"))
        find(findings, d->line, "one-output", "#SBATCH --output=%x-%j.out",
             "Each job writes over the output of the one before, %s.", d->value);
}

void rules_of_output(const struct script *script, struct findings *findings) {
    const struct directive *output = script_option(script, "output");
    const struct directive *error = script_option(script, "error");
    const struct directive *array = script_option(script, "array");
    if (output && output->has_value)
        examine(script, output, findings);
    if (error && error->has_value)
        examine(script, error, findings);
    bool used = false;
    for (int i = 0; i < script->lines; i++)
        used = used || (script->line[i][0] != '#' && strstr(script->line[i], "SLURM_ARRAY_TASK"));
    if (array && array->has_value && !used)
        find(findings, array->line, "same-members", "Let it choose by $SLURM_ARRAY_TASK_ID.",
             "Nothing in the script looks at SLURM_ARRAY_TASK_ID, so all members do the same.");
}
