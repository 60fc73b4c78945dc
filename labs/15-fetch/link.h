// SPDX-License-Identifier: MIT
//
// link.h: a link from inside, for link.c and for the event loop of async.c. A version needs none of
// this.

#ifndef FETCH_LINK_H
#define FETCH_LINK_H

#include "fetch.h"
#include "site.h"

struct link {
    struct fetch *fetch;
    CURL *easy;            // libcurl's handle, with the connection in it
    atomic_flag busy;      // a download is under way
    long asked;            // for which object; see fetch_get()
    long object;           // the one under way
    long allowed;          // ms it may take
    uint64_t expected;     // its bytes
    uint64_t size, digest; // of the bytes so far
};

// Makes the link ready to ask for an object: then libcurl may perform link->easy.
void link_aim(struct link *link, long object);
// Notes what came in fetch->objects, and says what to do next.
enum outcome link_settle(struct link *link, CURLcode code);

#endif
