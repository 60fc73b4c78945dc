// SPDX-License-Identifier: MIT
//
// service.c: a program beside the lab, such as the origin of the I/O labs. Its life is tied to
// ours twice: it ends when its stdin does (our end of the pipe dies with us), and the kernel kills
// it when the thread that started it dies.
//
// Where TWOFOLD_SERVICES names a directory, the judge has started what the cases need: the file
// ID.ready in it holds the first line of the service of case ID.

#include "kit.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const int patience_ms = 10000; // for the first line
static uint64_t this_case;

void service_case(uint64_t id) {
    this_case = id;
}

void service_word(struct service_words *words, const char *format, ...) {
    const size_t most = sizeof words->argv / sizeof *words->argv, cap = sizeof words->text;
    va_list args;
    va_start(args, format);
    const int length =
        vsnprintf(words->text + words->used, cap - words->used, format, args); // < 0: not ASCII
    va_end(args);
    if (words->count + 1 < most && length >= 0 && words->used + (size_t)length < cap) {
        words->argv[words->count++] = words->text + words->used;
        words->used += (size_t)length + 1;
    }
    words->argv[words->count] = NULL;
}

// The directory of the services that the judge has started; NULL: this is no run of the judge's.
// path: the file that belongs to this case.
static const char *given_by_the_judge(char path[PATH_MAX]) {
    const char *const dir = getenv("TWOFOLD_SERVICES");
    if (!dir || !*dir)
        return NULL;
    snprintf(path, PATH_MAX, "%s/%llu.ready", dir, (unsigned long long)this_case);
    return dir;
}

void raise_file_limit(void) {
    struct rlimit files;
    const rlim_t wanted = 65536;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return;
    files.rlim_cur = files.rlim_max < wanted ? files.rlim_max : wanted;
    setrlimit(RLIMIT_NOFILE, &files);
}

// Takes the service that the judge has started for this case.
static bool take_given(struct service *service, const char *name, const char *path) {
    FILE *file = fopen(path, "re");
    const bool read = file && fgets(service->ready, sizeof service->ready, file);
    if (file)
        fclose(file);
    service->ready[strcspn(service->ready, "\n")] = '\0';
    return read || refuse("Nobody has started the %s of case %llu (%s cannot be read: %s); unset "
                          "TWOFOLD_SERVICES and the lab starts its own.",
                          name, (unsigned long long)this_case, path, strerror(errno));
}

// The build directory is two levels above the running program: build/labs/heat.
static bool program_path(const char *name, char *path, size_t cap) {
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length < 0)
        return false;
    self[length] = '\0';
    const char *build = dirname(dirname(self));
    return snprintf(path, cap, "%s/bin/%s", build, name) < (int)cap;
}

static void close_pair(int pair[2]) {
    close(pair[0]);
    close(pair[1]);
}

// Reads up to the first newline, or until patience ends.
static bool first_line(int fd, char *line, size_t cap) {
    size_t length = 0;
    double deadline = now() + patience_ms / 1e3;
    while (length + 1 < cap) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        int left = (int)((deadline - now()) * 1e3);
        if (left <= 0 || poll(&ready, 1, left) == 0)
            return false;
        ssize_t got = read(fd, line + length, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        if (line[length] == '\n') {
            line[length] = '\0';
            return true;
        }
        length++;
    }
    return false;
}

bool service_there(const char *name) {
    char path[PATH_MAX];
    if (given_by_the_judge(path))
        return access(path, R_OK) == 0;
    return program_path(name, path, sizeof path) && access(path, X_OK) == 0;
}

bool service_start(struct service *service, const char *name, char *const argv[]) {
    *service = (struct service){.in = -1, .out = -1};
    char path[PATH_MAX];
    if (given_by_the_judge(path))
        return take_given(service, name, path);
    if (!program_path(name, path, sizeof path) || access(path, X_OK) != 0)
        return refuse("The program %s, which this lab needs beside it, is not built; \"make demo\" "
                      "installs what it needs and builds it.",
                      name);
    int to[2], from[2];
    if (pipe(to) != 0)
        return refuse("No pipe to %s: %s.", name, strerror(errno));
    if (pipe(from) != 0) {
        close_pair(to);
        return refuse("No pipe from %s: %s.", name, strerror(errno));
    }
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) // we died before the line above
            _exit(1);
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        // Any other end of a pipe left open here would keep somebody's end of file from coming.
        for (int fd = 3; fd < 256; fd++)
            close(fd);
        execv(path, argv);
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    *service = (struct service){.pid = (int)child, .in = to[1], .out = from[0]};
    if (child < 0) {
        service_stop(service);
        return refuse("Could not start %s: %s.", name, strerror(errno));
    }
    if (!first_line(service->out, service->ready, sizeof service->ready)) {
        service_stop(service);
        return refuse("%s did not start; what it said stands above. Try it alone: %s", name, path);
    }
    return true;
}

void service_stop(struct service *service) {
    if (service->in >= 0)
        close(service->in);
    if (service->out >= 0)
        close(service->out);
    if (service->pid > 0) {
        // It was told by the end of its input; a second is plenty, then it is made to.
        double deadline = now() + 1;
        int status;
        pid_t gone;
        while ((gone = waitpid(service->pid, &status, WNOHANG)) == 0 && now() < deadline)
            usleep(200);
        if (gone == 0) {
            kill(service->pid, SIGKILL);
            waitpid(service->pid, &status, 0);
        }
    }
    *service = (struct service){.in = -1, .out = -1};
}

// -- one for all ranks -------------------------------------------------------------------------------

// Are there ranks of comm on another node than rank 0?
static bool spans_nodes(MPI_Comm comm) {
    MPI_Comm node;
    int ranks, here;
    MPI_Comm_size(comm, &ranks);
    MPI_Comm_split_type(comm, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &node);
    MPI_Comm_size(node, &here);
    MPI_Comm_free(&node);
    MPI_Bcast(&here, 1, MPI_INT, 0, comm);
    return here < ranks;
}

static bool start_for(struct service *service, struct service_words *words, bool far, char *where,
                      size_t cap) {
    service_word(words, "--listen");
    service_word(words, far ? "0.0.0.0" : "127.0.0.1"); // which no other node can reach
    if (!service_start(service, words->argv[0], words->argv))
        return false;
    static const char ready[] = "ready ";
    if (strncmp(service->ready, ready, strlen(ready)) == 0 &&
        snprintf(where, cap, "%s", service->ready + strlen(ready)) < (int)cap)
        return true;
    return refuse("The %s said \"%.200s\" where \"ready URL\" was due; build the kit again.",
                  words->argv[0], service->ready);
}

bool service_share(struct service *service, struct service_words *words, MPI_Comm comm, char *where,
                   size_t cap) {
    int rank = 0, there = 1;
    bool far = false;
    *service = (struct service){.in = -1, .out = -1};
    where[0] = '\0';
    if (comm != MPI_COMM_NULL) {
        MPI_Comm_rank(comm, &rank);
        far = spans_nodes(comm);
    }
    if (rank == 0)
        there = start_for(service, words, far, where, cap);
    if (comm != MPI_COMM_NULL) {
        MPI_Bcast(&there, 1, MPI_INT, 0, comm);
        MPI_Bcast(where, (int)cap, MPI_CHAR, 0, comm);
    }
    return there;
}
