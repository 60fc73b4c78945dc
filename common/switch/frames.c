// SPDX-License-Identifier: MIT
//
// frames.c: see switch.h. A heap: the parent of i is (i - 1) / 2, and is never due later.

#include "switch.h"
#include <stdlib.h>
#include <string.h>

static struct frame *heap;
static size_t count, room;
static uint64_t numbers;

static bool before(const struct frame *a, const struct frame *b) {
    return a->due < b->due || (a->due == b->due && a->number < b->number);
}

bool frames_add(int64_t due, int port, const unsigned char *bytes, size_t length) {
    if (count == room) {
        size_t larger = room ? 2 * room : 1024;
        struct frame *grown = realloc(heap, larger * sizeof *heap);
        if (!grown)
            return false;
        heap = grown;
        room = larger;
    }
    struct frame frame = {due, numbers++, port, length, malloc(length)};
    if (!frame.bytes)
        return false;
    memcpy(frame.bytes, bytes, length);
    size_t at = count++;
    for (; at > 0 && before(&frame, &heap[(at - 1) / 2]); at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = frame;
    return true;
}

int64_t frames_next(void) {
    return count ? heap[0].due : INT64_MAX;
}

struct frame frames_take(void) {
    struct frame first = heap[0], last = heap[--count];
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && before(&heap[child + 1], &heap[child]))
            child++;
        if (!before(&heap[child], &last))
            break;
        heap[at] = heap[child];
    }
    heap[at] = last;
    return first;
}
