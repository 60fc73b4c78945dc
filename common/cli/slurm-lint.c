// SPDX-License-Identifier: MIT
//
// slurm-lint.c: `twofold slurm-lint`: what is wrong with a batch script, before it waits a night in
// a queue. slurm-lint/script.h tells how a script is read, slurm-lint/rules.h what is looked for.

#include "process.h"
#include "slurm-lint/rules.h"
#include <argp.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_CPUS = 'c', KEY_MEMORY = 'm' };

static const struct argp_option list[] = {
    {"node-cpus", KEY_CPUS, "N", 0, "CPUs of a node (what sinfo says, where it is)", 0},
    {"node-memory", KEY_MEMORY, "MB", 0, "Memory of a node (likewise)", 0},
    {0}};

static const char doc[] =
    "Say what is wrong with batch scripts for Slurm.\vEach finding has its line, what would "
    "happen, "
    "and the mend. A comment \"slurm-lint: allow RULE\" in a script switches a rule off for it. "
    "Exit status: 0, nothing was found; 1, something was; 2, a file cannot be "
    "read.\n\nExample: twofold slurm-lint slurm/mpi.sbatch";

struct request {
    int files;
    char **file;
    long cpus, memory;
};

static long number(struct argp_state *state, const char *what, const char *text) {
    char *end;
    long value = strtol(text, &end, 10);
    if (end == text || *end || value < 1 || value > 100000000)
        argp_error(state, "the %s of a node must be a whole number from 1, not '%s'.", what, text);
    return value;
}

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct request *r = state->input;
    switch (key) {
    case KEY_CPUS:
        r->cpus = number(state, "number of CPUs", arg);
        break;
    case KEY_MEMORY:
        r->memory = number(state, "memory", arg);
        break;
    case ARGP_KEY_ARGS:
        r->file = state->argv + state->next;
        r->files = state->argc - state->next;
        break;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "which script? As in: twofold slurm-lint slurm/mpi.sbatch");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

void find(struct findings *findings, int line, const char *rule, const char *mend, const char *text,
          ...) {
    if (findings->count == FINDINGS_MAX)
        return;
    struct finding *f = &findings->at[findings->count++];
    va_list args;
    *f = (struct finding){.line = line};
    snprintf(f->rule, sizeof f->rule, "%s", rule);
    snprintf(f->mend, sizeof f->mend, "%s", mend);
    va_start(args, text);
    vsnprintf(f->text, sizeof f->text, text, args);
    va_end(args);
}

static int by_line(const void *a, const void *b) {
    const struct finding *x = a, *y = b;
    return x->line != y->line ? x->line - y->line : strcmp(x->rule, y->rule);
}

// The largest node that sinfo knows, where a cluster answers.
static void ask_sinfo(struct request *r) {
    struct command command = {0};
    struct outcome outcome;
    if ((r->cpus && r->memory) || !process_find("sinfo", NULL, 0))
        return;
    command_add(&command, "sinfo");
    command_add(&command, "-h");
    command_add(&command, "-o");
    command_add(&command, "%%c %%m");
    process_run(&command, &(struct how){.seconds = 5, .capture_out = true, .capture_err = true},
                &outcome);
    long cpus, memory, most_cpus = 0, most_memory = 0;
    for (const char *at = outcome.out; at && sscanf(at, "%ld%*[+] %ld", &cpus, &memory) >= 1;) {
        if (sscanf(at, "%ld %ld", &cpus, &memory) == 2) {
            most_cpus = cpus > most_cpus ? cpus : most_cpus;
            most_memory = memory > most_memory ? memory : most_memory;
        }
        at = strchr(at, '\n');
        at = at && at[1] ? at + 1 : NULL;
    }
    outcome_free(&outcome);
    command_free(&command);
    if (!r->cpus)
        r->cpus = most_cpus;
    if (!r->memory)
        r->memory = most_memory;
}

// Does a comment of the script say "slurm-lint: allow RULE"?
static bool is_allowed(const struct script *script, const char *rule) {
    static const char words[] = "slurm-lint: allow ";
    for (int i = 0; i < script->lines; i++) {
        const char *at = strchr(script->line[i], '#');
        if (at && (at = strstr(at, words)) &&
            strcspn(at += sizeof words - 1, " ,.;)") == strlen(rule) &&
            strncmp(at, rule, strlen(rule)) == 0)
            return true;
    }
    return false;
}

static void lint(const struct script *script, struct findings *findings) {
    findings->count = 0;
    rules_of_lines(script, findings);
    rules_of_request(script, findings);
    rules_of_output(script, findings);
    rules_of_launch(script, findings);
    rules_of_threads(script, findings);
    int kept = 0;
    for (int i = 0; i < findings->count; i++)
        if (!is_allowed(script, findings->at[i].rule))
            findings->at[kept++] = findings->at[i];
    findings->count = kept;
    qsort(findings->at, (size_t)findings->count, sizeof *findings->at, by_line);
}

static void print(const struct script *script, const struct findings *findings) {
    for (int i = 0; i < findings->count; i++) {
        const struct finding *f = &findings->at[i];
        if (f->line)
            printf("%s:%d: %s [%s]\n", script->path, f->line, f->text, f->rule);
        else
            printf("%s: %s [%s]\n", script->path, f->text, f->rule);
        printf("    mend: %s\n", f->mend);
    }
}

int main(int argc, char **argv) {
    static const struct argp argp = {list, parse, "SCRIPT...", doc, NULL, NULL, NULL};
    static struct script script;
    static struct findings findings;
    struct request request = {0};
    char text[PATH_MAX + 128];
    int all = 0;
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, &request);
    ask_sinfo(&request);
    for (int i = 0; i < request.files; i++) {
        if (!script_read(&script, request.file[i], text, sizeof text)) {
            fprintf(stderr, "twofold slurm-lint: %s\n", text);
            return 2;
        }
        script.node_cpus = (int)request.cpus;
        script.node_mb = request.memory;
        lint(&script, &findings);
        print(&script, &findings);
        all += findings.count;
    }
    if (all == 0)
        printf("Nothing was found.\n");
    return all ? 1 : 0;
}
