// SPDX-License-Identifier: MIT
//
// request.c: what a script asks of Slurm; see rules.h and sbatch(1).

#include "rules.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// -- each directive by itself -------------------------------------------------------------------------

static void examine_time(const struct directive *d, struct findings *findings) {
    int colons = 0, dashes = 0;
    for (const char *c = d->value; *c; c++) {
        colons += *c == ':';
        dashes += *c == '-';
        if (!isdigit((unsigned char)*c) && *c != ':' && *c != '-') {
            if (strcasecmp(d->value, "UNLIMITED") != 0 && strcasecmp(d->value, "infinite") != 0)
                find(findings, d->line, "time-form", "#SBATCH --time=01:00:00",
                     "\"%s\" is no time to Slurm: it wants hours:minutes:seconds.", d->value);
            return;
        }
    }
    if (colons == 1 && dashes == 0)
        find(findings, d->line, "time-minutes", "Write all three: hours:minutes:seconds.",
             "\"%s\" is minutes and seconds to Slurm, not hours and minutes.", d->value);
    else if (colons == 0 && dashes == 0)
        find(findings, d->line, "time-minutes", "Write all three: hours:minutes:seconds.",
             "\"%s\" is a number of minutes to Slurm.", d->value);
}

// A size as Slurm reads it, in MB: a number without a unit is MB. -1: it is none.
static long megabytes(const char *text) {
    char *end;
    double value = strtod(text, &end);
    if (end == text || value < 0)
        return -1;
    switch (toupper((unsigned char)*end)) {
    case 'K':
        value /= 1024;
        break;
    case 0:
    case 'M':
        break;
    case 'G':
        value *= 1024;
        break;
    case 'T':
        value *= 1048576;
        break;
    default:
        return -1;
    }
    return *end && end[1] && strcasecmp(end + 1, "B") != 0 ? -1 : (long)(value + 0.5);
}

static void examine_memory(const struct directive *d, struct findings *findings) {
    long mb = megabytes(d->value);
    if (mb < 0)
        find(findings, d->line, "memory-form", "Write a whole number with M or G: 500M, 4G.",
             "\"%s\" is no size of memory to Slurm.", d->value);
    else if (mb > 0 && mb < 64 && isdigit((unsigned char)d->value[strlen(d->value) - 1]))
        find(findings, d->line, "memory-unit", "Write the unit, as in 4G.",
             "%s=%s is %ld MB: without a unit Slurm counts in megabytes, and the job will die of "
             "it.",
             d->name, d->value, mb);
}

static bool wants_number(const char *name) {
    static const char *const names[] = {"ntasks",          "ntasks-per-node",
                                        "cpus-per-task",   "ntasks-per-socket",
                                        "ntasks-per-core", "mincpus"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void examine_form(const struct script *script, const struct directive *d,
                         struct findings *findings) {
    char mend[256];
    if (d->late) {
        find(findings, d->line, "late", "Move it above the first command.",
             "Slurm reads #SBATCH lines up to the first command, which is in line %d; this one is "
             "a comment.",
             script->first_command);
        return;
    }
    if (!d->known) {
        const char *near = directive_nearest(d->name);
        snprintf(mend, sizeof mend, near ? "--%s" : "man sbatch lists the options.", near);
        find(findings, d->line, "unknown", mend,
             "sbatch has no option \"%s\"%s, and refuses the "
             "script.",
             d->name, near ? "; the nearest is below" : "");
        return;
    }
    if (d->spaced) {
        snprintf(mend, sizeof mend, "#SBATCH --%s=%.180s", d->name, d->value);
        find(findings, d->line, "blank-equals", mend,
             "There is a blank beside =, so that Slurm takes the value for something else.");
        return;
    }
    if (!d->has_value)
        find(findings, d->line, "no-value", "Give the value: #SBATCH --NAME=VALUE",
             "--%s wants a value, and has none.", d->name);
    if (*d->extra) {
        snprintf(mend, sizeof mend, "Put quotes around a value with blanks, a # before a comment.");
        find(findings, d->line, "extra-word", mend,
             "\"%s\" belongs to no option; Slurm stops reading there, or refuses the script.",
             d->extra);
    }
    if (strchr(d->value, '$') || strchr(d->value, '`'))
        find(findings, d->line, "variable",
             "Write the value itself, or give the option to sbatch when you call it.",
             "Slurm reads \"%s\" as it stands: no shell puts in the value of a variable here.",
             d->value);
    else if (wants_number(d->name) && d->has_value && d->value[strspn(d->value, "0123456789")] != 0)
        find(findings, d->line, "number", "Write a whole number.",
             "--%s wants a number, not \"%s\".", d->name, d->value);
    else if (strcmp(d->name, "time") == 0 && d->has_value)
        examine_time(d, findings);
    else if (strcmp(d->name, "mem") == 0 || strcmp(d->name, "mem-per-cpu") == 0)
        examine_memory(d, findings);
    const struct directive *last = script_option(script, d->name);
    if (last != d && last)
        find(findings, d->line, "twice", "Leave one of them out.",
             "--%s is given again in line %d, and the last one counts.", d->name, last->line);
}

// -- all of them together -----------------------------------------------------------------------------

static int line_of(const struct script *script, const char *name) {
    const struct directive *d = script_option(script, name);
    return d ? d->line : 0;
}

// The last of some lines: where the sum has gone wrong.
static int last_line(const struct script *script, const char *a, const char *b, const char *c) {
    int lines[] = {line_of(script, a), line_of(script, b), line_of(script, c)}, last = 0;
    for (int i = 0; i < 3; i++)
        if (lines[i] > last)
            last = lines[i];
    return last;
}

static void examine_size(const struct script *script, struct findings *findings) {
    long nodes = script_number(script, "nodes", 0), tasks = script_number(script, "ntasks", 0);
    long each = script_number(script, "ntasks-per-node", 0);
    long cpus = script_number(script, "cpus-per-task", 1);
    int line = last_line(script, "nodes", "ntasks", "ntasks-per-node");
    if (tasks > 0 && nodes > tasks)
        find(findings, line, "idle-nodes", "Ask for no more nodes than tasks.",
             "%ld tasks cannot fill %ld nodes: the others would be idle, and paid for.", tasks,
             nodes);
    if (tasks > 0 && nodes > 0 && each > 0 && nodes * each != tasks)
        find(findings, line, "tasks-twice", "Leave out --ntasks, or --ntasks-per-node.",
             "%ld nodes with %ld tasks each are %ld tasks, and --ntasks says %ld.", nodes, each,
             nodes * each, tasks);
    int have = script->node_cpus;
    line = last_line(script, "cpus-per-task", "ntasks", "ntasks-per-node");
    if (have > 0 && cpus > have)
        find(findings, line_of(script, "cpus-per-task"), "node-cpus",
             "Ask for no more than a node has: a task cannot be on two nodes.",
             "%ld CPUs for a task are more than the %d that a node has; the job would wait for "
             "ever.",
             cpus, have);
    else if (have > 0 && each * cpus > have)
        find(findings, line, "node-cpus", "Fewer tasks for each node, or fewer CPUs for each task.",
             "%ld tasks for each node with %ld CPUs each want %ld CPUs; a node has %d.", each, cpus,
             each * cpus, have);
    else if (have > 0 && nodes > 0 && tasks > 0 && tasks > nodes * (have / cpus))
        find(findings, line, "node-cpus", "More nodes, fewer tasks, or fewer CPUs for each task.",
             "%ld tasks with %ld CPUs each do not fit on %ld node%s of %d CPUs.", tasks, cpus,
             nodes, nodes == 1 ? "" : "s", have);
}

static void examine_sum_of_memory(const struct script *script, struct findings *findings) {
    const struct directive *node = script_option(script, "mem");
    const struct directive *cpu = script_option(script, "mem-per-cpu");
    if (node && cpu) {
        find(findings, node->line > cpu->line ? node->line : cpu->line, "memory-twice",
             "Leave one of them out: --mem is for each node, --mem-per-cpu for each CPU.",
             "--mem and --mem-per-cpu exclude each other.");
        return;
    }
    if (script->node_mb <= 0)
        return;
    long nodes = script_number(script, "nodes", 1), tasks = script_number(script, "ntasks", 1);
    long each = script_number(script, "ntasks-per-node", (tasks + nodes - 1) / nodes);
    long cpus = each * script_number(script, "cpus-per-task", 1);
    long mb = node ? megabytes(node->value) : cpu ? cpus * megabytes(cpu->value) : 0;
    if (mb > script->node_mb)
        find(findings, node ? node->line : cpu->line, "node-memory", "Ask for less, or more nodes.",
             "It comes to %ld MB for a node%s; a node has %ld MB.", mb,
             cpu ? " (for each CPU, times its CPUs)" : "", script->node_mb);
}

void rules_of_request(const struct script *script, struct findings *findings) {
    int live = 0;
    for (int i = 0; i < script->directives; i++) {
        examine_form(script, &script->directive[i], findings);
        live += !script->directive[i].late;
    }
    if (live && !script_option(script, "time"))
        find(findings, 0, "no-time", "#SBATCH --time=00:10:00",
             "There is no --time: the site's limit counts, and a job that may be long waits long.");
    if (script_option(script, "mail-user") && !script_option(script, "mail-type"))
        find(findings, line_of(script, "mail-user"), "no-mail", "#SBATCH --mail-type=END,FAIL",
             "--mail-user without --mail-type: no mail is ever sent.");
    examine_size(script, findings);
    examine_sum_of_memory(script, findings);
}
