// SPDX-License-Identifier: MIT
//
// stream.h: what a running command writes to one pipe, kept up to a cap: its head, and its tail,
// for a program that talks without end says why it stopped at the end.

#ifndef TWOFOLD_STREAM_H
#define TWOFOLD_STREAM_H

#include <stdbool.h>
#include <stddef.h>

struct stream {
    int fd;            // our end of the pipe, not blocking; -1: not captured, or at its end
    char *text;        // what came, 0-terminated
    size_t size, room; // bytes in text, and its room
    size_t cap;        // most that is kept of the head; then the tail is
    size_t line;       // where the line begins that was not yet given away
    char *tail;        // a ring of STREAM_TAIL bytes; NULL: all is in text
    size_t total;      // bytes that came
    bool cut;          // something was dropped
};

enum { STREAM_TAIL = 4096 };

// fd: -1: nothing to read. cap: 0: 4 MiB.
struct stream stream_open(int fd, size_t cap);
// Reads what is there now, without waiting.
void stream_read(struct stream *stream);
// Calls line (may be NULL) for each whole line of the head that is new.
void stream_lines(struct stream *stream, void (*line)(const char *line, void *user), void *user);
// Closes the pipe; the text stays, never NULL: the head, and where something was dropped, a line that
// says how much, and the tail from the beginning of a line.
void stream_close(struct stream *stream);

#endif
