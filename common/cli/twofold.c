// SPDX-License-Identifier: MIT
//
// twofold.c: the dispatcher. `twofold CMD ARGS` becomes the program twofold-CMD that lies beside
// it, so that each command links only what it needs, and a missing library costs that one alone.
// It knows no command: it lists its directory, and what a command does is the first sentence of
// its own --help.

#include "../judge/nearest.h"
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char prefix[] = "twofold-";
enum { MOST = 64 };

struct commands {
    char dir[PATH_MAX];
    char *name[MOST];
    size_t count;
};

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_executable(const char *dir, const char *name) {
    char path[PATH_MAX + 256];
    return snprintf(path, sizeof path, "%s/%s", dir, name) < (int)sizeof path &&
           access(path, X_OK) == 0;
}

static int find_commands(struct commands *commands) {
    ssize_t size = readlink("/proc/self/exe", commands->dir, sizeof commands->dir - 1);
    commands->count = 0;
    if (size <= 0)
        return 0;
    commands->dir[size] = 0;
    *strrchr(commands->dir, '/') = 0;
    DIR *dir = opendir(commands->dir);
    for (struct dirent *entry; dir && (entry = readdir(dir)) && commands->count < MOST;)
        if (strncmp(entry->d_name, prefix, sizeof prefix - 1) == 0 &&
            is_executable(commands->dir, entry->d_name) &&
            (commands->name[commands->count] = strdup(entry->d_name + sizeof prefix - 1)))
            commands->count++;
    if (dir)
        closedir(dir);
    qsort(commands->name, commands->count, sizeof *commands->name, by_name);
    return 1;
}

// Becomes the command; returns only if it cannot.
static void become(const struct commands *commands, const char *name, char **argv) {
    char path[PATH_MAX + NAME_MAX + 2], shown[NAME_MAX + sizeof prefix];
    snprintf(path, sizeof path, "%s/%s%s", commands->dir, prefix, name);
    snprintf(shown, sizeof shown, "twofold %.200s", name); // as the command calls itself
    argv[0] = shown;
    execv(path, argv);
    fprintf(stderr, "twofold: %s cannot be started: %s; build it again with `make build`.\n", path,
            strerror(errno));
}

// The first sentence of the help, behind the lines that show the usage.
static void print_summary(const struct commands *commands, const char *name) {
    char quoted[2 * PATH_MAX + NAME_MAX], line[256], text[512] = "";
    // The path may hold any letter; a ' ends the quotes for a moment.
    size_t n = 0;
    for (const char *c = commands->dir; *c && n < sizeof quoted - NAME_MAX - 32; c++)
        n += (size_t)snprintf(quoted + n, 5, *c == '\'' ? "'\\''" : "%c", *c);
    quoted[n] = 0;
    char *call;
    if (asprintf(&call, "'%s/%s%s' --help 2>/dev/null", quoted, prefix, name) < 0)
        return;
    FILE *help = popen(call, "re");
    free(call);
    while (help && fgets(line, sizeof line, help)) {
        int usage = strncmp(line, "Usage:", 6) == 0 || *line == ' ';
        line[strcspn(line, "\n")] = 0;
        if (*text && (usage || !*line))
            break;
        if (usage || !*line)
            continue;
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", *text ? " " : "", line);
    }
    if (help)
        pclose(help);
    char *stop = strstr(text, ". ");
    if (stop)
        *stop = 0;
    if (*text && text[strlen(text) - 1] == '.')
        text[strlen(text) - 1] = 0;
    printf("  %-10s %s\n", name, text);
}

static int print_help(const struct commands *commands) {
    puts("Usage: twofold COMMAND [ARGUMENTS]\n");
    for (size_t i = 0; i < commands->count; i++) {
        fflush(stdout);
        print_summary(commands, commands->name[i]);
    }
    puts("\n`twofold COMMAND --help` tells more. `make` alone lists what can be done with make.");
    return fflush(stdout) == 0 ? 0 : 2;
}

static int unknown(const struct commands *commands, const char *word) {
    const char *near = nearest(word, (const char *const *)commands->name, commands->count);
    fprintf(stderr, "twofold: there is no command '%s'", word);
    if (near)
        fprintf(stderr, "; did you mean `twofold %s`?\n", near);
    else if (commands->count == 0)
        fprintf(stderr, ": none is built in %s; run `make build`.\n", commands->dir);
    else {
        fputs("; the commands are", stderr);
        for (size_t i = 0; i < commands->count; i++)
            fprintf(stderr, "%s %s", i ? "," : "", commands->name[i]);
        fputs(".\n", stderr);
    }
    return 2;
}

int main(int argc, char **argv) {
    static struct commands commands;
    if (!find_commands(&commands)) {
        fputs("twofold: /proc cannot be read, so its commands cannot be found; mount /proc.\n",
              stderr);
        return 2;
    }
    int wants_help = argc < 2 || strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 ||
                     strcmp(argv[1], "-h") == 0;
    const char *word = wants_help ? (argc > 2 ? argv[2] : NULL) : argv[1];
    if (!word)
        return print_help(&commands);
    for (size_t i = 0; i < commands.count; i++)
        if (strcmp(word, commands.name[i]) == 0) {
            char *help[] = {NULL, (char[]){"--help"}, NULL};
            become(&commands, word, wants_help ? help : argv + 1);
            return 2;
        }
    return unknown(&commands, word);
}
