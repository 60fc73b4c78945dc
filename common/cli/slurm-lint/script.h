// SPDX-License-Identifier: MIT
//
// script.h: a batch script, as sbatch and as the shell read it.
//
// Theory of operation. sbatch reads the lines that begin with #SBATCH, up to the first line that is
// neither empty nor a comment; the shell reads all others. So the script is taken apart twice: into
// directives (directives.c) and into simple commands (commands.c), each with its line. The rules
// (rules.h) look at these two lists alone, but for a few that look at the lines themselves. The
// shell's language is read roughly: words, quotes, what separates commands; nothing is expanded.

#ifndef TWOFOLD_SCRIPT_H
#define TWOFOLD_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

enum {
    DIRECTIVES_MAX = 128,
    COMMANDS_MAX = 1024,
    WORDS_MAX = 64,
    OPTION_MAX = 40,
    VALUE_MAX = 256
};

struct directive {
    int line;
    char name[OPTION_MAX]; // the long one: "ntasks" for -n as well
    char value[VALUE_MAX]; // without its quotes; empty where there is none
    bool has_value;
    bool known;            // an option of sbatch
    bool spaced;           // blanks around its =
    bool late;             // behind the first command, so that Slurm does not read it
    char extra[VALUE_MAX]; // words behind the value that belong to nothing
};

// A simple command: assignments, then words. "A=1 srun -n 4 ./prog" has 1 assignment of 5 words.
struct shell_command {
    int line;
    int count, assignments; // words, and how many of them are assignments before it
    char *word[WORDS_MAX + 1];
    char end; // what ended it: '&' put it into the background, '|' feeds the next
};

struct script {
    const char *path;
    int lines;
    char **line;       // [lines], without newline
    int first_command; // its line, from 1; 0: there is none
    int directives, commands;
    struct directive directive[DIRECTIVES_MAX];
    struct shell_command command[COMMANDS_MAX];
    // The nodes it will run on, 0: not known.
    int node_cpus;
    long node_mb;
};

// Reads a file. False: it cannot; text says why.
bool script_read(struct script *script, const char *path, char *text, size_t cap);

// The directive of a name that is in force: the last one that Slurm reads. NULL: none.
const struct directive *script_option(const struct script *script, const char *name);
// Its value as a whole number (the smaller of "2-4"); none, or no number: `otherwise`.
long script_number(const struct script *script, const char *name, long otherwise);

// The first command that runs a program of this name: "mpirun". from: where to begin. NULL: none.
const struct shell_command *script_runs(const struct script *script, const char *program,
                                        const struct shell_command *from);
// Where that program stands among the words (behind time, exec, env ...); -1: it is another one.
int command_program(const struct shell_command *command, const char *program);
// The value of an option of a command, "-n 4", "-n4", "--ntasks=4" or "--ntasks 4"; NULL: not there.
const char *command_option(const struct shell_command *command, int program,
                           const char *const *names);

// -- within the room --------------------------------------------------------------------------------

void read_directives(struct script *script); // needs first_command
void read_commands(struct script *script);   // sets first_command

#endif
