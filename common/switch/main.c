// SPDX-License-Identifier: MIT
//
// main.c: carries frames between ports until it is killed; see switch.h.

#include "switch.h"
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

static const char usage[] =
    "Usage: switch MICROSECONDS MEGABITS PORT...\n\n"
    "Carry Ethernet frames between network interfaces, each late by MICROSECONDS, on cables of "
    "MEGABITS\nper second (0: no limit). `twofold cluster shape` starts it.\n";

static struct port ports[PORTS_MAX];
static int count;
static int64_t latency;    // ns
static double ns_per_byte; // of a cable; 0: no limit

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

// A number from the command line, or the end.
static double number(const char *what, const char *text, double most) {
    char *end;
    double value = strtod(text, &end);
    if (*text && !*end && value >= 0 && value <= most)
        return value;
    fprintf(stderr, "switch: the %s must be a number from 0 to %g, not '%s'.\n", what, most, text);
    exit(2);
}

// Puts a frame on the way to a port. left: when its last byte left the sender's cable.
static void deliver(int to, const unsigned char *frame, size_t length, int64_t left, int64_t wire) {
    int64_t due = left + latency;
    if (due < ports[to].takes_until + wire)
        due = ports[to].takes_until + wire;
    ports[to].takes_until = due;
    frames_add(due, to, frame, length);
}

static void forward(int from, const unsigned char *frame, size_t length, int64_t at) {
    int64_t wire = (int64_t)((double)(length - HEAD) * ns_per_byte);
    int64_t start = ports[from].sends_until > at ? ports[from].sends_until : at;
    ports[from].sends_until = start + wire;
    int to = port_of(ports, count, frame);
    for (int i = 0; i < count; i++)
        if (i != from && (to < 0 || to == i))
            deliver(i, frame, length, start + wire, wire);
}

// Sends what is due, then waits for the next frame or until the next one is due.
static void wait_for_frames(struct pollfd *waiting) {
    int64_t next, left;
    while ((next = frames_next()) <= now()) {
        struct frame frame = frames_take();
        port_write(&ports[frame.port], frame.bytes, frame.length);
        free(frame.bytes);
    }
    left = next == INT64_MAX ? 1000000000 : next - now();
    if (left < 0)
        left = 0;
    struct timespec time = {.tv_sec = left / 1000000000, .tv_nsec = left % 1000000000};
    ppoll(waiting, (nfds_t)count, &time, NULL);
}

int main(int argc, char **argv) {
    static unsigned char frame[FRAME_MAX];
    enum { AT_ONCE = 16 }; // frames of a port before the next port's turn
    struct pollfd waiting[PORTS_MAX];
    char text[256];
    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return 0;
    }
    if (argc < 4 || argc - 3 > PORTS_MAX) {
        fprintf(stderr, "switch: it wants a latency, a rate and 1 to %d ports; try --help.\n",
                PORTS_MAX);
        return 2;
    }
    latency = (int64_t)(1000 * number("latency in microseconds", argv[1], 1e7));
    double rate = number("rate in Mbit/s", argv[2], 1e6);
    ns_per_byte = rate > 0 ? 8000 / rate : 0;
    for (; count < argc - 3; count++) {
        if (!port_open(&ports[count], argv[3 + count], text, sizeof text)) {
            fprintf(stderr, "switch: %s\n", text);
            return 2;
        }
        waiting[count] = (struct pollfd){.fd = ports[count].fd, .events = POLLIN};
    }
    prctl(PR_SET_TIMERSLACK, 1); // ns: a frame is due when it is due
    for (;;) {
        wait_for_frames(waiting);
        int64_t at = now();
        for (int i = 0; i < count; i++) {
            size_t length = waiting[i].revents ? 1 : 0;
            for (int k = 0; length && k < AT_ONCE; k++)
                if ((length = port_read(&ports[i], frame, sizeof frame)))
                    forward(i, frame, length, at);
        }
    }
}
