// SPDX-License-Identifier: MIT
//
// persistent.c: what a persistent request (MPI_Send_init) does each time it is started.

#include "message.h"
#include "race.h"

struct persistent {
    struct persistent *next;
    MPI_Request request;
    struct buffer buffer;
};

static struct persistent *list;

// Threads may make and start them at once. A lock that TSan does not see, for it orders nothing.
static char busy;

static void enter(void) {
    while (__atomic_test_and_set(&busy, __ATOMIC_ACQUIRE))
        ;
}

static void leave(void) {
    __atomic_clear(&busy, __ATOMIC_RELEASE);
}

// Where the request stands in the list, or its end.
static struct persistent **place_of(MPI_Request request) {
    struct persistent **place = &list;
    while (*place && (*place)->request != request)
        place = &(*place)->next;
    return place;
}

void persistent_made(MPI_Request request, const struct buffer *buffer) {
    struct persistent *const made = race_alloc(sizeof *made);
    made->request = request;
    made->buffer = *buffer;
    enter();
    made->next = list;
    list = made;
    leave();
}

void persistent_started(MPI_Request request) {
    struct buffer buffer = {0};
    enter();
    const struct persistent *const found = *place_of(request);
    if (found)
        buffer = found->buffer;
    leave();
    if (found)
        buffer_pend(&buffer, request);
}

void persistent_freed(MPI_Request request) {
    enter();
    struct persistent **const place = place_of(request), *const found = *place;
    if (found)
        *place = found->next;
    leave();
    race_free(found);
}
