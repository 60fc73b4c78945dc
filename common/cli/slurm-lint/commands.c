// SPDX-License-Identifier: MIT
//
// commands.c: the simple commands of a script, roughly as the shell reads them; see script.h.

#include "script.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Where reading stands: on letter `at` of line `line`.
struct reader {
    struct script *script;
    int line;
    const char *at;
    struct shell_command *now; // NULL: none is begun
    char here[64];             // the word that ends a here-document; empty: none is to come
};

static bool is_assignment(const char *word) {
    size_t name = strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    return name > 0 && !isdigit((unsigned char)*word) &&
           (word[name] == '=' || (word[name] == '+' && word[name + 1] == '='));
}

// Words of the shell's grammar before a command.
static bool is_keyword(const char *word) {
    static const char *const keywords[] = {"if", "then", "else", "elif", "while", "until",
                                           "do", "{",    "}",    "!",    "fi",    "done"};
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (strcmp(word, keywords[i]) == 0)
            return true;
    return false;
}

static void end_command(struct reader *r, char end) {
    if (r->now)
        r->now->end = end;
    r->now = NULL;
}

static void add_word(struct reader *r, const char *bytes, size_t length, bool quoted) {
    struct script *script = r->script;
    char *word = strndup(bytes, length);
    if (!word)
        return;
    if (!r->now) {
        if (!quoted && is_keyword(word)) {
            free(word);
            return;
        }
        if (script->commands == COMMANDS_MAX) {
            free(word);
            return;
        }
        r->now = &script->command[script->commands++];
        *r->now = (struct shell_command){.line = r->line + 1};
        if (!script->first_command)
            script->first_command = r->line + 1;
    }
    if (r->now->count == WORDS_MAX) {
        free(word);
        return;
    }
    if (r->now->assignments == r->now->count && is_assignment(word))
        r->now->assignments++;
    r->now->word[r->now->count++] = word;
}

// Goes to the next line; false at the end. The lines of a here-document are passed over.
static bool next_line(struct reader *r) {
    if (*r->here) {
        while (++r->line < r->script->lines) {
            const char *text = r->script->line[r->line];
            if (strcmp(text + strspn(text, "\t"), r->here) == 0)
                break;
        }
        *r->here = 0;
    }
    if (++r->line >= r->script->lines)
        return false;
    r->at = r->script->line[r->line];
    return true;
}

// Reads a word with its quotes, which may go over lines.
static void read_word(struct reader *r) {
    char word[4096];
    size_t used = 0;
    char quote = 0;
    bool quoted = false;
    int line = r->line;
    for (;; r->at++) {
        char c = *r->at;
        if (!c && (!quote || !next_line(r)))
            break;
        if (!c) {
            r->at--; // the loop adds one
            continue;
        }
        if (!quote && (isspace((unsigned char)c) || strchr(";&|()<>", c)))
            break;
        if (c == '\\' && quote != '\'') {
            if (r->at[1])
                c = *++r->at;
            else
                continue; // the line goes on
        } else if (quote ? c == quote : (c == '"' || c == '\'')) {
            quote = quote ? 0 : c;
            quoted = true;
            continue;
        }
        if (used + 1 < sizeof word)
            word[used++] = c;
    }
    int end = r->line;
    r->line = line;
    add_word(r, word, used, quoted);
    r->line = end;
}

static void read_redirection(struct reader *r) {
    bool here = strncmp(r->at, "<<", 2) == 0 && r->at[2] != '<';
    r->at += strspn(r->at, "<>&-");
    r->at += strspn(r->at, " \t");
    size_t length = strcspn(r->at, " \t;&|()<>");
    if (here) {
        const char *word = r->at;
        size_t n = length;
        if (n > 1 && (*word == '\'' || *word == '"')) {
            word++;
            n -= 2;
        }
        snprintf(r->here, sizeof r->here, "%.*s", (int)n, word);
    }
    r->at += length;
}

static void read_line(struct reader *r) {
    while (*r->at) {
        char c = *r->at;
        if (isspace((unsigned char)c)) {
            r->at++;
        } else if (c == '#') {
            break;
        } else if (c == '\\' && !r->at[1]) {
            if (!next_line(r))
                return;
        } else if (c == '<' || c == '>' || (c == '&' && r->at[1] == '>')) {
            r->at += c == '&';
            read_redirection(r);
        } else if (strchr(";&|()", c)) {
            bool twice = r->at[1] == c;
            end_command(r, twice ? ';' : c);
            r->at += twice ? 2 : 1;
        } else {
            read_word(r);
        }
    }
    end_command(r, ';');
}

void read_commands(struct script *script) {
    struct reader r = {.script = script, .line = -1};
    while (next_line(&r))
        read_line(&r);
}

int command_program(const struct shell_command *command, const char *program) {
    static const char *const before[] = {"time", "exec", "env", "nice", "command", "nohup"};
    for (int i = command->assignments; i < command->count; i++) {
        const char *name = strrchr(command->word[i], '/');
        name = name ? name + 1 : command->word[i];
        if (strcmp(name, program) == 0)
            return i;
        bool passed = *name == '-' || is_assignment(name);
        for (size_t b = 0; b < sizeof before / sizeof *before && !passed; b++)
            passed = strcmp(name, before[b]) == 0;
        if (!passed)
            return -1;
    }
    return -1;
}

const struct shell_command *script_runs(const struct script *script, const char *program,
                                        const struct shell_command *from) {
    for (const struct shell_command *c = from ? from : script->command;
         c < script->command + script->commands; c++)
        if (command_program(c, program) >= 0)
            return c;
    return NULL;
}

const char *command_option(const struct shell_command *command, int program,
                           const char *const *names) {
    for (int i = program + 1; i < command->count; i++) {
        const char *word = command->word[i];
        for (const char *const *name = names; *name; name++) {
            size_t length = strlen(*name);
            if (strncmp(word, *name, length) != 0)
                continue;
            if (!word[length])
                return i + 1 < command->count ? command->word[i + 1] : "";
            if (word[length] == '=')
                return word + length + 1;
            if (length == 2 && (isdigit((unsigned char)word[2]) || word[2] == '$')) // -n4
                return word + length;
        }
    }
    return NULL;
}
