// SPDX-License-Identifier: MIT
//
// shared.h: given. A roll that several processes can sign: memory that they share because they say
// so, and what fork.c and spawn.c have in common.

#ifndef HELLO_SHARED_H
#define HELLO_SHARED_H

#include "hello.h"

#include <sys/types.h>

struct shared {
    struct hello h;    // h.roll lies in the shared memory
    int file;          // the file behind it, which has no name
    struct line *mine; // the roll of the process, not shared
    size_t bytes;      // of the roll
};

// Makes shared memory for the roll of h. False: refuse()d.
bool shared_begin(struct shared *shared, const struct hello *h);
// Copies the signed lines to the roll of h and gives the memory back.
void shared_end(struct shared *shared);

// Has `start` begin a process for each line, `workers` at a time, and waits for them. start returns
// the new process, or -1 where it cannot, with errno set.
void processes_sign(struct hello *h, int workers,
                    pid_t (*start)(struct shared *shared, int i, int worker, int of));

#endif
