// SPDX-License-Identifier: MIT
//
// watch.c: the board as a file.

#include "apart.h"
#include "reader.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static bool board_make(struct watch *watch, const char *dir, int ranks) {
    snprintf(watch->path, sizeof watch->path, "%s/twofold-board-XXXXXX", dir);
    const int file = mkostemp(watch->path, O_CLOEXEC);
    if (file < 0)
        return false;
    watch->size = sizeof *watch->board + (size_t)ranks * sizeof(struct board_slot);
    // All of it now: to write to a page for which there is no room would kill a rank later.
    errno = posix_fallocate(file, 0, (off_t)watch->size);
    void *const map =
        errno ? MAP_FAILED : mmap(NULL, watch->size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    const int error = errno;
    close(file);
    if (map == MAP_FAILED) {
        unlink(watch->path);
        errno = error;
        return false;
    }
    watch->board = watch->made = map;
    watch->board->version = BOARD_VERSION;
    watch->board->ranks = (uint32_t)ranks;
    gethostname(watch->board->node, sizeof watch->board->node - 1);
    watch->board->magic = BOARD_MAGIC;
    return true;
}

bool watch_open(struct watch *watch, int ranks, const char *shared, char *why, size_t cap) {
    const char *const temp = getenv("TMPDIR");
    const char *const dirs[] = {"/dev/shm", temp && *temp ? temp : "/tmp", "/tmp"};
    *watch = (struct watch){0};
    watch->shared = shared;
    if (shared && board_make(watch, shared, ranks)) {
        watch->parts = apart_view_new(watch->path, ranks);
        return true;
    }
    if (shared) {
        snprintf(why, cap,
                 "MPI cannot be observed on several nodes: no file of %zu KiB can be made in %s, "
                 "which all of them see: %s.",
                 watch->size / 1024, shared, strerror(errno));
        return false;
    }
    for (size_t i = 0; i < sizeof dirs / sizeof *dirs; i++)
        if (board_make(watch, dirs[i], ranks))
            return true;
    snprintf(why, cap,
             "MPI cannot be observed: no file of %zu KiB can be made in /dev/shm or %s: %s. Make "
             "room there, or set TMPDIR to a directory that has it.",
             watch->size / 1024, dirs[1], strerror(errno));
    return false;
}

void watch_env(const struct watch *watch, char env[WATCH_ENV][sizeof watch->path + 32]) {
    snprintf(env[0], sizeof env[0], "TWOFOLD_BOARD=%s", watch->path);
    snprintf(env[1], sizeof env[1], "TWOFOLD_BOARD_NODES=%s",
             !watch->shared ? ""
             : watch->apart ? "apart"
                            : "yes");
}

void watch_look(struct watch *watch, bool last) {
    if (watch->parts && apart_view_look(watch->parts, last))
        watch->board = watch->parts->board;
}

int watch_silent(const struct watch *watch, bool ended) {
    return watch->parts ? apart_view_silent(watch->parts, ended) : -1;
}

void watch_close(struct watch *watch) {
    if (watch->made) {
        munmap(watch->made, watch->size);
        unlink(watch->path);
    }
    apart_view_free(watch->parts);
    *watch = (struct watch){0};
}

static const struct {
    const char *name;
    enum board_wait wait;
} calls[] = {
#define CALL(name, wait) {"MPI_" #name, wait},
#include "../calls.def"
#undef CALL
};

const char *board_call_name(uint32_t call) {
    return call < CALLS && call ? calls[call].name : "MPI";
}

enum board_wait board_call_wait(uint32_t call) {
    return call < CALLS ? calls[call].wait : PASS;
}
