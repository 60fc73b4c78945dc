// SPDX-License-Identifier: MIT
//
// words.c: the words of the command line; see box.h.

#include "box.h"
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "Usage: box --report FILE --dir DIRECTORY [OPTION ...] -- COMMAND ...\n"
    "\n"
    "Runs a command in a bubblewrap box: it sees /usr, /etc and what --see shows, writes to\n"
    "DIRECTORY alone (/w inside), reaches no network, and nothing of it outlives the box.\n"
    "`twofold check` starts it; what it stopped it writes to FILE.\n"
    "\n"
    "  --see OUTSIDE=INSIDE  shows a file or directory, read-only\n"
    "  --set NAME=VALUE      sets a variable; no other is in the environment\n"
    "  --uid N               as root: run it as this user\n"
    "  --bare 1              without bubblewrap: watched and limited, and sees all that you see\n"
    "  --group DIRECTORY     without bubblewrap: of control groups; bounds the processes of root, "
    "too\n"
    "  --stage 1             as root: what is shown lies where that user cannot get to\n"
    "  --processes N         and threads, of the whole job\n"
    "  --cpu N               seconds of each process\n"
    "  --memory N            MiB of the whole job\n"
    "  --address N           MiB of address space of each process\n"
    "  --file N              MiB of each file\n"
    "  --disk N              MiB of all files in DIRECTORY\n"
    "  --scratch N           MiB of /tmp, and of /dev/shm\n";

static int refuse(const char *option, const char *value) {
    fprintf(stderr, "box: --%s cannot be '%s'; see box --help.\n", option, value);
    exit(2);
}

static int number(const char *option, const char *text) {
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (!*text || *end || errno || value < 0 || value > 1000000000)
        refuse(option, text);
    return (int)value;
}

static void pair(const char *option, char *text, char **list, int *count) {
    if (!strchr(text, '=') || *text == '=' || *count == BOX_LIST)
        refuse(option, text);
    list[(*count)++] = text;
}

void box_words(int argc, char **argv, struct box *box) {
    static const struct option options[] = {
        {"report", 1, NULL, 'r'}, {"dir", 1, NULL, 'w'},    {"uid", 1, NULL, 'u'},
        {"see", 1, NULL, 's'},    {"set", 1, NULL, 'e'},    {"processes", 1, NULL, 'p'},
        {"cpu", 1, NULL, 'c'},    {"memory", 1, NULL, 'm'}, {"address", 1, NULL, 'a'},
        {"file", 1, NULL, 'f'},   {"disk", 1, NULL, 'd'},   {"scratch", 1, NULL, 't'},
        {"stage", 1, NULL, 'g'},  {"bare", 1, NULL, 'b'},   {"group", 1, NULL, 'o'},
        {"help", 0, NULL, 'h'},   {NULL, 0, NULL, 0}};
    int which = 0;
    for (int c; (c = getopt_long(argc, argv, "+", options, &which)) != -1;) {
        const char *name = options[which].name;
        int *limits[] = {
            ['p'] = &box->processes,   ['c'] = &box->cpu_seconds, ['m'] = &box->memory_mib,
            ['a'] = &box->address_mib, ['f'] = &box->file_mib,    ['d'] = &box->disk_mib,
            ['t'] = &box->scratch_mib, ['u'] = &box->uid,         ['g'] = &box->stage,
            ['b'] = &box->bare};
        if (c == 'h') {
            fputs(help, stdout);
            exit(fflush(stdout) == 0 ? 0 : 2);
        } else if (c == 'r') {
            box->report = optarg;
        } else if (c == 'w') {
            box->dir = optarg;
        } else if (c == 'o') {
            box->group = optarg;
        } else if (c == 's') {
            pair(name, optarg, box->see, &box->sees);
        } else if (c == 'e') {
            pair(name, optarg, box->set, &box->sets);
        } else if (c == '?') {
            fputs("box: see box --help.\n", stderr);
            exit(2);
        } else {
            *limits[c] = number(name, optarg);
        }
    }
    box->argv = argv + optind;
    box->from = box->dir;
    if (!box->report || !box->dir || !*box->argv) {
        fprintf(stderr, "box: %s is missing; see box --help.\n",
                !box->report ? "--report"
                : !box->dir  ? "--dir"
                             : "the command");
        exit(2);
    }
}
