// SPDX-License-Identifier: MIT
//
// cgroup.c: see cgroup.h. Version 2 has one hierarchy ("0::/path" in /proc/self/cgroup), version 1
// one a controller ("4:cpu,cpuacct:/path").

#include "cgroup.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// The limit that one group sets; 0: none. dir: the group's directory.
typedef double one_limit(const char *dir, bool v2);

static bool read_numbers(const char *dir, const char *name, double *first, double *second) {
    char path[1400];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "re");
    bool ok = file && fscanf(file, "%lf %lf", first, second) >= 1; // "max": there is no limit
    if (file)
        fclose(file);
    return ok;
}

static double cores_of(const char *dir, bool v2) {
    double quota = 0, period = 100000, none;
    if (v2)
        return read_numbers(dir, "cpu.max", &quota, &period) && quota > 0 ? quota / period : 0;
    read_numbers(dir, "cpu.cfs_period_us", &period, &none);
    return read_numbers(dir, "cpu.cfs_quota_us", &quota, &none) && quota > 0 ? quota / period : 0;
}

static double memory_of(const char *dir, bool v2) {
    double bytes, none;
    const char *name = v2 ? "memory.max" : "memory.limit_in_bytes";
    // Version 1 writes a number beyond all memory where there is no limit.
    return read_numbers(dir, name, &bytes, &none) && bytes < 1e15 ? bytes : 0;
}

// Has the list of controllers "cpu,cpuacct" this one in it?
static bool has_controller(const char *list, const char *controller) {
    size_t length = strlen(controller);
    for (const char *at = list; *at; at += *at == ',') {
        size_t n = strcspn(at, ",");
        if (n == length && strncmp(at, controller, n) == 0)
            return true;
        at += n;
    }
    return false;
}

static double least(const char *controller, one_limit *limit_of) {
    char line[1024], controllers[256], dir[1300];
    double found = 0;
    FILE *own = fopen("/proc/self/cgroup", "re");
    while (own && fgets(line, sizeof line, own)) {
        char *path = strstr(line, ":/");
        bool v2 = strncmp(line, "0::", 3) == 0;
        *controllers = 0;
        if (!path || (!v2 && (sscanf(line, "%*d:%255[^:]", controllers) != 1 ||
                              !has_controller(controllers, controller))))
            continue;
        path++;
        path[strcspn(path, "\n")] = 0;
        for (char *slash; (slash = strrchr(path, '/')); *slash = 0) {
            snprintf(dir, sizeof dir, "/sys/fs/cgroup%s%s%s", v2 ? "" : "/", v2 ? "" : controller,
                     strcmp(path, "/") == 0 ? "" : path);
            double limit = limit_of(dir, v2);
            if (limit > 0 && (found == 0 || limit < found))
                found = limit;
        }
        // The top, which in a container is the container's own group.
        snprintf(dir, sizeof dir, "/sys/fs/cgroup%s%s", v2 ? "" : "/", v2 ? "" : controller);
        double limit = limit_of(dir, v2);
        if (limit > 0 && (found == 0 || limit < found))
            found = limit;
    }
    if (own)
        fclose(own);
    return found;
}

double cgroup_cores(void) {
    return least("cpu", cores_of);
}

double cgroup_memory(void) {
    return least("memory", memory_of);
}

// Does a group hand the counting of processes on to those below it?
static bool hands_on(const char *dir) {
    char path[1400], line[256] = "";
    snprintf(path, sizeof path, "%s/cgroup.subtree_control", dir);
    FILE *const file = fopen(path, "re");
    const bool read = file && fgets(line, sizeof line, file);
    if (file)
        fclose(file);
    for (char *rest = line, *word; read && (word = strsep(&rest, " \n"));)
        if (strcmp(word, "pids") == 0)
            return true;
    return false;
}

// Can a group that counts processes be made here?
static bool is_place(const char *dir) {
    char path[1400], file[1500];
    snprintf(path, sizeof path, "%s/twofold-trial-%d", dir, (int)getpid());
    if (mkdir(path, 0755) != 0)
        return false;
    snprintf(file, sizeof file, "%s/pids.max", path);
    const bool counts = access(file, W_OK) == 0;
    return rmdir(path) == 0 && counts;
}

// Version 1: below our own group. Version 2: only a group without processes of its own hands
// anything on, so below the next one above ours that does.
static bool find_place(char *path, bool v2, char *dir, size_t cap) {
    const char *const top = v2 ? "/sys/fs/cgroup" : "/sys/fs/cgroup/pids";
    for (char *slash; (slash = strrchr(path, '/')); *slash = 0) {
        snprintf(dir, cap, "%s%s", top, strcmp(path, "/") == 0 ? "" : path);
        if (!v2 || hands_on(dir))
            return is_place(dir);
    }
    snprintf(dir, cap, "%s", top);
    return hands_on(dir) && is_place(dir);
}

bool cgroup_for_processes(char *dir, size_t cap) {
    char line[1024], controllers[256];
    bool found = false;
    FILE *const own = fopen("/proc/self/cgroup", "re");
    while (own && !found && fgets(line, sizeof line, own)) {
        char *const path = strstr(line, ":/");
        const bool v2 = strncmp(line, "0::", 3) == 0;
        *controllers = 0;
        if (!path || (!v2 && (sscanf(line, "%*d:%255[^:]", controllers) != 1 ||
                              !has_controller(controllers, "pids"))))
            continue;
        path[1 + strcspn(path + 1, "\n")] = 0;
        found = find_place(path + 1, v2, dir, cap);
    }
    if (own)
        fclose(own);
    return found;
}
