// SPDX-License-Identifier: MIT
//
// limits.c: limits of this session that a run with many workers meets.

#include "doctor.h"
#include "findings.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

static void show_limit(char *text, size_t cap, rlim_t value) {
    if (value == RLIM_INFINITY)
        snprintf(text, cap, "no limit");
    else
        snprintf(text, cap, "%llu", (unsigned long long)value);
}

// Tells a limit and the least with which runs of 64 workers work. command: of the shell, raises it.
static void one_limit(int which, const char *what, rlim_t least, rlim_t unit, const char *command) {
    struct rlimit limit;
    char shown[32], mend[160];
    if (getrlimit((__rlimit_resource_t)which, &limit) != 0)
        return;
    bool enough = limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= least * unit;
    show_limit(shown, sizeof shown,
               limit.rlim_cur == RLIM_INFINITY ? limit.rlim_cur : limit.rlim_cur / unit);
    bool mine = limit.rlim_max == RLIM_INFINITY || limit.rlim_max >= least * unit;
    snprintf(mend, sizeof mend,
             mine ? "Raise it for this session: %s %llu"
                  : "Ask an administrator to raise it (ulimit %s, now below %llu).",
             mine ? command : strchr(command, '-'), (unsigned long long)least);
    finding(enough ? LEVEL_OK : LEVEL_NOTE, "limits", enough ? "" : mend, "%s: %s%s.", what, shown,
            enough ? "" : ", too few for runs with many workers");
}

void doctor_limits(const struct machine *machine) {
    one_limit(RLIMIT_NOFILE, "open files of a process", 512, 1, "ulimit -n");
    if (!machine->root) // root is exempt from it
        one_limit(RLIMIT_NPROC, "processes and threads of a user", 1024, 1, "ulimit -u");
    one_limit(RLIMIT_STACK, "KiB of stack of a thread", 2048, 1024, "ulimit -s");
}

void doctor_shared_memory(const struct machine *machine) {
    struct statvfs fs;
    if (statvfs("/dev/shm", &fs) != 0 || access("/dev/shm", W_OK) != 0) {
        finding(LEVEL_PROBLEM, "/dev/shm", "As root: mount -t tmpfs -o mode=1777 tmpfs /dev/shm",
                "Ranks exchange messages through /dev/shm, and it cannot be written: %s.",
                strerror(errno));
        return;
    }
    double mib = 1048576, size = (double)fs.f_blocks * (double)fs.f_frsize / mib;
    double free = (double)fs.f_bavail * (double)fs.f_frsize / mib;
    int ranks = (int)(free / 16); // as much as Open MPI 5.0 maps for a rank
    int wanted = machine->cores > 8 ? machine->cores : 8;
    if (ranks < 2)
        finding(LEVEL_PROBLEM, "/dev/shm",
                "Remove what is left in it, or make it larger (a container: --shm-size=1g).",
                "Only %.0f MiB of %.0f MiB are free; two ranks want some 32 MiB.", free, size);
    else if (ranks < wanted)
        finding(LEVEL_NOTE, "/dev/shm",
                "Remove what is left in it, or make it larger (a container: --shm-size=1g).",
                "%.0f MiB of %.0f MiB are free: enough for some %d ranks.", free, size, ranks);
    else
        finding(LEVEL_OK, "/dev/shm", "", "%.0f MiB of %.0f MiB are free.", free, size);
}

void doctor_temporary(void) {
    const char *dir = getenv("TMPDIR");
    char path[4096];
    if (!dir || !*dir)
        dir = "/tmp";
    snprintf(path, sizeof path, "%s/twofold.XXXXXX", dir);
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd < 0) {
        finding(LEVEL_PROBLEM, "temporary", "Set TMPDIR to a directory that you may write to.",
                "MPI keeps its files in %s, and none can be made there: %s.", dir, strerror(errno));
        return;
    }
    close(fd);
    unlink(path);
    if (strlen(dir) > 60) // the path of a socket below it must stay under 108 bytes
        finding(LEVEL_NOTE, "temporary", "Set TMPDIR to a short path, as in: export TMPDIR=/tmp",
                "TMPDIR is %zu letters long; MPI makes sockets below it, whose paths may get too "
                "long.",
                strlen(dir));
    else
        finding(LEVEL_OK, "temporary", "", "%s can be written.", dir);
}
