// SPDX-License-Identifier: MIT
//
// link.c: one download at a time over a connection that stays open. libcurl does the HTTP; here it
// is decided what a good answer is, and when there is no hope.

#include "link.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

enum { TRIES = 8, TRIES_IN_VAIN = 2 }; // at an object; of which in vain: the time ran out

static size_t take(char *bytes, size_t one, size_t count, void *of) {
    struct link *link = of;
    link->digest = object_digest(link->digest, bytes, count);
    link->size += count;
    return link->size <= link->expected ? one * count : 0; // too much: ends the download
}

struct link *fetch_open(struct fetch *f) {
    struct link *link = calloc(1, sizeof *link);
    CURL *easy = link ? curl_easy_init() : NULL;
    if (!easy) {
        free(link);
        refuse("There is no memory for another link; use fewer workers.");
        return NULL;
    }
    link->fetch = f;
    link->easy = easy;
    atomic_flag_clear(&link->busy);
    site_reach(f->site, easy);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, link);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, link);
    curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
    return link;
}

void fetch_close(struct link *link) {
    if (!link)
        return;
    curl_easy_cleanup(link->easy);
    free(link);
}

void link_aim(struct link *link, long object) {
    const struct site *site = link->fetch->site;
    char url[sizeof site->url + 64];
    snprintf(url, sizeof url, "%s/object/%ld", site->url, object);
    curl_easy_setopt(link->easy, CURLOPT_URL, url);
    link->object = object;
    link->expected = object_size(site->seed, object, site->size);
    link->size = 0;
    link->digest = OBJECT_DIGEST;
    // Nothing waits for ever: the latency, the bytes at 10 MB/s or at the origin's cap, and more.
    double slowest = site->bandwidth > 0 && site->bandwidth < 1e7 ? site->bandwidth : 1e7;
    double seconds = object_latency(site->seed, object, site->delay, site->latency) +
                     (double)link->expected / slowest;
    link->allowed = site->timeout + (long)(seconds * 1e3);
    curl_easy_setopt(link->easy, CURLOPT_TIMEOUT_MS, link->allowed);
}

static unsigned long long most_files(void) {
    struct rlimit files = {0};
    getrlimit(RLIMIT_NOFILE, &files);
    return files.rlim_cur;
}

// What the origin did wrong, as the end of a sentence that begins with the origin.
static void describe(const struct link *link, CURLcode code, long status, char *text, size_t cap) {
    unsigned long long size = link->size, expected = link->expected;
    if (code == CURLE_OK && status != 200)
        snprintf(text, cap, "answered %ld", status);
    else if (code == CURLE_OK)
        snprintf(text, cap, "sent %llu bytes where the object has %llu", size, expected);
    else if (code == CURLE_WRITE_ERROR)
        snprintf(text, cap, "sent more than the %llu bytes the object has", expected);
    else if (code == CURLE_OPERATION_TIMEDOUT)
        snprintf(text, cap, "had sent %llu of %llu bytes after %ld ms", size, expected,
                 link->allowed);
    else if (code == CURLE_PARTIAL_FILE || code == CURLE_GOT_NOTHING || code == CURLE_RECV_ERROR)
        snprintf(text, cap, "closed the connection after %llu of %llu bytes", size, expected);
    else if (code == CURLE_COULDNT_CONNECT)
        snprintf(text, cap,
                 "took no connection: it has ended, or there are more workers than open files "
                 "allow (%llu, says \"ulimit -Hn\")",
                 most_files());
    else
        snprintf(text, cap, "could not be asked (%s)", curl_easy_strerror(code));
}

enum outcome link_settle(struct link *link, CURLcode code) {
    struct fetch *f = link->fetch;
    struct site *site = f->site;
    long status = 0;
    curl_easy_getinfo(link->easy, CURLINFO_RESPONSE_CODE, &status);
    f->objects[link->object] =
        (struct object){.status = (uint64_t)status, .size = link->size, .digest = link->digest};
    if (code == CURLE_OK && status == 200 && link->size == link->expected)
        return FETCH_OK;
    int tries = ++site->tries[link->object];
    if (tries < (code == CURLE_OPERATION_TIMEDOUT ? TRIES_IN_VAIN : TRIES))
        return FETCH_RETRY;
    if (!atomic_exchange(&site->gone, true)) {
        char did[256];
        describe(link, code, status, did, sizeof did);
        refuse("Object %ld did not come in %d tries; at the last one the origin at %s%s %s. %s",
               link->object, tries, site->socket[0] ? "unix:" : "",
               site->socket[0] ? site->socket : site->url, did,
               site->ours
                   ? "Run it again; if it stays so, lower errors= or raise timeout=."
                   : "See what it says itself, or leave origin= out and the lab starts one.");
    }
    return FETCH_GONE;
}

enum outcome fetch_get(struct link *link, long object) {
    if (!link)
        return FETCH_GONE;
    // Written without protection on purpose: where two workers use one link at the same time, a
    // race checker sees it here.
    link->asked = object;
    struct fetch *f = link->fetch;
    if (object < 0 || object >= f->count) {
        refuse("fetch_get() was asked for object %ld; the objects are 0 to %ld.", object,
               f->count - 1);
        return FETCH_GONE;
    }
    if (atomic_load(&f->site->gone))
        return FETCH_GONE;
    if (atomic_flag_test_and_set(&link->busy)) {
        f->objects[object] = (struct object){.status = FETCH_SHARED};
        atomic_fetch_add(&f->site->shared, 1);
        return FETCH_GONE;
    }
    link_aim(link, object);
    enum outcome outcome = link_settle(link, curl_easy_perform(link->easy));
    atomic_flag_clear(&link->busy);
    return outcome;
}
