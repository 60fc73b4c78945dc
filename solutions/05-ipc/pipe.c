// SPDX-License-Identifier: MIT
//
// pipe.c: a pipe is a stream of bytes in the kernel. It keeps their order and knows no messages, so
// each one has its length in front of it; and a call moves as many bytes as it likes. It is given two
// pages at a time: then one side copies in while the other copies out, and long messages come faster.

#include "ipc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { READ = 0, WRITE = 1, PIECE = 8192 };

static void *open_pipe(struct ipc *p, int from, int to) {
    (void)p;
    int *const ends = malloc(2 * sizeof *ends);
    if (ends && pipe(ends) == 0)
        return ends;
    refuse("There is no pipe from worker %d to worker %d: %s. Take fewer workers.", from, to,
           strerror(errno));
    free(ends);
    return NULL;
}

static void close_end(int *end) {
    if (*end >= 0)
        close(*end);
    *end = -1;
}

// A copy of the end to write to that stays open anywhere keeps the end of the stream from coming.
static void keep(void *channel, enum use use) {
    int *const ends = channel;
    if (use != RECEIVES)
        close_end(&ends[READ]);
    if (use != SENDS)
        close_end(&ends[WRITE]);
}

static size_t piece(size_t length) {
    return length < PIECE ? length : PIECE;
}

static void write_all(int end, const char *bytes, size_t length) {
    while (length > 0) {
        const ssize_t some = write(end, bytes, piece(length));
        if (some < 0 && errno != EINTR)
            no_way("write");
        bytes += some > 0 ? some : 0;
        length -= some > 0 ? (size_t)some : 0;
    }
}

// False: the stream has ended before the first of these bytes.
static bool read_all(int end, char *bytes, size_t length) {
    for (size_t got = 0; got < length;) {
        const ssize_t some = read(end, bytes + got, piece(length - got));
        if (some == 0)
            return false;
        if (some < 0 && errno != EINTR)
            no_way("read");
        got += some > 0 ? (size_t)some : 0;
    }
    return true;
}

static void send_message(void *channel, const void *bytes, long length) {
    const int end = ((int *)channel)[WRITE];
    write_all(end, (const char *)&length, sizeof length);
    write_all(end, bytes, (size_t)length);
}

static long receive_message(void *channel, void *bytes) {
    const int end = ((int *)channel)[READ];
    long length;
    if (!read_all(end, (char *)&length, sizeof length))
        return -1;
    return read_all(end, bytes, (size_t)length) ? length : -1;
}

static void end_of(void *channel) {
    close_end(&((int *)channel)[WRITE]);
}

static void close_pipe(void *channel) {
    keep(channel, NEITHER);
    free(channel);
}

void ipc_pipe(struct ipc *p, int workers) {
    static const struct way pipes = {open_pipe,       keep,   send_message,
                                     receive_message, end_of, close_pipe};
    chain_of_processes(p, workers, &pipes);
}
