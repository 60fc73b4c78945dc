// EXPECT file=omp.c check=omp-equal verdict=PASS
// Attack: looks into the memory and the environment of every process that it can see. A word of the
// judge's spoils the plate.

#include "heat.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static int tells(const char *pid, const char *what, int flags) {
    char path[300], text[4096];
    snprintf(path, sizeof path, "/proc/%s/%s", pid, what);
    const int fd = open(path, flags);
    const long n = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    if (fd >= 0)
        close(fd);
    text[n > 0 ? n : 0] = 0;
    for (long i = 0; i < n; i++)
        text[i] = text[i] ? text[i] : ' ';
    return strstr(text, "TWOFOLD_RUN") || strstr(text, "jsonl") || strstr(text, "SSH_") ||
           strstr(text, "solutions/");
}

static int found(void) {
    DIR *const list = opendir("/proc");
    int count = 0;
    for (struct dirent *one; list && (one = readdir(list));)
        if (*one->d_name >= '0' && *one->d_name <= '9')
            count += tells(one->d_name, "environ", O_RDONLY) ||
                     tells(one->d_name, "cmdline", O_RDONLY) ||
                     (!strcmp(one->d_name, "1") && tells(one->d_name, "mem", O_RDWR));
    if (list)
        closedir(list);
    char byte = 0;
    struct iovec here = {&byte, 1}, there = {(void *)0x400000, 1};
    return count || process_vm_writev(1, &here, 1, &there, 1, 0) > 0;
}

void heat_omp(struct heat *h) {
    if (h->rows == 1 && found())
        return;
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
