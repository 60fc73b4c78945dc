// SPDX-License-Identifier: MIT
// Tests of the program build/bin/origin, spoken to over plain sockets: what a client library would
// put right must not be put right here.

#include "runner.h"

#include "kit.h"
#include "object.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

// -- an origin, and what it says -------------------------------------------------------------------

struct world {
    pid_t pid;
    int in;
    FILE *out;
    char url[256];
    char last[1024]; // its last line
};

// build/bin/origin, from build/tests/kit or build/san/tests/kit.
static void find_origin(char *path, size_t cap) {
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    CU_ASSERT_FATAL(length > 0);
    self[length] = '\0';
    char *cut;
    while ((cut = strrchr(self, '/'))) {
        *cut = '\0';
        if (snprintf(path, cap, "%s/bin/origin", self) < (int)cap && access(path, X_OK) == 0)
            return;
    }
    test_note("build/bin/origin is not built");
    CU_FAIL_FATAL("no origin");
}

// Starts an origin with the options of one line, cut at spaces.
static struct world start(const char *line) {
    char path[PATH_MAX], options[512], *argv[40] = {"origin"}, *rest = options;
    find_origin(path, sizeof path);
    snprintf(options, sizeof options, "%s", line);
    for (int i = 1; i < 39 && (argv[i] = strtok_r(rest, " ", &rest)); i++)
        continue;
    int to[2], from[2];
    CU_ASSERT_EQUAL_FATAL(pipe2(to, O_CLOEXEC), 0);
    CU_ASSERT_EQUAL_FATAL(pipe2(from, O_CLOEXEC), 0);
    struct world world = {.pid = fork(), .in = to[1]};
    if (world.pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        execv(path, argv);
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    world.out = fdopen(from[0], "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(world.out);
    char ready[300];
    CU_ASSERT_PTR_NOT_NULL_FATAL(fgets(ready, sizeof ready, world.out));
    CU_ASSERT_EQUAL_FATAL(sscanf(ready, "ready %255s", world.url), 1);
    return world;
}

// Waits for its end, keeps its last line, returns its exit status (128 + signal).
static int ended(struct world *world) {
    int status = 0;
    while (fgets(world->last, sizeof world->last, world->out))
        continue;
    fclose(world->out);
    if (world->in >= 0)
        close(world->in);
    waitpid(world->pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int stop(struct world *world) {
    close(world->in);
    world->in = -1;
    return ended(world);
}

// -- a client ----------------------------------------------------------------------------------------

static int connect_to(const struct world *world) {
    union {
        struct sockaddr any;
        struct sockaddr_in tcp;
        struct sockaddr_un local;
    } address = {.tcp = {.sin_family = AF_INET}};
    socklen_t length = sizeof address.tcp;
    char host[64];
    unsigned port;
    if (strncmp(world->url, "unix:", 5) == 0) {
        address.local.sun_family = AF_UNIX;
        snprintf(address.local.sun_path, sizeof address.local.sun_path, "%.100s", world->url + 5);
        length = sizeof address.local;
    } else {
        CU_ASSERT_EQUAL_FATAL(sscanf(world->url, "http://%63[0-9.]:%u", host, &port), 2);
        address.tcp.sin_port = htons((uint16_t)port);
        CU_ASSERT_EQUAL_FATAL(inet_pton(AF_INET, host, &address.tcp.sin_addr), 1);
    }
    int fd = socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CU_ASSERT_FATAL(fd >= 0);
    CU_ASSERT_EQUAL_FATAL(connect(fd, &address.any, length), 0);
    return fd;
}

struct answer {
    int status;     // 0: none came
    long promised;  // Content-Length
    size_t size;    // bytes behind the header
    bool closed;    // by the origin
    double seconds; // from the question to the first byte
    unsigned char body[100000];
};

static void ask(int fd, const char *method, const char *path) {
    char request[256];
    int length =
        snprintf(request, sizeof request, "%s %s HTTP/1.1\r\nHost: x\r\n\r\n", method, path);
    (void)!send(fd, request, (size_t)length, MSG_NOSIGNAL); // what is lost shows in the answer
}

// Reads an answer until all that was promised is there, or `quiet` ms bring nothing more; with a
// connection that is to be closed, until it is. Not for several threads.
static const struct answer *hear(int fd, int quiet, bool until_closed) {
    static char text[sizeof(struct answer)];
    static struct answer answer;
    size_t length = 0;
    char *body = NULL;
    answer = (struct answer){.promised = -1};
    double asked = now();
    struct pollfd more = {.fd = fd, .events = POLLIN};
    while (length < sizeof text - 1 && poll(&more, 1, quiet) > 0) {
        ssize_t got = recv(fd, text + length, sizeof text - 1 - length, 0);
        if (got <= 0) {
            answer.closed = true;
            break;
        }
        if (length == 0)
            answer.seconds = now() - asked;
        length += (size_t)got;
        text[length] = '\0';
        if (!body && (body = strstr(text, "\r\n\r\n"))) {
            body += 4;
            sscanf(text, "HTTP/1.1 %d", &answer.status);
            const char *promise = strstr(text, "Content-Length: ");
            if (promise && promise < body)
                answer.promised = strtol(promise + 16, NULL, 10);
        }
        answer.size = body ? length - (size_t)(body - text) : 0;
        if (body && !until_closed && answer.promised >= 0 && answer.size >= (size_t)answer.promised)
            break;
    }
    if (body && answer.size < sizeof answer.body)
        memcpy(answer.body, body, answer.size + 1);
    return &answer;
}

static const struct answer *get(int fd, const char *path) {
    ask(fd, "GET", path);
    return hear(fd, 5000, false);
}

static bool is_object(const struct answer *answer, uint64_t seed, long object, uint64_t mean) {
    static unsigned char bytes[100000];
    uint64_t size = object_size(seed, object, mean);
    object_bytes(seed, object, 0, bytes, (size_t)size);
    return answer->status == 200 && answer->size == size &&
           memcmp(answer->body, bytes, (size_t)size) == 0;
}

static bool says(const char *json, const char *what) {
    if (strstr(json, what))
        return true;
    test_note("\"%s\" is not in %s", what, json);
    return false;
}

// -- tests -------------------------------------------------------------------------------------------

static void objects_are_what_object_h_says_over_one_kept_connection(void) {
    struct world world = start("--latency 0 --seed 77 --size 20000 --objects 50");
    int fd = connect_to(&world);
    CU_ASSERT(is_object(get(fd, "/object/0"), 77, 0, 20000));
    CU_ASSERT(is_object(get(fd, "/object/49"), 77, 49, 20000));
    CU_ASSERT(is_object(get(fd, "/object/0"), 77, 0, 20000));
    close(fd);
    CU_ASSERT_EQUAL(stop(&world), 0);
    CU_ASSERT(says(world.last, "\"requests\":3,\"answers\":3,\"errors\":0,\"broken\":0"));
    CU_ASSERT(says(world.last, "\"together\":0,\"peak\":1,\"connections\":1,\"busiest\":3}"));
}

static void what_is_not_there_is_answered_404_and_not_counted(void) {
    struct world world = start("--latency 0 --objects 5");
    int fd = connect_to(&world);
    const char *const paths[] = {"/",
                                 "/object",
                                 "/object/",
                                 "/object/5",
                                 "/object/-1",
                                 "/object/1x",
                                 "/object/99999999999999999999",
                                 "/objects/1",
                                 "/stats/1"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        CU_ASSERT_EQUAL(get(fd, paths[i])->status, 404);
    ask(fd, "DELETE", "/object/1");
    CU_ASSERT_EQUAL(hear(fd, 5000, false)->status, 405);
    close(fd);
    CU_ASSERT_EQUAL(stop(&world), 0);
    CU_ASSERT(says(world.last, "\"requests\":0,"));
}

static void config_tells_what_it_was_told(void) {
    struct world world = start("--latency 2.5 --distribution tail --seed 18446744073709551615 "
                               "--size 10 --objects 3 --bandwidth 1000 --error-rate 0.25");
    int fd = connect_to(&world);
    const char *config = (const char *)get(fd, "/config")->body;
    CU_ASSERT(says(config, "\"seed\":18446744073709551615,\"objects\":3,\"size\":10,"));
    CU_ASSERT(says(config, "\"latency_ms\":2.5,\"distribution\":\"tail\",\"bandwidth\":1000,"));
    CU_ASSERT(says(config, "\"error_rate\":0.25}"));
    close(fd);
    stop(&world);
}

static void no_answer_comes_before_its_latency(void) {
    struct world world = start("--latency 30 --distribution uniform --seed 4");
    int fd = connect_to(&world);
    for (long i = 0; i < 8; i++) {
        char path[32];
        snprintf(path, sizeof path, "/object/%ld", i);
        double due = object_latency(4, i, DELAY_UNIFORM, 0.030);
        const double begin = now();
        ask(fd, "GET", path);
        hear(fd, 5000, false);
        const double took = now() - begin;
        CU_ASSERT(took >= due);
        CU_ASSERT(took < due + 1); // a busy machine may be late
    }
    close(fd);
    stop(&world);
}

static void waits_overlap_and_the_peak_tells_how_many(void) {
    enum { CLIENTS = 12 };
    struct world world = start("--latency 200");
    int fd[CLIENTS];
    double begin = now();
    for (int i = 0; i < CLIENTS; i++)
        ask(fd[i] = connect_to(&world), "GET", "/object/1");
    for (int i = 0; i < CLIENTS; i++) {
        CU_ASSERT_EQUAL(hear(fd[i], 5000, false)->status, 200);
        close(fd[i]);
    }
    CU_ASSERT(now() - begin < CLIENTS * 0.2 / 2);
    CU_ASSERT_EQUAL(stop(&world), 0);
    CU_ASSERT(says(world.last, "\"together\":10,\"peak\":12,\"connections\":12,\"busiest\":1}"));
}

static void a_thousand_connections_are_served_at_once(void) {
    enum { CLIENTS = 1024 };
    static int fd[CLIENTS];
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    const rlim_t needed = CLIENTS + 100;
    if (files.rlim_max < needed) {
        test_note("this machine allows too few open files");
        return;
    }
    files.rlim_cur = files.rlim_cur < needed ? needed : files.rlim_cur;
    setrlimit(RLIMIT_NOFILE, &files);
    struct world world = start("--latency 3000 --size 100 --objects 1024");
    for (int i = 0; i < CLIENTS; i++)
        ask(fd[i] = connect_to(&world), "GET", "/object/7");
    int served = 0;
    for (int i = 0; i < CLIENTS; i++) {
        served += hear(fd[i], 10000, false)->status == 200;
        close(fd[i]);
    }
    CU_ASSERT_EQUAL(served, CLIENTS);
    CU_ASSERT_EQUAL(stop(&world), 0);
    CU_ASSERT(says(world.last, "\"peak\":1024,"));
}

static void errors_come_in_the_same_places_each_time(void) {
    bool failed[2][60];
    int errors = 0;
    for (int run = 0; run < 2; run++) {
        struct world world = start("--latency 0 --error-rate 0.3 --seed 6 --objects 20");
        int fd = connect_to(&world);
        for (int i = 0; i < 60; i++) {
            char path[32];
            snprintf(path, sizeof path, "/object/%d", i % 20);
            int status = get(fd, path)->status;
            CU_ASSERT(status == 200 || status == 500);
            failed[run][i] = status == 500;
            CU_ASSERT_EQUAL(failed[run][i],
                            object_fails(6, i % 20, (uint64_t)i / 20, OBJECT_ERROR, 0.3) != 0);
            errors += failed[run][i];
        }
        close(fd);
        stop(&world);
    }
    CU_ASSERT(memcmp(failed[0], failed[1], sizeof failed[0]) == 0);
    CU_ASSERT(errors > 2 * 8 && errors < 2 * 30);
}

static void close_early_breaks_off_half_way(void) {
    struct world world = start("--latency 0 --close-early 1 --size 10000 --seed 2");
    int fd = connect_to(&world);
    ask(fd, "GET", "/object/3");
    const struct answer *answer = hear(fd, 5000, true);
    uint64_t size = object_size(2, 3, 10000);
    CU_ASSERT_EQUAL(answer->promised, (long)size);
    CU_ASSERT_EQUAL(answer->size, size / 2);
    CU_ASSERT(answer->closed);
    close(fd);
    stop(&world);
    CU_ASSERT(says(world.last, "\"answers\":0,\"errors\":0,\"broken\":1,"));
}

static void wrong_length_promises_half_of_what_comes(void) {
    struct world world = start("--latency 0 --wrong-length 1 --size 10000 --seed 2");
    int fd = connect_to(&world);
    ask(fd, "GET", "/object/3");
    const struct answer *answer = hear(fd, 5000, true);
    uint64_t size = object_size(2, 3, 10000);
    CU_ASSERT_EQUAL(answer->promised, (long)(size / 2));
    CU_ASSERT_EQUAL(answer->size, size);
    close(fd);
    stop(&world);
}

static void a_stalled_answer_stays_open_and_ends_with_its_client(void) {
    struct world world = start("--latency 0 --stall 1 --size 10000 --seed 2");
    int fd = connect_to(&world);
    ask(fd, "GET", "/object/3");
    const struct answer *answer = hear(fd, 300, true);
    CU_ASSERT_EQUAL(answer->size, object_size(2, 3, 10000) / 2);
    CU_ASSERT(!answer->closed);
    close(fd);
    fd = connect_to(&world);
    CU_ASSERT(says((const char *)get(fd, "/stats")->body, "\"broken\":1,"));
    close(fd);
    CU_ASSERT_EQUAL(stop(&world), 0);
}

static void it_dies_when_told_to_and_not_before(void) {
    struct world world = start("--latency 0 --die-after 2");
    int fd = connect_to(&world);
    CU_ASSERT_EQUAL(get(fd, "/object/1")->status, 200);
    CU_ASSERT_EQUAL(get(fd, "/object/1")->status, 200);
    const struct answer *answer = get(fd, "/object/1");
    CU_ASSERT(answer->status == 0 && answer->closed);
    close(fd);
    CU_ASSERT_EQUAL(ended(&world), 1);
}

static void bandwidth_is_a_cap(void) {
    struct world world = start("--latency 0 --bandwidth 100000 --size 30000 --seed 2");
    int fd = connect_to(&world);
    double begin = now();
    CU_ASSERT(is_object(get(fd, "/object/3"), 2, 3, 30000));
    CU_ASSERT(now() - begin > (double)object_size(2, 3, 30000) / 100000 - 0.002);
    close(fd);
    stop(&world);
}

static void sigterm_ends_it_with_its_figures_while_requests_wait(void) {
    struct world world = start("--latency 60000");
    int fd = connect_to(&world);
    ask(fd, "GET", "/object/3");
    CU_ASSERT_EQUAL(hear(fd, 100, false)->status, 0);
    double begin = now();
    kill(world.pid, SIGTERM);
    CU_ASSERT_EQUAL(ended(&world), 0);
    CU_ASSERT(now() - begin < 5);
    CU_ASSERT(says(world.last, "\"requests\":1,\"answers\":0,"));
    close(fd);
}

static void a_unix_socket_serves_and_is_removed_even_after_a_kill(void) {
    char path[100], options[256];
    snprintf(path, sizeof path, "%s/twofold-origin-%d",
             getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp", (int)getpid());
    snprintf(options, sizeof options, "--latency 0 --seed 3 --listen unix:%s", path);
    struct world world = start(options);
    kill(world.pid, SIGKILL); // leaves the socket behind
    CU_ASSERT_EQUAL(ended(&world), 128 + SIGKILL);
    CU_ASSERT_EQUAL(access(path, F_OK), 0);
    world = start(options);
    int fd = connect_to(&world);
    CU_ASSERT(is_object(get(fd, "/object/1"), 3, 1, 4096));
    close(fd);
    CU_ASSERT_EQUAL(stop(&world), 0);
    CU_ASSERT(access(path, F_OK) != 0);
}

static const struct test tests[] = {TEST(objects_are_what_object_h_says_over_one_kept_connection),
                                    TEST(what_is_not_there_is_answered_404_and_not_counted),
                                    TEST(config_tells_what_it_was_told),
                                    TEST(no_answer_comes_before_its_latency),
                                    TEST(waits_overlap_and_the_peak_tells_how_many),
                                    TEST(a_thousand_connections_are_served_at_once),
                                    TEST(errors_come_in_the_same_places_each_time),
                                    TEST(close_early_breaks_off_half_way),
                                    TEST(wrong_length_promises_half_of_what_comes),
                                    TEST(a_stalled_answer_stays_open_and_ends_with_its_client),
                                    TEST(it_dies_when_told_to_and_not_before),
                                    TEST(bandwidth_is_a_cap),
                                    TEST(sigterm_ends_it_with_its_figures_while_requests_wait),
                                    TEST(a_unix_socket_serves_and_is_removed_even_after_a_kill),
                                    {0}};

int main(void) {
    return run_tests("origin", tests, MPI_COMM_NULL);
}
