// SPDX-License-Identifier: MIT
//
// stream.c: see stream.h.

#include "stream.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct stream stream_open(int fd, size_t cap) {
    if (fd >= 0)
        fcntl(fd, F_SETFL, O_NONBLOCK);
    return (struct stream){.fd = fd, .cap = cap ? cap : 4 << 20};
}

static bool make_room(struct stream *s, size_t n) {
    if (s->size + n + 1 <= s->room)
        return true;
    const size_t room = 2 * (s->size + n + 1);
    char *const more = realloc(s->text, room);
    if (!more)
        return false;
    s->text = more;
    s->room = room;
    return true;
}

static void add(struct stream *s, const char *bytes, size_t n) {
    if (!make_room(s, n)) {
        s->cut = true;
        return;
    }
    memcpy(s->text + s->size, bytes, n);
    s->size += n;
    s->text[s->size] = 0;
}

static void stream_keep(struct stream *s, const char *bytes, size_t n) {
    const size_t head = n < s->cap - s->size ? n : s->cap - s->size;
    if (head)
        add(s, bytes, head);
    if (head < n && !s->tail)
        s->tail = malloc(STREAM_TAIL);
    s->cut = s->cut || head < n;
    size_t skip = n - head > STREAM_TAIL ? n - STREAM_TAIL : head;
    for (size_t at = s->total + skip; s->tail && skip < n;) {
        const size_t to = at % STREAM_TAIL, left = STREAM_TAIL - to;
        const size_t part = n - skip < left ? n - skip : left;
        memcpy(s->tail + to, bytes + skip, part);
        skip += part;
        at += part;
    }
    s->total += n;
}

// Adds the tail to the text. The line that its beginning cuts is left out.
static void join(struct stream *s) {
    char note[80], tail[STREAM_TAIL];
    const size_t behind = s->total - s->size;
    const size_t size = behind < STREAM_TAIL ? behind : STREAM_TAIL;
    for (size_t i = 0; i < size; i++)
        tail[i] = s->tail[(s->total - size + i) % STREAM_TAIL];
    const char *const end = size < behind ? memchr(tail, '\n', size) : NULL;
    const size_t from = end ? (size_t)(end - tail) + 1 : 0;
    if (behind > size - from) {
        snprintf(note, sizeof note, "\n[... %zu bytes are left out ...]\n", behind - size + from);
        add(s, note, strlen(note));
    }
    add(s, tail + from, size - from);
    free(s->tail);
    s->tail = NULL;
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
    if (s->tail)
        join(s);
    if (!s->text)
        s->text = strdup("");
}
