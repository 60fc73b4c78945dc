// SPDX-License-Identifier: MIT
//
// site.c: finds or starts the origin, and asks it for its settings and figures.

#include "site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// -- questions to the origin -----------------------------------------------------------------------

struct answer {
    char text[2048];
    size_t length;
};

static size_t keep(char *bytes, size_t one, size_t count, void *of) {
    struct answer *answer = of;
    if (count > sizeof answer->text - 1 - answer->length)
        return 0; // no origin says so much: ends the transfer
    memcpy(answer->text + answer->length, bytes, count);
    answer->length += count;
    answer->text[answer->length] = '\0';
    return one * count;
}

void site_reach(const struct site *site, CURL *easy) {
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L); // there are threads
    curl_easy_setopt(easy, CURLOPT_PROXY, "");    // whatever http_proxy says
    if (site->socket[0])
        curl_easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH, site->socket);
}

// GET path; why: CURL_ERROR_SIZE characters. No answer of status 200: false.
static bool ask(const struct site *site, const char *path, struct answer *answer, char *why) {
    char url[sizeof site->url + 64];
    snprintf(url, sizeof url, "%s%s", site->url, path);
    snprintf(why, CURL_ERROR_SIZE, "no memory for a connection");
    CURL *easy = curl_easy_init();
    if (!easy)
        return false;
    *answer = (struct answer){.length = 0};
    site_reach(site, easy);
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, site->timeout);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, answer);
    CURLcode code = curl_easy_perform(easy);
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(easy);
    if (code != CURLE_OK)
        snprintf(why, CURL_ERROR_SIZE, "%s", curl_easy_strerror(code));
    else
        snprintf(why, CURL_ERROR_SIZE, "it answered %ld", status);
    return code == CURLE_OK && status == 200;
}

// The text behind "key": of a flat JSON object; not there: NULL.
static const char *value_of(const char *json, const char *key) {
    char quoted[64];
    snprintf(quoted, sizeof quoted, "\"%s\":", key);
    const char *found = strstr(json, quoted);
    return found ? found + strlen(quoted) : NULL;
}

// What answers there may not be an origin at all: a number is taken for what it can be.
static double number_of(const char *json, const char *key) {
    const char *text = value_of(json, key);
    double value = text ? strtod(text, NULL) : 0;
    return value > 0 && value < 1e15 ? value : 0;
}

// -- the settings of an origin that is there ---------------------------------------------------------

static bool read_where(struct site *site, const char *where) {
    static const char http[] = "http://", local[] = "unix:";
    size_t length = strlen(where);
    while (length > 0 && where[length - 1] == '/')
        length--;
    if (strncmp(where, local, strlen(local)) == 0 && length > strlen(local) &&
        length - strlen(local) < sizeof site->socket) {
        snprintf(site->socket, sizeof site->socket, "%s", where + strlen(local));
        snprintf(site->url, sizeof site->url, "http://localhost");
        return true;
    }
    if (strncmp(where, http, strlen(http)) == 0 && length > strlen(http) &&
        length < sizeof site->url) {
        snprintf(site->url, sizeof site->url, "%.*s", (int)length, where);
        return true;
    }
    return refuse("origin=%s names no origin; give http://HOST:PORT or unix:PATH as \"origin\" "
                  "prints it, or leave it out and the lab starts one.",
                  where);
}

static bool learn(struct site *site, const char *where) {
    struct answer answer;
    char why[CURL_ERROR_SIZE];
    if (!ask(site, "/config", &answer, why))
        return refuse("The origin at %s does not answer (%s); is it running there? Leave origin= "
                      "out and the lab starts one.",
                      where, why);
    const char *seed = value_of(answer.text, "seed");
    const char *delay = value_of(answer.text, "distribution");
    int named = 0;
    while (delay && object_delays[named] &&
           strncmp(delay + 1, object_delays[named], strlen(object_delays[named])) != 0)
        named++;
    if (!seed || !delay || !object_delays[named])
        return refuse("%s answers, but not as an origin of this kit does; start one with "
                      "build/bin/origin, or leave origin= out.",
                      where);
    site->seed = strtoull(seed, NULL, 10);
    site->delay = (enum object_delay)named;
    site->objects = (long)number_of(answer.text, "objects");
    site->size = (uint64_t)number_of(answer.text, "size");
    site->latency = number_of(answer.text, "latency_ms") / 1e3;
    site->bandwidth = number_of(answer.text, "bandwidth");
    site->errors = number_of(answer.text, "error_rate");
    return site_figures(site, &site->before) ||
           refuse("The origin at %s tells no figures; is it an older one? Start it again.", where);
}

bool site_figures(const struct site *site, struct figures *figures) {
    struct answer answer;
    char why[CURL_ERROR_SIZE];
    if (!ask(site, "/stats", &answer, why) || !value_of(answer.text, "requests"))
        return false;
    const struct figures *before = &site->before;
    *figures = (struct figures){
        .requests = number_of(answer.text, "requests") - before->requests,
        .answers = number_of(answer.text, "answers") - before->answers,
        .errors = number_of(answer.text, "errors") - before->errors,
        .broken = number_of(answer.text, "broken") - before->broken,
        .connections = number_of(answer.text, "connections") - before->connections,
        .peak = number_of(answer.text, "peak"),
        .busiest = number_of(answer.text, "busiest"),
    };
    return true;
}

// -- an origin of our own ----------------------------------------------------------------------------

void site_words(const struct site *site, struct service_words *words) {
    service_word(words, "origin");
    service_word(words, "--seed");
    service_word(words, "%llu", (unsigned long long)site->seed);
    service_word(words, "--size");
    service_word(words, "%llu", (unsigned long long)site->size);
    service_word(words, "--objects");
    service_word(words, "%ld", site->objects);
    service_word(words, "--latency");
    service_word(words, "%.17g", site->latency * 1e3);
    service_word(words, "--error-rate");
    service_word(words, "%.17g", site->errors);
    service_word(words, "--distribution");
    service_word(words, "%s", object_delays[site->delay]);
}

bool site_begin(struct site *site, const char *where, MPI_Comm comm) {
    site->rank = 0;
    site->ranks = 1;
    site->service = (struct service){.in = -1, .out = -1};
    struct service_words words = {0};
    char ready[sizeof site->url];
    if (comm != MPI_COMM_NULL) {
        MPI_Comm_rank(comm, &site->rank);
        MPI_Comm_size(comm, &site->ranks);
    }
    site_words(site, &words);
    site->ours = *where == '\0' && service_share(&site->service, &words, comm, ready, sizeof ready);
    int there = *where || site->ours;
    if (there && site->rank == 0)
        there = read_where(site, site->ours ? ready : where) && (site->ours || learn(site, where));
    if (comm == MPI_COMM_NULL)
        return there;
    MPI_Bcast(&there, 1, MPI_INT, 0, comm);
    if (there) {
        // All of it up to `ours`; the rest belongs to a process.
        MPI_Bcast(site, (int)offsetof(struct site, service), MPI_BYTE, 0, comm);
    }
    return there;
}

void site_end(struct site *site) {
    if (site->ours && site->rank == 0)
        service_stop(&site->service);
}
