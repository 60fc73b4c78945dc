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

static char busy; // threads may make and start them at once

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
    quiet_lock(&busy);
    made->next = list;
    list = made;
    quiet_unlock(&busy);
}

void persistent_started(MPI_Request request) {
    struct buffer buffer = {0};
    quiet_lock(&busy);
    const struct persistent *const found = *place_of(request);
    if (found)
        buffer = found->buffer;
    quiet_unlock(&busy);
    if (found)
        buffer_pend(&buffer, request);
}

void persistent_freed(MPI_Request request) {
    quiet_lock(&busy);
    struct persistent **const place = place_of(request), *const found = *place;
    if (found)
        *place = found->next;
    quiet_unlock(&busy);
    race_free(found);
}
