// SPDX-License-Identifier: MIT
//
// user.c: see user.h.

#include "user.h"
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { FIRST = 60600, END = 61100 };

bool user_is_there(void) {
    unsigned long inside, outside, count;
    bool there = false;
    FILE *const map = fopen("/proc/self/uid_map", "re");
    if (!map)
        return true;
    while (fscanf(map, "%lu %lu %lu", &inside, &outside, &count) == 3)
        there = there || (inside <= FIRST && inside + count >= END);
    fclose(map);
    return there;
}

// The lock is a socket with a name but no file: the kernel gives it back when its holder dies.
int user_take(int *uid) {
    for (*uid = FIRST; *uid < END; ++*uid) {
        struct sockaddr_un name = {.sun_family = AF_UNIX};
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        int size = snprintf(name.sun_path + 1, sizeof name.sun_path - 1, "twofold-user-%d", *uid);
        socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)size);
        if (fd >= 0 && bind(fd, (struct sockaddr *)&name, length) == 0)
            return fd;
        if (fd >= 0)
            close(fd);
    }
    return -1;
}

bool user_reaches(const char *path, char *closed, size_t cap) {
    struct stat what;
    for (const char *slash = path; (slash = strchr(slash + 1, '/'));) {
        snprintf(closed, cap, "%.*s", (int)(slash - path), path);
        if (stat(closed, &what) != 0 || !(what.st_mode & S_IXOTH))
            return false;
    }
    return true;
}

bool user_may_mount(void) {
    unsigned long long set = 0;
    char line[256];
    FILE *file = fopen("/proc/self/status", "re");
    while (file && fgets(line, sizeof line, file) && sscanf(line, "CapEff: %llx", &set) != 1)
        ;
    if (file)
        fclose(file);
    return set >> 21 & 1;
}
