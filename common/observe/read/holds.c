// SPDX-License-Identifier: MIT
//
// holds.c: see holds.h.

#include "holds.h"
#include "../tasks.h"
#include "asleep.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { QUIET = 6 }; // looks in which nothing changes, about a tenth of a second each

// -- files ----------------------------------------------------------------------------------------------

bool holds_open(struct holds_watch *watch) {
    const char *const tmp = getenv("TMPDIR");
    const char *const places[] = {"/dev/shm", tmp && *tmp ? tmp : "/tmp", "/tmp"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const int length =
            snprintf(watch->dir, sizeof watch->dir, "%s/twofold-holds-XXXXXX", places[i]);
        if (length < (int)sizeof watch->dir && mkdtemp(watch->dir))
            return true;
    }
    watch->dir[0] = '\0';
    return false;
}

void holds_close(struct holds_watch *watch) {
    for (int i = 0; i < watch->count; i++)
        munmap(watch->file[i], sizeof *watch->file[i]);
    DIR *const dir = watch->dir[0] ? opendir(watch->dir) : NULL;
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir)
        closedir(dir);
    if (watch->dir[0])
        rmdir(watch->dir);
    findings_free(&watch->hang);
    *watch = (struct holds_watch){.dir = ""};
}

static bool is_open(const struct holds_watch *watch, const char *name) {
    for (int i = 0; i < watch->count; i++)
        if (strcmp(watch->name[i], name) == 0)
            return true;
    return false;
}

// Opens the files that have come. One that is not yet filled in is left for the next time.
static void open_files(struct holds_watch *watch) {
    DIR *const dir = watch->dir[0] ? opendir(watch->dir) : NULL;
    for (struct dirent *entry; dir && (entry = readdir(dir)) && watch->count < HOLDS_FILES;) {
        struct stat info;
        if (entry->d_name[0] == '.' || is_open(watch, entry->d_name) ||
            strlen(entry->d_name) >= sizeof watch->name[0])
            continue;
        const int fd = openat(dirfd(dir), entry->d_name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        if (fd < 0)
            continue;
        struct holds *file = MAP_FAILED;
        if (fstat(fd, &info) == 0 && info.st_size == (off_t)sizeof *file)
            file = mmap(NULL, sizeof *file, PROT_READ, MAP_SHARED, fd, 0);
        close(fd);
        if (file == MAP_FAILED)
            continue;
        if (file->magic != HOLDS_MAGIC || file->version != HOLDS_VERSION) {
            munmap(file, sizeof *file);
            continue;
        }
        snprintf(watch->name[watch->count], sizeof watch->name[0], "%s", entry->d_name);
        watch->file[watch->count++] = file;
    }
    if (dir)
        closedir(dir);
}

bool holds_seen_any(const struct holds_watch *watch) {
    return watch->count > 0;
}

// -- does it hang? -----------------------------------------------------------------------------------

static int threads(const struct holds *holds) {
    const uint32_t count = atomic_load(&holds->threads);
    return count < HOLDS_THREADS ? (int)count : HOLDS_THREADS;
}

// Does the thread sleep, waiting for a word in memory, as far as can be seen? True also if there is no
// such thread.
static bool sleeps(int pid, int tid) {
    const struct task task = task_look(pid, tid, 0);
    return !task.there || (task.asleep && task.what != FOR_OTHER);
}

// All of them: also those that OpenMP does not know.
static bool all_sleep(int pid) {
    struct tasks tasks;
    tasks_list(pid, &tasks);
    bool all = tasks.count >= 0;
    for (int i = 0; i < tasks.count && all; i++)
        all = sleeps(pid, tasks.tid[i]);
    return all;
}

int holds_holder(const struct holds *holds, const struct hold_at *at) {
    if (at->wait != HOLD_LOCK && at->wait != HOLD_CRITICAL)
        return -1;
    for (int i = 0; i < HOLDS_LOCKS && at->what; i++)
        if (atomic_load(&holds->locks[i].what) == at->what)
            return (int)atomic_load(&holds->locks[i].holder) - 1;
    return -1;
}

bool holds_circle(const struct holds *holds, int slot) {
    int at = slot;
    for (int steps = 0; steps < HOLDS_THREADS; steps++) {
        at = holds_holder(holds, &holds->slots[at].at);
        if (at < 0 || at == slot)
            return at == slot;
    }
    return false;
}

// Which threads hang? None: 0.
static int stuck_in(const struct holds *holds, bool *stuck) {
    const int count = threads(holds);
    int hang = 0;
    bool all = count > 0, waits = false;
    for (int i = 0; i < count; i++) {
        const uint32_t wait = holds->slots[i].at.wait;
        all = all && wait != HOLD_NONE;
        // The thread that began a region is in it until all have done their part.
        waits = waits || wait != HOLD_END || holds->slots[i].tid == holds->pid;
    }
    all = all && waits && all_sleep(holds->pid);
    for (int i = 0; i < count; i++) {
        stuck[i] = all || (holds_circle(holds, i) && sleeps(holds->pid, holds->slots[i].tid));
        hang += stuck[i];
    }
    return hang;
}

// One number for what all threads do: where it is the same, nothing has changed.
static uint64_t state_of(const struct holds *holds, const bool *stuck) {
    uint64_t sum = 1;
    for (int i = 0; i < threads(holds); i++)
        sum = (sum * 31 + (stuck[i] ? atomic_load(&holds->slots[i].seq) * 2 + 1 : 0)) *
              UINT64_C(0x9E3779B97F4A7C15);
    return sum;
}

bool holds_look(struct holds_watch *watch) {
    bool stuck[HOLDS_THREADS] = {false};
    open_files(watch);
    for (int i = 0; i < watch->count && !watch->hang.count; i++) {
        struct holds_seen *const seen = &watch->seen[i];
        const struct holds *const holds = watch->file[i];
        char path[64];
        snprintf(path, sizeof path, "/proc/%d", holds->pid);
        if (access(path, F_OK) != 0 || !stuck_in(holds, stuck)) {
            seen->same = 0;
            continue;
        }
        const uint64_t state = state_of(holds, stuck);
        seen->same = state == seen->state ? seen->same + 1 : 0;
        seen->state = state;
        if (seen->same >= QUIET)
            holds_hang_say(holds, stuck, &watch->hang);
    }
    return watch->hang.count > 0;
}

void holds_say(struct holds_watch *watch, bool ended, struct findings *findings) {
    open_files(watch);
    for (size_t i = 0; i < watch->hang.count; i++) {
        struct evidence *const e = findings_add(findings, watch->hang.at[i].kind);
        if (e)
            *e = watch->hang.at[i];
    }
    for (int i = 0; i < watch->count; i++) {
        if (watch->hang.count == 0)
            holds_orders_say(watch->file[i], findings);
        holds_finds_say(watch->file[i], findings);
        if (ended)
            holds_left_say(watch->file[i], findings);
    }
}
