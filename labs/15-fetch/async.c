// SPDX-License-Identifier: MIT
//
// Given, for comparison: one thread, many downloads. The thread never waits for one of them: it
// sleeps until any has something new (curl_multi_poll), moves each on as far as it goes
// (curl_multi_perform), and gives every link that has finished its next object. What a scheduler
// does for threads is done here by hand, without a stack for each download.

#include "link.h"

#include <stdlib.h>

struct loop {
    struct fetch *fetch;
    CURLM *multi;
    long next;     // the first object nobody has asked for
    long underway; // transfers
};

static void ask(struct loop *loop, struct link *link, long object) {
    link_aim(link, object);
    if (curl_multi_add_handle(loop->multi, link->easy) == CURLM_OK)
        loop->underway++;
    else
        refuse("libcurl took no further download; use fewer workers.");
}

// A download has ended: the same object again, the next one, or none.
static void go_on(struct loop *loop, CURL *easy, CURLcode code) {
    struct link *link;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&link);
    curl_multi_remove_handle(loop->multi, easy);
    loop->underway--;
    enum outcome outcome = link_settle(link, code);
    if (atomic_load(&loop->fetch->site->gone))
        return;
    if (outcome == FETCH_RETRY)
        ask(loop, link, link->object);
    else if (loop->next < loop->fetch->count)
        ask(loop, link, loop->next++);
}

static void turn(struct loop *loop) {
    while (loop->underway > 0) {
        int running, left;
        curl_multi_perform(loop->multi, &running);
        for (CURLMsg *message; (message = curl_multi_info_read(loop->multi, &left));)
            if (message->msg == CURLMSG_DONE)
                go_on(loop, message->easy_handle, message->data.result);
        if (running > 0 && running == loop->underway)
            curl_multi_poll(loop->multi, NULL, 0, 1000, NULL);
    }
}

void fetch_async(struct fetch *f, int transfers) {
    int links = transfers < f->count ? transfers : (int)f->count;
    struct link **link = calloc((size_t)links + 1, sizeof(struct link *));
    struct loop loop = {.fetch = f, .multi = curl_multi_init()};
    if (!link || !loop.multi) {
        refuse("There is no memory for %d downloads at once; use fewer workers.", links);
        links = 0;
    } else {
        curl_multi_setopt(loop.multi, CURLMOPT_MAXCONNECTS, (long)transfers);
    }
    for (int i = 0; i < links && (link[i] = fetch_open(f)); i++)
        ask(&loop, link[i], loop.next++);
    turn(&loop);
    for (int i = 0; i < links; i++)
        fetch_close(link[i]);
    curl_multi_cleanup(loop.multi);
    free(link);
}
