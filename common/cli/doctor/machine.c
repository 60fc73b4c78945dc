// SPDX-License-Identifier: MIT
//
// machine.c: memory, page cache, and what makes times unsteady.

#include "cgroup.h"
#include "doctor.h"
#include "findings.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// A line "Name:   123 kB" of /proc/meminfo, in MiB; -1: there is none.
static double meminfo(const char *name) {
    char line[256];
    double kb = -1, found = -1;
    size_t length = strlen(name);
    FILE *file = fopen("/proc/meminfo", "re");
    while (file && found < 0 && fgets(line, sizeof line, file))
        if (strncmp(line, name, length) == 0 && line[length] == ':' &&
            sscanf(line + length + 1, "%lf", &kb) == 1)
            found = kb / 1024;
    if (file)
        fclose(file);
    return found;
}

void doctor_memory(void) {
    double total = meminfo("MemTotal"), free = meminfo("MemAvailable");
    double limit = cgroup_memory() / 1048576;
    if (total < 0 || free < 0) {
        finding(LEVEL_NOTE, "memory", "Mount /proc.", "/proc/meminfo cannot be read.");
        return;
    }
    if (limit > 0 && limit < total)
        finding(LEVEL_NOTE, "memory", "",
                "%.0f MiB of %.0f MiB are free; this session (its cgroup) may use %.0f MiB.", free,
                total, limit);
    else if (free < 512)
        finding(LEVEL_NOTE, "memory", "End other programs, or give smaller problems (n=...).",
                "Only %.0f MiB of %.0f MiB are free; the labs' defaults take up to some 500 MiB.",
                free, total);
    else
        finding(LEVEL_OK, "memory", "", "%.1f GiB of %.1f GiB are free.", free / 1024,
                total / 1024);
}

// -- page cache ----------------------------------------------------------------------------------

enum { FILE_BYTES = 4 << 20 };

// The share of the file's pages that are in memory.
static double resident(int fd) {
    long page = sysconf(_SC_PAGESIZE);
    size_t pages = FILE_BYTES / (size_t)page, in = 0;
    unsigned char *seen = calloc(pages, 1);
    void *map = mmap(NULL, FILE_BYTES, PROT_READ, MAP_SHARED, fd, 0);
    if (seen && map != MAP_FAILED && mincore(map, FILE_BYTES, seen) == 0)
        for (size_t i = 0; i < pages; i++)
            in += seen[i] & 1;
    if (map != MAP_FAILED)
        munmap(map, FILE_BYTES);
    free(seen);
    return (double)in / (double)pages;
}

static int make_file(const char *root) {
    char path[PATH_MAX + 64];
    static char block[65536];
    snprintf(path, sizeof path, "%s/build/doctor.XXXXXX", root);
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd < 0)
        return -1;
    unlink(path);
    memset(block, 'x', sizeof block);
    for (size_t done = 0; done < FILE_BYTES;) {
        ssize_t n = write(fd, block, sizeof block);
        if (n <= 0) {
            int why = n < 0 ? errno : ENOSPC;
            close(fd);
            errno = why;
            return -1;
        }
        done += (size_t)n;
    }
    fsync(fd);
    return fd;
}

void doctor_page_cache(const char *root) {
    double cached = meminfo("Cached");
    int fd = make_file(root);
    if (fd < 0) {
        finding(LEVEL_PROBLEM, "page cache",
                "Give yourself the right to write there, or make room.",
                "A file of 4 MiB cannot be written in build/: %s.", strerror(errno));
        return;
    }
    double before = resident(fd);
    int refused = posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    double after = resident(fd);
    close(fd);
    if (!refused && before > 0.9 && after < 0.1)
        finding(LEVEL_OK, "page cache", "",
                "%.0f MiB hold files; pages leave it when asked to (measured in build/: %.0f %% "
                "before, %.0f %% after), so runs with a cold cache can be made.",
                cached, 100 * before, 100 * after);
    else
        finding(LEVEL_NOTE, "page cache", "Keep the kit on a local disk to measure a cold cache.",
                "Pages of files in build/ stay in memory though asked to leave (measured: %.0f %% "
                "before, %.0f %% after), so a cold cache cannot be made here.",
                100 * before, 100 * after);
}

// -- calm ----------------------------------------------------------------------------------------

static bool read_word(const char *path, char word[64]) {
    FILE *file = fopen(path, "re");
    bool ok = file && fscanf(file, "%63s", word) == 1;
    if (file)
        fclose(file);
    return ok;
}

static bool is_virtual(void) {
    char line[4096];
    bool yes = false;
    FILE *file = fopen("/proc/cpuinfo", "re");
    while (file && !yes && fgets(line, sizeof line, file))
        yes = strncmp(line, "flags", 5) == 0 && strstr(line, " hypervisor");
    if (file)
        fclose(file);
    return yes;
}

void doctor_calm(const struct machine *machine) {
    char governor[64], driver[64] = "";
    double load;
    if (getloadavg(&load, 1) == 1) {
        bool busy = load > 0.5 * machine->cores;
        finding(busy ? LEVEL_NOTE : LEVEL_OK, "load",
                busy ? "Measure when it is quiet: compare times only with times of the same run."
                     : "",
                "%.1f programs were running on average in the last minute, on %d core%s.", load,
                machine->cores, machine->cores == 1 ? "" : "s");
    }
    if (read_word("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", governor)) {
        read_word("/sys/devices/system/cpu/cpu0/cpufreq/scaling_driver", driver);
        // With these drivers powersave is the ordinary setting and reaches the full frequency.
        bool steady = strcmp(governor, "powersave") != 0 || strstr(driver, "pstate");
        finding(steady ? LEVEL_OK : LEVEL_NOTE, "frequency",
                steady ? "" : "As root: cpupower frequency-set -g performance",
                "The governor is %s (%s)%s.", governor, *driver ? driver : "unknown driver",
                steady ? "" : ": cores stay slow, and times wander");
    }
    if (is_virtual())
        finding(LEVEL_NOTE, "frequency", "",
                "This is a virtual machine: its host may take time away, so times wander.");
}
