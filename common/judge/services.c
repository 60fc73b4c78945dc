// SPDX-License-Identifier: MIT
//
// services.c: see services.h.

#include "services.h"

#include "command.h"
#include "flat.h"
#include "process.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const double patience = 20,
                    grace = 2; // s, for the first line of all, and for the end of all

struct service_of {
    size_t id;
    char name[32], words[1024];
    bool optional;    // where it is not built the case runs without it
    bool shared;      // others with the same words may have it, too
    size_t by, cases; // which one of the list runs for this case; how many cases this one runs for
    pid_t pid;        // 0: none
    int in, out;      // our ends of its stdin and stdout; -1: none
    char text[2048];  // what it said that is not used yet
    size_t length;
};

// -- which ----------------------------------------------------------------------------------------

static void take_line(const char *line, void *user) {
    struct services *const services = user;
    struct service_of one = {.in = -1, .out = -1};
    double id;
    if (!flat_number(line, "id", &id) || !flat_text(line, "name", one.name, sizeof one.name) ||
        !flat_text(line, "words", one.words, sizeof one.words))
        return;
    one.id = (size_t)id;
    flat_bool(line, "optional", &one.optional);
    flat_bool(line, "shared", &one.shared);
    one.by = services->count;
    for (size_t i = 0; one.shared && i < one.by; i++)
        if (services->of[i].shared && strcmp(services->of[i].name, one.name) == 0 &&
            strcmp(services->of[i].words, one.words) == 0)
            one.by = i;
    struct service_of *const more =
        realloc(services->of, (services->count + 1) * sizeof *services->of);
    if (!more)
        return; // the case is then refused
    services->of = more;
    services->of[services->count++] = one;
    services->of[one.by].cases++;
}

// Asks the verifier. False: it did not answer.
static bool ask(struct services *services, const char *verifier, const char *cases, char *text,
                size_t cap) {
    struct command command = {0};
    struct outcome o;
    const char *const words[] = {verifier, "--services", "--cases", cases, NULL};
    const struct how how = {.seconds = 60,
                            .capture_out = true,
                            .capture_err = true,
                            .cap = 16 << 20,
                            .line = take_line,
                            .user = services};
    command_add_all(&command, (char *const *)words);
    process_run(&command, &how, &o);
    const bool good = o.started && o.status == 0;
    if (!good)
        snprintf(text, cap, "%.200s does not say what its cases need beside them (%s; %.200s).",
                 verifier, o.text, o.err);
    command_free(&command);
    outcome_free(&o);
    return good;
}

// -- one ------------------------------------------------------------------------------------------

static void close_pair(int pair[2]) {
    for (int i = 0; i < 2; i++)
        if (pair[i] >= 0)
            close(pair[i]);
}

// Starts it, with pipes that no other program of ours inherits. Returns 0, or why not.
static int spawn(struct service_of *one, const char *path, char *const *argv) {
    int to[2] = {-1, -1}, from[2] = {-1, -1}, why;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t group;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&group);
    posix_spawnattr_setflags(&group, POSIX_SPAWN_SETPGROUP); // a Ctrl-C is for us alone
    if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0 ||
        posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO) != 0 ||
        posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO) != 0)
        why = errno;
    else
        why = posix_spawn(&one->pid, path, &actions, &group, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&group);
    if (why == 0) {
        one->in = to[1];
        one->out = from[0];
        to[1] = from[0] = -1;
        fcntl(one->out, F_SETFL, O_NONBLOCK);
    } else {
        one->pid = 0;
    }
    close_pair(to);
    close_pair(from);
    return why;
}

static bool start_one(struct service_of *one, const char *root, const char *dir, char *text,
                      size_t cap) {
    char path[PATH_MAX + 64], words[sizeof one->words], *rest = words;
    struct command command = {0};
    snprintf(path, sizeof path, "%s/build/bin/%s", root, one->name);
    if (one->optional && access(path, X_OK) != 0)
        return true;
    snprintf(words, sizeof words, "%s", one->words);
    command_add(&command, "%s", one->name);
    for (char *word; (word = strsep(&rest, " "));)
        if (*word)
            command_add(&command, "%s", word);
    command_add(&command, "--listen");
    command_add(&command, "unix:%s/%zu.socket", dir, one->id);
    const int why = spawn(one, path, command.argv);
    command_free(&command);
    if (why != 0)
        snprintf(text, cap,
                 "%s, which a case needs beside it, cannot be started (%s): `make demo` installs "
                 "what it needs and builds it.",
                 path, strerror(why));
    return why == 0;
}

// Reads what is there. False: there is no more to come.
static bool hear(struct service_of *one) {
    const size_t room = sizeof one->text - 1 - one->length;
    const ssize_t n = room ? read(one->out, one->text + one->length, room) : 0;
    if (n > 0)
        one->length += (size_t)n;
    one->text[one->length] = '\0';
    return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

// Waits until this one has said a whole line, or `until`. False: it has not.
static bool first_line(struct service_of *one, double until) {
    while (!strchr(one->text, '\n')) {
        struct pollfd ready = {.fd = one->out, .events = POLLIN};
        const double left = until - process_now();
        if (left <= 0 || poll(&ready, 1, (int)(1000 * left) + 1) == 0 || !hear(one))
            return false;
    }
    return true;
}

// Waits for the first line of the one that runs for a case and leaves it where the lab looks for it.
static bool announce(const struct services *services, const struct service_of *one, double until,
                     char *text, size_t cap) {
    struct service_of *const runs = &services->of[one->by];
    char path[PATH_MAX + 64];
    if (runs->pid == 0)
        return true;
    if (!first_line(runs, until)) {
        snprintf(text, cap,
                 "%s, which case %zu needs beside it, did not start; what it said stands above.",
                 one->name, one->id);
        return false;
    }
    snprintf(path, sizeof path, "%s/%zu.ready", services->dir, one->id);
    FILE *const file = fopen(path, "we");
    const bool wrote = file && fwrite(runs->text, strcspn(runs->text, "\n") + 1, 1, file) == 1;
    if (!file || fclose(file) != 0 || !wrote) {
        snprintf(text, cap, "%s cannot be written: free some space there.", path);
        return false;
    }
    return true;
}

// What it says from now on are its last words.
static void forget_first_line(struct service_of *one) {
    const char *const end = strchr(one->text, '\n');
    if (!end)
        return;
    one->length -= (size_t)(end + 1 - one->text);
    memmove(one->text, end + 1, one->length + 1);
}

// -- all ------------------------------------------------------------------------------------------

bool services_start(struct services *services, const char *root, const char *verifier,
                    const char *cases, const char *dir, char *text, size_t cap) {
    *services = (struct services){0};
    bool good = ask(services, verifier, cases, text, cap);
    if (good && services->count == 0)
        return true;
    if (good && mkdir(dir, 0755) != 0 && errno != EEXIST) {
        snprintf(text, cap, "%s cannot be made: %s.", dir, strerror(errno));
        good = false;
    }
    snprintf(services->dir, sizeof services->dir, "%s", dir);
    // All at once, then they are waited for.
    for (size_t i = 0; good && i < services->count; i++)
        good = services->of[i].by != i || start_one(&services->of[i], root, dir, text, cap);
    const double until = process_now() + patience;
    for (size_t i = 0; good && i < services->count; i++)
        good = announce(services, &services->of[i], until, text, cap);
    for (size_t i = 0; i < services->count; i++)
        forget_first_line(&services->of[i]);
    if (!good)
        services_stop(services, NULL, NULL);
    return good;
}

// Its last words, once it was told to end; it is made to at `until`.
static void end_one(struct service_of *one, double until) {
    while (one->out >= 0) {
        struct pollfd ready = {.fd = one->out, .events = POLLIN};
        const double left = until - process_now();
        if (left <= 0 || poll(&ready, 1, (int)(1000 * left) + 1) == 0 || !hear(one))
            break;
    }
    if (one->out >= 0)
        close(one->out);
    if (one->pid <= 0)
        return;
    if (process_now() >= until)
        kill(one->pid, SIGKILL);
    while (waitpid(one->pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

void services_stop(struct services *services, void (*told)(size_t id, const char *line, void *user),
                   void *user) {
    const double until = process_now() + grace;
    char path[PATH_MAX + 64];
    for (size_t i = 0; i < services->count; i++)
        if (services->of[i].in >= 0)
            close(services->of[i].in);
    for (size_t i = 0; i < services->count; i++) {
        struct service_of *const one = &services->of[i];
        end_one(one, until);
        char *const end = strrchr(one->text, '\n');
        if (end)
            *end = '\0';
        const char *const before = strrchr(one->text, '\n');
        if (told && end && one->cases == 1)
            told(one->id, before ? before + 1 : one->text, user);
        snprintf(path, sizeof path, "%s/%zu.ready", services->dir, one->id);
        unlink(path);
        snprintf(path, sizeof path, "%s/%zu.socket", services->dir, one->id);
        unlink(path);
    }
    if (*services->dir)
        rmdir(services->dir);
    free(services->of);
    *services = (struct services){0};
}
