// SPDX-License-Identifier: MIT
//
// outside.c: asks the origin. The few lines of HTTP that its short answers need are written out
// here, so that this lab needs no library.

#include "outside.h"

#include "object.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <unistd.h>

enum {
    OBJECTS = 1 << 20,
    REPLY_BYTES = 8,
    MEAN_BYTES = 2 * REPLY_BYTES, // an object has half its mean at least
    ORIGIN_SEED = 1
};

static long reply_of(const unsigned char bytes[REPLY_BYTES]) {
    uint64_t word = 0;
    for (int i = REPLY_BYTES - 1; i >= 0; i--)
        word = word << 8 | bytes[i];
    return (long)(word % 1000) + 1;
}

long outside_object(uint64_t seed, long task) {
    return (long)(random_bits(seed, 1, (uint64_t)task) % OBJECTS);
}

long outside_reply(uint64_t seed, long task) {
    unsigned char bytes[REPLY_BYTES];
    object_bytes(ORIGIN_SEED, outside_object(seed, task), 0, bytes, sizeof bytes);
    return reply_of(bytes);
}

// -- where it is -------------------------------------------------------------------------------------

void outside_words(const struct outside *outside, struct service_words *words) {
    words->optional = words->shared = true;
    service_word(words, "origin");
    service_word(words, "--seed");
    service_word(words, "%d", ORIGIN_SEED);
    service_word(words, "--objects");
    service_word(words, "%d", OBJECTS);
    service_word(words, "--size");
    service_word(words, "%d", MEAN_BYTES);
    service_word(words, "--latency");
    service_word(words, "%.17g", outside->pause * 1e3);
}

bool outside_begin(struct outside *outside, MPI_Comm comm) {
    struct service_words words = {0};
    int rank = 0, there = service_there("origin");
    outside->service = (struct service){.in = -1, .out = -1};
    outside->kind = OUTSIDE_TIMER;
    raise_file_limit();
    if (comm != MPI_COMM_NULL) {
        MPI_Comm_rank(comm, &rank);
        MPI_Bcast(&there, 1, MPI_INT, 0, comm); // rank 0 starts it
    }
    if (!there)
        return true;
    outside->kind = OUTSIDE_ORIGIN;
    outside_words(outside, &words);
    return service_share(&outside->service, &words, comm, outside->where, sizeof outside->where);
}

void outside_end(struct outside *outside) {
    if (outside->kind == OUTSIDE_ORIGIN)
        service_stop(&outside->service);
}

// -- a line to the origin ----------------------------------------------------------------------------

static int connect_local(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    memcpy(address.sun_path, path, strnlen(path, sizeof address.sun_path - 1));
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    const int why = errno;
    close(fd);
    errno = why;
    return -1;
}

static int connect_far(const char *host, const char *port) {
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *found;
    const int yes = 1;
    if (getaddrinfo(host, port, &hints, &found) != 0) {
        errno = EHOSTUNREACH;
        return -1;
    }
    int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0), why = errno;
    if (fd >= 0 && connect(fd, found->ai_addr, found->ai_addrlen) != 0) {
        why = errno;
        close(fd);
        fd = -1;
    }
    freeaddrinfo(found);
    if (fd >= 0) // a question is short, and must not wait for more to send
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    errno = why;
    return fd;
}

static int connect_to(const char *where) {
    char host[256], port[16], path[256];
    if (sscanf(where, "unix:%255s", path) == 1)
        return connect_local(path);
    if (sscanf(where, "http://%255[^:]:%15[0-9]", host, port) == 2)
        return connect_far(host, port);
    errno = EINVAL;
    return -1;
}

static bool no_line(const struct outside *outside) {
    return refuse(
        "The origin at %s took no connection (%s): it has ended, or there are more workers "
        "than open files allow; take fewer workers.",
        outside->where, strerror(errno));
}

static bool open_line(struct line *line, const struct outside *outside) {
    // Nothing is waited for without end.
    const struct timeval patience = {.tv_sec = (time_t)outside->pause + 60};
    if (line->fd < 0)
        line->fd = connect_to(outside->where);
    if (line->fd < 0)
        return no_line(outside);
    setsockopt(line->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return true;
}

static bool send_question(int fd, long object) {
    char text[128];
    const int length =
        snprintf(text, sizeof text, "GET /object/%ld HTTP/1.1\r\nHost: origin\r\n\r\n", object);
    for (int sent = 0; sent < length;) {
        const ssize_t n = send(fd, text + sent, (size_t)(length - sent), MSG_NOSIGNAL);
        if (n < 0 && errno != EINTR)
            return false;
        sent += n > 0 ? (int)n : 0;
    }
    return true;
}

// All of one answer: 0: it is not one, or none came.
static long read_answer(int fd) {
    char text[1024];
    size_t length = 0, wanted = sizeof text;
    while (length < wanted) {
        const ssize_t n = recv(fd, text + length, sizeof text - 1 - length, 0);
        if (n <= 0 && !(n < 0 && errno == EINTR))
            return 0;
        length += n > 0 ? (size_t)n : 0;
        text[length] = '\0';
        const char *const end = strstr(text, "\r\n\r\n");
        const char *const size = end ? strcasestr(text, "\r\nContent-Length:") : NULL;
        if (end && (!size || strncmp(text, "HTTP/1.1 200 ", 13) != 0))
            return 0;
        if (size)
            wanted = (size_t)(end + 4 - text) + strtoul(strchr(size, ':') + 1, NULL, 10);
        if (wanted >= sizeof text && size)
            return 0;
    }
    const char *const body = strstr(text, "\r\n\r\n") + 4;
    return length - (size_t)(body - text) < REPLY_BYTES ? 0 : reply_of((const unsigned char *)body);
}

// -- a timer in its place ----------------------------------------------------------------------------

static int set_timer(struct line *line, double pause) {
    struct itimerspec once = {.it_value.tv_sec = (time_t)pause};
    once.it_value.tv_nsec = (long)((pause - (double)once.it_value.tv_sec) * 1e9);
    if (once.it_value.tv_sec == 0 && once.it_value.tv_nsec == 0)
        once.it_value.tv_nsec = 1; // 0 would mean never
    if (line->fd < 0)
        line->fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    if (line->fd < 0 || timerfd_settime(line->fd, 0, &once, NULL) != 0) {
        refuse("No timer for a task that waits (%s); take fewer workers.", strerror(errno));
        return -1;
    }
    return line->fd;
}

static bool hear_timer(int fd) {
    uint64_t times;
    ssize_t n;
    while ((n = read(fd, &times, sizeof times)) < 0 && errno == EINTR)
        ;
    return n == (ssize_t)sizeof times;
}

// -- a question and its answer -----------------------------------------------------------------------

int line_ask(struct line *line, const struct outside *outside, long task) {
    if (outside->kind == OUTSIDE_TIMER)
        return set_timer(line, outside->pause);
    if (!open_line(line, outside))
        return -1;
    if (send_question(line->fd, outside_object(outside->seed, task)))
        return line->fd;
    no_line(outside);
    return -1;
}

long line_hear(struct line *line, const struct outside *outside, long task) {
    if (outside->kind == OUTSIDE_KNOWN)
        return outside_reply(outside->seed, task);
    if (outside->kind == OUTSIDE_TIMER)
        return line->fd >= 0 && hear_timer(line->fd) ? outside_reply(outside->seed, task) : 0;
    const long reply = line->fd >= 0 ? read_answer(line->fd) : 0;
    if (reply == 0)
        refuse("The origin at %s did not answer task %ld; what it said stands above. Run it again.",
               outside->where, task);
    return reply;
}

void line_close(struct line *line) {
    if (line->fd >= 0)
        close(line->fd);
    line->fd = -1;
}
