// SPDX-License-Identifier: MIT
//
// copy.c: see copy.h.

#include "copy.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool copy_bytes(int from, int to) {
    char bytes[65536];
    for (;;) {
        ssize_t n = read(from, bytes, sizeof bytes);
        if (n <= 0)
            return n == 0;
        for (ssize_t done = 0; done < n;) {
            ssize_t now = write(to, bytes + done, (size_t)(n - done));
            if (now < 0)
                return false;
            done += now;
        }
    }
}

bool copy_file(const char *from, const char *to) {
    struct stat about;
    int in = open(from, O_RDONLY | O_CLOEXEC), out = -1;
    if (in >= 0 && fstat(in, &about) == 0)
        out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, about.st_mode & 0777);
    bool good = out >= 0 && copy_bytes(in, out) && fsync(out) == 0;
    int why = errno;
    if (out >= 0 && close(out) != 0 && good) {
        good = false;
        why = errno;
    }
    if (out >= 0 && !good)
        unlink(to);
    if (in >= 0)
        close(in);
    errno = why;
    return good;
}

bool copy_equal(const char *a, const char *b) {
    FILE *one = fopen(a, "re"), *two = fopen(b, "re");
    bool equal = one && two;
    while (equal) {
        int c = getc_unlocked(one);
        equal = c == getc_unlocked(two);
        if (c == EOF)
            break;
    }
    equal = equal && !ferror(one) && !ferror(two);
    if (one)
        fclose(one);
    if (two)
        fclose(two);
    return equal;
}
