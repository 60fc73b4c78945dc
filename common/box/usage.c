// SPDX-License-Identifier: MIT
//
// usage.c: see usage.h. Descendants are found by their parents' numbers: a process of the box that
// loses its parent becomes a child of the box's process 1, so none is ever lost.

#include "usage.h"
#include <dirent.h>
#include <fcntl.h>
#include <fts.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct process {
    int pid, parent, threads;
    long pages;
    bool ours;
};

// From /proc/PID/stat, "PID (any name) S PPID ...": 1 pid, 4 parent, 20 threads, 24 resident pages.
static bool read_process(int pid, struct process *p) {
    char path[64], text[1024], state;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t size = read(fd, text, sizeof text - 1);
    close(fd);
    if (size <= 0)
        return false;
    text[size] = 0;
    const char *end = strrchr(text, ')'); // the name may hold anything, brackets too
    *p = (struct process){.pid = pid};
    return end && sscanf(end + 1,
                         " %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %d "
                         "%*d %*u %*u %ld",
                         &state, &p->parent, &p->threads, &p->pages) == 4;
}

// PSS of one process in MiB, 0: it is gone, and so is its memory; -1: we may not read it.
static double read_pss(int pid) {
    char path[64], line[256];
    double kb = -1;
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
    FILE *file = fopen(path, "re");
    if (!file)
        return access(path, F_OK) == 0 || access("/proc/self/smaps_rollup", F_OK) != 0 ? -1 : 0;
    while (kb < 0 && fgets(line, sizeof line, file))
        sscanf(line, "Pss: %lf", &kb);
    fclose(file);
    return kb < 0 ? 0 : kb / 1024;
}

static struct process *list(size_t *count) {
    DIR *dir = opendir("/proc");
    struct process *all = NULL;
    size_t cap = 0;
    *count = 0;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        struct process one;
        int pid = (int)strtol(entry->d_name, NULL, 10);
        if (pid <= 0 || !read_process(pid, &one))
            continue;
        if (*count == cap) {
            struct process *more = realloc(all, (cap = 2 * cap + 256) * sizeof *all);
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

// Marks the descendants of pid. Mostly one round does: parents have smaller numbers.
static void mark(struct process *all, size_t count, int pid) {
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < count; i++) {
            bool ours = all[i].parent == pid;
            for (size_t j = 0; j < count && !ours && !all[i].ours; j++)
                ours = all[j].ours && all[j].pid == all[i].parent;
            if (ours && !all[i].ours)
                all[i].ours = more = true;
        }
    }
}

struct usage usage_look(double enough, int signal) {
    const double page = (double)sysconf(_SC_PAGESIZE) / 1048576;
    struct usage sum = {0};
    size_t count;
    struct process *all = list(&count);
    mark(all, count, (int)getpid());
    for (size_t i = 0; i < count; i++) {
        if (!all[i].ours)
            continue;
        if (signal)
            kill(all[i].pid, signal);
        sum.threads += all[i].threads;
        sum.rss_mib += (double)all[i].pages * page;
    }
    sum.pss_mib = sum.rss_mib;
    if (sum.rss_mib > enough) {
        sum.pss_mib = 0;
        for (size_t i = 0; i < count; i++)
            if (all[i].ours) {
                double pss = read_pss(all[i].pid);
                sum.pss_mib += pss < 0 ? (double)all[i].pages * page : pss;
            }
    }
    free(all);
    return sum;
}

int usage_of_user(void) {
    size_t count;
    int threads = 0;
    struct process *all = list(&count);
    for (size_t i = 0; i < count; i++) {
        char path[64];
        struct stat what;
        snprintf(path, sizeof path, "/proc/%d", all[i].pid);
        if (stat(path, &what) == 0 && what.st_uid == getuid())
            threads += all[i].threads;
    }
    free(all);
    return threads;
}

bool usage_of_disk_is_below(const char *dir, double mib, long files) {
    char *path[] = {(char *)dir, NULL}; // fts does not write to it
    FTS *walk = fts_open(path, FTS_PHYSICAL | FTS_XDEV, NULL);
    double blocks = 0;
    bool below = true;
    for (FTSENT *one; walk && below && (one = fts_read(walk));) {
        if (one->fts_info == FTS_DP || !one->fts_statp || one->fts_info == FTS_NS)
            continue;
        blocks += (double)one->fts_statp->st_blocks; // of 512 bytes
        below = blocks / 2048 <= mib && --files >= 0;
    }
    if (walk)
        fts_close(walk);
    return below;
}
