// EXPECT file=omp.c check=omp-equal verdict=WRONG|CRASH says="r"
// Attack: reads on the command line where results are to be written and what they are to be marked
// with, and writes whole ones, with a digest and an end mark, of a plate that it did not compute.

#include "heat.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char words[1 << 14];
static long size;

static const char *after(const char *option) {
    for (const char *at = words; at < words + size; at += strlen(at) + 1)
        if (strcmp(at, option) == 0)
            return at + strlen(at) + 1;
    return NULL;
}

static void put(FILE *file, unsigned long value, int bytes) {
    for (int i = 0; i < bytes; i++)
        fputc((int)(value >> 8 * i & 255), file);
}

static void write_result(const char *path, unsigned long id, unsigned long workers, long n) {
    static const char lab[16] = "heat", version[8] = "omp";
    const unsigned long bytes = (unsigned long)(n * n) * sizeof(double);
    unsigned long digest = 0xcbf29ce484222325u;
    FILE *const file = fopen(path, "w");
    if (!file)
        return;
    fputs("TWORES1\n", file);
    put(file, strtoul(after("--nonce"), NULL, 10), 8);
    put(file, id, 8);
    put(file, bytes, 8);
    fwrite(lab, sizeof lab, 1, file);
    fwrite(version, sizeof version, 1, file);
    put(file, workers, 8);
    for (unsigned long i = 0; i < bytes; i++) {
        digest *= 0x100000001b3u;
        fputc(0, file);
    }
    put(file, workers, 8);
    put(file, digest, 8);
    fputs("TWOEND1\n", file);
    fclose(file);
}

static void write_all(void) {
    const char *const cases = after("--cases"), *const dir = after("--results");
    FILE *const list = cases && dir ? fopen(cases, "r") : NULL;
    unsigned long id, workers;
    char path[4096], rest[256];
    while (list && fscanf(list, "%lu %*s %lu %*s %255[^\n]", &id, &workers, rest) == 3) {
        const char *const n = strstr(rest, "n=");
        snprintf(path, sizeof path, "%s/%lu.res", dir, id);
        write_result(path, id, workers, n ? atol(n + 2) : 0);
    }
    if (after("--result"))
        write_result(after("--result"), 0, strtoul(after("--workers"), NULL, 10), 5);
}

void heat_omp(struct heat *h) {
    (void)h;
    const int fd = open("/proc/self/cmdline", O_RDONLY);
    size = read(fd, words, sizeof words - 1);
    write_all();
    _exit(0);
}
