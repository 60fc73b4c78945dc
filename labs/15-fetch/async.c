// SPDX-License-Identifier: MIT
//
// Given, for comparison: one thread, many downloads. The thread never waits for one of them: it
// sleeps until any has something new (epoll_wait), moves those on as far as they go
// (curl_multi_socket_action), and gives every link that has finished its next object. What a
// scheduler does for threads is done here by hand, without a stack for each download.

#include "link.h"

#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { EVENTS = 64 };

struct loop {
    struct fetch *fetch;
    CURLM *multi;
    int epoll;     // the connections that something is to come of
    long timeout;  // ms until libcurl wants to be called in any case; -1: it does not
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

// libcurl says what it waits for on this connection.
static int watch(CURL *easy, curl_socket_t connection, int what, void *user, void *unused) {
    const struct loop *loop = user;
    (void)easy, (void)unused;
    struct epoll_event event = {.data.fd = connection};
    if (what != CURL_POLL_OUT)
        event.events |= EPOLLIN;
    if (what != CURL_POLL_IN)
        event.events |= EPOLLOUT;
    if (what == CURL_POLL_REMOVE)
        epoll_ctl(loop->epoll, EPOLL_CTL_DEL, connection, NULL);
    else if (epoll_ctl(loop->epoll, EPOLL_CTL_MOD, connection, &event) != 0)
        epoll_ctl(loop->epoll, EPOLL_CTL_ADD, connection, &event);
    return 0;
}

static int set_timeout(CURLM *multi, long timeout, void *user) {
    (void)multi;
    ((struct loop *)user)->timeout = timeout;
    return 0;
}

static void turn(struct loop *loop) {
    while (loop->underway > 0) {
        struct epoll_event events[EVENTS];
        int running, left;
        long wait = loop->timeout < 0 || loop->timeout > 1000 ? 1000 : loop->timeout;
        int count = epoll_wait(loop->epoll, events, EVENTS, (int)wait);
        // Whose time has come, and what is new: libcurl sees for itself what that is.
        curl_multi_socket_action(loop->multi, CURL_SOCKET_TIMEOUT, 0, &running);
        for (int i = 0; i < count; i++)
            curl_multi_socket_action(loop->multi, events[i].data.fd, 0, &running);
        for (CURLMsg *message; (message = curl_multi_info_read(loop->multi, &left));)
            if (message->msg == CURLMSG_DONE)
                go_on(loop, message->easy_handle, message->data.result);
    }
}

void fetch_async(struct fetch *f, int transfers) {
    int links = transfers < f->count ? transfers : (int)f->count;
    struct link **link = calloc((size_t)links + 1, sizeof(struct link *));
    struct loop loop = {
        .fetch = f, .multi = curl_multi_init(), .epoll = epoll_create1(0), .timeout = -1};
    if (!link || !loop.multi || loop.epoll < 0) {
        refuse("There is no memory for %d downloads at once; use fewer workers.", links);
        links = 0;
    } else {
        curl_multi_setopt(loop.multi, CURLMOPT_MAXCONNECTS, (long)transfers);
        curl_multi_setopt(loop.multi, CURLMOPT_SOCKETFUNCTION, watch);
        curl_multi_setopt(loop.multi, CURLMOPT_SOCKETDATA, &loop);
        curl_multi_setopt(loop.multi, CURLMOPT_TIMERFUNCTION, set_timeout);
        curl_multi_setopt(loop.multi, CURLMOPT_TIMERDATA, &loop);
    }
    for (int i = 0; i < links && (link[i] = fetch_open(f)); i++)
        ask(&loop, link[i], loop.next++);
    turn(&loop);
    for (int i = 0; i < links; i++)
        fetch_close(link[i]);
    curl_multi_cleanup(loop.multi);
    if (loop.epoll >= 0)
        close(loop.epoll);
    free(link);
}
