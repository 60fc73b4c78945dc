// SPDX-License-Identifier: MIT
//
// bwrap.c: bubblewrap's options, and its start; see box.h.

#include "box.h"
#include "group.h"
#include "usage.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

// -- options: words that end in a 0 byte, in a file ----------------------------------------------

static void put(FILE *file, ...) __attribute__((sentinel));
static void put(FILE *file, ...) {
    va_list words;
    va_start(words, file);
    for (const char *word; (word = va_arg(words, const char *));)
        fwrite(word, 1, strlen(word) + 1, file);
    va_end(words);
}

// "A=B" as an option with the words A and B.
static void put_pair(FILE *file, const char *option, const char *pair) {
    const char *equals = strchr(pair, '=');
    fwrite(option, 1, strlen(option) + 1, file);
    fwrite(pair, 1, (size_t)(equals - pair), file);
    fputc(0, file);
    fwrite(equals + 1, 1, strlen(equals + 1) + 1, file);
}

// /bin, /lib and their like are links into /usr on a merged system, else directories.
static void put_system(FILE *file) {
    static const char *const places[] = {"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"};
    put(file, "--ro-bind", "/usr", "/usr", "--ro-bind", "/etc", "/etc", NULL);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char link[PATH_MAX];
        struct stat what;
        if (lstat(places[i], &what) != 0)
            continue;
        ssize_t size = S_ISLNK(what.st_mode) ? readlink(places[i], link, sizeof link - 1) : -1;
        if (size > 0) {
            link[size] = 0;
            put(file, "--symlink", link, places[i], NULL);
        } else {
            put(file, "--ro-bind", places[i], places[i], NULL);
        }
    }
    put(file, "--ro-bind-try", "/sys", "/sys", "--proc", "/proc", "--dev", "/dev", NULL);
}

static void put_tmpfs(FILE *file, int mib, const char *where) {
    char size[32];
    snprintf(size, sizeof size, "%lld", (long long)mib << 20);
    if (mib > 0)
        put(file, "--size", size, NULL);
    put(file, "--tmpfs", where, NULL);
}

// The options in a memory file; -1: errno says why not.
static int options(const struct box *box, int filter, int status) {
    char number[16];
    int fd = memfd_create("options", 0), copy = fd < 0 ? -1 : dup(fd);
    FILE *file = copy < 0 ? NULL : fdopen(copy, "w");
    if (!file)
        return -1;
    put(file, "--unshare-all", "--die-with-parent", "--new-session", NULL);
    put_system(file);
    put_tmpfs(file, box->scratch_mib, "/tmp");
    put_tmpfs(file, box->scratch_mib, "/dev/shm");
    for (int i = 0; i < box->sees; i++)
        put_pair(file, "--ro-bind", box->see[i]);
    put(file, "--bind", box->from, "/w", "--chdir", "/w", NULL);
    // What bwrap made to hang all this into is writable, and as large as half the memory.
    put(file, "--remount-ro", "/dev", "--remount-ro", "/", "--clearenv", NULL);
    for (int i = 0; i < box->sets; i++)
        put_pair(file, "--setenv", box->set[i]);
    if (filter >= 0) {
        snprintf(number, sizeof number, "%d", filter);
        put(file, "--seccomp", number, NULL);
    }
    snprintf(number, sizeof number, "%d", status);
    put(file, "--json-status-fd", number, NULL);
    if (fclose(file) != 0)
        return -1;
    lseek(fd, 0, SEEK_SET); // the copy shares the position
    return fd;
}

// -- the command line ----------------------------------------------------------------------------

static void limit(char **words, int *count, const char *name, long long value, long long more) {
    if (value > 0 && asprintf(&words[(*count)++], "--%s=%lld:%lld", name, value, value + more) < 0)
        abort();
}

// options_fd: of bwrap; -1: without it.
static char **command_line(const struct box *box, int options_fd) {
    static char bwrap[] = "bwrap", args[] = "--args", end[] = "--", prlimit[] = "prlimit";
    static char core[] = "--core=0", number[16];
    // Outside a box the kernel counts all that this user runs, and root not at all.
    const int others = box->bare ? usage_of_user() : 0;
    size_t size = 0;
    while (box->argv[size])
        size++;
    char **words = calloc(size + 16, sizeof *words);
    int n = 0;
    if (!words)
        return NULL;
    snprintf(number, sizeof number, "%d", options_fd);
    if (options_fd >= 0) {
        words[n++] = bwrap;
        words[n++] = args;
        words[n++] = number;
        words[n++] = end;
    }
    words[n++] = prlimit;
    words[n++] = core;
    if (box->processes > 0)
        limit(words, &n, "nproc", box->processes + others, 0);
    limit(words, &n, "cpu", box->cpu_seconds, 1); // first told by a signal, then killed
    limit(words, &n, "as", (long long)box->address_mib << 20, 0);
    limit(words, &n, "fsize", (long long)box->file_mib << 20, 0);
    words[n++] = end;
    memcpy(words + n, box->argv, size * sizeof *words);
    return words;
}

// -- start ---------------------------------------------------------------------------------------

static void child(const struct box *box, pid_t parent, char **words) {
    static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin", *const env[] = {path, NULL};
    const uid_t uid = (uid_t)box->uid;
    sigset_t none;
    setsid();
    for (int i = 0; box->bare && i < box->sets; i++)
        putenv(box->set[i]);
    if (box->bare && chdir(box->dir) != 0) {
        perror("box: the job's directory cannot be entered");
        _exit(126);
    }
    if (box->bare)
        group_enter();
    if (uid && (setgroups(0, NULL) != 0 || setresgid(uid, uid, uid) != 0 ||
                setresuid(uid, uid, uid) != 0)) {
        perror("box: the user cannot be changed");
        _exit(126);
    }
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, box->bare ? SIGTERM : SIGKILL); // which mpirun passes on to its ranks
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (getppid() == parent)
        execvpe(words[0], words, box->bare ? environ : env);
    fprintf(stderr, "box: %s cannot be started: %s\n", words[0], strerror(errno));
    _exit(126);
}

pid_t box_start(const struct box *box, int *status) {
    int ends[2], filter = box->bare ? -1 : box_filter(), fd = -1;
    char **words = NULL;
    pid_t parent = getpid(), pid = -1;
    if (pipe(ends) != 0)
        return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    if (box->bare)
        fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    fd = box->bare ? -1 : options(box, filter, ends[1]);
    words = fd < 0 && !box->bare ? NULL : command_line(box, fd);
    if (words && (pid = fork()) == 0)
        child(box, parent, words);
    int why = errno;
    close(ends[1]);
    if (fd >= 0)
        close(fd);
    if (filter >= 0)
        close(filter);
    free((void *)words); // its words belong to us until we end
    *status = ends[0];
    errno = why;
    return pid;
}
