// SPDX-License-Identifier: MIT
//
// tree.c: see tree.h.

#include "tree.h"
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct one {
    pid_t pid, parent;
    bool zombie, ours;
};

// Parent and state from /proc/PID/stat: "PID (any name) S PPID ...".
static bool read_stat(pid_t pid, struct one *one) {
    char path[64], text[512], state;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC), parent;
    if (fd < 0)
        return false;
    ssize_t size = read(fd, text, sizeof text - 1);
    close(fd);
    if (size <= 0)
        return false;
    text[size] = 0;
    const char *end = strrchr(text, ')'); // the name may hold anything, brackets too
    if (!end || sscanf(end + 1, " %c %d", &state, &parent) != 2)
        return false;
    *one = (struct one){.pid = pid, .parent = parent, .zombie = state == 'Z' || state == 'X'};
    return true;
}

// Does the environment with which PID was started hold TREE_MARK=mark, or a longer one of a run
// inside it? `some` says whether there is an environment at all.
static bool reads_mark(pid_t pid, const char *mark, bool *some) {
    char path[64], wanted[160], *variable = NULL;
    snprintf(path, sizeof path, "/proc/%d/environ", (int)pid);
    snprintf(wanted, sizeof wanted, TREE_MARK "=%s", mark);
    size_t length = strlen(wanted), cap = 0;
    FILE *file = fopen(path, "re"); // not another user's, and not of one that is gone
    bool found = false;
    *some = !file;
    while (file && !found && getdelim(&variable, &cap, 0, file) > 0) {
        *some = true;
        found = strncmp(variable, wanted, length) == 0 &&
                (variable[length] == 0 || variable[length] == '/');
    }
    free(variable);
    if (file)
        fclose(file);
    return found;
}

static bool has_program(pid_t pid) {
    char path[64], program[8];
    snprintf(path, sizeof path, "/proc/%d/exe", (int)pid);
    return readlink(path, program, sizeof program) > 0; // a thread of the kernel has none
}

// A process in the middle of its exec has no environment for a moment, or for longer where it waits
// for a core; it is looked at again.
static bool is_marked(pid_t pid, const char *mark) {
    bool some, found = reads_mark(pid, mark, &some);
    for (int i = 0; !found && !some && i < 10 && has_program(pid); i++) {
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        found = reads_mark(pid, mark, &some);
    }
    return found;
}

static struct one *list(size_t *count) {
    DIR *dir = opendir("/proc");
    struct one *all = NULL;
    size_t cap = 0;
    *count = 0;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        long pid = strtol(entry->d_name, NULL, 10);
        struct one one;
        if (pid <= 0 || !read_stat((pid_t)pid, &one))
            continue;
        if (*count == cap) {
            struct one *more = realloc(all, (cap = 2 * cap + 64) * sizeof *all);
            if (!more)
                break;
            all = more;
        }
        all[(*count)++] = one;
    }
    if (dir)
        closedir(dir);
    return all;
}

// Children of ours are ours, until none is added.
static void add_children(struct one *all, size_t count) {
    const pid_t self = getpid();
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < count && !all[i].ours; j++)
                if (all[j].ours && all[i].parent == all[j].pid && all[i].pid != self)
                    all[i].ours = more = true;
    }
}

int tree_list(pid_t pid, pid_t *pids, int most) {
    size_t count;
    int found = 0;
    struct one *all = list(&count);
    for (size_t i = 0; i < count; i++)
        all[i].ours = all[i].pid == pid;
    add_children(all, count);
    for (size_t i = 0; i < count && found < most; i++)
        if (all[i].ours && !all[i].zombie)
            pids[found++] = all[i].pid;
    free(all);
    return found;
}

static void command_of(pid_t pid, char *text, size_t cap) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/cmdline", (int)pid);
    FILE *file = fopen(path, "re");
    const size_t size = file ? fread(text, 1, cap - 1, file) : 0;
    if (file)
        fclose(file);
    text[size] = 0;
    for (size_t i = 0; i + 1 < size; i++)
        if (!text[i])
            text[i] = ' ';
}

void tree_name(const char *mark, char *text, size_t cap) {
    size_t count;
    struct one *all = list(&count);
    *text = 0;
    for (size_t i = 0; i < count && !*text; i++)
        if (all[i].pid != getpid() && !all[i].zombie && is_marked(all[i].pid, mark))
            command_of(all[i].pid, text, cap);
    free(all);
}

int tree_signal(pid_t pid, const char *mark, int signal) {
    size_t count;
    struct one *all = list(&count);
    pid_t self = getpid();
    for (size_t i = 0; i < count; i++)
        all[i].ours = all[i].pid != self && ((pid && all[i].pid == pid) ||
                                             (!all[i].zombie && is_marked(all[i].pid, mark)));
    add_children(all, count);
    int alive = 0;
    for (size_t i = 0; i < count; i++)
        if (all[i].ours && !all[i].zombie) {
            alive++;
            if (signal)
                kill(all[i].pid, signal);
        }
    free(all);
    return alive;
}

int tree_kill(pid_t pid, const char *mark) {
    int first = tree_signal(pid, mark, SIGKILL), left = first;
    for (int i = 0; left && i < 400; i++) {
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
        left = tree_signal(pid, mark, SIGKILL);
    }
    return first;
}
