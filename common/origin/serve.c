// SPDX-License-Identifier: MIT
//
// serve.c: requests, answers, and everything that goes wrong on purpose.

#include "origin.h"

#include <errno.h>
#include <microhttpd.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum { STACK_BYTES = 128 << 10, BLOCK_BYTES = 64 << 10 };

// A request for an object, from its first line to the end of its answer.
struct request {
    struct origin *origin;
    struct MHD_Connection *connection;
    struct timespec start; // when its latency is over; bytes are due from then on
    long object;
    uint64_t size, stop; // bytes of the object; where the answer stops short, size: nowhere
    enum { SEND, CLOSE, STALL } then; // what happens at stop
};

static struct timespec later(struct timespec from, double seconds) {
    int64_t ns = from.tv_nsec + (int64_t)(seconds * 1e9);
    return (struct timespec){.tv_sec = from.tv_sec + (time_t)(ns / 1000000000),
                             .tv_nsec = (long)(ns % 1000000000)};
}

static void sleep_until(struct timespec when) {
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, NULL) == EINTR) {
        // the time is absolute: go on
    }
}

// -- the bytes -------------------------------------------------------------------------------------

// Waits until the client has had enough of waiting.
static void wait_for_hang_up(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (!info)
        return;
    struct pollfd peer = {.fd = info->connect_fd, .events = POLLRDHUP};
    while (poll(&peer, 1, -1) < 0 && errno == EINTR) {
        // go on
    }
}

// Called by the HTTP library when it wants up to `room` bytes from `position` on.
static ssize_t give_bytes(void *of, uint64_t position, char *out, size_t room) {
    struct request *request = of;
    struct origin *origin = request->origin;
    if (position >= request->stop) {
        if (request->then == STALL)
            wait_for_hang_up(request->connection);
        return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    uint64_t count = request->stop - position;
    if (count > room)
        count = room;
    if (origin->bandwidth > 0) {
        // Pieces of at most 10 ms, each sent when its last byte is due.
        uint64_t piece = (uint64_t)(origin->bandwidth / 100) + 1;
        if (count > piece)
            count = piece;
        sleep_until(later(request->start, (double)(position + count) / origin->bandwidth));
    }
    object_bytes(origin->seed, request->object, position, (unsigned char *)out, (size_t)count);
    atomic_fetch_add(&origin->bytes, count);
    return (ssize_t)count;
}

// -- the answers -----------------------------------------------------------------------------------

static enum MHD_Result answer_text(struct MHD_Connection *connection, unsigned status,
                                   const char *text) {
    struct MHD_Response *response =
        MHD_create_response_from_buffer(strlen(text), (void *)(uintptr_t)text, // it is copied
                                        MHD_RESPMEM_MUST_COPY);
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, "Content-Type",
                            status == MHD_HTTP_OK ? "application/json" : "text/plain");
    enum MHD_Result queued = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return queued;
}

// Does this request go wrong, by that stream and at that rate?
static bool goes_wrong(const struct request *request, unsigned attempt, enum object_stream stream,
                       double rate) {
    return rate > 0 && object_fails(request->origin->seed, request->object, attempt, stream, rate);
}

static enum MHD_Result answer_object(struct request *request) {
    struct origin *origin = request->origin;
    unsigned attempt = atomic_fetch_add(&origin->attempts[request->object], 1);
    sleep_until(request->start);
    if (goes_wrong(request, attempt, OBJECT_ERROR, origin->error)) {
        atomic_fetch_add(&origin->errors, 1);
        return answer_text(request->connection, MHD_HTTP_INTERNAL_SERVER_ERROR,
                           "overloaded; ask again\n");
    }
    request->size = object_size(origin->seed, request->object, origin->size);
    request->stop = request->size;
    if (goes_wrong(request, attempt, OBJECT_CLOSE, origin->close_early))
        request->then = CLOSE;
    else if (goes_wrong(request, attempt, OBJECT_STALL, origin->stall))
        request->then = STALL;
    if (request->then != SEND)
        request->stop = request->size / 2;
    bool lie =
        request->then == SEND && goes_wrong(request, attempt, OBJECT_LENGTH, origin->wrong_length);
    atomic_fetch_add(lie || request->then != SEND ? &origin->broken : &origin->answers, 1);

    size_t block = request->size < BLOCK_BYTES ? (size_t)request->size : BLOCK_BYTES;
    struct MHD_Response *response = MHD_create_response_from_callback(
        lie ? MHD_SIZE_UNKNOWN : request->size, block, give_bytes, request, NULL);
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, "Content-Type", "application/octet-stream");
    if (lie) {
        // A length of our own, and no chunks, which would tell the true one.
        enum MHD_ResponseFlags own_length = (enum MHD_ResponseFlags)(
            MHD_RF_INSANITY_HEADER_CONTENT_LENGTH | MHD_RF_HTTP_VERSION_1_0_ONLY);
        char half[32];
        snprintf(half, sizeof half, "%llu", (unsigned long long)(request->size / 2));
        MHD_set_response_options(response, own_length, MHD_RO_END);
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_LENGTH, half);
    }
    enum MHD_Result queued = MHD_queue_response(request->connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return queued;
}

// -- the requests ----------------------------------------------------------------------------------

// Reads /object/N; -1: it is not that, or there is no such object.
static long object_of(const struct origin *origin, const char *url) {
    static const char prefix[] = "/object/";
    if (strncmp(url, prefix, sizeof prefix - 1) != 0)
        return -1;
    const char *digits = url + sizeof prefix - 1;
    size_t length = strspn(digits, "0123456789");
    if (length == 0 || length > 12 || digits[length])
        return -1;
    long object = strtol(digits, NULL, 10);
    return object < origin->objects ? object : -1;
}

// Counts the request, and the connection at its first one.
static void count_request(struct origin *origin, struct MHD_Connection *connection,
                          struct timespec came, struct timespec due) {
    count_begin(origin, came, due);
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    unsigned long *on_this = info ? info->socket_context : NULL;
    if (!on_this)
        return;
    if (++*on_this == 1)
        atomic_fetch_add(&origin->connections, 1);
    count_busiest(origin, *on_this);
}

static struct request *request_new(struct origin *origin, struct MHD_Connection *connection,
                                   long object) {
    struct request *request = malloc(sizeof *request);
    if (!request)
        return NULL;
    struct timespec came;
    clock_gettime(CLOCK_MONOTONIC, &came);
    double latency = object_latency(origin->seed, object, origin->delay, origin->latency);
    *request = (struct request){.origin = origin,
                                .connection = connection,
                                .object = object,
                                .start = later(came, latency),
                                .then = SEND};
    count_request(origin, connection, came, request->start);
    return request;
}

static char other; // its address stands for a request that is not for an object

static enum MHD_Result answer(void *of, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **state) {
    struct origin *origin = of;
    (void)version;
    (void)upload;
    // The library asks twice: when the headers are there, and when the whole request is.
    if (!*state) {
        long object = strcmp(method, "GET") == 0 ? object_of(origin, url) : -1;
        *state = object < 0 ? (void *)&other : request_new(origin, connection, object);
        if (origin->die_after >= 0 &&
            atomic_load(&origin->requests) > (unsigned long)origin->die_after) {
            fprintf(stderr, "origin: dying after %ld requests, as --die-after asked.\n",
                    origin->die_after);
            listen_clean(origin);
            _exit(1);
        }
        return *state ? MHD_YES : MHD_NO;
    }
    if (*upload_size) { // of no use here
        *upload_size = 0;
        return MHD_YES;
    }
    if (*state != &other)
        return answer_object(*state);
    char text[1024];
    if (strcmp(method, "GET") != 0)
        return answer_text(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "only GET is known here\n");
    if (strcmp(url, "/stats") == 0)
        count_stats(origin, text, sizeof text);
    else if (strcmp(url, "/config") == 0)
        count_config(origin, text, sizeof text);
    else
        return answer_text(connection, MHD_HTTP_NOT_FOUND,
                           "there are /object/0, /object/1 ..., /config and /stats\n");
    return answer_text(connection, MHD_HTTP_OK, text);
}

static void answered(void *of, struct MHD_Connection *connection, void **state,
                     enum MHD_RequestTerminationCode how) {
    struct origin *origin = of;
    (void)connection;
    (void)how;
    if (*state && *state != &other) {
        count_end(origin);
        free(*state);
    }
    *state = NULL;
}

// A counter of its requests goes with every connection.
static void connected(void *of, struct MHD_Connection *connection, void **context,
                      enum MHD_ConnectionNotificationCode what) {
    (void)of;
    (void)connection;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *context = calloc(1, sizeof(unsigned long));
    } else {
        free(*context);
        *context = NULL;
    }
}

bool serve(struct origin *origin, int listener, unsigned limit) {
    return MHD_start_daemon(
               MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL, 0,
               NULL, NULL, answer, origin, MHD_OPTION_LISTEN_SOCKET, listener,
               MHD_OPTION_CONNECTION_LIMIT, limit, MHD_OPTION_THREAD_STACK_SIZE,
               (size_t)STACK_BYTES, MHD_OPTION_NOTIFY_COMPLETED, answered, origin,
               MHD_OPTION_NOTIFY_CONNECTION, connected, origin, MHD_OPTION_END) != NULL;
}
