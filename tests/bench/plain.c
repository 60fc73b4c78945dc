// SPDX-License-Identifier: MIT
//
// plain.c: messages between two processes, each way in a few plain lines: what lab 05 can be held
// against. As there, a message may have any length, so its length goes first.
//
//     plain WAY COUNT SIZE       COUNT messages of SIZE bytes one way
//     plain WAY COUNT SIZE echo  there and back, each before the next one
//
// by pipe, sock (a pair of Unix sockets), queue (of POSIX messages) or shm (one place in memory that
// both see, and a flag that says whether it is full). Long messages go through the pipe in pieces of the
// size that was the fastest in a trial. Prints {"wall_ms":...,"work":COUNT}

#include <fcntl.h>
#include <mqueue.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// bytes that go at once
enum { STREAM = 1 << 30, LETTER = 4096, PLACE = 65536, LOOKS = 1000 };

struct place {
    _Alignas(128) atomic_int full;
    _Alignas(128) char bytes[PLACE];
};

// From one process to the other; of a way only what it needs is used.
struct channel {
    int ends[2]; // to read from, to write to
    struct place *place;
};

static bool open_pipe(struct channel *c) {
    return pipe(c->ends) == 0;
}

static bool open_sock(struct channel *c) {
    return socketpair(AF_UNIX, SOCK_STREAM, 0, c->ends) == 0;
}

// Bytes of a message that a pipe takes at once.
static size_t piece = STREAM;

static ssize_t put_pieces(struct channel *c, const char *bytes, size_t length) {
    return write(c->ends[1], bytes, length < piece ? length : piece);
}

static ssize_t take_pieces(struct channel *c, char *bytes, size_t length) {
    return read(c->ends[0], bytes, length < piece ? length : piece);
}

static ssize_t put_stream(struct channel *c, const char *bytes, size_t length) {
    return write(c->ends[1], bytes, length);
}

static ssize_t take_stream(struct channel *c, char *bytes, size_t length) {
    return read(c->ends[0], bytes, length);
}

static bool open_queue(struct channel *c) {
    char name[32];
    struct mq_attr holds = {.mq_maxmsg = 4, .mq_msgsize = LETTER};
    snprintf(name, sizeof name, "/plain-%d", (int)getpid());
    c->ends[0] = c->ends[1] = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &holds);
    mq_unlink(name);
    return c->ends[0] >= 0;
}

static ssize_t put_letter(struct channel *c, const char *bytes, size_t length) {
    return mq_send(c->ends[1], bytes, length, 0) == 0 ? (ssize_t)length : -1;
}

// A letter is read whole, so there must be room for the longest.
static ssize_t take_letter(struct channel *c, char *bytes, size_t length) {
    char letter[LETTER];
    const ssize_t got = mq_receive(c->ends[0], letter, sizeof letter, NULL);
    if (got < 0 || (size_t)got > length)
        return -1;
    memcpy(bytes, letter, (size_t)got);
    return got;
}

static bool open_place(struct channel *c) {
    c->place =
        mmap(NULL, sizeof *c->place, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return c->place != MAP_FAILED;
}

static void await(struct place *place, int full) {
    for (int looks = 0; atomic_load_explicit(&place->full, memory_order_acquire) != full;)
        if (++looks % LOOKS == 0)
            sched_yield();
}

static ssize_t put_place(struct channel *c, const char *bytes, size_t length) {
    await(c->place, 0);
    memcpy(c->place->bytes, bytes, length);
    atomic_store_explicit(&c->place->full, 1, memory_order_release);
    return (ssize_t)length;
}

static ssize_t take_place(struct channel *c, char *bytes, size_t length) {
    const size_t some = length < PLACE ? length : PLACE;
    await(c->place, 1);
    memcpy(bytes, c->place->bytes, some);
    atomic_store_explicit(&c->place->full, 0, memory_order_release);
    return (ssize_t)some;
}

static const struct way {
    const char *name;
    size_t most; // bytes at once
    bool (*open)(struct channel *c);
    ssize_t (*put)(struct channel *c, const char *bytes, size_t length);
    ssize_t (*take)(struct channel *c, char *bytes, size_t length);
} ways[] = {{"pipe", STREAM, open_pipe, put_pieces, take_pieces},
            {"sock", STREAM, open_sock, put_stream, take_stream},
            {"queue", LETTER, open_queue, put_letter, take_letter},
            {"shm", PLACE, open_place, put_place, take_place}};
enum { WAYS = sizeof ways / sizeof *ways };

static void send_all(const struct way *way, struct channel *c, const char *bytes, size_t length) {
    while (length > 0) {
        const ssize_t some = way->put(c, bytes, length < way->most ? length : way->most);
        if (some <= 0)
            exit(2);
        bytes += some;
        length -= (size_t)some;
    }
}

static void receive_all(const struct way *way, struct channel *c, char *bytes, size_t length) {
    while (length > 0) {
        const ssize_t some = way->take(c, bytes, length);
        if (some <= 0)
            exit(2);
        bytes += some;
        length -= (size_t)some;
    }
}

static void send_message(const struct way *way, struct channel *c, const char *bytes, long size) {
    send_all(way, c, (const char *)&size, sizeof size);
    send_all(way, c, bytes, (size_t)size);
}

// bytes has room for `most`.
static void receive_message(const struct way *way, struct channel *c, char *bytes, long most) {
    long size;
    receive_all(way, c, (char *)&size, sizeof size);
    if (size > most)
        exit(2);
    receive_all(way, c, bytes, (size_t)size);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static const struct way *way_named(const char *name) {
    for (int i = 0; i < WAYS; i++)
        if (strcmp(ways[i].name, name) == 0)
            return &ways[i];
    return NULL;
}

// Moves the messages through new channels; ms, or -1.
static double move(const struct way *way, char *bytes, long count, long size, bool echo) {
    struct channel there = {{-1, -1}, NULL}, back = {{-1, -1}, NULL};
    if (!way->open(&there) || !way->open(&back))
        return -1;
    const double begin = now();
    const pid_t child = fork();
    if (child < 0)
        return -1;
    for (long i = 0; i < count; i++) {
        if (child != 0)
            send_message(way, &there, bytes, size);
        else
            receive_message(way, &there, bytes, size);
        if (echo && child == 0)
            send_message(way, &back, bytes, size);
        else if (echo)
            receive_message(way, &back, bytes, size);
    }
    if (child == 0)
        _exit(0);
    int status = 0;
    if (waitpid(child, &status, 0) != child || status != 0)
        return -1;
    return 1e3 * (now() - begin);
}

static size_t best_piece(const struct way *way, char *bytes, long size) {
    enum { FIRST = 4096, LAST = 1 << 20, TRIAL = 1 << 26 };
    size_t best = STREAM;
    double least = -1;
    for (size_t some = FIRST; some <= LAST && some <= (size_t)size; some *= 2) {
        piece = some;
        const double time = move(way, bytes, TRIAL / size + 1, size, false);
        if (least < 0 || time < least) {
            least = time;
            best = some;
        }
    }
    return best;
}

int main(int argc, char **argv) {
    const struct way *const way = argc >= 4 ? way_named(argv[1]) : NULL;
    const long count = way ? atol(argv[2]) : 0, size = way ? atol(argv[3]) : 0;
    const bool echo = argc == 5 && strcmp(argv[4], "echo") == 0;
    char *const bytes = count > 0 && size > 0 ? calloc(1, (size_t)size) : NULL;
    if (!bytes || argc > 4 + echo) {
        fprintf(stderr, "usage: plain pipe|sock|queue|shm COUNT SIZE [echo]\n");
        return 2;
    }
    if (way->put == put_pieces)
        piece = best_piece(way, bytes, size);
    const double wall = move(way, bytes, count, size, echo);
    if (wall < 0) {
        fprintf(stderr, "plain: the other process did not get all messages.\n");
        return 2;
    }
    printf("{\"wall_ms\":%.6f,\"work\":%ld}\n", wall, count);
    return 0;
}
