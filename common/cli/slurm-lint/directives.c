// SPDX-License-Identifier: MIT
//
// directives.c: the #SBATCH lines of a script; see script.h, and sbatch(1).

#include "nearest.h"
#include "rules.h"
#include "script.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The options of sbatch (its manual, Slurm 21 to 24), with the letters of those that have one.
// value: y needs one, n has none, o may have one.
static const struct {
    char letter, value;
    const char *name;
} options[] = {
    {'A', 'y', "account"},
    {'a', 'y', "array"},
    {0, 'y', "batch"},
    {'b', 'y', "begin"},
    {'D', 'y', "chdir"},
    {'M', 'y', "clusters"},
    {0, 'y', "comment"},
    {'C', 'y', "constraint"},
    {0, 'n', "contiguous"},
    {0, 'y', "container"},
    {'S', 'y', "core-spec"},
    {0, 'y', "cores-per-socket"},
    {0, 'y', "cpu-freq"},
    {0, 'y', "cpus-per-gpu"},
    {'c', 'y', "cpus-per-task"},
    {0, 'y', "deadline"},
    {0, 'y', "delay-boot"},
    {'d', 'y', "dependency"},
    {'m', 'y', "distribution"},
    {'e', 'y', "error"},
    {'x', 'y', "exclude"},
    {0, 'o', "exclusive"},
    {0, 'y', "export"},
    {'B', 'y', "extra-node-info"},
    {0, 'o', "get-user-env"},
    {'G', 'y', "gpus"},
    {0, 'y', "gpus-per-node"},
    {0, 'y', "gpus-per-task"},
    {0, 'y', "gpu-bind"},
    {0, 'y', "gpu-freq"},
    {0, 'y', "gres"},
    {0, 'y', "gres-flags"},
    {'H', 'n', "hold"},
    {0, 'y', "hint"},
    {'i', 'y', "input"},
    {'J', 'y', "job-name"},
    {0, 'o', "kill-on-invalid-dep"},
    {'L', 'y', "licenses"},
    {0, 'y', "mail-type"},
    {0, 'y', "mail-user"},
    {0, 'y', "mem"},
    {0, 'y', "mem-bind"},
    {0, 'y', "mem-per-cpu"},
    {0, 'y', "mem-per-gpu"},
    {0, 'y', "mincpus"},
    {0, 'y', "network"},
    {0, 'o', "nice"},
    {'k', 'o', "no-kill"},
    {0, 'n', "no-requeue"},
    {'F', 'y', "nodefile"},
    {'w', 'y', "nodelist"},
    {'N', 'y', "nodes"},
    {'n', 'y', "ntasks"},
    {0, 'y', "ntasks-per-core"},
    {0, 'y', "ntasks-per-gpu"},
    {0, 'y', "ntasks-per-node"},
    {0, 'y', "ntasks-per-socket"},
    {0, 'y', "open-mode"},
    {'o', 'y', "output"},
    {'O', 'n', "overcommit"},
    {'s', 'n', "oversubscribe"},
    {0, 'n', "parsable"},
    {'p', 'y', "partition"},
    {0, 'y', "prefer"},
    {0, 'y', "priority"},
    {0, 'y', "profile"},
    {0, 'o', "propagate"},
    {'q', 'y', "qos"},
    {'Q', 'n', "quiet"},
    {0, 'n', "reboot"},
    {0, 'n', "requeue"},
    {0, 'y', "reservation"},
    {0, 'y', "signal"},
    {0, 'y', "sockets-per-node"},
    {0, 'n', "spread-job"},
    {0, 'y', "switches"},
    {0, 'y', "thread-spec"},
    {0, 'y', "threads-per-core"},
    {'t', 'y', "time"},
    {0, 'y', "time-min"},
    {0, 'y', "tmp"},
    {0, 'n', "use-min-nodes"},
    {'v', 'n', "verbose"},
    {'W', 'n', "wait"},
    {0, 'y', "wait-all-nodes"},
    {0, 'y', "wckey"},
};
enum { OPTIONS = sizeof options / sizeof *options };

const char *directive_nearest(const char *name) {
    const char *names[OPTIONS];
    for (int i = 0; i < OPTIONS; i++)
        names[i] = options[i].name;
    return nearest(name, names, OPTIONS);
}

// Takes a word off *at; quotes are taken off it. False: there is none, or a comment begins.
static bool take_word(const char **at, char *word, size_t cap) {
    size_t used = 0;
    char quote = 0;
    while (isspace((unsigned char)**at))
        ++*at;
    if (!**at || **at == '#')
        return false;
    for (; **at && (quote || !isspace((unsigned char)**at)); ++*at) {
        if (quote ? **at == quote : (**at == '"' || **at == '\''))
            quote = quote ? 0 : **at;
        else if (used + 1 < cap)
            word[used++] = **at;
    }
    word[used] = 0;
    return true;
}

// The value of a directive, from the next word if `inside` is empty and it needs one.
static void take_value(struct directive *d, char kind, const char *inside, const char **at) {
    const char *before = *at;
    char word[VALUE_MAX];
    if (inside) {
        snprintf(d->value, sizeof d->value, "%s", inside);
        d->has_value = *inside != 0;
        return;
    }
    if (!take_word(at, word, sizeof word)) {
        *at = before;
        return;
    }
    if (*word == '=') { // "--nodes = 2", "--nodes =2"
        d->spaced = true;
        snprintf(d->value, sizeof d->value, "%s", word + 1);
        if (!word[1] && take_word(at, word, sizeof word))
            snprintf(d->value, sizeof d->value, "%s", word);
        d->has_value = true;
    } else if (kind == 'y' && *word != '-') {
        snprintf(d->value, sizeof d->value, "%s", word);
        d->has_value = true;
    } else {
        *at = before;
    }
}

static void add(struct script *script, int line, const char *word, const char **at) {
    if (script->directives == DIRECTIVES_MAX)
        return;
    struct directive *d = &script->directive[script->directives++];
    const char *equals = strchr(word, '=');
    *d = (struct directive){.line = line,
                            .late = script->first_command && line > script->first_command};
    if (word[0] != '-') { // belongs to nothing: to the one before, if it is on this line
        script->directives--;
        if (script->directives && d[-1].line == line)
            snprintf(d[-1].extra, sizeof d[-1].extra, "%s", word);
        else
            snprintf(script->directive[script->directives++].name, sizeof d->name, "%.39s", word);
        return;
    }
    for (int i = 0; i < OPTIONS && !d->known; i++) {
        size_t length = strlen(options[i].name);
        bool is_long = word[1] == '-' && strncmp(word + 2, options[i].name, length) == 0 &&
                       (word[2 + length] == 0 || word[2 + length] == '=');
        if (!is_long && !(word[1] != '-' && word[1] && word[1] == options[i].letter))
            continue;
        d->known = true;
        snprintf(d->name, sizeof d->name, "%s", options[i].name);
        const char *inside = is_long ? (equals ? equals + 1 : NULL) : word[2] ? word + 2 : NULL;
        if (is_long && equals && !equals[1]) { // "--nodes= 2"
            d->spaced = true;
            inside = NULL;
        }
        take_value(d, options[i].value, inside, at);
        if (options[i].value != 'y')
            d->has_value = true; // none is missing
    }
    if (!d->known) {
        snprintf(d->name, sizeof d->name, "%.*s", (int)strcspn(word + strspn(word, "-"), "=") % 39,
                 word + strspn(word, "-"));
        take_value(d, 'y', equals ? equals + 1 : NULL, at);
    }
}

void read_directives(struct script *script) {
    for (int i = 0; i < script->lines; i++) {
        const char *at = script->line[i];
        char word[VALUE_MAX];
        if (strncmp(at, "#SBATCH", 7) != 0 || !(at[7] == ' ' || at[7] == '\t'))
            continue;
        for (at += 7; take_word(&at, word, sizeof word);)
            add(script, i + 1, word, &at);
    }
}

const struct directive *script_option(const struct script *script, const char *name) {
    const struct directive *found = NULL;
    for (int i = 0; i < script->directives; i++)
        if (!script->directive[i].late && strcmp(script->directive[i].name, name) == 0)
            found = &script->directive[i];
    return found;
}

long script_number(const struct script *script, const char *name, long otherwise) {
    const struct directive *d = script_option(script, name);
    char *end;
    long value = d ? strtol(d->value, &end, 10) : 0;
    return d && end != d->value && value > 0 ? value : otherwise;
}
