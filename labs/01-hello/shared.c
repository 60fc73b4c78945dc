// SPDX-License-Identifier: MIT
//
// shared.c: given. See shared.h.

#include "shared.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

bool shared_begin(struct shared *shared, const struct hello *h) {
    const size_t bytes = (size_t)h->n * sizeof *h->roll + 1;
    FILE *const file = tmpfile();
    *shared = (struct shared){.h = *h, .file = -1, .mine = h->roll, .bytes = bytes};
    if (file) {
        shared->file = dup(fileno(file));
        fclose(file);
    }
    void *const at = shared->file >= 0 && ftruncate(shared->file, (off_t)bytes) == 0
                         ? mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, shared->file, 0)
                         : MAP_FAILED;
    if (at == MAP_FAILED) {
        refuse("No memory that processes can share: %s. Is there room in /tmp? Make n smaller.",
               strerror(errno));
        if (shared->file >= 0)
            close(shared->file);
        return false;
    }
    shared->h.roll = at;
    memcpy(at, h->roll, (size_t)h->n * sizeof *h->roll);
    return true;
}

void shared_end(struct shared *shared) {
    memcpy(shared->mine, shared->h.roll, (size_t)shared->h.n * sizeof *shared->mine);
    munmap(shared->h.roll, shared->bytes);
    close(shared->file);
}

void processes_sign(struct hello *h, int workers,
                    pid_t (*start)(struct shared *shared, int i, int worker, int of)) {
    struct shared shared;
    pid_t *const process = calloc((size_t)workers, sizeof *process);
    if (!process || !shared_begin(&shared, h)) {
        refuse("No memory for %d processes; take fewer workers.", workers);
        free(process);
        return;
    }
    bool good = true;
    for (int first = 0; good && first < h->n; first += workers) {
        int started = 0;
        while (good && started < workers && first + started < h->n) {
            process[started] = start(&shared, first + started, started, workers);
            good = process[started] > 0 ||
                   refuse("No further process can be started: %s. Take fewer workers.",
                          strerror(errno));
            started += good;
        }
        for (int p = 0; p < started; p++) {
            int status = 0;
            while (waitpid(process[p], &status, 0) < 0 && errno == EINTR)
                ;
            good = status == 0 && good;
        }
    }
    if (!good)
        refuse("A process that was to sign a line ended with a fault; try again.");
    shared_end(&shared);
    free(process);
}
