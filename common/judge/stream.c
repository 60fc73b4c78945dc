// SPDX-License-Identifier: MIT
//
// stream.c: see stream.h.

#include "stream.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct stream stream_open(int fd, size_t cap) {
    if (fd >= 0)
        fcntl(fd, F_SETFL, O_NONBLOCK);
    return (struct stream){.fd = fd, .cap = cap ? cap : 4 << 20};
}

static void stream_keep(struct stream *s, const char *bytes, size_t n) {
    if (n > s->cap - s->size) {
        n = s->cap - s->size;
        s->cut = true;
    }
    if (s->size + n + 1 > s->room) {
        size_t room = 2 * (s->size + n + 1);
        char *more = realloc(s->text, room);
        if (!more) {
            s->cut = true;
            return;
        }
        s->text = more;
        s->room = room;
    }
    memcpy(s->text + s->size, bytes, n);
    s->size += n;
    s->text[s->size] = 0;
}

void stream_lines(struct stream *s, void (*line)(const char *line, void *user), void *user) {
    char *end;
    while (line && s->text && (end = memchr(s->text + s->line, '\n', s->size - s->line))) {
        *end = 0;
        line(s->text + s->line, user);
        *end = '\n';
        s->line = (size_t)(end - s->text) + 1;
    }
}

void stream_read(struct stream *s) {
    char bytes[65536];
    // Bounded: a program that writes without pause must not keep us from looking at the clock.
    for (int i = 0; s->fd >= 0 && i < 16; i++) {
        ssize_t n = read(s->fd, bytes, sizeof bytes);
        if (n > 0) {
            stream_keep(s, bytes, (size_t)n);
        } else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
            close(s->fd);
            s->fd = -1;
        } else {
            return;
        }
    }
}

void stream_close(struct stream *s) {
    if (s->fd >= 0)
        close(s->fd);
    s->fd = -1;
    if (!s->text)
        s->text = strdup("");
}
