// SPDX-License-Identifier: MIT
//
// main.c: the options of an origin, its first line, its last line, and its end.

#include "origin.h"

#include <argp.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { REFUSED = 2 }; // exit status

const char *argp_program_version = "origin (Twofold) 1";

static const char about[] =
    "A slow outside world: an HTTP/1.1 server whose objects take a while. GET /object/N, /config, "
    "/stats. It says \"ready URL\" when it listens, and ends at the end of its input or at SIGTERM "
    "with its figures as the last line.";

enum key {
    LISTEN = 256,
    PORT,
    LATENCY,
    DISTRIBUTION,
    BANDWIDTH,
    SIZE,
    OBJECTS,
    SEED,
    ERROR_RATE,
    CLOSE_EARLY,
    WRONG_LENGTH,
    STALL,
    DIE_AFTER,
    STAY
};

static const struct argp_option options[] = {
    {0, 0, 0, 0, "Where:", 1},
    {"listen", LISTEN, "ADDRESS", 0, "127.0.0.1 (default), 0.0.0.0, or unix:PATH", 0},
    {"port", PORT, "N", 0, "0 (default): a free one", 0},
    {"stay", STAY, 0, 0, "do not end at the end of the input", 0},
    {0, 0, 0, 0, "What:", 2},
    {"objects", OBJECTS, "N", 0, "how many (1000)", 0},
    {"size", SIZE, "BYTES", 0, "their mean; they have half to one and a half of it (4096)", 0},
    {"seed", SEED, "N", 0, "decides bytes, sizes, latencies, failures (1)", 0},
    {0, 0, 0, 0, "How slowly:", 3},
    {"latency", LATENCY, "MS", 0, "mean time to the first byte (20)", 0},
    {"distribution", DISTRIBUTION, "NAME", 0,
     "of the latency over the objects: fixed (default), uniform, tail", 0},
    {"bandwidth", BANDWIDTH, "BYTES/S", 0, "cap of a connection; 0 (default): none", 0},
    {0, 0, 0, 0, "What goes wrong, as a share of the requests from 0 (default) to 1:", 4},
    {"error-rate", ERROR_RATE, "SHARE", 0, "answered 500", 0},
    {"close-early", CLOSE_EARLY, "SHARE", 0, "closed half-way", 0},
    {"wrong-length", WRONG_LENGTH, "SHARE", 0, "half the true length in the header", 0},
    {"stall", STALL, "SHARE", 0, "nothing more after half the bytes", 0},
    {"die-after", DIE_AFTER, "N", 0, "the process dies at the next request after N", 0},
    {0},
};

static _Noreturn void refuse(const char *option, const char *text, const char *wanted) {
    fprintf(stderr, "origin: %s %s is not possible; give %s.\n", option, text, wanted);
    exit(REFUSED);
}

static uint64_t whole(const char *option, const char *text, uint64_t most) {
    char *end, wanted[64];
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (*text >= '0' && *text <= '9' && *end == '\0' && errno == 0 && value <= most)
        return value;
    snprintf(wanted, sizeof wanted, "a whole number from 0 to %llu", (unsigned long long)most);
    refuse(option, text, wanted);
}

static double number(const char *option, const char *text, double most) {
    char *end, wanted[64];
    errno = 0;
    double value = strtod(text, &end);
    if (end != text && *end == '\0' && errno == 0 && value >= 0 && value <= most)
        return value;
    snprintf(wanted, sizeof wanted, "a number from 0 to %g", most);
    refuse(option, text, wanted);
}

static enum object_delay delay_of(const char *text) {
    for (int i = 0; object_delays[i]; i++)
        if (strcmp(text, object_delays[i]) == 0)
            return (enum object_delay)i;
    refuse("--distribution", text, "fixed, uniform or tail");
}

static error_t parse(int key, char *text, struct argp_state *state) {
    struct origin *origin = state->input;
    switch (key) {
    case LISTEN:
        origin->listen = text;
        break;
    case PORT:
        origin->port = (long)whole("--port", text, 65535);
        break;
    case STAY:
        origin->stay = true;
        break;
    case OBJECTS:
        origin->objects = (long)whole("--objects", text, 100000000);
        break;
    case SIZE:
        origin->size = whole("--size", text, UINT64_C(1) << 40);
        break;
    case SEED:
        origin->seed = whole("--seed", text, UINT64_MAX);
        break;
    case LATENCY:
        origin->latency = number("--latency", text, 3.6e6) / 1e3;
        break;
    case DISTRIBUTION:
        origin->delay = delay_of(text);
        break;
    case BANDWIDTH:
        origin->bandwidth = number("--bandwidth", text, 1e12);
        break;
    case ERROR_RATE:
        origin->error = number("--error-rate", text, 1);
        break;
    case CLOSE_EARLY:
        origin->close_early = number("--close-early", text, 1);
        break;
    case WRONG_LENGTH:
        origin->wrong_length = number("--wrong-length", text, 1);
        break;
    case STALL:
        origin->stall = number("--stall", text, 1);
        break;
    case DIE_AFTER:
        origin->die_after = (long)whole("--die-after", text, 1000000000);
        break;
    case ARGP_KEY_ARG:
        fprintf(stderr, "origin: \"%s\" is no option; origin --help lists them.\n", text);
        exit(REFUSED);
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

// Every connection takes a file descriptor: takes all this process may have, and says how many
// connections that makes.
static unsigned connections_possible(void) {
    struct rlimit files;
    const rlim_t wanted = 65536, own = 32, fair = 1024;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return (unsigned)(fair - own);
    files.rlim_cur = files.rlim_max < wanted ? files.rlim_max : wanted;
    setrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < fair + own)
        fprintf(stderr,
                "origin: this machine allows %llu open files a process, so no more than %llu "
                "connections at once; \"ulimit -Hn\" shows the limit.\n",
                (unsigned long long)files.rlim_cur, (unsigned long long)(files.rlim_cur - own));
    return files.rlim_cur > own ? (unsigned)(files.rlim_cur - own) : 1;
}

// SIGTERM and SIGINT become readable on a descriptor; no thread is interrupted by them.
static int signals_as_fd(void) {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    return signalfd(-1, &ends, SFD_CLOEXEC);
}

static void wait_for_the_end(int signals, bool input_counts) {
    struct pollfd ends[] = {{.fd = signals, .events = POLLIN},
                            {.fd = input_counts ? STDIN_FILENO : -1, .events = POLLIN}};
    for (;;) {
        if (poll(ends, 2, -1) < 0 && errno != EINTR)
            return;
        char talk[256];
        if (ends[0].revents || (ends[1].revents && read(STDIN_FILENO, talk, sizeof talk) <= 0))
            return;
    }
}

int main(int argc, char **argv) {
    struct origin origin = {.listen = "127.0.0.1",
                            .seed = 1,
                            .size = 4096,
                            .objects = 1000,
                            .latency = 0.020,
                            .die_after = -1};
    const struct argp argp = {options, parse, NULL, about, NULL, NULL, NULL};
    argp_err_exit_status = REFUSED;
    argp_parse(&argp, argc, argv, 0, NULL, &origin);

    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_TIMERSLACK, 1L); // ns; threads inherit it: a latency is what was asked for
    int signals = signals_as_fd();
    unsigned limit = connections_possible();
    origin.attempts = calloc((size_t)origin.objects + 1, sizeof *origin.attempts);
    if (!origin.attempts) {
        fprintf(stderr, "origin: no memory for %ld objects; give --objects a smaller number.\n",
                origin.objects);
        return REFUSED;
    }
    char url[2048];
    int listener = listen_open(&origin, url, sizeof url);
    if (listener < 0)
        return REFUSED;
    if (!serve(&origin, listener, limit)) {
        listen_clean(&origin);
        fprintf(stderr, "origin: the HTTP server did not start: %s.\n", strerror(errno));
        return REFUSED;
    }
    printf("ready %s\n", url);
    fflush(stdout);
    wait_for_the_end(signals, !origin.stay && !isatty(STDIN_FILENO));

    // Requests may still sleep; nobody waits for them now.
    listen_clean(&origin);
    char figures[1024];
    count_stats(&origin, figures, sizeof figures);
    puts(figures);
    fflush(stdout);
    _exit(0);
}
