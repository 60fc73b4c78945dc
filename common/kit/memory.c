// SPDX-License-Identifier: MIT
//
// memory.c: memory before it is taken (what is free), while it is given (untouched pages), and
// after (how much a process took). Sources: proc(5), /proc/meminfo, /proc/PID/smaps_rollup, and
// the kernel's guides to cgroups, versions 1 and 2.

#include "memory.h"

#include "kit.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

// -- what is free ----------------------------------------------------------------------------------

// The number after `key` in a file of "key: number" lines; -1 where there is none.
static double number_in(const char *path, const char *key) {
    FILE *file = fopen(path, "re");
    if (!file)
        return -1;
    char line[256];
    double value = -1;
    while (value < 0 && fgets(line, sizeof line, file))
        if (strncmp(line, key, strlen(key)) == 0)
            value = strtod(line + strlen(key), NULL);
    fclose(file);
    return value;
}

static double single_number(const char *path) {
    FILE *file = fopen(path, "re");
    double value = -1;
    if (!file)
        return -1;
    if (fscanf(file, "%lf", &value) != 1) // "max": no limit
        value = -1;
    fclose(file);
    return value;
}

// What the control group in directory `dir` has left, bytes; -1: no limit. The names of version 2
// and of version 1, which writes a number beyond all memory where there is no limit.
static double group_free(const char *dir) {
    static const char *const names[2][2] = {{"memory.max", "memory.current"},
                                            {"memory.limit_in_bytes", "memory.usage_in_bytes"}};
    for (int v = 0; v < 2; v++) {
        char path[1400];
        snprintf(path, sizeof path, "%s/%s", dir, names[v][0]);
        double limit = single_number(path);
        snprintf(path, sizeof path, "%s/%s", dir, names[v][1]);
        double used = single_number(path);
        if (limit >= 0 && limit < 1e15 && used >= 0)
            return limit > used ? limit - used : 0;
    }
    return -1;
}

// What our own control group and those above it leave us, bytes; -1: no limit.
static double cgroup_free(void) {
    FILE *file = fopen("/proc/self/cgroup", "re");
    char line[1024], dir[1200];
    double least = -1;
    while (file && fgets(line, sizeof line, file)) {
        // "0::/path" of version 2, "4:memory:/path" of version 1
        char *path = strstr(line, ":/");
        bool v2 = strncmp(line, "0::", 3) == 0;
        if (!path || (!v2 && !strstr(line, ":memory:")))
            continue;
        path[strcspn(path, "\n")] = '\0';
        char *group = path + 1; // "/a/b", then "/a", then ""
        for (char *slash = group; slash;) {
            snprintf(dir, sizeof dir, "/sys/fs/cgroup%s%s", v2 ? "" : "/memory", group);
            double left = group_free(dir);
            if (left >= 0 && (least < 0 || left < least))
                least = left;
            slash = strrchr(group, '/');
            if (slash)
                *slash = '\0';
        }
    }
    if (file)
        fclose(file);
    return least;
}

static double free_bytes(void) {
    double available = number_in("/proc/meminfo", "MemAvailable:") * 1024;
    double group = cgroup_free();
    return group >= 0 && group < available ? group : available;
}

bool memory_fits(double bytes, MPI_Comm comm) {
    double available = free_bytes(), node = bytes;
    int fits = 1;
    if (comm != MPI_COMM_NULL) {
        // The cheap question first: does all of it fit on every node? Mostly it does.
        double total;
        MPI_Allreduce(&bytes, &total, 1, MPI_DOUBLE, MPI_SUM, comm);
        int all = total <= available;
        MPI_Allreduce(MPI_IN_PLACE, &all, 1, MPI_INT, MPI_MIN, comm);
        if (all)
            return true;
        MPI_Comm here;
        MPI_Comm_split_type(comm, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &here);
        MPI_Allreduce(&bytes, &node, 1, MPI_DOUBLE, MPI_SUM, here);
        MPI_Comm_free(&here);
    }
    if (node > available) {
        char host[256] = "this machine";
        gethostname(host, sizeof host - 1);
        fits = 0;
        refuse("This problem needs %.1f GiB of memory on %s, which has %.1f GiB free; make it "
               "smaller.",
               node / 0x1p30, host, available / 0x1p30);
    }
    if (comm != MPI_COMM_NULL)
        MPI_Allreduce(MPI_IN_PLACE, &fits, 1, MPI_INT, MPI_MIN, comm);
    if (!fits) // the ranks that have room refuse too; the sentence of the first full node wins
        refuse("This problem needs more memory than one of the nodes has free; make it smaller.");
    return fits;
}

// -- pages nobody has touched -----------------------------------------------------------------------

static const size_t huge = 2 << 20; // bytes of a huge page on x86-64 and most arm64 systems

// What is mapped for `bytes`: whole huge pages where it is worth one.
static size_t mapped_bytes(size_t bytes) {
    if (bytes == 0)
        bytes = 1;
    return bytes < huge ? bytes : (bytes + huge - 1) / huge * huge;
}

void *memory_pages(size_t bytes) {
    size_t mapped = mapped_bytes(bytes);
    size_t align = mapped >= huge ? huge : 0; // map more, keep the aligned middle
    uint8_t *raw = MAP_FAILED;
    if (mapped >= bytes && mapped + align >= mapped)
        raw =
            mmap(NULL, mapped + align, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (raw == MAP_FAILED) {
        refuse("No memory: %.1f MiB were asked for and the system gave none (%s); make the problem "
               "smaller.",
               (double)bytes / 0x1p20, strerror(errno));
        return NULL;
    }
    if (!align)
        return raw;
    uint8_t *pages = raw + (align - (uintptr_t)raw % align) % align;
    if (pages > raw)
        munmap(raw, (size_t)(pages - raw));
    if (raw + align > pages)
        munmap(pages + mapped, (size_t)(raw + align - pages));
    madvise(pages, mapped, MADV_HUGEPAGE); // a wish; streaming reads are twice as fast with it
    return pages;
}

void memory_free(void *pages, size_t bytes) {
    if (pages)
        munmap(pages, mapped_bytes(bytes));
}

// -- what a process took ----------------------------------------------------------------------------

double memory_peak_kb(void) {
    double peak = number_in("/proc/self/status", "VmHWM:");
    return peak > 0 ? peak : 0;
}

enum { OTHERS_MAX = 32 };
static struct {
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool running, stop;
    double peak_kb;
    int others, other[OTHERS_MAX]; // processes that are not watched
} watch = {.mutex = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};

// The parent of a process; 0: it has gone. Its name, which stands in brackets before, may hold anything.
static int parent_of(int pid) {
    char path[64], line[512] = "";
    int parent = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *const file = fopen(path, "re");
    const bool read = file && fgets(line, sizeof line, file);
    if (file)
        fclose(file);
    const char *const end = read ? strrchr(line, ')') : NULL;
    return end && sscanf(end + 1, " %*c %d", &parent) == 1 ? parent : 0;
}

// Is it of those that this process has started since the watch began?
static bool is_ours(int pid) {
    enum { DEEP = 16 };
    for (int i = 0; i < DEEP && pid > 1; i++) {
        for (int k = 0; k < watch.others; k++)
            if (watch.other[k] == pid)
                return false;
        pid = parent_of(pid);
        if (pid == (int)getpid())
            return true;
    }
    return false;
}

// The next process that is ours; 0: no further one.
static int next_of_ours(DIR *proc) {
    for (struct dirent *entry; proc && (entry = readdir(proc));) {
        const int pid = (int)strtol(entry->d_name, NULL, 10);
        if (pid > 1 && is_ours(pid))
            return pid;
    }
    return 0;
}

// What was started before, a service for one, is no part of what is watched.
static void note_others(void) {
    DIR *const proc = opendir("/proc");
    int pid;
    watch.others = 0;
    while (watch.others < OTHERS_MAX && (pid = next_of_ours(proc)) > 0)
        watch.other[watch.others++] = pid;
    if (proc)
        closedir(proc);
}

// The PSS of this process and of all that it has started, kB.
static double family_kb(void) {
    char path[64];
    double sum = number_in("/proc/self/smaps_rollup", "Pss:");
    DIR *const proc = opendir("/proc");
    for (int pid; (pid = next_of_ours(proc)) > 0;) {
        snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
        sum += fmax(0, number_in(path, "Pss:")); // it may have ended meanwhile
    }
    if (proc)
        closedir(proc);
    return sum;
}

static void sample(void) {
    const double pss = family_kb();
    if (pss > watch.peak_kb)
        watch.peak_kb = pss;
}

static void *watch_loop(void *unused) {
    (void)unused;
    long pause = 5000000; // ns; at first short, for a short run ends before the second look else
    pthread_mutex_lock(&watch.mutex);
    while (!watch.stop) {
        sample();
        struct timespec next;
        clock_gettime(CLOCK_REALTIME, &next);
        next.tv_nsec += pause;
        pause = pause < 50000000 ? 2 * pause : 100000000;
        if (next.tv_nsec >= 1000000000) {
            next.tv_nsec -= 1000000000;
            next.tv_sec++;
        }
        pthread_cond_timedwait(&watch.wake, &watch.mutex, &next);
    }
    pthread_mutex_unlock(&watch.mutex);
    return NULL;
}

bool memory_watch_start(void) {
    watch.stop = false;
    watch.peak_kb = 0;
    note_others();
    watch.running = number_in("/proc/self/smaps_rollup", "Pss:") >= 0 &&
                    pthread_create(&watch.thread, NULL, watch_loop, NULL) == 0;
    return watch.running;
}

double memory_watch_stop(void) {
    if (!watch.running)
        return 0;
    pthread_mutex_lock(&watch.mutex);
    watch.stop = true;
    pthread_cond_signal(&watch.wake);
    pthread_mutex_unlock(&watch.mutex);
    pthread_join(watch.thread, NULL);
    watch.running = false;
    sample(); // the end of the run, which a short one would miss
    return watch.peak_kb;
}
