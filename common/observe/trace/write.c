// SPDX-License-Identifier: MIT
//
// write.c: the writer of trace.h.

#include "trace.h"

#include "../modules.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 16384 }; // of a process, where TWOFOLD_TRACE_EVENTS says nothing

static size_t events_wanted(void) {
    const char *const text = getenv("TWOFOLD_TRACE_EVENTS");
    const long wanted = text ? strtol(text, NULL, 10) : 0;
    return wanted > 0 && wanted <= 1 << 24 ? (size_t)wanted : EVENTS;
}

void *trace_map(const char *dir, const char *suffix, size_t size) {
    char node[TRACE_NODE] = "node", path[4096];
    gethostname(node, sizeof node - 1);
    const int length = snprintf(path, sizeof path, "%s/%s.%d.%s", dir, node, getpid(), suffix);
    if (length < 0 || length >= (int)sizeof path)
        return NULL;
    const int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return NULL;
    // All of it now: to write to a page for which there is no room would kill the program later.
    void *const file = posix_fallocate(fd, 0, (off_t)size) != 0
                           ? MAP_FAILED
                           : mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (file != MAP_FAILED)
        return file;
    unlink(path);
    return NULL;
}

static struct trace_file *opened;

// In KiB; 0: it cannot be told. (Not by getrusage: that of a process counts what it was before it
// became this program, too.)
static uint64_t peak_memory(void) {
    char line[128];
    unsigned long long kb = 0;
    FILE *const file = fopen("/proc/self/status", "re");
    while (file && fgets(line, sizeof line, file) && sscanf(line, "VmHWM: %llu kB", &kb) != 1) {
    }
    if (file)
        fclose(file);
    return kb;
}

__attribute__((destructor)) static void note_peak(void) {
    if (opened && opened->pid == getpid())
        opened->peak_kb = peak_memory();
}

struct trace_file *trace_open(const char *suffix) {
    const char *const dir = getenv("TWOFOLD_TRACE");
    if (!dir || !*dir)
        return NULL;
    const size_t cap = events_wanted();
    const size_t size = sizeof(struct trace_file) + cap * sizeof(struct trace_event);
    struct trace_file *const file = trace_map(dir, suffix, size);
    if (!file)
        return NULL;
    file->version = TRACE_VERSION;
    file->rank = file->ranks = -1;
    file->pid = getpid();
    file->cap = (uint32_t)cap;
    gethostname(file->node, sizeof file->node - 1);
    file->module_count = modules_list(file->modules, BOARD_MODULES);
    file->magic = TRACE_MAGIC;
    opened = file;
    return file;
}

uint64_t trace_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000U + (uint64_t)t.tv_nsec;
}

struct trace_event *trace_begin(struct trace_file *file, enum trace_kind kind, uint64_t pc) {
    const uint32_t place = atomic_fetch_add_explicit(&file->count, 1, memory_order_relaxed);
    if (place >= file->cap) {
        atomic_store_explicit(&file->count, place, memory_order_relaxed); // it must not come round
        return NULL;
    }
    struct trace_event *const event = &file->events[place];
    event->pc = pc;
    event->peer = PEER_NONE;
    event->kind = (uint16_t)kind;
    event->begin = trace_now();
    return event;
}
