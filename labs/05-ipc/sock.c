// SPDX-License-Identifier: MIT
//
// sock.c: given, to compare with. A pair of connected Unix sockets, of the kind that keeps messages
// apart (SOCK_SEQPACKET): one that is sent comes as one. What is longer than a packet may be goes in
// several, so the length goes first.

#include "ipc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PACKET = 32768, SENDER = 0, RECEIVER = 1 };

static void *open_pair(struct ipc *p, int from, int to) {
    (void)p;
    int *const pair = malloc(2 * sizeof *pair);
    if (pair && socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0)
        return pair;
    refuse("There is no socket from worker %d to worker %d: %s. Take fewer workers.", from, to,
           strerror(errno));
    free(pair);
    return NULL;
}

static void close_end(int *end) {
    if (*end >= 0)
        close(*end);
    *end = -1;
}

static void keep(void *channel, enum use use) {
    int *const pair = channel;
    if (use != SENDS)
        close_end(&pair[SENDER]);
    if (use != RECEIVES)
        close_end(&pair[RECEIVER]);
}

static void packet(int end, const void *bytes, size_t length) {
    while (send(end, bytes, length, MSG_NOSIGNAL) < 0)
        if (errno != EINTR)
            no_way("send");
}

static void send_message(void *channel, const void *bytes, long length) {
    const int end = ((int *)channel)[SENDER];
    packet(end, &length, sizeof length);
    for (long sent = 0; sent < length; sent += PACKET)
        packet(end, (const char *)bytes + sent,
               (size_t)(length - sent < PACKET ? length - sent : PACKET));
}

static ssize_t next(int end, void *bytes, size_t room) {
    ssize_t got;
    while ((got = recv(end, bytes, room, 0)) < 0)
        if (errno != EINTR)
            no_way("recv");
    return got;
}

static long receive_message(void *channel, void *bytes) {
    const int end = ((int *)channel)[RECEIVER];
    long length;
    if (next(end, &length, sizeof length) == 0)
        return -1; // the sender has closed its end
    for (long got = 0; got < length;)
        got += next(end, (char *)bytes + got, PACKET);
    return length;
}

static void end_of(void *channel) {
    close_end(&((int *)channel)[SENDER]);
}

static void close_pair(void *channel) {
    keep(channel, NEITHER);
    free(channel);
}

void ipc_sock(struct ipc *p, int workers) {
    static const struct way sockets = {open_pair,       keep,   send_message,
                                       receive_message, end_of, close_pair};
    chain_of_processes(p, workers, &sockets);
}
