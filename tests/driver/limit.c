// SPDX-License-Identifier: MIT
//
// limit: runs one program under a time limit and leaves nothing of it behind; with -n, on ranks,
// the way this machine's launcher wants it.
//
//     limit SECONDS [-n RANKS] PROGRAM [ARG ...]
//     limit --mpirun        prints mpirun with the flags it needs here, up to "-n N PROGRAM"
//
// Exit status: the program's; 124 where its time was over, 125 where it left processes behind or
// could not be started.

#include "launch.h"
#include "process.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int usage(void) {
    fputs("usage: limit SECONDS [-n RANKS] PROGRAM [ARG ...] | limit --mpirun\n", stderr);
    return 125;
}

// Tests run side by side on few cores: ranks are not bound, and yield.
static bool make_command(int ranks, char *const argv[], struct command *command) {
    struct machine machine;
    struct launch launch = {.ranks = ranks, .threads = 1};
    char why[512];
    machine_read(&machine);
    if (launch_command(&launch, &machine, argv, command, why, sizeof why))
        return true;
    fprintf(stderr, "limit: %s\n", why);
    return false;
}

static int print_mpirun(void) {
    struct command command;
    char *const program[] = {"PROGRAM", NULL};
    if (!make_command(64, program, &command))
        return 125;
    printf("env");
    for (char **pair = command.env; pair && *pair; pair++)
        printf(" %s", *pair);
    for (char **word = command.argv; strcmp(*word, "-n") != 0; word++)
        printf(" %s", *word);
    putchar('\n');
    command_free(&command);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 2 && !strcmp(argv[1], "--mpirun"))
        return print_mpirun();
    char *end = "";
    int at = 2, ranks = 0;
    const double seconds = argc > 2 ? strtod(argv[1], &end) : 0;
    if (seconds <= 0 || *end)
        return usage();
    if (argc > 4 && !strcmp(argv[at], "-n")) {
        ranks = atoi(argv[at + 1]);
        at += 2;
    }
    struct command command;
    if (!make_command(ranks, argv + at, &command))
        return 125;
    signal(SIGINT, SIG_DFL); // a shell's background jobs ignore it; a Ctrl-C must end us all
    process_catch_signals();
    const struct how how = {.seconds = seconds};
    struct outcome outcome;
    int status = 125;
    if (!process_run(&command, &how, &outcome)) {
        fprintf(stderr, "limit: %s\n", outcome.text);
    } else if (outcome.over_time) {
        fprintf(stderr, "limit: %s\n", outcome.text);
        status = 124;
    } else if (outcome.left && !outcome.interrupted) {
        fprintf(stderr, "limit: %s and left %d process%s behind: %s\n", outcome.text, outcome.left,
                outcome.left == 1 ? "" : "es",
                *outcome.left_name ? outcome.left_name : "(it is gone by now)");
    } else {
        status = outcome.status;
    }
    outcome_free(&outcome);
    command_free(&command);
    process_die_if_interrupted();
    return status;
}
